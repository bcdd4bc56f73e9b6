//! What a mail says, made harmless for the format that it goes into. Each writer of a format passes every value through here.

use super::steps::{Piece, pieces};

/// Text for HTML and XML, within an element or within an attribute in double quotes. Characters that XML 1.0 forbids (section 2.2), and
/// those that turn the direction of a text, are shown instead of obeyed.
#[must_use]
pub fn markup(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => push_seen(&mut safe, letter),
        }
    }
    safe
}

/// Text in which nothing steers: a control character shows as its picture, a mark of direction by its number.
#[must_use]
pub fn seen(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    text.chars().for_each(|letter| push_seen(&mut safe, letter));
    safe
}

fn push_seen(safe: &mut String, letter: char) {
    match letter {
        '\n' | '\t' => safe.push(letter),
        '\0'..='\u{1f}' => safe.push(char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}')),
        '\u{7f}' => safe.push('\u{2421}'),
        '\u{80}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
        '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => safe.push_str(&format!("[U+{:04X}]", u32::from(letter))),
        _ => safe.push(letter),
    }
}

/// Text that Markdown shows as it is, on one line: every mark that could mean something has a backslash before it. What GitHub and
/// others make links or mentions of, whatever stands before it (`ann@example.com`, `https://…`, `www.…`), is set as code.
#[must_use]
pub fn markdown(text: &str) -> String {
    let text = text.replace(|letter: char| letter.is_control(), " ");
    let mut safe = String::with_capacity(text.len());
    for (nth, word) in text.split(' ').enumerate() {
        if nth > 0 {
            safe.push(' ');
        }
        let bare = word.trim_end_matches([',', ';', '.', ':', '!', '?']);
        if is_linked(bare) {
            push_code(&mut safe, bare);
            push_word(&mut safe, word.strip_prefix(bare).unwrap_or_default());
        } else {
            push_word(&mut safe, word);
        }
    }
    // At the start of a line `1. ` and `- ` begin a list, and `===` makes a heading of the line above.
    let digits = safe.bytes().take_while(u8::is_ascii_digit).count();
    let marks: &[char] = if digits > 0 { &['.', ')'] } else { &['-', '+', '='] };
    if safe.get(digits..).is_some_and(|rest| rest.starts_with(marks)) {
        safe.insert(digits, '\\');
    }
    safe
}

/// A step, its commands as code. They hold no backtick, so one on each side fences them, and Markdown reads nothing within. Two that
/// touch would share a fence of two backticks: a blank stands between them.
#[must_use]
pub fn markdown_step(step: &str) -> String {
    let mut safe = String::with_capacity(step.len());
    for piece in pieces(step) {
        match piece {
            Piece::Words(words) => safe.push_str(&markdown(words)),
            Piece::Code(code) => {
                let blank = if safe.ends_with('`') { " " } else { "" };
                let code = code.replace(|letter: char| letter.is_control(), " ");
                safe.push_str(&format!("{blank}`{code}`"));
            }
        }
    }
    safe
}

fn is_linked(word: &str) -> bool {
    word.contains('@') || word.contains("://") || word.to_ascii_lowercase().contains("www.")
}

/// Code in a fence longer than every run of backticks within. A bar would end the cell of a table, also in code.
fn push_code(safe: &mut String, word: &str) {
    let longest = word.split(|letter| letter != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let blank = if longest > 0 { " " } else { "" };
    safe.push_str(&format!("{fence}{blank}{}{blank}{fence}", word.replace('|', "\\|")));
}

fn push_word(safe: &mut String, word: &str) {
    for letter in word.chars() {
        if matches!(
            letter,
            '\\' | '`'
                | '*'
                | '_'
                | '{'
                | '}'
                | '['
                | ']'
                | '<'
                | '>'
                | '('
                | ')'
                | '#'
                | '|'
                | '~'
                | '!'
                | '&'
                | '$'
        ) {
            safe.push('\\');
        }
        safe.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::{markdown, markup};

    #[test]
    fn markup_shows_what_could_be_obeyed() {
        assert_eq!(markup("<b a=\"'&\">"), "&lt;b a=&quot;&#39;&amp;&quot;&gt;");
        assert_eq!(markup("a\0b\u{1b}\u{7f}\u{9b}\u{ffff}\tc"), "a␀b␛␡\u{fffd}\u{fffd}\tc");
        assert_eq!(markup("exe.\u{202e}fdp"), "exe.[U+202E]fdp");
    }

    #[test]
    fn markdown_makes_no_link_of_an_address() {
        assert_eq!(
            markdown("From ann@example.com, at www.example.com"),
            "From `ann@example.com`, at `www.example.com`"
        );
        assert_eq!(markdown("a`b@c``d"), "``` a`b@c``d ```");
        assert_eq!(markdown("x|y@example.com"), "`x\\|y@example.com`");
    }

    #[test]
    fn markdown_starts_no_list_and_no_heading() {
        assert_eq!(markdown("# a *b*"), "\\# a \\*b\\*");
        for (text, safe) in
            [("- a", "\\- a"), ("+ a", "\\+ a"), ("1. a", "1\\. a"), ("12) a", "12\\) a"), ("===", "\\===")]
        {
            assert_eq!(markdown(text), safe);
        }
    }
}
