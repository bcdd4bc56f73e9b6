//! The text of a report: whom it names, and what it says of them.

use super::families::{self, Family};
use super::scan::{self, Line};
use super::{Kind, Recipient, codes, dsn, returned, transcript};
use crate::fields::status::by_plain_words;
use crate::text::{Reading, Span};

/// What a text tells.
#[derive(Debug, Default)]
pub struct Notice {
    /// The family whose sentence opens it; absent where it knows none.
    pub family: Option<&'static Family>,
    /// The number of the line with that sentence, blank lines not counted.
    pub depth: usize,
    /// How many lines are such sentences.
    pub openings: usize,
    /// Whether one of them is a sentence that only reports have.
    pub is_plain: bool,
    /// The server that wrote it.
    pub reporter: Option<String>,
    /// Whom it is about.
    pub recipients: Vec<Recipient>,
    /// Whether it tells of a delay.
    pub is_delay: bool,
    /// Whether a returned message stands below.
    pub has_returned: bool,
    /// The first line that names a trouble in words, whomever it is said of.
    pub words: Option<String>,
}

/// Reads a text down to the returned message.
pub fn read(content: &Reading<'_>, lines: &[Line]) -> Notice {
    let start = returned::start_in(lines);
    let marker = lines.iter().position(returned::is_marker).unwrap_or(lines.len());
    let own = lines.get(..start.map_or(marker, |start| start.line.min(marker))).unwrap_or_default();
    let told = own.iter().filter(|line| !line.is_blank()).enumerate();
    let opened = told.filter_map(|(depth, line)| Some((depth, line, families::opened_by(line)?)));
    let mut notice = Notice { has_returned: start.is_some(), ..Notice::default() };
    for (depth, line, family) in opened {
        notice.openings += 1;
        notice.is_plain |= !families::is_lone(line);
        notice.is_delay |= family.kind == Kind::Delayed;
        notice.reporter = notice.reporter.or_else(|| scan::leading_host(line.behind(family.host?)?));
        if notice.family.is_none() {
            notice.family = Some(family);
            notice.depth = depth;
        }
    }
    notice.reporter = own.iter().find_map(families::reporter_in).or(notice.reporter);
    notice.recipients = recipients(content, own);
    notice.words = own.iter().find(|line| by_plain_words(&line.text).is_some()).map(|line| line.text.clone());
    notice
}

/// Those whom the lines name, with what is said below each; what a transcript tells goes to those it names.
fn recipients(content: &Reading<'_>, lines: &[Line]) -> Vec<Recipient> {
    let sessions = transcript::read(content, lines);
    let mut named = entries(content, lines, !sessions.is_empty());
    if named.is_empty() {
        named = if sessions.iter().any(|told| told.address.is_some()) {
            sessions.clone()
        } else {
            led_to(content, lines)
        };
    }
    add(&mut named, &sessions);
    named
}

/// Adds to recipients what another place tells about them: where that names the same address, or where there is one only.
pub fn add(recipients: &mut [Recipient], others: &[Recipient]) {
    let only = others.first().filter(|_| others.len() == 1);
    for recipient in recipients {
        let is_same = |other: &&Recipient| other.address.is_some() && is_same_address(other, recipient);
        let weight = |of: &Recipient| of.status.as_deref().map_or(0, |status| 1 + codes::weight(status));
        let Some(other) = others.iter().take(100).find(is_same).or(only) else {
            continue;
        };
        if weight(other) > weight(recipient).max(1) {
            recipient.status.clone_from(&other.status);
            recipient.reply_code = other.reply_code.or(recipient.reply_code);
        } else if weight(recipient) == 0 {
            recipient.status.clone_from(&other.status);
        }
        recipient.reply_code = recipient.reply_code.or(other.reply_code);
        if recipient.diagnostic.is_none() {
            recipient.diagnostic.clone_from(&other.diagnostic);
        }
        if recipient.remote.is_none() {
            recipient.remote.clone_from(&other.remote);
        }
        if recipient.address.is_none() {
            recipient.address.clone_from(&other.address);
        }
    }
}

