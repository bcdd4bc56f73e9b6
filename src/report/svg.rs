//! The drawing of a route as an SVG file of its own: no script, no link, and its own styles.

use std::fmt::{self, Write};

use super::diagram::glyphs::{LOCK, OPEN_LOCK};
use super::diagram::{Anchor, Drawing, Fold, Name, Part, Pill};
use super::duration;
use super::escape::markup;
use super::style;

/// The drawing as a file: light, and dark where the reader's system is.
#[must_use]
pub fn write(drawing: &Drawing, title: &str) -> String {
    document(drawing, title, &style::light_and_dark(style::DIAGRAM))
}

/// The drawing as a file that is light everywhere: for paper, and for pictures that are pasted into something.
#[must_use]
pub fn write_light(drawing: &Drawing, title: &str) -> String {
    document(drawing, title, &style::light(style::DIAGRAM))
}

/// The drawing within an HTML file, which has the styles.
pub(super) fn inline(drawing: &Drawing, title: &str) -> String {
    let mut out = String::new();
    // Writing to a String does not fail.
    let _ = write_svg(&mut out, drawing, title, None);
    out
}

fn document(drawing: &Drawing, title: &str, style: &str) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    // Writing to a String does not fail.
    let _ = write_svg(&mut out, drawing, title, Some(style));
    out
}

fn write_svg(out: &mut String, drawing: &Drawing, title: &str, style: Option<&str>) -> fmt::Result {
    let Drawing { width, height, description, parts } = drawing;
    let margin = if style.is_some() { MARGIN } else { 0.0 };
    let (start, width, height) = (-margin, width + 2.0 * margin, height + 2.0 * margin);
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" xml:lang=\"en\" lang=\"en\" viewBox=\"{start} {start} {width} {height}\" width=\"{width}\" height=\"{height}\">"
    )?;
    writeln!(out, "<title>{}</title>\n<desc>{}</desc>", markup(title), markup(description))?;
    if let Some(style) = style {
        writeln!(out, "<style>\n{style}</style>")?;
        // The ink is dark, whatever the file is laid upon.
        let place = format!("x=\"{start}\" y=\"{start}\" width=\"{width}\" height=\"{height}\"");
        writeln!(out, "<rect class=\"ground\" {place}/>")?;
    }
    writeln!(out, "<g class=\"diagram\">")?;
    for part in parts {
        write_part(out, part)?;
    }
    out.write_str("</g>\n</svg>\n")
}

/// Around the drawing in a file of its own.
const MARGIN: f64 = 16.0;

fn write_part(out: &mut String, part: &Part) -> fmt::Result {
    match part {
        Part::Rect { class, place: [x, y, width, height] } => {
            writeln!(
                out,
                "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
            )
        }
        Part::Path { class, d, .. } => writeln!(out, "<path class=\"{class}\" d=\"{d}\"/>"),
        Part::Circle { class, place: [x, y, radius] } => {
            writeln!(out, "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>")
        }
        Part::Text { class, place: [x, y], anchor, text } => {
            let (anchor, text) = (name_of(*anchor), markup(text));
            writeln!(
                out,
                "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{text}</text>"
            )
        }
        Part::Clock { class, place: [x, y], is_day, epoch } => {
            let time = duration::utc(*epoch);
            let (day, clock) = time.split_once(' ').unwrap_or((&time, ""));
            let words = if *is_day { format!("{day} UTC") } else { clock.to_owned() };
            writeln!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{words}</text>")
        }
        Part::Name(Name { class, place: [x, y], anchor, text, full }) => {
            let title =
                full.as_ref().map_or_else(String::new, |full| format!("<title>{}</title>", markup(full)));
            let (anchor, text) = (name_of(*anchor), markup(text));
            writeln!(
                out,
                "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{title}{text}</text>"
            )
        }
        Part::Fold(fold) => write_fold(out, fold),
        Part::Pill(pill) => write_pill(out, pill),
    }
}

const fn name_of(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    }
}

/// Hops that are folded. On paper nothing opens.
fn write_fold(out: &mut String, fold: &Fold) -> fmt::Result {
    let [x, y, width, height] = fold.place;
    // A tag has one line in its middle, a box has two.
    let base = if fold.detail.is_empty() { y + height / 2.0 + 4.0 } else { y + 19.0 };
    let (name, label, detail) = (markup(&fold.name), markup(&fold.label), markup(&fold.detail));
    writeln!(out, "<g class=\"fold\"><title>{name}</title>")?;
    writeln!(
        out,
        "<rect class=\"fold-ground\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"4\"/>"
    )?;
    let x = x + 8.0;
    writeln!(out, "<text class=\"fold-label\" x=\"{x}\" y=\"{base}\">{label}</text>")?;
    if !detail.is_empty() {
        writeln!(out, "<text class=\"detail\" x=\"{x}\" y=\"{}\">{detail}</text>", base + 16.0)?;
    }
    writeln!(out, "</g>")
}

fn write_pill(out: &mut String, pill: &Pill) -> fmt::Result {
    let ([x, y], height) = (pill.place, Pill::HEIGHT);
    let base = y + height / 2.0 + 4.0;
    let state = match (pill.is_off, pill.is_slow) {
        (true, _) => " is-off",
        (false, true) => " is-slow",
        (false, false) => "",
    };
    writeln!(out, "<g class=\"pill{state}\"><title>{}</title>", markup(&pill.name))?;
    for (class, width) in [("pill-ground", pill.width), ("pill-number", pill.number_width)] {
        writeln!(
            out,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"11\"/>"
        )?;
    }
    let (number_at, number) = (x + pill.number_width / 2.0, markup(&pill.number));
    writeln!(
        out,
        "<text class=\"pill-figure\" x=\"{number_at}\" y=\"{base}\" text-anchor=\"middle\">{number}</text>"
    )?;
    if let Some(([x, y], d)) = pill.sign() {
        writeln!(
            out,
            "<path class=\"pill-sign\" transform=\"translate({x} {y})\" fill-rule=\"evenodd\" d=\"{d}\"/>"
        )?;
    }
    if let Some(delay) = &pill.delay {
        let (delay_at, delay) = (pill.delay_x(), markup(delay));
        writeln!(out, "<text class=\"pill-delay\" x=\"{delay_at}\" y=\"{base}\">{delay}</text>")?;
    }
    if let Some(is_encrypted) = pill.is_encrypted {
        let (class, d) = if is_encrypted { ("lock", LOCK) } else { ("lock is-open", OPEN_LOCK) };
        let (x, y) = (x + pill.width - 19.0, y + 4.0);
        writeln!(out, "<path class=\"{class}\" transform=\"translate({x} {y})\" d=\"{d}\"/>")?;
    }
    writeln!(out, "</g>")
}
