//! Everything that is looked for, by group, and what was found of it.

use super::model::Report;
use crate::rules::{Group, RULES, Rule};

/// The groups in the order in which they are read, each with its name and with what its rules look for.
const GROUPS: [(Group, &str, &str); 7] = [
    (Group::Loops, "Loops", "mail that goes round between servers, mailboxes or lists"),
    (Group::Copies, "Copies", "the same mail several times, and who made the copies"),
    (Group::Pop3, "POP3 and connectors", "fetched mail, guessed recipients, mail that was sent out again"),
    (Group::Bounces, "Bounces", "mail that came back, and bounces of forged mail"),
    (Group::Transit, "Transit", "waits, wrong clocks, missing lines, unencrypted hops"),
    (Group::Identity, "Identity", "SPF, DKIM, DMARC, ARC, filters, forged lines"),
    (Group::Form, "Form", "repeated fields, letters that deceive, open lists of recipients"),
];

/// One group of rules.
#[derive(Clone, Copy, Debug)]
pub struct Checked {
    /// Its name.
    pub name: &'static str,
    /// What its rules look for.
    pub about: &'static str,
    group: Group,
}

/// The groups.
pub fn groups() -> impl Iterator<Item = Checked> {
    GROUPS.into_iter().map(|(group, name, about)| Checked { name, about, group })
}

/// How many rules there are.
#[must_use]
pub const fn count() -> usize {
    RULES.len()
}

impl Checked {
    /// The id and the title of each of its rules.
    pub fn rules(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.own().map(|rule| (rule.id, rule.title))
    }

    /// How many findings there are of its rules.
    #[must_use]
    pub fn found(self, report: &Report) -> usize {
        report.findings.iter().filter(|finding| self.own().any(|rule| rule.id == finding.id)).count()
    }

    fn own(self) -> impl Iterator<Item = &'static Rule> {
        RULES.iter().filter(move |rule| rule.group == self.group)
    }
}