fn is_same_address(one: &Recipient, other: &Recipient) -> bool {
    one.address
        .as_deref()
        .zip(other.address.as_deref())
        .is_some_and(|(one, other)| one.eq_ignore_ascii_case(other))
}

/// A line that names a recipient at its head, and the lines below up to the next one.
struct Entry<'l> {
    address: &'l str,
    /// What follows the address on its line.
    rest: &'l str,
    /// The line above, where one stands there that says something.
    above: Option<&'l Line>,
    below: &'l [Line],
    /// Whether what stands below the next ruler belongs to it.
    is_only: bool,
    first: Span,
}

/// Lines below an address that are looked at.
const LONGEST_ENTRY: usize = 40;

/// Reads the entries. Where there is one only, and no transcript, all of the text is about it.
fn entries(content: &Reading<'_>, lines: &[Line], has_transcript: bool) -> Vec<Recipient> {
    let starts: Vec<(usize, &str, &str)> = lines
        .iter()
        .enumerate()
        .filter(|(number, _)| !names_sender(lines.get(..*number).unwrap_or_default()))
        .filter_map(|(number, line)| opens_entry(line).map(|(address, rest)| (number, address, rest)))
        .collect();
    let is_only = starts.len() == 1 && !has_transcript;
    let ends = starts.iter().skip(1).map(|(number, ..)| *number).chain(std::iter::once(lines.len()));
    let entries = starts.iter().zip(ends).filter_map(|((number, address, rest), end)| {
        let below = lines.get(number + 1..end.min(number + LONGEST_ENTRY)).unwrap_or_default();
        let above =
            lines.get(..*number).unwrap_or_default().iter().rev().take(3).find(|line| !line.is_blank());
        Some(Entry { address, rest, above, below, is_only, first: lines.get(*number)?.span })
    });
    let mut told: Vec<Recipient> = Vec::new();
    for recipient in entries.map(|entry| entry.read(content)) {
        // The address again, in another table of the same report.
        match told.last_mut().filter(|last| is_same_address(last, &recipient)) {
            Some(last) if tells_more(&recipient, last) => *last = recipient,
            Some(_) => {}
            None => told.push(recipient),
        }
    }
    without_repeats(told)
}

/// Whether one tells more of the codes than another.
fn tells_more(one: &Recipient, other: &Recipient) -> bool {
    let codes = |of: &Recipient| (of.reply_code.is_some(), of.status.is_some());
    codes(one) > codes(other)
}

/// Keeps one of each address: the one that tells most. Long lists are left as they are.
fn without_repeats(told: Vec<Recipient>) -> Vec<Recipient> {
    if told.len() > 100 {
        return told;
    }
    let mut kept: Vec<Recipient> = Vec::new();
    for recipient in told {
        match kept.iter_mut().find(|kept| is_same_address(kept, &recipient)) {
            Some(same) if tells_more(&recipient, same) => *same = recipient,
            Some(_) => {}
            None => kept.push(recipient),
        }
    }
    kept
}

/// Whether the lines above lead to the sender: Exim writes "A message sent by", and the address below, to somebody else.
fn names_sender(above: &[Line]) -> bool {
    above
        .iter()
        .rev()
        .take(2)
        .find(|line| !line.is_blank())
        .is_some_and(|line| line.lower == "a message sent by")
}

/// Reads a line that names a recipient at its head. Samples: `<ann@example.com>: host mx… said: 550 …` (Postfix),
/// `ann@example.com` alone (Exim, Gmail, Exchange), `ann@example.com on Mon, 2 Nov 2026 09:00` (Exchange 5.5), `<ann@example.com>
/// (Unknown user)` (McAfee), `ann@example.com [User unknown]` (Mail2000), `* ann@example.com`, `-- ann@example.com` (Mimecast),
/// `ann@example.com Invalid Address, ERROR_CODE :550` (Zoho), `>>> ann@example.com <ann@example.com>` (Active!Hunter).
fn opens_entry(line: &Line) -> Option<(&str, &str)> {
    let text = line.text.trim_start_matches(['*', '-', '\u{2022}', '\u{b7}', '|', ' ', '\t']);
    let text = text.strip_prefix(">>>").map_or(text, str::trim_start);
    let (address, rest) = scan::leading_address(text)?;
    let behind = rest.trim_start();
    let is_list =
        behind.starts_with(',') && scan::leading_address(behind.trim_start_matches([',', ' '])).is_some();
    let lower = behind.to_ascii_lowercase();
    let fits = behind.is_empty()
        || behind.starts_with([':', '(', '[', '<', '"'])
        || behind.starts_with("...")
        || lower.starts_with("on ")
        || lower.starts_with("...")
        || lower.contains("error_code")
        || is_list;
    fits.then(|| (address, behind.trim_start_matches([':', '"', ' '])))
}

