//! Where each mail program shows the header of a mail.

use yew::prelude::*;

use super::icon::{Icon, IconView};

const PROGRAMS: [(&str, &str); 6] = [
    (
        "Outlook for Windows (classic)",
        "Open the mail in a window of its own. File, Properties: the header is in the box “Internet headers”. Click into the box, press Ctrl+A and Ctrl+C.",
    ),
    (
        "Outlook (new) and on the web",
        "Open the mail. Behind the three dots: View, “View message source”. Select all and copy.",
    ),
    ("Gmail", "Open the mail. Behind the three dots: “Show original”, then “Copy to clipboard”."),
    ("Thunderbird", "Choose the mail and press Ctrl+U (⌘U on a Mac). Select all and copy."),
    (
        "Apple Mail",
        "Choose the mail. View, Message, “Raw Source”. Select all and copy; or drag the mail onto this page.",
    ),
    (
        "Exchange and Microsoft 365, for administrators",
        "The message trace has no headers. Ask the recipient for them, or download the mail as .eml and open it here.",
    ),
];

/// One paragraph for each program, folded away.
#[component]
pub fn HowTo() -> Html {
    let entry = |(program, steps): &(&'static str, &'static str)| {
        html! {
            <details>
                <summary><IconView icon={Icon::Chevron} />{ *program }</summary>
                <p>{ *steps }</p>
            </details>
        }
    };
    html! { <div class="how-to panel">{ for PROGRAMS.iter().map(entry) }</div> }
}
