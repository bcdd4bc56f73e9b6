//! What the rules found: a list of short cards, the worst first. The chosen one opens, and its lines light up in route and source.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use yew::prelude::*;

use super::cut::{LINE, cut};
use super::icon::{Icon, IconView};
use super::letters;
use super::printing::use_printing;
use super::severity::{ConfidenceView, SeverityIcon};
use super::state::{Action, Choice, counted};
use super::steps::remedies;
use crate::report::kinds::by_kind;
use crate::report::{Evidence, Finding, Report, copies};

/// Of one rule not more than so many further findings are drawn, nor of one finding more lines.
const SHOWN: usize = 50;

/// What [`Findings`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// What is lit.
    pub choice: Option<Choice>,
    /// Where events go.
    pub act: Callback<Action>,
}

/// All findings, the worst first.
#[component]
pub fn Findings(props: &Props) -> Html {
    let findings = &props.report.findings;
    let is_printing = use_printing();
    let sets = use_memo(Rc::clone(&props.report), |report| copies::sets_by_message(report));
    // The worst of them stands first.
    let kinds = by_kind(findings, |finding| &finding.id);
    let count = counted(findings.len(), "finding");
    html! {
        <section class="panel findings" aria-labelledby="findings-title">
            <header class="panel-head">
                <h2 id="findings-title">{ "Findings" }</h2>
                <p>{ if kinds.len() < findings.len() { format!("{count} of {}", counted(kinds.len(), "kind")) } else { count } }</p>
            </header>
            <ol>
                { for kinds.iter().map(|alike| cards(props, is_printing, &sets, alike)) }
            </ol>
        </section>
    }
}

/// Of the findings of one rule so many stand open in the list.
const OF_ONE_RULE: usize = 3;

/// What one rule found. Of copies of one message, each is told the same; one card stands for all.
fn cards(
    props: &Props,
    is_printing: bool,
    sets: &HashMap<usize, usize>,
    alike: &[(usize, &Finding)],
) -> Html {
    let copies = in_copies(sets, alike);
    let open = if copies.is_some() { 1 } else { OF_ONE_RULE };
    let (first, more) = alike.split_at(open.min(alike.len()));
    let one = |(place, finding): &(usize, &Finding)| card(props, is_printing, *place, finding, None);
    let is_open = more.iter().any(|(place, _)| props.choice == Some(Choice::Finding(*place)));
    html! {
        <>
            { for first.iter().map(|(place, finding)| card(props, is_printing, *place, finding, copies)) }
            if let Some((_, finding)) = more.first() {
                <li class="finding">
                    <details class="more-findings" open={is_open}>
                        <summary>
                            <IconView icon={Icon::Chevron} />
                            { format!("{} more: {}", more.len(), finding.title) }
                        </summary>
                        <ol>
                            { for more.iter().take(SHOWN).map(one) }
                            if more.len() > SHOWN {
                                <li class="finding"><p>{ format!("And {} more like these.", more.len() - SHOWN) }</p></li>
                            }
                        </ol>
                    </details>
                </li>
            }
        </>
    }
}

/// In how many copies of one message something was found; absent where it was found in one message, or not only in copies.
fn in_copies(sets: &HashMap<usize, usize>, alike: &[(usize, &Finding)]) -> Option<usize> {
    let (_, first) = alike.first().filter(|_| alike.len() > 1)?;
    let set = sets.get(&first.evidence.first()?.message)?;
    let is_in = |message: &usize| sets.get(message) == Some(set);
    let messages =
        |finding: &Finding| finding.evidence.iter().map(|evidence| evidence.message).collect::<Vec<_>>();
    if !alike.iter().all(|(_, finding)| messages(finding).iter().all(is_in)) {
        return None;
    }
    let copies: HashSet<usize> = alike.iter().flat_map(|(_, finding)| messages(finding)).collect();
    Some(copies.len()).filter(|count| *count > 1)
}

/// A finding; `copies` where it stands for so many copies of one message.
fn card(props: &Props, is_printing: bool, place: usize, finding: &Finding, copies: Option<usize>) -> Html {
    let choice = Choice::Finding(place);
    let is_chosen = props.choice == Some(choice);
    let act = props.act.clone();
    let cause = finding.explained_by.and_then(|cause| props.report.findings.get(cause));
    html! {
        <li class={classes!("finding", is_chosen.then_some("is-chosen"))} data-testid="finding">
            <button type="button" data-testid="choose-finding" aria-expanded={is_chosen.to_string()} onclick={move |_| act.emit(Action::Chosen(choice))}>
                <SeverityIcon severity={finding.severity} />
                <span>
                    <b>{ &finding.title }</b>
                    <span class="finding-weight">
                        <span>{ finding.severity.label() }</span>
                        <ConfidenceView confidence={finding.confidence} />
                        <code>{ &finding.id }</code>
                        if let Some(copies) = copies {
                            <span data-testid="in-copies">{ format!("In {copies} copies") }</span>
                        }
                        if let Some(cause) = cause {
                            <span>{ format!("Follows from “{}”", cause.title) }</span>
                        }
                    </span>
                </span>
            </button>
            if is_chosen || is_printing {
                { opened(props, place, finding) }
            }
        </li>
    }
}

/// Everything about a finding. What to do about the one that the verdict is taken from stands in a panel of its own.
fn opened(props: &Props, place: usize, finding: &Finding) -> Html {
    let cause = finding.explained_by.and_then(|cause| props.report.findings.get(cause));
    let is_of_verdict = props.report.verdict.finding == Some(place);
    html! {
        <div class="finding-body">
            <p>{ cut(&finding.what, LINE) }</p>
            <p class="why">{ &finding.why }</p>
            <ul class="evidence">{ for finding.evidence.iter().take(SHOWN).map(|one| evidence(one, &props.report)) }</ul>
            if let Some(cause) = cause {
                <p>{ format!("What to do stands with “{}”.", cause.title) }</p>
            } else if !is_of_verdict {
                { remedies(&finding.remedies) }
                if let Some(text) = &finding.letter {
                    { letters::one(text, finding.letter_german.as_ref()) }
                }
            }
            <p><a href={format!("#{}", finding.id)} data-testid="manual-page">{ "When this is reported, and when not" }</a></p>
        </div>
    }
}

fn evidence(evidence: &Evidence, report: &Report) -> Html {
    let of = if report.messages.len() > 1 {
        format!(" of message {}", evidence.message + 1)
    } else {
        String::new()
    };
    html! { <li><b>{ format!("Line {}{of}. ", evidence.lines[0]) }</b>{ &evidence.label }</li> }
}
