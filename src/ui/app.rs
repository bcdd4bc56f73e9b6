//! The page as a whole: holds the state, talks to the worker, and shows the start or the result.

use std::rc::Rc;

use yew::prelude::*;

use super::axis::Axis;
use super::bar::Bar;
use super::files;
use super::help::{self, Help};
use super::intake::Intake;
use super::paste::use_paste;
use super::redact::RedactNote;
use super::result::ResultView;
use super::settings_store;
use super::shortcuts::{KeyHint, Shortcut, use_shortcuts};
use super::start::{StartAside, StartSamples};
use super::state::{Action, State, Status, announcement, is_redacting};
use super::zone::Zone;
use crate::worker::client::{Answer, Client, Request};

/// The page.
#[component]
pub fn App() -> Html {
    let state = use_reducer(|| {
        let settings_store::Start { defaults, settings } = settings_store::start();
        State { defaults, settings, ..State::default() }
    });
    let axis = use_state(Axis::default);
    let dispatcher = state.dispatcher();
    let act = use_callback((), move |action: Action, ()| dispatcher.dispatch(action));
    use_analysis(&state, act.clone());
    use_paste(act.clone());
    let dialog = use_node_ref();
    let show_help = use_callback(dialog.clone(), |(), dialog| help::open(dialog));
    let is_redacting = state.shown.as_ref().is_some_and(|shown| is_redacting(&state, shown));
    // The key for the ticket would copy what is about to be replaced.
    use_shortcuts(!state.has_no_shortcuts && !is_redacting, act.clone(), show_help.clone());
    use_effect_with(state.settings.theme.unwrap_or_default(), |theme| settings_store::show(*theme));
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
            class={classes!(
                "page",
                state.has_no_shortcuts.then_some("has-no-shortcuts"),
                is_redacting.then_some("is-redacting")
            )}
            ondragover={|event: DragEvent| event.prevent_default()}
            ondrop={drop}
        >
            <a class="skip" href="#main">{ "Skip to the content" }</a>
            <Bar
                is_start={is_start && state.status == Status::Empty}
                settings={state.settings.clone()}
                defaults={state.defaults.clone()}
                help={show_help.clone()}
                result={state.shown.clone().map(|shown| (shown, state.message))}
                is_redacted={state.is_redacted}
                {is_redacting}
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
                    <ContextProvider<Zone> context={state.settings.time_zone.unwrap_or_default()}>
                    <ContextProvider<UseStateHandle<Axis>> context={axis}>
                    <ResultView
                        shown={shown.clone()}
                        mail={state.mail}
                        message={state.message}
                        choice={state.choice}
                        focus={state.is_folded.then_some(state.focus)}
                        act={act.clone()}
                    />
                    </ContextProvider<UseStateHandle<Axis>>>
                    </ContextProvider<Zone>>
                }
            </main>
            <p class="hidden" role="status" data-testid="status">{ announcement }</p>
            <footer class="foot">
                <span>{ "Hopscope reads mail headers in this page. No server, no account, no request." }</span>
                <a href="#manual">{ "What it looks for" }</a>
                <button class="link" type="button" data-testid="show-help" aria-keyshortcuts="Shift+?" onclick={move |_| show_help.emit(())}>
                    { "Keys and help" }<KeyHint shortcut={Shortcut::Help} />
                </button>
            </footer>
            <Help {dialog} has_shortcuts={!state.has_no_shortcuts} act={act.clone()} />
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
    let options = state.settings.options();
    let is_redacted = state.is_redacted;
    use_effect_with(state.number, move |number| {
        if let (Some(client), false) = (&*client.borrow(), texts.is_empty()) {
            client.send(Request { number: *number, texts, options, is_redacted });
        }
    });
}