impl Entry<'_> {
    fn read(&self, content: &Reading<'_>) -> Recipient {
        let paragraphs = self.paragraphs();
        let says_something = |(text, _): &&(String, usize)| !text.is_empty() && !text.ends_with(':');
        let chosen = paragraphs
            .iter()
            .find(|(text, _)| is_answer(text))
            .or_else(|| paragraphs.iter().find(says_something));
        let end = chosen.map_or(self.first.end, |(_, end)| *end);
        let place = content.place(Span::new(self.first.start, end));
        let said = chosen
            .map(|(text, _)| text.as_str())
            .or_else(|| self.said_above())
            .map(Said::of)
            .unwrap_or_default();
        dsn::told(Recipient {
            address: Some(self.address.to_owned()),
            diagnostic: said.answer,
            remote: said.remote.or_else(|| paragraphs.iter().find_map(|(text, _)| remote_in(text))),
            span: place,
            ..Recipient::default()
        })
    }

    /// What the line above says, where it is no heading: the Lotus SMTP MTA puts the reason there.
    fn said_above(&self) -> Option<&str> {
        let line = self.above.filter(|line| {
            !line.is_ruler() && families::opened_by(line).is_none() && opens_entry(line).is_none()
        })?;
        (!line.text.ends_with([':', '.', ','])).then_some(line.text.as_str())
    }

    /// What stands below the address, a paragraph at a time, each on one line; and where each ends.
    fn paragraphs(&self) -> Vec<(String, usize)> {
        let is_address_again = self.rest.starts_with(['<', '('])
            && self.rest.ends_with(['>', ')'])
            && scan::first_address(self.rest).is_some()
            && !is_answer(self.rest);
        let is_date = self.rest.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("on "))
            && !is_answer(self.rest);
        let first = if is_address_again || is_date { "" } else { self.rest };
        let mut paragraphs = vec![(first.to_owned(), self.first.end)];
        let below = self.below.iter().take_while(|line| self.is_only || !line.is_ruler());
        for line in below {
            if line.is_blank() || line.is_ruler() {
                paragraphs.push((String::new(), line.span.end));
            } else if let Some((text, end)) = paragraphs.last_mut() {
                *text = scan::joined([text.as_str(), &line.text].into_iter());
                *end = line.span.end;
            }
        }
        paragraphs
    }
}

/// Whether a text holds the answer of a server.
fn is_answer(text: &str) -> bool {
    let codes = codes::of(text);
    codes.status.is_some() || codes.reply_code.is_some()
}

/// An answer, and who gave it.
#[derive(Debug, Default)]
struct Said {
    answer: Option<String>,
    remote: Option<String>,
}

impl Said {
    /// Takes a text apart: `host mx.example.com [192.0.2.1]: 550 unknown`, `Remote Server returned '550 5.1.1 unknown'`. Where no
    /// code opens the answer, all of it is the answer.
    fn of(text: &str) -> Self {
        let start = codes::of(text).start.unwrap_or(0);
        let (before, answer) = (text.get(..start).unwrap_or_default(), text.get(start..).unwrap_or_default());
        let answer = match before.trim_end().chars().next_back() {
            Some(quote @ ('\'' | '"')) => answer.trim_end_matches(quote),
            Some('[') => answer.trim_end_matches(']'),
            Some('(') => answer.trim_end_matches(')'),
            _ => answer,
        };
        let answer = ["()", "[]"]
            .iter()
            .find_map(|marks| {
                let (open, close) = marks.split_at_checked(1)?;
                answer.strip_prefix(open)?.strip_suffix(close)
            })
            .unwrap_or(answer);
        let remote = remote_in(if before.is_empty() { text } else { before });
        Self { answer: Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty()), remote }
    }
}

