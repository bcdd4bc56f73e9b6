//! What the page knows: the texts, the report on them, and what the reader has chosen. One reducer changes it.

use std::rc::Rc;

use yew::{AttrValue, Reducible};

use super::settings::Settings;
use crate::report::{Evidence, Report};
use crate::worker::Text;

/// What the reader has chosen. It is lit in the route and in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A hop: the place of its message, and its index.
    Hop(usize, usize),
    /// A finding, by its place in the report.
    Finding(usize),
    /// What looks like a finding and is none, by its place in the report.
    NearMiss(usize),
    /// Something that was set right: the place of its message, and its place there.
    Repair(usize, usize),
    /// A trace field other than Received: the place of its message, and its place in [`crate::report::Message::strata`].
    Stratum(usize, usize),
    /// A field of the header: the place of its message, and its place in [`crate::report::Message::fields`].
    Field(usize, usize),
}

/// How far the reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// There is nothing to read.
    #[default]
    Empty,
    /// The worker reads.
    Reading,
    /// The report belongs to the texts.
    Done,
    /// The worker failed or took too long.
    Failed,
}

/// A finished reading: a report, and the texts to which its places belong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The report.
    pub report: Rc<Report>,
    /// Its texts.
    pub texts: Rc<Vec<Text>>,
    /// The number of these texts.
    pub number: u32,
    /// Whether pseudonyms stand in them.
    pub is_redacted: bool,
}

/// The state of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What stands in the box. Files and very long pastes do not; see [`Self::texts`].
    pub typed: AttrValue,
    /// What is read.
    pub texts: Rc<Vec<Text>>,
    /// Counts the changes of the texts.
    pub number: u32,
    /// Counts the mails: typing changes a mail, everything else brings another.
    pub mail: u32,
    /// How far the reading is.
    pub status: Status,
    /// The last finished reading, until another comes; absent before the first, after the box was emptied, and after a failure.
    pub shown: Option<Shown>,
    /// The message that is shown, by its place in the report.
    pub message: usize,
    /// Whether the reader turned to that message. Until then the page shows the one that matters most.
    pub has_turned: bool,
    /// What is lit.
    pub choice: Option<Choice>,
    /// Whether the box is folded away.
    pub is_folded: bool,
    /// Whether the reader switched the single keys off.
    pub has_no_shortcuts: bool,
    /// What the reader has set, over the defaults of the page.
    pub settings: Settings,
    /// The defaults of the page.
    pub defaults: Settings,
    /// Whether the reader wants pseudonyms.
    pub is_redacted: bool,
    /// The number of the reading after which the reader goes on at the answer. The switch for pseudonyms and the settings keep the reader where it is.
    pub focus: u32,
    /// The number of the reading that the switch for pseudonyms or the settings asked for; absent before the first.
    pub switched: Option<u32>,
}

/// What can happen on the page.
#[derive(Clone, Debug)]
pub enum Action {
    /// The text in the box changed by typing.
    Typed(AttrValue),
    /// A text was pasted into the empty box, or a sample was chosen: it stands in the box, and the box is folded away.
    Pasted(AttrValue),
    /// Files were opened, dropped or pasted, or something very long was; they do not go into the box.
    Opened(Vec<Text>),
    /// The report on the texts with this number came.
    Reported(u32, Rc<Report>),
    /// The texts with this number came with pseudonyms, and the report on those.
    Redacted(u32, Rc<Report>, Vec<Text>),
    /// The texts with this number could not be read.
    Failed(u32),
    /// The reader chose something.
    Chosen(Choice),
    /// The reader turned to another message.
    Turned(usize),
    /// The reader changed the settings.
    Set(Settings),
    /// The reader switched pseudonyms on or off.
    Redact(bool),
    /// The reader wants the box back.
    Unfolded,
    /// The reader wants the box back, or folded away where it is there. Without a result it stays.
    Folding,
    /// The reader switches the single keys on or off.
    Shortcuts(bool),
    /// The reader wants to start anew.
    Cleared,
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let state = self.as_ref().clone();
        Rc::new(match action {
            Action::Typed(text) => state.with_text(text),
            Action::Pasted(text) => Self { is_folded: true, ..state.forgetful().with_text(text) },
            Action::Opened(texts) => {
                Self { is_folded: true, ..state.forgetful().with_texts(AttrValue::default(), texts) }
            }
            Action::Reported(number, report) if state.waits_for(number) => state.with_report(report, None),
            Action::Redacted(number, report, texts) if state.waits_for(number) => {
                state.with_report(report, Some(texts))
            }
            Action::Failed(number) if number == state.number => {
                Self { status: Status::Failed, shown: None, is_folded: false, ..state }
            }
            Action::Reported(..) | Action::Redacted(..) | Action::Failed(_) => return self,
            Action::Chosen(choice) => state.with_choice(choice),
            Action::Turned(message) => Self { message, has_turned: true, choice: None, ..state },
            Action::Set(settings) => state.with_settings(settings),
            Action::Redact(is_redacted) => state.with_pseudonyms(is_redacted),
            Action::Unfolded => Self { is_folded: false, ..state },
            Action::Folding => {
                let has_result = state.shown.as_ref().is_some_and(|shown| !shown.report.messages.is_empty());
                Self { is_folded: !state.is_folded && has_result, ..state }
            }
            Action::Shortcuts(are_on) => Self { has_no_shortcuts: !are_on, ..state },
            Action::Cleared => {
                Self { is_folded: false, ..state.forgetful().with_texts(AttrValue::default(), Vec::new()) }
            }
        })
    }
}

