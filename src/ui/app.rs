//! The page as a whole: holds the state, talks to the worker, and shows the start or the result.

use std::rc::Rc;

use yew::prelude::*;

use super::bar::Bar;
use super::files;
use super::intake::Intake;
use super::paste::use_paste;
use super::redact::RedactNote;
use super::result::ResultView;
use super::start::{StartAside, StartSamples};
use super::state::{Action, State, Status, announcement, is_redacting};
use crate::worker::client::{Answer, Client, Request};

/// The page.
#[component]
pub fn App() -> Html {
    let state = use_reducer(State::default);
    let dispatcher = state.dispatcher();
    let act = use_callback((), move |action: Action, ()| dispatcher.dispatch(action));
    use_analysis(&state, act.clone());
    use_paste(act.clone());
    let drop = use_callback(act.clone(), |event: DragEvent, act| {
        let files = event.data_transfer().map(|data| files::handed_over(&data)).unwrap_or_default();
        // A drop of anything else, such as text, is the browser's.
        if !files.is_empty() {
            event.prevent_default();
            act.emit(Action::Opened(files));
        }
    });

    let is_start = state.shown.is_none();
    let announcement = announcement(&state);
    html! {
        <div
            class="page"
            ondragover={|event: DragEvent| event.prevent_default()}
            ondrop={drop}
        >
            <a class="skip" href="#main">{ "Skip to the content" }</a>
            <Bar
                is_start={is_start && state.status == Status::Empty}
                is_redacted={state.is_redacted}
                is_redacting={state.shown.as_ref().is_some_and(|shown| is_redacting(&state, shown))}
                act={act.clone()}
            />
            <RedactNote is_on={state.is_redacted} />
            <main id="main" class={if is_start { "start" } else { "result" }}>
                <Intake state={(*state).clone()} act={act.clone()} />
                if is_start {
                    <StartSamples act={act.clone()} />
                    <StartAside />
                }
                if let Some(shown) = &state.shown {
                    <ResultView
                        shown={shown.clone()}
                        mail={state.mail}
                        message={state.message}
                        choice={state.choice}
                        focus={state.is_folded.then_some(state.focus)}
                        act={act.clone()}
                    />
                }
            </main>
            <p class="hidden" role="status" data-testid="status">{ announcement }</p>
            <footer class="foot">
                <span>{ "Hopscope reads mail headers in this page. No server, no account, no request." }</span>
                <a href="#manual">{ "What it looks for" }</a>
            </footer>
        </div>
    }
}

/// Sends the texts to the worker whenever they change, and files its answers.
#[hook]
fn use_analysis(state: &UseReducerHandle<State>, act: Callback<Action>) {
    let client = use_mut_ref(|| None::<Client>);
    {
        let client = client.clone();
        use_effect_with((), move |()| {
            *client.borrow_mut() = Some(Client::new(move |answer| {
                act.emit(match answer {
                    Answer::Report(number, report, None) => Action::Reported(number, Rc::new(*report)),
                    Answer::Report(number, report, Some(texts)) => {
                        Action::Redacted(number, Rc::new(*report), texts)
                    }
                    Answer::Failed(number) => Action::Failed(number),
                });
            }));
        });
    }
    let texts = Rc::clone(&state.texts);
    let is_redacted = state.is_redacted;
    use_effect_with(state.number, move |number| {
        if let (Some(client), false) = (&*client.borrow(), texts.is_empty()) {
            client.send(Request { number: *number, texts, is_redacted });
        }
    });
}
