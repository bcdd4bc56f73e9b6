//! One line of the source: its number, the hop that it starts, and its text with what the search found.

use std::ops::Range;

use yew::prelude::*;

use super::cut::{LINE, cut};
use super::unseen;
use crate::report::source::Line;

/// At most so many matches are marked in a line.
const MOST: usize = 100;

/// A line to draw.
pub struct Row<'r> {
    /// The line.
    pub line: &'r Line,
    /// The hop that starts on it.
    pub hop: Option<usize>,
    /// Whether it is lit.
    pub is_lit: bool,
    /// Where the search found something in its text, each with whether it is the one that was gone to.
    pub marks: Vec<(Range<usize>, bool)>,
}

/// The line.
pub fn row(row: &Row<'_>) -> Html {
    let line = row.line;
    html! {
        <li
            key={line.number}
            class={classes!(row.is_lit.then_some("is-lit"))}
            data-testid="source-line"
            data-line={line.number.to_string()}
            data-lit={row.is_lit.then_some("true")}
        >
            <span class="line-number">{ line.number }</span>
            <span class="line-hop">
                if let Some(hop) = row.hop {
                    <span class="number is-small"><span class="hidden">{ "Hop " }</span>{ hop + 1 }</span>
                }
            </span>
            <span class="line-text">{ text(&cut(&line.text, LINE), &row.marks) }</span>
        </li>
    }
}

/// The line, with the name of a field set off, also where marks of quoting stand before it.
fn text(line: &str, marks: &[(Range<usize>, bool)]) -> Html {
    let field = line.trim_start_matches(['>', '|', ' ']);
    let (quote, field) = match line.strip_suffix(field) {
        Some(quote) if quote.contains(['>', '|']) => (quote, field),
        _ => ("", line),
    };
    match field.split_once(':') {
        Some((name, _)) if is_field_name(name) => {
            let (name, end) = (quote.len(), quote.len() + name.len() + 1);
            html! {
                <>
                    { marked(line, 0..name, marks) }
                    <b>{ marked(line, name..end, marks) }</b>
                    { marked(line, end..line.len(), marks) }
                </>
            }
        }
        _ => marked(line, 0..line.len(), marks),
    }
}

/// A stretch of the line, with those parts of it marked that were found.
fn marked(line: &str, part: Range<usize>, marks: &[(Range<usize>, bool)]) -> Html {
    let mut html: Vec<Html> = Vec::new();
    let mut at = part.start;
    for (range, is_current) in marks.iter().take(MOST) {
        let found = range.start.max(at)..range.end.min(part.end);
        if let (Some(before), Some(words)) = (line.get(at..found.start), line.get(found.clone()))
            && !words.is_empty()
        {
            let current = is_current.then_some("true");
            html.push(unseen::shown(before));
            html.push(
                html! { <mark data-testid="found" aria-current={current}>{ unseen::shown(words) }</mark> },
            );
            at = found.end;
        }
    }
    html.push(unseen::shown(line.get(at..part.end).unwrap_or_default()));
    html.into_iter().collect()
}

/// Letters, digits and marks without blanks (RFC 5322 section 3.6.8).
fn is_field_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())
}
