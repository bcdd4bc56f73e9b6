//! The switch for pseudonyms, as the state of the page knows it.
#![cfg(all(feature = "page", not(target_arch = "wasm32")))]

mod common;

use std::rc::Rc;

use common::report_on;
use hopscope::ui::state::{Action, State, Status, announcement, is_redacting};
use hopscope::worker::Text;
use yew::Reducible;

const TEXT: &str = "Received: by a.example.com\nSubject: x\n";

fn state_after(actions: impl IntoIterator<Item = Action>) -> State {
    let state = actions.into_iter().fold(Rc::new(State::default()), Reducible::reduce);
    (*state).clone()
}

fn switched_on() -> Vec<Action> {
    let report = Rc::new(report_on(TEXT));
    vec![
        Action::Pasted(TEXT.into()),
        Action::Reported(1, Rc::clone(&report)),
        Action::Redact(true),
        Action::Redacted(2, report, vec![Text::pasted("Received: by host1.site1.com\nSubject: x\n")]),
    ]
}

#[test]
fn until_pseudonyms_come_the_page_says_that_they_do() {
    let state = state_after(switched_on().into_iter().take(3));
    assert_eq!((state.status, state.number), (Status::Reading, 2));
    assert!(is_redacting(&state, state.shown.as_ref().unwrap()));
    assert_eq!(announcement(&state), "Redacting …");
}

#[test]
fn pseudonyms_replace_the_texts_on_the_page_and_not_those_of_the_reader() {
    let state = state_after(switched_on());
    let shown = state.shown.as_ref().unwrap();
    assert!(shown.is_redacted);
    assert_eq!(*shown.texts, [Text::pasted("Received: by host1.site1.com\nSubject: x\n")]);
    assert_eq!(*state.texts, [Text::pasted(TEXT)]);
    assert!(announcement(&state).starts_with("Redacted. 1 hop in 1 message."), "{}", announcement(&state));
}

#[test]
fn the_switch_keeps_the_reader_where_it_is_and_the_next_mail_does_not() {
    let state = state_after(switched_on());
    assert_eq!(state.focus, 1);
    let next = switched_on().into_iter().chain([
        Action::Pasted(TEXT.into()),
        Action::Redacted(3, Rc::new(report_on(TEXT)), vec![Text::pasted(TEXT)]),
    ]);
    let state = state_after(next);
    assert_eq!((state.focus, state.is_redacted), (3, true));
}

#[test]
fn switched_off_the_reader_s_own_text_is_read_again() {
    let report = Rc::new(report_on(TEXT));
    let off = switched_on().into_iter().chain([Action::Redact(false), Action::Reported(3, report)]);
    let state = state_after(off);
    assert_eq!(*state.shown.unwrap().texts, [Text::pasted(TEXT)]);
}

#[test]
fn the_switch_alone_reads_nothing() {
    let state = state_after([Action::Redact(true)]);
    assert_eq!((state.status, state.is_redacted), (Status::Empty, true));
}
