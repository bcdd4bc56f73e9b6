//! Letters that a reader does not see, or takes for others: marks that turn the direction of text, letters without width, and letters of one
//! script that look like those of another (Unicode Technical Standard 39).

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// A mark that turns the direction of the text that follows.
    Direction(char),
    /// A letter without width, between letters that have no use for it.
    Width(char),
    /// A word of Latin letters with look-alikes of another script: the word, and that script's name.
    Mixed(String, &'static str),
}

/// The odd letters of a text, each sort once, in the order of the text.
#[must_use]
pub fn oddities(text: &str) -> Vec<Oddity> {
    let mut found: Vec<Oddity> = Vec::new();
    let is_right_to_left = text.chars().any(|letter| matches!(letter, '\u{590}'..='\u{8ff}'));
    let mut letters = text.chars().peekable();
    let mut before: Option<char> = None;
    while let Some(letter) = letters.next() {
        let oddity = match letter {
            // An override has no use in a header. Embeddings and isolates have, where text runs from right to left.
            '\u{202d}' | '\u{202e}' => Some(Oddity::Direction(letter)),
            '\u{202a}'..='\u{202c}' | '\u{2066}'..='\u{2069}' if !is_right_to_left => {
                Some(Oddity::Direction(letter))
            }
            // Joiners belong to Arabic, to scripts of India and to pictures; a soft hyphen shows where a word may break.
            '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {
                let is_plain = |letter: Option<char>| letter.is_some_and(|letter| script(letter).is_some());
                let is_within = is_plain(before) && is_plain(letters.peek().copied());
                is_within.then_some(Oddity::Width(letter))
            }
            _ => None,
        };
        if let Some(oddity) = oddity.filter(|oddity| !found.contains(oddity)) {
            found.push(oddity);
        }
        before = Some(letter);
    }
    found.extend(text.split(|letter: char| !letter.is_alphabetic()).find_map(mixed));
    found
}

/// A word in which look-alikes of another script stand among Latin letters. Formulas have single letters: `kΩ`, `ΔT`, `µm`.
fn mixed(word: &str) -> Option<Oddity> {
    let latin = word.chars().filter(|letter| script(*letter) == Some("Latin")).count();
    let mut others = word.chars().filter(|letter| is_look_alike(*letter));
    let other = others.next().and_then(script).filter(|_| latin >= 2)?;
    Some(Oddity::Mixed(word.to_owned(), other))
}

/// The script of a letter, of the three that have look-alikes.
const fn script(letter: char) -> Option<&'static str> {
    match letter {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => Some("Latin"),
        '\u{370}'..='\u{3ff}' => Some("Greek"),
        '\u{400}'..='\u{52f}' => Some("Cyrillic"),
        _ => None,
    }
}

/// Letters of Cyrillic and Greek that look like a Latin one.
const fn is_look_alike(letter: char) -> bool {
    matches!(
        letter,
        'А' | 'В'
            | 'Е'
            | 'К'
            | 'М'
            | 'Н'
            | 'О'
            | 'Р'
            | 'С'
            | 'Т'
            | 'У'
            | 'Х'
            | 'Ѕ'
            | 'І'
            | 'Ј'
            | 'а'
            | 'с'
            | 'е'
            | 'о'
            | 'р'
            | 'у'
            | 'х'
            | 'ѕ'
            | 'і'
            | 'ј'
            | 'ԁ'
            | 'һ'
            | 'ԛ'
            | 'ԝ'
            | 'Α'
            | 'Β'
            | 'Ε'
            | 'Ζ'
            | 'Η'
            | 'Ι'
            | 'Κ'
            | 'Μ'
            | 'Ν'
            | 'Ο'
            | 'Ρ'
            | 'Τ'
            | 'Υ'
            | 'Χ'
            | 'ο'
            | 'ν'
            | 'ι'
            | 'ρ'
    )
}
