//! The header as it was handed in, line by line, with what is lit.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::cut::{LINE, cut};
use super::state::{LitLines, Text, counted, is_lit};
use super::turner::{Turner, use_part};
use crate::report::Origin;
use crate::report::source::{Line, header_lines};

/// What a [`SourcePane`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The texts that were handed in.
    pub texts: Rc<Vec<Text>>,
    /// Where the message stands in them.
    pub origin: Origin,
    /// First and last line of each hop, the oldest first.
    pub hops: Vec<[usize; 2]>,
    /// The lines that are lit.
    pub lit: Rc<Vec<LitLines>>,
}

/// The source pane. What is lit is scrolled into view.
#[component]
pub fn SourcePane(props: &Props) -> Html {
    let lines = use_memo((Rc::clone(&props.texts), props.origin.clone()), |(texts, origin)| {
        texts.get(origin.input).map(|(_, bytes)| header_lines(bytes, origin)).unwrap_or_default()
    });
    let lit = props.lit.first().map(|[first, _]| first.saturating_sub(props.origin.header_lines[0]));
    let (shown, turn) = use_part(lines.len(), lit);
    let list = use_node_ref();
    {
        let list = list.clone();
        use_effect_with((Rc::clone(&props.lit), shown.start), move |_| scroll_to_lit(&list));
    }
    html! {
        <section class="panel" aria-labelledby="source-title">
            <header class="panel-head">
                <h2 id="source-title">{ "Source" }</h2>
                <p>{ format!("{}, newest Received line on top", counted(lines.len(), "line")) }</p>
                <Turner labels={["Previous lines", "Next lines"]} total={lines.len()} shown={shown.clone()} {turn} />
            </header>
            <ol class="source" ref={list} tabindex="0" aria-labelledby="source-title">
                { for lines.get(shown).unwrap_or_default().iter().map(|line| row(line, &props.hops, &props.lit)) }
            </ol>
        </section>
    }
}

fn row(line: &Line, hops: &[[usize; 2]], lit: &[LitLines]) -> Html {
    let is_lit = is_lit(lit, [line.number, line.number]);
    // Received lines stand newest first, so the first lines of the hops fall from the front of the list to its end.
    let hop = hops.binary_search_by(|[first, _]| line.number.cmp(first)).ok();
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

/// The line, with the name of a field set off.
fn text(line: &str) -> Html {
    match line.split_once(':') {
        Some((name, value)) if is_field_name(name) => html! { <><b>{ name }{ ":" }</b>{ value }</> },
        _ => html! { { line } },
    }
}

/// Letters, digits and marks without blanks (RFC 5322 section 3.6.8).
fn is_field_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())
}

fn scroll_to_lit(list: &NodeRef) {
    let Some(list) = list.cast::<Element>() else {
        return;
    };
    let Some(line) = list.query_selector("[data-lit]").ok().flatten() else {
        return;
    };
    // Within the list only: the page itself stays where the reader is.
    let (pane, line) = (list.get_bounding_client_rect(), line.get_bounding_client_rect());
    if line.top() < pane.top() || line.bottom() > pane.bottom() {
        let third = pane.height() / 3.0;
        list.set_scroll_top(list.scroll_top() + (line.top() - pane.top() - third) as i32);
    }
}
