//! A way without an end, over servers of all common kinds, and messages that take a part of it.
//!
//! The way goes in rounds, as that of a mail that is forwarded in a circle. Small servers are the same machine in every round; of
//! the large ones another machine answers each time. So among the hops of a long way there are both: many machines, and machines that
//! come back often.

/// The fields that one round adds, the newest on top, as they stand in a header. In braces stand the number of the round, a number that
/// is another one at every hop, and the time as each software writes it.
const ROUND: &str = include_str!("round.txt");

/// What the sender's own program writes below all of them, and the body.
const LETTER: &str = include_str!("letter.txt");

/// What stands before each message of a mailbox.
const SEPARATOR: &str = "From ann@example.com Tue Nov  3 06:00:00 2026\n";

/// The way.
pub struct Way {
    /// The hops of a round, the oldest first.
    round: Vec<Stretch>,
}

/// What one hop adds to the header.
#[derive(Default)]
struct Stretch {
    /// The fields above its Received line.
    above: String,
    /// The value of its Received line.
    received: String,
}

impl Way {
    /// Reads the round.
    pub fn new() -> Self {
        let mut round = Vec::new();
        let mut stretch = Stretch::default();
        for field in fields(ROUND) {
            match field.strip_prefix("Received: ") {
                Some(value) => {
                    stretch.received = value.trim_end().to_owned();
                    round.push(std::mem::take(&mut stretch));
                }
                None => stretch.above.push_str(&field),
            }
        }
        round.reverse();
        Self { round }
    }

    /// The value of the Received line of a hop.
    pub fn received(&self, nth: usize) -> String {
        self.filled(&self.stretch(nth).received, nth)
    }

    /// A message that takes so many hops, from the given one on.
    pub fn message(&self, first: usize, hops: usize) -> String {
        let mut text = String::new();
        for nth in (first..first + hops).rev() {
            text.push_str(&self.hop(nth));
        }
        text.push_str(&self.filled(LETTER, first));
        text
    }

    /// A mailbox of messages of so many hops each. Every message starts where the one before ended.
    pub fn mailbox(&self, messages: usize, hops: usize) -> String {
        (0..messages).flat_map(|nth| [SEPARATOR.to_owned(), self.message(nth * hops, hops)]).collect()
    }

    /// A mailbox of copies of one message: their first hops are the same; the last ones lead over the same servers, each time anew.
    pub fn copies(&self, copies: usize, common: usize, own: usize) -> String {
        let shared: String = (0..common).rev().map(|nth| self.hop(nth)).collect();
        let letter = self.filled(LETTER, 0);
        let copy = |nth: usize| {
            // The same servers as for the first copy, so many rounds later.
            let first = common + nth * self.round.len();
            let hops: String = (first..first + own).rev().map(|nth| self.hop(nth)).collect();
            format!("{SEPARATOR}{hops}{shared}{letter}")
        };
        (0..copies).map(copy).collect()
    }

    /// What a hop adds to the header.
    fn hop(&self, nth: usize) -> String {
        format!("{}Received: {}\n", self.filled(&self.stretch(nth).above, nth), self.received(nth))
    }

    fn stretch(&self, nth: usize) -> &Stretch {
        &self.round[nth % self.round.len()]
    }

    /// A template as it is at the hop of this number.
    fn filled(&self, template: &str, nth: usize) -> String {
        let round = nth / self.round.len();
        // A hop takes two seconds.
        let seconds = 2 * nth;
        template
            .replace("{round}", &format!("{round:04}"))
            .replace("{id}", &format!("{:08X}", scattered(nth)))
            .replace("{utc}", &date(seconds, 0, "+0000"))
            .replace("{cet}", &date(seconds, 1, "+0100"))
            .replace("{pst}", &date(seconds, -8, "-0800"))
            // qmail names no day of the week.
            .replace("{qmail}", date(seconds, 0, "-0000").split_at("Tue, ".len()).1)
    }
}

/// The fields of a header, each with its folds and its line end.
fn fields(header: &str) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    for line in header.split_inclusive('\n') {
        match fields.last_mut() {
            Some(field) if line.starts_with([' ', '\t']) => field.push_str(line),
            _ => fields.push(line.to_owned()),
        }
    }
    fields
}

/// Another number for every hop, far from that of its neighbours.
fn scattered(nth: usize) -> u32 {
    (nth as u32).wrapping_mul(2_654_435_761)
}

/// The time so many seconds after six o'clock UTC on Tuesday, 3 November 2026, by a clock that is so many hours ahead. Good for four
/// days.
fn date(seconds: usize, hours_ahead: isize, zone: &str) -> String {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    // Since Sunday, 1 November.
    let hours = (2 * 24 + 6 + seconds / 3600).saturating_add_signed(hours_ahead);
    let (day, hour) = (hours / 24, hours % 24);
    let (minute, second) = (seconds / 60 % 60, seconds % 60);
    format!("{}, {:02} Nov 2026 {hour:02}:{minute:02}:{second:02} {zone}", DAYS[day], day + 1)
}
