//! The header as it was handed in, line by line, with what is lit.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::cut::{LINE, cut};
use super::repairs::RepairStrip;
use super::source_lines::{Found, use_source_lines};
use super::state::{Action, Choice, LitLines, counted, is_lit};
use super::turner::{Turner, use_part};
use super::unseen;
use crate::report::source::Line;
use crate::report::{Hop, Report};
use crate::worker::Text;

/// What a [`SourcePane`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The texts that were handed in.
    pub texts: Rc<Vec<Text>>,
    /// The report on them.
    pub report: Rc<Report>,
    /// The message that is shown.
    pub message: usize,
    /// What was chosen.
    pub choice: Option<Choice>,
    /// The lines that are lit.
    pub lit: Rc<Vec<LitLines>>,
    /// Where events go.
    pub act: Callback<Action>,
}

/// The source pane. What is lit is scrolled into view; where it lies outside, the line next to it.
#[component]
pub fn SourcePane(props: &Props) -> Html {
    let found = use_source_lines(&props.texts, &props.report, props.message);
    let lines = match &found {
        Found::Lines(lines) => lines.as_slice(),
        Found::Reading | Found::Gone => &[],
    };
    let target = props.lit.first().and_then(|[first, _]| row_near(lines, *first));
    let (shown, turn) = use_part(lines.len(), target);
    let target = target.and_then(|row| lines.get(row)).map(|line| line.number);
    let list = use_node_ref();
    {
        let list = list.clone();
        use_effect_with((Rc::clone(&props.lit), target, shown.start), move |(_, target, _)| {
            if let Some(line) = target {
                scroll_to(&list, *line);
            }
        });
    }
    let hops = props.report.messages.get(props.message).map(|message| message.hops.as_slice());
    let hops = hops.unwrap_or_default();
    html! {
        <section class="panel" aria-labelledby="source-title">
            <header class="panel-head">
                <h2 id="source-title">{ "Source" }</h2>
                <p>
                    { match found {
                        Found::Lines(_) => format!("{}, newest Received line on top", counted(lines.len(), "line")),
                        Found::Reading => "Reading …".to_owned(),
                        Found::Gone => "The file was moved or changed; open it again to see its lines.".to_owned(),
                    } }
                </p>
                <Turner labels={["Previous lines", "Next lines"]} total={lines.len()} shown={shown.clone()} {turn} />
            </header>
            <RepairStrip report={Rc::clone(&props.report)} message={props.message} choice={props.choice} act={props.act.clone()} />
            <ol class="source" ref={list} tabindex="0" aria-labelledby="source-title" data-testid="source">
                { for lines.get(shown).unwrap_or_default().iter().map(|line| row(line, hops, &props.lit)) }
            </ol>
        </section>
    }
}

/// The row of the line with this number, or the one nearest to it.
fn row_near(lines: &[Line], number: usize) -> Option<usize> {
    let row = lines.partition_point(|line| line.number < number);
    Some(row.min(lines.len().checked_sub(1)?))
}

fn row(line: &Line, hops: &[Hop], lit: &[LitLines]) -> Html {
    let is_lit = is_lit(lit, [line.number, line.number]);
    // Received lines stand newest first, so the first lines of the hops fall from the front of the list to its end.
    let hop = hops.binary_search_by(|hop| line.number.cmp(&hop.lines[0])).ok();
    html! {
        <li
            key={line.number}
            class={classes!(is_lit.then_some("is-lit"))}
            data-testid="source-line"
            data-line={line.number.to_string()}
            data-lit={is_lit.then_some("true")}
        >
            <span class="line-number">{ line.number }</span>
            <span class="line-hop">
                if let Some(hop) = hop {
                    <span class="number is-small"><span class="hidden">{ "Hop " }</span>{ hop + 1 }</span>
                }
            </span>
            <span class="line-text">{ text(&cut(&line.text, LINE)) }</span>
        </li>
    }
}

/// The line, with the name of a field set off, also where marks of quoting stand before it.
fn text(line: &str) -> Html {
    let field = line.trim_start_matches(['>', '|', ' ']);
    let (quote, field) = match line.strip_suffix(field) {
        Some(quote) if quote.contains(['>', '|']) => (quote, field),
        _ => ("", line),
    };
    match field.split_once(':') {
        Some((name, value)) if is_field_name(name) => {
            html! { <>{ quote }<b>{ name }{ ":" }</b>{ unseen::shown(value) }</> }
        }
        _ => unseen::shown(line),
    }
}

/// Letters, digits and marks without blanks (RFC 5322 section 3.6.8).
fn is_field_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())
}

fn scroll_to(list: &NodeRef, line: usize) {
    let Some(list) = list.cast::<Element>() else {
        return;
    };
    let Some(line) = list.query_selector(&format!("[data-line='{line}']")).ok().flatten() else {
        return;
    };
    // Within the list only: the page itself stays where the reader is.
    let (pane, line) = (list.get_bounding_client_rect(), line.get_bounding_client_rect());
    if line.top() < pane.top() || line.bottom() > pane.bottom() {
        let third = pane.height() / 3.0;
        list.set_scroll_top(list.scroll_top() + (line.top() - pane.top() - third) as i32);
    }
}
