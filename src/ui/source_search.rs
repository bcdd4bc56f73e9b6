//! The search in the source: what was found, which match was gone to, and the parts of the panel for both.
//!
//! It looks through the lines that the panel has, those of the header, also where they are not drawn. The body stays in the file.

use std::ops::Range;
use std::rc::Rc;

use yew::prelude::*;

use super::search_box::SearchBox;
use super::state::{LitLines, counted};
use crate::report::source::{Line, Match, find};

/// More matches than this are not looked for.
const MOST: usize = 10_000;

/// A search.
#[derive(Clone, PartialEq)]
pub struct Search {
    words: AttrValue,
    found: Rc<Vec<Match>>,
    /// The match that was gone to, by its place in the list.
    at: Option<usize>,
    search: Callback<String>,
    step: Callback<bool>,
}

/// The search in these lines. What was lit last, or found last, is what the reader wants to see: new light ends the way through the
/// matches.
#[hook]
pub fn use_search(lines: &Rc<Vec<Line>>, lit: &Rc<Vec<LitLines>>) -> Search {
    let words = use_state(AttrValue::default);
    let at = use_state(|| None::<usize>);
    let found = use_memo((Rc::clone(lines), (*words).clone()), |(lines, words)| find(lines, words, MOST));
    {
        let at = at.clone();
        use_effect_with(Rc::clone(lit), move |_| at.set(None));
    }
    let count = found.len();
    let current = at.filter(|at| *at < count);
    let search = {
        let (words, at) = (words.clone(), at.clone());
        Callback::from(move |typed: String| {
            at.set(Some(0));
            words.set(typed.into());
        })
    };
    let step = Callback::from(move |is_back: bool| {
        let next = match current {
            _ if count == 0 => None,
            Some(at) if is_back => Some((at + count - 1) % count),
            Some(at) => Some((at + 1) % count),
            None => Some(0),
        };
        at.set(next);
    });
    Search { words: (*words).clone(), found, at: current, search, step }
}

impl Search {
    /// The row of the match that was gone to.
    pub fn row(&self) -> Option<usize> {
        self.at.and_then(|at| self.found.get(at)).map(|found| found.row)
    }

    /// What was found in a row, each with whether it is the match that was gone to.
    pub fn marks(&self, row: usize) -> Vec<(Range<usize>, bool)> {
        let start = self.found.partition_point(|found| found.row < row);
        let of_row = self.found.iter().enumerate().skip(start).take_while(|(_, found)| found.row == row);
        let mark = |(nth, found): (usize, &Match)| {
            (found.start..found.start + self.words.len(), self.at == Some(nth))
        };
        of_row.map(mark).collect()
    }
}

/// The box, the count, and the buttons that go from match to match.
pub fn search_bar(search: &Search) -> Html {
    let is_searching = !search.words.trim().is_empty();
    let to = |is_back: bool| {
        let step = search.step.clone();
        move |_: MouseEvent| step.emit(is_back)
    };
    html! {
        <span class="panel-end searching" role="search" aria-label="Search the source">
            <span class="found-count" role="status" data-testid="found-count">{ is_searching.then(|| count(search)) }</span>
            <SearchBox label="Search these lines" testid="search-source" words={search.words.clone()} search={search.search.clone()} step={search.step.clone()} />
            if is_searching {
                <button class="button is-small" type="button" data-testid="found-before" disabled={search.found.is_empty()} onclick={to(true)}>{ "Before" }</button>
                <button class="button is-small" type="button" data-testid="found-next" disabled={search.found.is_empty()} onclick={to(false)}>{ "Next" }</button>
            }
        </span>
    }
}

/// What the search looks through, where there is one.
pub fn search_note(search: &Search, lines: usize) -> Html {
    if search.words.trim().is_empty() {
        return Html::default();
    }
    html! {
        <p class="search-note">
            { format!("Looks through the {} of this header. The body is not shown here and not searched.", counted(lines, "line")) }
        </p>
    }
}

fn count(search: &Search) -> String {
    let total = match search.found.len() {
        0 => return "Not found".to_owned(),
        MOST => format!("{MOST} or more"),
        total => total.to_string(),
    };
    match search.at {
        Some(at) => format!("{} of {total}", at + 1),
        None => format!("{total} found"),
    }
}
