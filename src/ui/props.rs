//! What several parts of a result are given alike.

use std::rc::Rc;

use yew::prelude::*;

use super::source_lines::Found;
use super::state::{Action, Choice, LitLines};
use crate::report::Report;

/// For what tells of one message.
#[derive(Properties, PartialEq)]
pub struct MessageProps {
    /// The report.
    pub report: Rc<Report>,
    /// The message that is shown.
    pub message: usize,
    /// Where events go.
    pub act: Callback<Action>,
}

/// For what tells of one message and shows what was chosen.
#[derive(Properties, PartialEq)]
pub struct ChoiceProps {
    /// The report.
    pub report: Rc<Report>,
    /// The message that is shown.
    pub message: usize,
    /// What was chosen.
    pub choice: Option<Choice>,
    /// Where events go.
    pub act: Callback<Action>,
}

/// For what shows the lines of a message.
#[derive(Properties, PartialEq)]
pub struct LinesProps {
    /// The lines of the message.
    pub found: Found,
    /// The report.
    pub report: Rc<Report>,
    /// The message that is shown.
    pub message: usize,
    /// What was chosen.
    pub choice: Option<Choice>,
    /// The lines that are lit.
    pub lit: Rc<Vec<LitLines>>,
    /// Where events go.
    pub act: Callback<Action>,
}
