//! The header as it was handed in, line by line, with what is lit.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::props::LinesProps;
use super::repairs::RepairStrip;
use super::source_lines::Found;
use super::source_row::{self, Row};
use super::source_search::{search_bar, search_note, use_search};
use super::state::{counted, is_lit};
use super::turner::{Turner, use_part};
use super::window::LINES;
use crate::report::source::Line;

/// The source pane. What is lit, or was found, is scrolled into view; where it lies outside, the line next to it.
#[component]
pub fn SourcePane(props: &LinesProps) -> Html {
    let lines = match &props.found {
        Found::Lines(lines) => Rc::clone(lines),
        Found::Reading | Found::Gone => Rc::default(),
    };
    let search = use_search(&lines, &props.lit);
    let lit = props.lit.first().and_then(|[first, _]| row_near(&lines, *first));
    let target = search.row().or(lit);
    let (shown, turn) = use_part(lines.len(), LINES, target);
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
    let row = |row: usize, line: &Line| {
        source_row::row(&Row {
            line,
            // Received lines stand newest first, so the first lines of the hops fall from the front of the list to its end.
            hop: hops.binary_search_by(|hop| line.number.cmp(&hop.lines[0])).ok(),
            is_lit: is_lit(&props.lit, [line.number, line.number]),
            marks: search.marks(row),
        })
    };
    let first = shown.start;
    let drawn = lines.get(shown.clone()).unwrap_or_default();
    html! {
        <section class="panel" aria-labelledby="source-title">
            <header class="panel-head">
                <h2 id="source-title">{ "Source" }</h2>
                <p>
                    { match props.found {
                        Found::Lines(_) => format!("{}, newest Received line on top", counted(lines.len(), "line")),
                        Found::Reading => "Reading …".to_owned(),
                        Found::Gone => "The file was moved or changed; open it again to see its lines.".to_owned(),
                    } }
                </p>
                { search_bar(&search) }
                <Turner labels={["Previous lines", "Next lines"]} total={lines.len()} {shown} {turn} />
            </header>
            { search_note(&search, lines.len()) }
            <RepairStrip report={Rc::clone(&props.report)} message={props.message} choice={props.choice} act={props.act.clone()} />
            <ol class="source" ref={list} tabindex="0" aria-labelledby="source-title" data-testid="source">
                { for drawn.iter().enumerate().map(|(nth, line)| row(first + nth, line)) }
            </ol>
        </section>
    }
}

/// The row of the line with this number, or the one nearest to it.
fn row_near(lines: &[Line], number: usize) -> Option<usize> {
    let row = lines.partition_point(|line| line.number < number);
    Some(row.min(lines.len().checked_sub(1)?))
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
