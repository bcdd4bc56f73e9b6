//! The words that redaction lets stand are those that the analysis looks for.

mod common;

use std::collections::BTreeSet;
use std::{env, fs};

use common::{files, project};

/// The rooms that read words of mails.
const ROOMS: [&str; 9] = ["bounce", "case", "copies", "fields", "header", "input", "mime", "route", "rules"];

/// Where the list stands.
const LIST: &str = "src/redact/words.txt";

/// The texts in quotation marks in a source, without comments, characters in quotes and tests.
fn literals(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut letters = code.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        match letter {
            '/' if letters.peek() == Some(&'/') => {
                while letters.next_if(|letter| *letter != '\n').is_some() {}
            }
            // A character, but not a lifetime.
            '\'' if before != '&' && before != '<' => {
                let first = letters.next();
                if first == Some('\\') {
                    letters.next();
                }
                letters.next_if_eq(&'\'');
            }
            '"' => {
                let mut text = String::new();
                while let Some(letter) = letters.next_if(|letter| *letter != '"') {
                    if letter == '\\' {
                        letters.next();
                        text.push(' ');
                    } else {
                        text.push(letter);
                    }
                }
                letters.next();
                found.push(text);
            }
            _ => {}
        }
        before = letter;
    }
    found
}

fn is_lower(text: &str) -> bool {
    !text.contains(|letter: char| letter.is_uppercase() || letter == '{')
}

/// The words of the code that reads, and names with dots as a whole.
fn words() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for room in ROOMS {
        for path in files("src", ".rs") {
            let inside = path.strip_prefix(project("src")).unwrap().to_string_lossy().replace(".rs", "");
            if inside.split('/').next() != Some(room) {
                continue;
            }
            let told = literals(&fs::read_to_string(&path).unwrap());
            // Rules tell more than they look for; what they look for has no capitals and nothing to fill in.
            let is_sought = |text: &&String| room != "rules" || !text.contains([' ', '{']) || is_lower(text);
            for text in told.iter().filter(is_sought).map(|text| text.to_lowercase()) {
                words.extend(text.split(|letter: char| !letter.is_alphabetic()).map(str::to_owned));
                let names = text
                    .split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '.' | '-' | '_'));
                let names =
                    names.map(|name| name.trim_matches(['.', '-', '_'])).filter(|name| name.contains('.'));
                words.extend(names.map(str::to_owned));
            }
        }
    }
    words.remove("");
    words
}

#[test]
fn the_words_that_stay_are_those_in_the_code_that_reads() {
    let list: String = words().into_iter().map(|word| word + "\n").collect();
    if env::var_os("HOPSCOPE_UPDATE").is_some() {
        fs::write(project(LIST), &list).unwrap();
    }
    assert_eq!(fs::read_to_string(project(LIST)).unwrap(), list, "run with HOPSCOPE_UPDATE=1");
}
