//! Characters that cannot be seen: shown as small marks with their names, because they break fields and hide words.

use yew::prelude::*;

/// At most so many marks are drawn in a line; a line of binary data has thousands.
const MOST: usize = 40;

/// A text in which everything can be seen.
pub fn shown(text: &str) -> Html {
    if !text.contains(is_unseen) {
        return html! { { text } };
    }
    let mut parts: Vec<Html> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(is_unseen).filter(|_| parts.len() < 2 * MOST) {
        let (seen, from) = rest.split_at(at);
        let Some(letter) = from.chars().next() else {
            break;
        };
        rest = from.trim_start_matches(letter);
        let count = (from.len() - rest.len()) / letter.len_utf8();
        parts.push(html! { { seen } });
        parts.push(mark(letter, count));
    }
    parts.push(html! { { rest } });
    parts.into_iter().collect()
}

fn mark(letter: char, count: usize) -> Html {
    let code = format!("U+{:04X}", u32::from(letter));
    let (short, title) = match name(letter) {
        Some((short, long)) => (short.to_owned(), format!("{long} ({code})")),
        None => (code.clone(), code),
    };
    let times = if count > 1 { format!("{short} × {count}") } else { short };
    html! { <span class="unseen" data-testid="unseen" {title}>{ times }</span> }
}

/// Control characters but the tab, the blank that is none (RFC 5322 knows two only), and what takes no room: joiners, direction marks, the soft hyphen, the byte order mark.
fn is_unseen(letter: char) -> bool {
    (letter.is_control() && letter != '\t')
        || matches!(
            letter,
            '\u{a0}'
                | '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// What to write, and what it is.
const fn name(letter: char) -> Option<(&'static str, &'static str)> {
    Some(match letter {
        '\0' => ("NUL", "Null character"),
        '\u{8}' => ("BS", "Backspace"),
        '\u{b}' => ("VT", "Vertical tab"),
        '\u{c}' => ("FF", "Form feed"),
        '\r' => ("CR", "Carriage return in the middle of a line"),
        '\u{1a}' => ("SUB", "Substitute, the end of old text files"),
        '\u{1b}' => ("ESC", "Escape"),
        '\u{7f}' => ("DEL", "Delete"),
        '\u{a0}' => ("NBSP", "No-break space"),
        '\u{ad}' => ("SHY", "Soft hyphen"),
        '\u{200b}' => ("ZWSP", "Zero-width space"),
        '\u{200c}' => ("ZWNJ", "Zero-width non-joiner"),
        '\u{200d}' => ("ZWJ", "Zero-width joiner"),
        '\u{200e}' => ("LRM", "Left-to-right mark"),
        '\u{200f}' => ("RLM", "Right-to-left mark"),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            ("BIDI", "Mark that turns the direction of the text")
        }
        '\u{2060}' => ("WJ", "Word joiner"),
        '\u{feff}' => ("BOM", "Byte order mark, or zero-width no-break space"),
        _ => return None,
    })
}
