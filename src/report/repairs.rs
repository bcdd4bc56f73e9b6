//! What had to be set right, for people: one sentence that sums it up, and a list that stays short.

use super::kinds::by_kind;
use super::model::Repair;

/// Of one kind, so many repairs are listed one by one.
const EACH: usize = 3;

/// Of all kinds together, so many repairs are listed one by one.
const ALL: usize = 20;

/// The kind that ordinary mails have too: their text is no business of this program.
const BODY: &str = "body";

/// Repairs of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<'r> {
    /// Those to list one by one, each with its place among the repairs of the message.
    pub listed: Vec<(usize, &'r Repair)>,
    /// How many more there are.
    pub further: usize,
}

/// Whether there is something to list: more than that the text of the mail was left alone.
#[must_use]
pub fn are_worth_a_list(repairs: &[Repair]) -> bool {
    repairs.iter().any(|repair| repair.kind != BODY)
}

/// The repairs by kind, each kind where it comes first. However many there are, the list is short.
#[must_use]
pub fn groups(repairs: &[Repair]) -> Vec<Group<'_>> {
    let mut left = ALL;
    let group = |alike: Vec<_>| {
        let count = alike.len().min(EACH).min(left);
        left -= count;
        Group { further: alike.len() - count, listed: alike.into_iter().take(count).collect() }
    };
    by_kind(repairs, |repair| &repair.kind).into_iter().map(group).collect()
}

/// `Line 3` or `Lines 3 to 7`.
#[must_use]
pub fn lines(repair: &Repair) -> String {
    if repair.last_line > repair.line {
        format!("Lines {} to {}", repair.line, repair.last_line)
    } else {
        format!("Line {}", repair.line)
    }
}

/// One sentence on all repairs, such as `8 lines were folded again, quoting was taken off; 1 line belongs to no field.` Absent where
/// there is none.
#[must_use]
pub fn summary(repairs: &[Repair]) -> Option<String> {
    let (mut mended, mut passed_over, mut unread, mut others) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for tally in tally(repairs) {
        match phrase(&tally) {
            Some(Phrase::Mended(words)) => mended.push(words),
            Some(Phrase::PassedOver(words)) => passed_over.push(words),
            Some(Phrase::Unread(what)) => unread.push(what),
            None => others += tally.repairs,
        }
    }
    if others > 0 {
        mended.push(count(others, "other thing was set right", "other things were set right"));
    }
    if !unread.is_empty() {
        let were = if unread.len() == 1 { "was" } else { "were" };
        passed_over.push(format!("{} {were} not read", unread.join(" and ")));
    }
    let halves: Vec<String> =
        [mended, passed_over].iter().filter(|half| !half.is_empty()).map(|half| half.join(", ")).collect();
    let sentence = halves.join("; ");
    let first = sentence.chars().next()?;
    Some(first.to_uppercase().chain(sentence.chars().skip(1)).chain(['.']).collect())
}

/// How often a kind occurs, and in how many lines.
struct Tally<'r> {
    kind: &'r str,
    repairs: usize,
    lines: usize,
}

fn tally(repairs: &[Repair]) -> impl Iterator<Item = Tally<'_>> {
    let lines = |repair: &Repair| repair.last_line.saturating_sub(repair.line) + 1;
    by_kind(repairs, |repair| &repair.kind).into_iter().filter_map(move |alike| {
        let (_, first) = alike.first()?;
        let lines = alike.iter().map(|(_, repair)| lines(repair)).sum();
        Some(Tally { kind: &first.kind, repairs: alike.len(), lines })
    })
}

/// What became of the text.
enum Phrase {
    /// It was set right: a clause.
    Mended(String),
    /// It could not be used: a clause.
    PassedOver(String),
    /// It was not read: its name.
    Unread(String),
}

