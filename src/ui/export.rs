//! What of a result can be saved as a file, under which name, and with what in it.

use std::rc::Rc;

use yew::Callback;

use super::save::{save, save_picture};
use super::source_lines::read_lines;
use super::state::Shown;
use crate::report::diagram::{Drawing, Space, draw};
use crate::report::duration::utc;
use crate::report::{Report, csv, html, json, markdown, svg};

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

/// Saves a file about a result. `message` is the one that is shown. `done` hears whether the browser took the file.
pub fn export(shown: &Shown, message: usize, export: Export, done: Callback<bool>) {
    let report = &shown.report;
    let name = file_name(report, message, export.ending());
    let media_type = export.media_type();
    match export {
        Export::Markdown => done.emit(save(&name, media_type, &markdown::write(report))),
        Export::Json => done.emit(save(&name, media_type, &json::pretty(report))),
        // Spreadsheets take a text without this mark for one in an old encoding.
        Export::Csv => done.emit(save(&name, media_type, &format!("\u{feff}{}", csv::write(report)))),
        Export::Html => {
            let of = Rc::clone(report);
            read_lines(&shown.texts, report, html::shown(report), move |lines| {
                done.emit(save(&name, media_type, &html::write(&of, &lines)));
            });
        }
        Export::Svg => {
            let svg = drawing(report, message).map(|drawing| svg::write(&drawing, &report.verdict.headline));
            done.emit(svg.is_some_and(|svg| save(&name, media_type, &svg)));
        }
        Export::Png => match drawing(report, message) {
            Some(drawing) => save_picture(&name, &svg::write_light(&drawing, &report.verdict.headline), done),
            None => done.emit(false),
        },
    }
}

/// The drawing of a message, in its full width whatever the window is.
fn drawing(report: &Report, message: usize) -> Option<Drawing> {
    draw(report.messages.get(message)?, Space::Wide)
}
