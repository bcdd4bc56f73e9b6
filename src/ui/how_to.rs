//! Where each mail program shows the header of a mail.

use yew::prelude::*;

use super::icon::{Icon, IconView};

const PROGRAMS: [(&str, &str); 8] = [
    (
        "Outlook for Windows (classic)",
        "Open the mail in a window of its own. File, Properties: the header is in the box “Internet headers”. Click into the box, press Ctrl+A and Ctrl+C. Or drag the mail from the list to the desktop, and open the .msg file here.",
    ),
    (
        "Outlook (new) and on the web",
        "Open the mail. Behind the three dots: View, then “View message source” or “View message details”. Select all and copy.",
    ),
    (
        "Outlook for Mac",
        "Click the mail in the list while you hold the Control key: “View Source”. Select all and copy.",
    ),
    (
        "Gmail",
        "In the browser: open the mail. Behind the three dots: “Show original”, then “Copy to clipboard”.",
    ),
    ("Thunderbird", "Choose the mail and press Ctrl+U (⌘U on a Mac). Select all and copy."),
    (
        "Apple Mail",
        "Choose the mail. View, Message, “Raw Source”. Select all and copy; or drag the mail onto this page.",
    ),
    (
        "iPhone, Android and other apps",
        "Most mail apps do not show headers. Open the same mail on a computer or in the browser. A mail that is forwarded in the ordinary way has lost its header; one that is forwarded as an attachment still has it.",
    ),
    (
        "Exchange and Microsoft 365, for administrators",
        "The message trace has no headers. For a mail in quarantine there is “View message headers”. Otherwise ask the recipient to send the mail as an attachment, or download it as .eml or .msg, and open it here.",
    ),
];

/// What else can be handed in.
const FILES: &str = "Files can be opened as they are: .eml, .msg, .mbox and .txt, several at once. A bounce is as good as the mail itself when it returns the header.";

/// One paragraph for each program, folded away, and a word on files.
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
    html! { <div class="how-to panel">{ for PROGRAMS.iter().map(entry) }<p class="how-to-files">{ FILES }</p></div> }
}