fn phrase(tally: &Tally<'_>) -> Option<Phrase> {
    use Phrase::{Mended, PassedOver, Unread};
    let Tally { repairs, lines, .. } = *tally;
    let plain = |words: &str| Some(Mended(words.to_owned()));
    match tally.kind {
        "byte-order-mark" => plain("an invisible mark at the start was passed over"),
        "mixed-line-ends" => plain("line ends of several kinds were read as one"),
        "leading-blank-lines" => plain("empty lines above the header were passed over"),
        "blank-line" => Some(Mended(count(
            repairs,
            "empty line among the fields was passed over",
            "empty lines among the fields were passed over",
        ))),
        "double-spacing" => plain("double spacing was taken out"),
        "indentation" => plain("indentation was taken off"),
        "quoting" => plain("quoting was taken off"),
        "bullets" => plain("bullets were taken off"),
        "emphasis" => plain("names in bold were read as plain"),
        "lost-fold" => Some(Mended(count(lines, "line was folded again", "lines were folded again"))),
        "word-fold" => Some(Mended(count(repairs, "broken line was joined", "broken lines were joined"))),
        "value-on-next-line" => Some(Mended(count(
            repairs,
            "value was put behind its name",
            "values were put behind their names",
        ))),
        "blank-before-colon" => Some(Mended(count(
            repairs,
            "blank before a colon was passed over",
            "blanks before colons were passed over",
        ))),
        "table-row" => Some(Mended(count(
            lines,
            "row of a table was read as a field",
            "rows of a table were read as fields",
        ))),
        "one-line" => plain("one long line was cut into fields"),
        "quoted-printable" => plain("quoted-printable was decoded"),
        "html" => plain("HTML was taken off"),
        "hidden-characters" => plain("hidden characters were passed over"),
        "smart-quotes" => plain("curly quotes were read as straight ones"),
        "mbox-separator" => plain("the line that separates mails in a mailbox file was passed over"),
        "outlook-line" => plain("Outlook’s own first line was passed over"),
        "code-fence" => plain("the marks of a code block were passed over"),
        "nul-bytes" => plain("NUL bytes were passed over"),
        "unknown-charset" => plain("text in an unknown character set was kept as it is"),
        "text-before" => Some(Unread(format!("the text above, {},", count(lines, "line", "lines")))),
        "text-summary" => Some(Unread("the table above the original".to_owned())),
        BODY => Some(Unread(format!("the body, {},", count(lines, "line", "lines")))),
        "stray-line" => {
            Some(PassedOver(count(lines, "line belongs to no field", "lines belong to no field")))
        }
        _ => None,
    }
}

fn count(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::repair_texts::NAMES;

    fn repair(kind: &str, line: usize, last_line: usize) -> Repair {
        Repair { kind: kind.to_owned(), line, last_line, text: format!("About {kind}.") }
    }

    #[test]
    fn the_sentence_says_first_what_was_mended_then_what_was_left_out() {
        let mut repairs: Vec<Repair> = (10..18).map(|line| repair("lost-fold", line, line)).collect();
        repairs.insert(0, repair("stray-line", 4, 4));
        repairs.push(repair("quoting", 1, 30));
        let sentence = "8 lines were folded again, quoting was taken off; 1 line belongs to no field.";
        assert_eq!(summary(&repairs).as_deref(), Some(sentence));
    }

    #[test]
    fn what_was_not_read_is_counted_in_lines() {
        let repairs = [repair("text-before", 1, 5), repair("body", 20, 57)];
        let sentence = "The text above, 5 lines, and the body, 38 lines, were not read.";
        assert_eq!(summary(&repairs).as_deref(), Some(sentence));
    }

    #[test]
    fn no_repair_gives_no_sentence() {
        assert_eq!(summary(&[]), None);
    }

    #[test]
    fn a_kind_that_is_not_known_here_is_counted() {
        assert_eq!(summary(&[repair("new", 1, 1)]).as_deref(), Some("1 other thing was set right."));
    }

    #[test]
    fn every_known_kind_has_words_of_its_own() {
        let mut sentences: Vec<String> =
            NAMES.iter().filter_map(|name| summary(&[repair(name, 1, 1)])).collect();
        assert!(!sentences.iter().any(|sentence| sentence.contains("other thing")), "{sentences:#?}");
        sentences.sort();
        sentences.dedup();
        assert_eq!(sentences.len(), NAMES.len());
    }

    #[test]
    fn ten_thousand_repairs_of_a_kind_stay_a_short_list() {
        let mut repairs: Vec<Repair> = (1..=10_000).map(|line| repair("lost-fold", line, line)).collect();
        repairs.push(repair("body", 10_002, 10_004));
        let groups = groups(&repairs);
        let shape: Vec<(usize, usize)> =
            groups.iter().map(|group| (group.listed.len(), group.further)).collect();
        assert_eq!(shape, [(3, 9_997), (1, 0)]);
        assert_eq!(groups[1].listed[0].0, 10_000);
    }

    #[test]
    fn the_text_of_a_mail_alone_is_not_worth_a_list() {
        assert!(!are_worth_a_list(&[repair("body", 3, 9)]));
        assert!(are_worth_a_list(&[repair("body", 3, 9), repair("quoting", 1, 2)]));
    }

    #[test]
    fn one_line_and_several_are_named_each_in_their_way() {
        assert_eq!(lines(&repair("quoting", 3, 3)), "Line 3");
        assert_eq!(lines(&repair("quoting", 3, 7)), "Lines 3 to 7");
    }
}
