//! The bar on top: the name, the promise, the switch for pseudonyms, what can be exported, the way back to the start, and the settings.

use yew::prelude::*;

use super::export_menu::ExportMenu;
use super::icon::{Icon, IconView};
use super::redact::RedactSwitch;
use super::settings::Settings;
use super::settings_view::SettingsView;
use super::shortcuts::{KeyHint, Shortcut};
use super::state::{Action, Shown};

/// What the bar shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Whether the page is as it was at first: then there is nothing to clear.
    pub is_start: bool,
    /// Shows help.
    pub help: Callback<()>,
    /// What the reader has set.
    pub settings: Settings,
    /// The defaults of the page.
    pub defaults: Settings,
    /// The result that can be exported, and the message that is shown.
    pub result: Option<(Shown, usize)>,
    /// Whether the reader wants pseudonyms.
    pub is_redacted: bool,
    /// Whether they are on their way.
    pub is_redacting: bool,
    /// Where events go.
    pub act: Callback<Action>,
}

/// The bar on top.
#[component]
pub fn Bar(props: &Props) -> Html {
    let (act, help) = (props.act.clone(), props.help.clone());
    html! {
        <header class="bar">
            <span class="brand">
                <svg class="brand-mark" viewBox="0 0 28 28" aria-hidden="true">
                    <circle class="brand-ring" cx="17" cy="12" r="8" />
                    <circle class="brand-dot" cx="17" cy="12" r="2.600" />
                    <path class="brand-ring" d="M11.200 17.800L3 25" />
                </svg>
                <span class="brand-name">{ "Hopscope" }</span>
            </span>
            <button class="promise" type="button" data-testid="promise" onclick={move |_| help.emit(())}>
                <IconView icon={Icon::Shield} /><span class="promise-text">{ "Nothing leaves this page" }</span>
            </button>
            <RedactSwitch is_on={props.is_redacted} is_coming={props.is_redacting} act={props.act.clone()} />
            if let Some((shown, message)) = props.result.clone().filter(|(shown, _)| !shown.report.messages.is_empty()) {
                <ExportMenu {shown} {message} />
            }
            if !props.is_start {
                <button class="button bar-end" type="button" data-testid="new" aria-keyshortcuts="n" onclick={move |_| act.emit(Action::Cleared)}>
                    <IconView icon={Icon::Plus} /><span class="bar-label">{ "New" }</span><KeyHint shortcut={Shortcut::New} />
                </button>
            }
            <SettingsView settings={props.settings.clone()} defaults={props.defaults.clone()} act={props.act.clone()} />
        </header>
    }
}
