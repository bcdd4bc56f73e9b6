//! The result: the sentence on top, then what to do, the route, and the source that proves it.

use std::rc::Rc;

use yew::prelude::*;

use super::auth::AuthView;
use super::bounce::BounceView;
use super::checked::CheckedView;
use super::copies::CopiesView;
use super::copies_proof::CopiesProof;
use super::filters::Filters;
use super::findings::Findings;
use super::headers::Headers;
use super::hops::Hops;
use super::how_to::HowTo;
use super::input_notes::input_notes;
use super::letters;
use super::message::MessageFacts;
use super::near_misses::NearMisses;
use super::source::SourcePane;
use super::source_lines::use_source_lines;
use super::state::{Action, Choice, Shown, lit_lines};
use super::to_do::ToDo;
use super::verdict::{VerdictView, finding};

/// What a [`ResultView`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report and its texts.
    pub shown: Shown,
    /// Counts the mails: what was opened in one is closed in the next.
    pub mail: u32,
    /// The message that is shown, by its place in the report.
    pub message: usize,
    /// What is lit.
    pub choice: Option<Choice>,
    /// The number of the reading after which the reader goes on here; absent while the reader is busy with the text.
    pub focus: Option<u32>,
    /// Where events go.
    pub act: Callback<Action>,
}

/// The result of one analysis.
#[component]
pub fn ResultView(props: &Props) -> Html {
    let report = &props.shown.report;
    let found = use_source_lines(&props.shown.texts, report, props.message);
    let lit = Rc::new(lit_lines(report, props.message, props.choice));
    if props.message >= report.messages.len() {
        return html! {
            <>
                <VerdictView report={Rc::clone(report)} focus={props.focus} />
                { input_notes(&report.inputs) }
                <div class="nothing">
                    <p>{ "A header is a list of lines such as “Received: from …” and “Subject: …”. Mail programs hide it; this is where they keep it:" }</p>
                    <HowTo />
                </div>
            </>
        };
    }
    let place = |view: &str| format!("{view}-{}-{}", props.mail, props.message);
    html! {
        <>
            <VerdictView report={Rc::clone(report)} focus={props.focus} />
            { input_notes(&report.inputs) }
            <div class="work">
                <div class="reading">
                    if let Some(finding) = finding(report) {
                        <ToDo finding={finding.clone()} letters={letters::on_finding(report, finding)} />
                    }
                    <BounceView report={Rc::clone(report)} message={props.message} act={props.act.clone()} />
                    <CopiesView report={Rc::clone(report)} message={props.message} act={props.act.clone()} />
                    if !report.findings.is_empty() {
                        <Findings report={Rc::clone(report)} choice={props.choice} act={props.act.clone()} />
                    }
                </div>
                <div class="proof">
                    <CopiesProof
                        key={format!("copies-{}", props.mail)}
                        report={Rc::clone(report)}
                        message={props.message}
                        choice={props.choice}
                        act={props.act.clone()}
                    />
                    <Hops
                        key={place("route")}
                        report={Rc::clone(report)}
                        message={props.message}
                        choice={props.choice}
                        lit={Rc::clone(&lit)}
                        act={props.act.clone()}
                    />
                    <SourcePane
                        key={place("source")}
                        found={found.clone()}
                        report={Rc::clone(report)}
                        message={props.message}
                        choice={props.choice}
                        lit={Rc::clone(&lit)}
                        act={props.act.clone()}
                    />
                    <Headers
                        key={place("headers")}
                        {found}
                        report={Rc::clone(report)}
                        message={props.message}
                        choice={props.choice}
                        {lit}
                        act={props.act.clone()}
                    />
                    <Filters
                        key={place("filters")}
                        report={Rc::clone(report)}
                        message={props.message}
                        choice={props.choice}
                        act={props.act.clone()}
                    />
                </div>
                <div class="about">
                    <NearMisses report={Rc::clone(report)} message={props.message} choice={props.choice} act={props.act.clone()} />
                    <CheckedView report={Rc::clone(report)} />
                    <AuthView report={Rc::clone(report)} message={props.message} choice={props.choice} act={props.act.clone()} />
                    <MessageFacts report={Rc::clone(report)} message={props.message} act={props.act.clone()} />
                </div>
            </div>
        </>
    }
}