/// Words behind which the refusing server is named.
const HOSTS: [&str; 5] = ["host", "host:", "hosts", "server", "by"];

/// Words that follow the name of the refusing server at the head of a sentence: `192.0.2.1 does not like recipient.` (qmail),
/// `mx.example.com [192.0.2.1] did not like our RCPT TO:` (DragonFly).
const DOINGS: [&str; 7] = ["does", "did", "failed", "said", "rejected", "responded", "refused"];

/// The refusing server in the words before its answer.
fn remote_in(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(' ').take(60).collect();
    let named = words.windows(2).find_map(|pair| match pair {
        [lead, name] if HOSTS.iter().any(|host| lead.eq_ignore_ascii_case(host)) => scan::leading_host(name),
        _ => None,
    });
    let acting = || {
        let is_doing = words.iter().skip(1).take(2).any(|word| DOINGS.contains(word));
        words.first().filter(|_| is_doing).and_then(|word| scan::leading_host(word))
    };
    named.or_else(acting)
}

/// Words behind which a sentence names the recipient, ASCII letters in lower case, and who writes them.
const LEADS: [&str; 21] = [
    // DragonFly Mail Agent
    "delivering your mail to ",
    // MailFoundry, InterScan
    "unable to deliver message to",
    // au one net
    "could not be delivered to:",
    // EZweb
    "recipient: ",
    // IMail
    "unknown user: ",
    "exceeds allowed size: ",
    "attempts: ",
    "undeliverable to ",
    "mailbox is full: ",
    // MailMarshal and others
    "reach the following recipient: ",
    "recipient address:",
    // SurfControl, and gateways with their own words
    "rejected recipient ",
    // Zoho
    ", address: ",
    // IronPort
    "the following message to ",
    // Gmail, Exchange Online
    "wasn't delivered to ",
    "couldn't be delivered to ",
    "your message to ",
    // CommuniGate Pro
    "failed to deliver to ",
    // Apache James, Verizon
    "rcpt to:",
    "rcpt to ",
    "a message to ",
];

/// The paragraph that starts at a line.
fn said_at(lines: &[Line], place: usize) -> Said {
    let paragraph = lines
        .get(place..)
        .unwrap_or_default()
        .iter()
        .take(LONGEST_ENTRY)
        .take_while(|line| !line.is_blank() && !line.is_ruler());
    Said::of(&scan::joined(paragraph.map(|line| line.text.as_str())))
}

/// The recipient whom a sentence names, with what the text says after that; the answer alone where none is named.
fn led_to(content: &Reading<'_>, lines: &[Line]) -> Vec<Recipient> {
    let find = |lead: &str| {
        lines
            .iter()
            .enumerate()
            .find_map(|(number, line)| Some((number, scan::first_address(line.behind(lead)?)?.to_owned())))
    };
    let found = LEADS.iter().find_map(|lead| find(lead));
    let from = found.as_ref().map_or(0, |(number, _)| *number);
    let says = |line: &Line| !line.lower.starts_with("status:") && is_answer(&line.text);
    let answers = |from: usize| Some(from + lines.get(from..)?.iter().position(says)?);
    let below = || {
        Some(from + 1 + lines.get(from + 1..)?.iter().position(|line| !line.is_blank() && !line.is_ruler())?)
    };
    let told =
        answers(from).or_else(|| answers(0)).or_else(|| found.as_ref().and_then(|_| below().or(Some(from))));
    let Some((place, first)) = told.zip(lines.get(from)) else {
        return Vec::new();
    };
    let mut said = said_at(lines, place);
    if said.remote.is_none() {
        let above = lines.get(..place).unwrap_or_default().iter().rev().take(3).find(|line| !line.is_blank());
        said.remote = above.and_then(|line| remote_in(&line.text));
    }
    let address = found.map(|(_, address)| address);
    let span = content.place(first.span);
    vec![dsn::told(Recipient {
        address,
        diagnostic: said.answer,
        remote: said.remote,
        span,
        ..Recipient::default()
    })]
}
