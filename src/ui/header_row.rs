//! One field of the header; opened, also what it is for, how it is known who added it, and how it is written.

use std::rc::Rc;

use yew::prelude::*;

use super::cut::{CELL, LINE, cut};
use super::icon::{Icon, IconView};
use super::known_from::known_from;
use super::state::{Action, Choice};
use super::unseen;
use crate::report::fields::{Added, Row, is_own, known, server, told};
use crate::report::{Message, Report};

/// What a [`HeaderRow`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// The message.
    pub message: usize,
    /// The field.
    pub row: Row,
    /// Whether it is open: it was chosen here.
    pub is_open: bool,
    /// Whether it is lit.
    pub is_lit: bool,
    /// Where events go.
    pub act: Callback<Action>,
}

/// One field.
#[component]
pub fn HeaderRow(props: &Props) -> Html {
    let row = &props.row;
    let Some(message) = props.report.messages.get(props.message) else {
        return Html::default();
    };
    let choice = Choice::Field(props.message, row.nth);
    let act = props.act.clone();
    html! {
        <tbody class={classes!(props.is_open.then_some("is-open"))}>
            <tr class={classes!(props.is_lit.then_some("is-lit"))} data-testid="field" data-lit={props.is_lit.then_some("true")}>
                <td class="figure">{ row.lines[0] }</td>
                <th scope="row">
                    <button type="button" data-testid="open-field" aria-expanded={props.is_open.to_string()} onclick={move |_| act.emit(Action::Chosen(choice))}>
                        <IconView icon={Icon::Chevron} />
                        <bdi>{ unseen::shown(&cut(&row.name, CELL)) }</bdi>
                    </button>
                    if let Some((nth, total)) = row.repeated {
                        <small>{ format!("{nth} of {total}") }</small>
                    }
                </th>
                <td class="field-value"><bdi>{ unseen::shown(&cut(&row.value, CELL)) }</bdi></td>
                <td class="field-by">{ by(message, row.added) }</td>
            </tr>
            if props.is_open {
                <tr class="field-more" data-testid="field-more">
                    <td />
                    <td colspan="3">{ more(message, row) }</td>
                </tr>
            }
        </tbody>
    }
}

/// The hop and the short name of its server. What only the place tells is drawn as such.
fn by(message: &Message, added: Added) -> Html {
    match added {
        Added::Hop { hop, is_named } => html! {
            <>
                <span class={classes!("number", "is-small", (!is_named).then_some("is-inferred"))}>
                    <span class="hidden">{ "Hop " }</span>{ hop + 1 }
                </span>
                <bdi>{ server(message, hop).map(short) }</bdi>
                <small>
                    { match (is_own(message, hop), is_named) {
                        (true, true) => "your side",
                        (true, false) => "your side, inferred",
                        (false, true) => "",
                        (false, false) => "inferred",
                    } }
                </small>
            </>
        },
        Added::Sender => html! { <>{ "Sender" }<span class="quiet">{ ", inferred" }</span></> },
        Added::Unknown => html! { <span class="absent">{ "not told" }</span> },
    }
}

/// The first label of a name, if it is one and not an address.
fn short(name: &str) -> String {
    let is_address = name.contains(':') || name.starts_with(|letter: char| letter.is_ascii_digit());
    let label = name.split('.').next().filter(|_| !is_address).unwrap_or(name);
    cut(label, CELL)
}

fn more(message: &Message, row: &Row) -> Html {
    html! {
        <>
            if let Some(known) = known(&row.name) {
                <p>{ known.text }</p>
                <p class="field-source">{ known_from(known.source) }</p>
            } else {
                <p>{ "Nothing is known of fields with this name. A program on the way or the sender’s may write what it likes." }</p>
            }
            <p><bdi>{ cut(&told(message, row.added), CELL) }</bdi></p>
            if row.value.chars().nth(CELL).is_some() || row.written.is_some() {
                <h3>{ "As written" }</h3>
                <pre class="raw"><bdi>{ written(row.written.as_ref().unwrap_or(&row.value)) }</bdi></pre>
            }
        </>
    }
}

/// The lines of a field. A line end is one, not a character that cannot be seen.
fn written(text: &str) -> Html {
    let text = cut(text, LINE);
    let line = |line: &str| html! { <>{ unseen::shown(line) }{ "\n" }</> };
    text.lines().map(line).collect()
}