impl State {
    /// Another mail comes: what was chosen in the last one means nothing in it. Typing only changes a mail, and keeps the choice.
    fn forgetful(self) -> Self {
        Self { choice: None, message: 0, has_turned: false, mail: self.mail.wrapping_add(1), ..self }
    }

    fn with_text(self, typed: AttrValue) -> Self {
        let texts = if typed.trim().is_empty() { Vec::new() } else { vec![Text::pasted(typed.as_bytes())] };
        self.with_texts(typed, texts)
    }

    /// New texts: the report on the old ones stays in view until theirs comes.
    fn with_texts(self, typed: AttrValue, texts: Vec<Text>) -> Self {
        let (status, shown) =
            if texts.is_empty() { (Status::Empty, None) } else { (Status::Reading, self.shown) };
        Self { typed, texts: Rc::new(texts), number: self.number.wrapping_add(1), status, shown, ..self }
    }

    /// Other settings: where the analysis heeds them, the texts are read anew.
    fn with_settings(self, settings: Settings) -> Self {
        if settings.options() == self.settings.options() || self.texts.is_empty() {
            return Self { settings, ..self };
        }
        let number = self.number.wrapping_add(1);
        Self { settings, number, switched: Some(number), status: Status::Reading, ..self }
    }

    fn waits_for(&self, number: u32) -> bool {
        number == self.number && self.status != Status::Empty
    }

    /// The same texts, read with pseudonyms or without.
    fn with_pseudonyms(self, is_redacted: bool) -> Self {
        let number = self.number.wrapping_add(1);
        let status = if self.texts.is_empty() { Status::Empty } else { Status::Reading };
        Self { is_redacted, number, switched: Some(number), status, ..self }
    }

    fn with_report(self, report: Rc<Report>, redacted: Option<Vec<Text>>) -> Self {
        let choice = self.choice.filter(|choice| is_in(&report, *choice));
        let has_turned = self.has_turned && self.message < report.messages.len();
        let message = if has_turned { self.message } else { first_to_show(&report) };
        // A text in which nothing was found stays in view, so that the reader sees what was wrong with it.
        let is_folded = self.is_folded && !report.messages.is_empty();
        let is_redacted = redacted.is_some();
        let texts = redacted.map_or_else(|| Rc::clone(&self.texts), Rc::new);
        let shown = Some(Shown { report, texts, number: self.number, is_redacted });
        let focus = if self.switched == Some(self.number) { self.focus } else { self.number };
        Self { shown, status: Status::Done, choice, message, has_turned, is_folded, focus, ..self }
    }

    fn with_choice(self, choice: Choice) -> Self {
        let message = match (choice, &self.shown) {
            (
                Choice::Hop(message, _)
                | Choice::Repair(message, _)
                | Choice::Stratum(message, _)
                | Choice::Field(message, _),
                _,
            ) => message,
            (Choice::Finding(_) | Choice::NearMiss(_), Some(shown)) => {
                evidence(&shown.report, choice).first().map_or(self.message, |evidence| evidence.message)
            }
            (Choice::Finding(_) | Choice::NearMiss(_), None) => self.message,
        };
        // An open finding or field closes when it is chosen again.
        let is_closed = matches!(choice, Choice::Finding(_) | Choice::NearMiss(_) | Choice::Field(..))
            && self.choice == Some(choice);
        Self { choice: Some(choice).filter(|_| !is_closed), message, has_turned: true, ..self }
    }
}

/// Of a bounce, the message that came back: its route is what counts. That may be a bounce in its turn, but not for ever.
fn first_to_show(report: &Report) -> usize {
    let returned = |place: &usize| report.messages.get(*place)?.bounce.as_ref()?.original;
    let chain = std::iter::successors(Some(0), returned).take(8);
    chain.filter(|place| *place < report.messages.len()).last().unwrap_or_default()
}

