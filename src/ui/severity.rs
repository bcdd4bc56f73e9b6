//! How a severity and a confidence look: shape, word, then colour.

use yew::prelude::*;

use super::icon::{Icon, IconView};
use crate::report::{Confidence, Severity};

const fn icon(severity: Severity) -> Icon {
    match severity {
        Severity::High => Icon::High,
        Severity::Medium => Icon::Medium,
        Severity::Low => Icon::Low,
        Severity::Info => Icon::Info,
        Severity::Ok => Icon::Ok,
    }
}

/// The CSS class that carries the colour.
pub const fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "is-high",
        Severity::Medium => "is-medium",
        Severity::Low => "is-low",
        Severity::Info => "is-info",
        Severity::Ok => "is-ok",
    }
}

/// What a [`SeverityView`] shows.
#[derive(Properties, PartialEq)]
pub struct SeverityProps {
    /// How bad it is.
    pub severity: Severity,
    /// Whether it stands on a coloured ground.
    #[prop_or_default]
    pub is_badge: bool,
}

/// A severity as icon and word.
#[component]
pub fn SeverityView(props: &SeverityProps) -> Html {
    let shape = if props.is_badge { "badge" } else { "severity" };
    html! {
        <span class={classes!(shape, class(props.severity))}>
            <IconView icon={icon(props.severity)} />{ props.severity.label() }
        </span>
    }
}

/// What a [`SeverityIcon`] shows.
#[derive(Properties, PartialEq)]
pub struct IconProps {
    /// How bad it is.
    pub severity: Severity,
}

/// A severity as icon alone, where the word stands elsewhere.
#[component]
pub fn SeverityIcon(props: &IconProps) -> Html {
    html! { <span class={class(props.severity)}><IconView icon={icon(props.severity)} /></span> }
}

/// What a [`ConfidenceView`] shows.
#[derive(Properties, PartialEq)]
pub struct ConfidenceProps {
    /// How sure it is.
    pub confidence: Confidence,
}

/// A confidence as one, two or three dots and the word.
#[component]
pub fn ConfidenceView(props: &ConfidenceProps) -> Html {
    let filled = match props.confidence {
        Confidence::Possible => 1,
        Confidence::Likely => 2,
        Confidence::Certain => 3,
    };
    let dot = |nth: u8| {
        let class = if nth < filled { "dot is-filled" } else { "dot" };
        html! { <circle {class} cx={(4 + 8 * nth).to_string()} cy="5" r="3" /> }
    };
    html! {
        <span class="confidence">
            <svg class="dots" viewBox="0 0 24 10" aria-hidden="true">{ for (0..3).map(dot) }</svg>
            { props.confidence.label() }
        </span>
    }
}
