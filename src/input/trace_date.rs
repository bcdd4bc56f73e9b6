//! Whether a Received field has come to its end: its date.

/// How much of the date behind the `;` of a Received field has been read (RFC 5321 section 4.4).
#[derive(Clone, Copy, Debug, Default)]
pub struct TraceDate {
    is_begun: bool,
    has_time: bool,
    has_zone: bool,
    /// How many comments are open (RFC 5322 section 3.2.2).
    open_comments: usize,
}

impl TraceDate {
    /// A date that has not been read yet. `is_begun` tells that no `;` comes before it.
    pub fn of(is_begun: bool) -> Self {
        Self { is_begun, ..Self::default() }
    }

    /// Reads a further line of the field. A `;` may also stand in a comment; the last one counts.
    pub fn read(&mut self, line: &[u8]) {
        for byte in line {
            match byte {
                b'(' => self.open_comments += 1,
                b')' => self.open_comments = self.open_comments.saturating_sub(1),
                _ => {}
            }
        }
        let start = line.iter().rposition(|byte| *byte == b';');
        if start.is_some() {
            *self = Self { is_begun: true, has_time: false, has_zone: false, ..*self };
        }
        if self.is_begun {
            for word in line
                .get(start.map_or(0, |start| start + 1)..)
                .unwrap_or_default()
                .split(u8::is_ascii_whitespace)
            {
                if is_time(word) {
                    self.has_time = true;
                } else if self.has_time && is_zone(word) {
                    self.has_zone = true;
                }
            }
        }
    }

    /// Whether the `;` has come.
    pub const fn is_begun(self) -> bool {
        self.is_begun
    }

    /// Whether nothing but a further comment can follow.
    pub const fn is_complete(self) -> bool {
        self.has_time && self.has_zone && self.open_comments == 0
    }
}

/// `09:00:00`, `9:00`
fn is_time(word: &[u8]) -> bool {
    word.contains(&b':') && word.first().is_some_and(u8::is_ascii_digit) && word.len() >= 4
}

/// `+0100`, `GMT`
fn is_zone(word: &[u8]) -> bool {
    match word {
        [b'+' | b'-', digits @ ..] => digits.len() == 4 && digits.iter().all(u8::is_ascii_digit),
        _ => (1..=5).contains(&word.len()) && word.iter().all(u8::is_ascii_uppercase),
    }
}