fn is_in(report: &Report, choice: Choice) -> bool {
    match choice {
        Choice::Hop(message, hop) => {
            report.messages.get(message).is_some_and(|message| hop < message.hops.len())
        }
        Choice::Finding(place) => place < report.findings.len(),
        Choice::NearMiss(place) => place < report.near_misses.len(),
        Choice::Repair(message, nth) => {
            report.messages.get(message).is_some_and(|message| nth < message.repairs.len())
        }
        Choice::Stratum(message, nth) => {
            report.messages.get(message).is_some_and(|message| nth < message.strata.len())
        }
        Choice::Field(message, nth) => {
            report.messages.get(message).is_some_and(|message| nth < message.fields.len())
        }
    }
}

/// The places that show what was chosen, where it is a finding or a near miss.
fn evidence(report: &Report, choice: Choice) -> &[Evidence] {
    let evidence = match choice {
        Choice::Finding(place) => report.findings.get(place).map(|finding| &finding.evidence),
        Choice::NearMiss(place) => report.near_misses.get(place).map(|miss| &miss.evidence),
        _ => None,
    };
    evidence.map(Vec::as_slice).unwrap_or_default()
}

/// A first and a last line that are lit, counted from 1.
pub type LitLines = [usize; 2];

/// The lines of a message that a choice lights, in the order of the evidence.
#[must_use]
pub fn lit_lines(report: &Report, message: usize, choice: Option<Choice>) -> Vec<LitLines> {
    match choice {
        Some(Choice::Hop(chosen, hop)) if chosen == message => {
            let hop = report.messages.get(message).and_then(|message| message.hops.get(hop));
            hop.map(|hop| vec![hop.lines]).unwrap_or_default()
        }
        Some(choice @ (Choice::Finding(_) | Choice::NearMiss(_))) => evidence(report, choice)
            .iter()
            .filter(|evidence| evidence.message == message)
            .map(|evidence| evidence.lines)
            .collect(),
        Some(Choice::Repair(chosen, nth)) if chosen == message => {
            let repair = report.messages.get(message).and_then(|message| message.repairs.get(nth));
            repair.map(|repair| vec![[repair.line, repair.last_line]]).unwrap_or_default()
        }
        Some(Choice::Stratum(chosen, nth)) if chosen == message => {
            let stratum = report.messages.get(message).and_then(|message| message.strata.get(nth));
            stratum.map(|stratum| vec![stratum.lines]).unwrap_or_default()
        }
        Some(Choice::Field(chosen, nth)) if chosen == message => {
            let field = report.messages.get(message).and_then(|message| message.fields.get(nth));
            field.map(|field| vec![field.lines]).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// Whether some line of `lines` is lit.
#[must_use]
pub fn is_lit(lit: &[LitLines], lines: [usize; 2]) -> bool {
    lit.iter().any(|[first, last]| *first <= lines[1] && lines[0] <= *last)
}

/// What the reader is told aloud when a report comes. What was said of the last text stays until there is something new to say.
#[must_use]
pub fn announcement(state: &State) -> String {
    match (state.status, &state.shown) {
        (Status::Empty, _) | (Status::Done, None) => String::new(),
        (Status::Failed, _) => failure(state).to_owned(),
        (Status::Reading, None) => "Reading …".to_owned(),
        (Status::Reading, Some(shown)) if is_redacting(state, shown) => "Redacting …".to_owned(),
        (_, Some(shown)) if shown.report.messages.is_empty() => "No mail header found.".to_owned(),
        (_, Some(shown)) => {
            let report = &shown.report;
            let hops: usize = report.messages.iter().map(|message| message.hops.len()).sum();
            let counts = format!("{} in {}", counted(hops, "hop"), counted(report.messages.len(), "message"));
            let redacted = if shown.is_redacted { "Redacted. " } else { "" };
            format!("{redacted}{counts}. {}", report.verdict.headline)
        }
    }
}

/// Whether the page still shows what pseudonyms are about to replace.
#[must_use]
pub fn is_redacting(state: &State, shown: &Shown) -> bool {
    state.is_redacted && !shown.is_redacted && state.status == Status::Reading
}

/// What to say when a text took too long.
#[must_use]
pub fn failure(state: &State) -> &'static str {
    if state.texts.iter().any(|text| text.name.is_some()) {
        "Reading this took too long and was stopped. Try a smaller file, or paste only the header."
    } else {
        "Reading this took too long and was stopped. Your text is still here; try a smaller part of it."
    }
}

/// `1 hop`, `3 hops`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
