//! What the checks of the sender found: SPF, DKIM, DMARC and ARC, who says so, and which fields of results do not count.

use std::rc::Rc;

use yew::prelude::*;

use super::cut::{CELL, cut};
use super::icon::{Icon, IconView};
use super::line_button::LineButton;
use super::props::ChoiceProps;
use super::state::counted;
use crate::report::fields::at;
use crate::report::identity::{Check, Tone, checks, is_told, reason, summary, uncounted, writer};
use crate::report::{AuthStatement, Message};

/// More fields that do not count than this are counted, not shown.
const SHOWN: usize = 20;

/// The checks of the sender.
#[component]
pub fn AuthView(props: &ChoiceProps) -> Html {
    let Some(message) = props.report.messages.get(props.message).filter(|message| !message.fields.is_empty())
    else {
        return Html::default();
    };
    let checks = checks(message);
    html! {
        <section class="panel" aria-labelledby="auth-title" data-testid="auth">
            <header class="panel-head">
                <h2 id="auth-title">{ "Authentication" }</h2>
                <p><bdi>{ checked_by(message, &checks) }</bdi></p>
            </header>
            if is_told(message) {
                <table class="checks">
                    <caption class="hidden">{ "What your side found out about the sender" }</caption>
                    <thead class="hidden">
                        <tr><th scope="col">{ "Check" }</th><th scope="col">{ "Result" }</th><th scope="col">{ "Meaning" }</th></tr>
                    </thead>
                    <tbody>{ for checks.iter().map(|check| row(props, message, check)) }</tbody>
                </table>
                { others(props, message) }
            } else {
                <p class="panel-note">{ "No server wrote what it found out about the sender, and the message is not signed." }</p>
            }
        </section>
    }
}

fn checked_by(message: &Message, checks: &[Check<'_>]) -> String {
    let server = checks.iter().find_map(|check| writer(message, check.statement?));
    server.map_or_else(
        || "no result of your side".to_owned(),
        |server| format!("checked by {}", cut(server, CELL)),
    )
}

fn row(props: &ChoiceProps, message: &Message, check: &Check<'_>) -> Html {
    let (class, icon) = match check.tone {
        Tone::Good => ("is-ok", Icon::Ok),
        Tone::Bad => ("is-medium", Icon::Medium),
        Tone::Neutral => ("is-info", Icon::Info),
    };
    html! {
        <tr data-testid="check">
            <th scope="row">{ &check.name }</th>
            <td>
                if let Some(result) = check.result {
                    <span class={classes!("severity", class)}><IconView {icon} /><bdi>{ cut(result, CELL) }</bdi></span>
                } else {
                    <span class="absent">{ "not told" }</span>
                }
            </td>
            <td>
                <bdi>{ cut(&check.text, CELL) }</bdi>
                if let Some(statement) = check.statement {
                    <small>{ reason(statement) }{ " " }{ line(props, message, statement) }</small>
                }
            </td>
        </tr>
    }
}

/// The fields of results that do not count, folded away.
fn others(props: &ChoiceProps, message: &Message) -> Html {
    let others: Vec<&AuthStatement> = uncounted(message).collect();
    if others.is_empty() {
        return Html::default();
    }
    let further = others.len().saturating_sub(SHOWN);
    html! {
        <details class="fold-away" data-testid="uncounted">
            <summary>
                <IconView icon={Icon::Chevron} />
                { format!("{} of results that {} not counted here", counted(others.len(), "field"), if others.len() == 1 { "is" } else { "are" }) }
            </summary>
            <ul>
                { for others.iter().take(SHOWN).map(|statement| other(props, message, statement)) }
                if further > 0 {
                    <li>{ format!("And {further} more.") }</li>
                }
            </ul>
        </details>
    }
}

fn other(props: &ChoiceProps, message: &Message, statement: &AuthStatement) -> Html {
    let writer = writer(message, statement).unwrap_or("a server that is not named");
    html! {
        <li>
            <b>{ cut(&statement.field, CELL) }</b>{ " of " }<bdi>{ cut(writer, CELL) }</bdi>{ ": " }
            <bdi>{ cut(&summary(statement), CELL) }</bdi>{ ". " }
            <small>{ why_not(statement) }{ " " }{ line(props, message, statement) }</small>
        </li>
    }
}

fn why_not(statement: &AuthStatement) -> &'static str {
    match statement.trust.as_str() {
        "proven" | "named" | "appended" if statement.arc_instance.is_none() => {
            "Another field of your side says the same check better: the first server to have the message counts."
        }
        _ => reason(statement),
    }
}

fn line(props: &ChoiceProps, message: &Message, statement: &AuthStatement) -> Html {
    html! {
        <LineButton
            report={Rc::clone(&props.report)}
            message={props.message}
            field={at(message, statement.span[0])}
            choice={props.choice}
            act={props.act.clone()}
        />
    }
}
