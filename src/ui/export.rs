//! What of a result can be saved as a file, under which name, and with what in it.

use std::rc::Rc;

use super::save::{json, save, save_picture};
use super::source_lines::read_lines;
use super::state::Shown;
use crate::report::diagram::{Drawing, Space, draw};
use crate::report::duration::utc;
use crate::report::{Report, csv, html, markdown, svg};

/// A file to save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// Everything, for a ticket system or a wiki.
    Markdown,
    /// Everything in one file that opens anywhere.
    Html,
    /// Everything, for programs.
    Json,
    /// The hops of all messages.
    Csv,
    /// The drawing of the message that is shown.
    Svg,
    /// The same as a picture.
    Png,
}

impl Export {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 6] = [Self::Html, Self::Markdown, Self::Json, Self::Csv, Self::Svg, Self::Png];

    /// What the menu says.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Markdown => "Report (Markdown)",
            Self::Html => "Report (HTML)",
            Self::Json => "Report (JSON)",
            Self::Csv => "Hops (CSV)",
            Self::Svg => "Drawing (SVG)",
            Self::Png => "Drawing (PNG)",
        }
    }

    /// The end of the file's name, by which tests find it too.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Markdown => "text/markdown;charset=utf-8",
            Self::Html => "text/html;charset=utf-8",
            Self::Json => "application/json",
            Self::Csv => "text/csv;charset=utf-8",
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
        }
    }
}

/// The name of a file: the day on which the message was sent, and nothing else of it. Names of files are seen by more people than files.
#[must_use]
pub fn file_name(report: &Report, message: usize, ending: &str) -> String {
    let hops = report.messages.get(message).map(|message| message.hops.as_slice()).unwrap_or_default();
    let day = hops.iter().find_map(|hop| hop.epoch).map(utc);
    let day = day.as_deref().and_then(|time| time.split(' ').next()).unwrap_or("report");
    format!("hopscope-{day}.{ending}")
}

/// Saves a file about a result. `message` is the one that is shown.
pub fn export(shown: &Shown, message: usize, export: Export) {
    let report = &shown.report;
    let name = file_name(report, message, export.ending());
    let media_type = export.media_type();
    match export {
        Export::Markdown => save(&name, media_type, &markdown::write(report)),
        Export::Json => save(&name, media_type, &json(report).unwrap_or_default()),
        // Spreadsheets take a text without this mark for one in an old encoding.
        Export::Csv => save(&name, media_type, &format!("\u{feff}{}", csv::write(report))),
        Export::Html => {
            let of = Rc::clone(report);
            read_lines(&shown.texts, report, html::shown(report), move |lines| {
                save(&name, media_type, &html::write(&of, &lines));
            });
        }
        Export::Svg => {
            if let Some(drawing) = drawing(report, message) {
                save(&name, media_type, &svg::write(&drawing, &report.verdict.headline));
            }
        }
        Export::Png => {
            if let Some(drawing) = drawing(report, message) {
                save_picture(&name, &svg::write_light(&drawing, &report.verdict.headline));
            }
        }
    }
}

/// The drawing of a message, in its full width whatever the window is.
fn drawing(report: &Report, message: usize) -> Option<Drawing> {
    draw(report.messages.get(message)?, Space::Wide)
}
