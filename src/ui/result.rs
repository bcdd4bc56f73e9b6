//! The result: the sentence on top, then what to do, the route, and the source that proves it.

use std::rc::Rc;

use yew::prelude::*;

use super::findings::Findings;
use super::hops::Hops;
use super::how_to::HowTo;
use super::message::MessageFacts;
use super::source::SourcePane;
use super::state::{Action, Choice, Text, lit_lines};
use super::verdict::VerdictView;
use crate::report::Report;

/// What a [`ResultView`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// The texts it belongs to.
    pub texts: Rc<Vec<Text>>,
    /// The message that is shown, by its place in the report.
    pub message: usize,
    /// What is lit.
    pub choice: Option<Choice>,
    /// Whether the reader has done with the text and goes on here.
    #[prop_or_default]
    pub takes_focus: bool,
    /// Where events go.
    pub act: Callback<Action>,
}

/// The result of one analysis.
#[component]
pub fn ResultView(props: &Props) -> Html {
    let report = &props.report;
    let lit = Rc::new(lit_lines(report, props.message, props.choice));
    let Some(message) = report.messages.get(props.message) else {
        return html! {
            <>
                <VerdictView verdict={report.verdict.clone()} takes_focus={props.takes_focus} />
                <div class="nothing">
                    <p>{ "A header is a list of lines such as “Received: from …” and “Subject: …”. Mail programs hide it; this is where they keep it:" }</p>
                    <HowTo />
                </div>
            </>
        };
    };
    html! {
        <>
            <VerdictView verdict={report.verdict.clone()} takes_focus={props.takes_focus} />
            <div class="work">
                <Findings report={Rc::clone(report)} choice={props.choice} act={props.act.clone()} />
                <div class="proof">
                    <Hops report={Rc::clone(report)} message={props.message} lit={Rc::clone(&lit)} act={props.act.clone()} />
                    <SourcePane
                        texts={Rc::clone(&props.texts)}
                        origin={message.origin.clone()}
                        hops={message.hops.iter().map(|hop| hop.lines).collect::<Vec<_>>()}
                        lit={lit}
                    />
                </div>
                <MessageFacts report={Rc::clone(report)} message={props.message} act={props.act.clone()} />
            </div>
        </>
    }
}
