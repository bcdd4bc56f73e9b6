//! The lines of a message that the source pane shows, wherever its text is.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::file::Blob;
use gloo::file::callbacks::{FileReader, read_as_bytes};
use yew::prelude::*;

use crate::report::Report;
use crate::report::html::Shown;
use crate::report::source::{Line, lines, stretch};
use crate::worker::{Content, Text};

/// The lines of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// They are here.
    Lines(Rc<Vec<Line>>),
    /// Their part of the file is being read.
    Reading,
    /// The file went away.
    Gone,
}

/// The lines of the message at `place`. Of a file only the part that they lie in is read.
#[hook]
pub fn use_source_lines(texts: &Rc<Vec<Text>>, report: &Rc<Report>, place: usize) -> Found {
    let task = (Rc::clone(texts), Rc::clone(report), place);
    let at_once = use_memo(task.clone(), |(texts, report, place)| lines_at_once(texts, report, *place));
    // With the lines, what they belong to: until others are read, those of another message would stand in their place.
    let from_file = use_state_eq(|| None);
    {
        let from_file = from_file.clone();
        use_effect_with(task.clone(), move |task| {
            from_file.set(None);
            let (task, (texts, report, place)) = (task.clone(), task.clone());
            let reader = part_of_file(&texts, &report, place).map(|part| {
                read_as_bytes(&part, move |bytes| {
                    let found = match (bytes, report.messages.get(place)) {
                        (Ok(bytes), Some(message)) => Found::Lines(Rc::new(lines(&bytes, message))),
                        _ => Found::Gone,
                    };
                    from_file.set(Some((task, found)));
                })
            });
            move || drop(reader)
        });
    }
    let read = from_file.as_ref().filter(|(of, _)| *of == task).map(|(_, found)| found);
    at_once.as_ref().as_ref().or(read).cloned().unwrap_or(Found::Reading)
}

/// Reads the lines of several messages, one after another, and hands them on. A message whose file went away has none.
pub fn read_lines(
    texts: &Rc<Vec<Text>>,
    report: &Rc<Report>,
    places: Vec<usize>,
    then: impl FnOnce(Vec<Shown>) + 'static,
) {
    let reading = Reading {
        texts: Rc::clone(texts),
        report: Rc::clone(report),
        left: places.into_iter(),
        read: Vec::new(),
    };
    reading.go_on(&Rc::default(), then);
}

/// The lines of several messages on their way.
struct Reading {
    texts: Rc<Vec<Text>>,
    report: Rc<Report>,
    left: std::vec::IntoIter<usize>,
    read: Vec<Shown>,
}

impl Reading {
    /// `readers` keeps what reads a file alive until all is read.
    fn go_on(mut self, readers: &Rc<RefCell<Vec<FileReader>>>, then: impl FnOnce(Vec<Shown>) + 'static) {
        while let Some(place) = self.left.next() {
            let Some(part) = part_of_file(&self.texts, &self.report, place) else {
                let lines = match lines_at_once(&self.texts, &self.report, place) {
                    Some(Found::Lines(lines)) => lines.to_vec(),
                    _ => Vec::new(),
                };
                self.read.push((place, lines));
                continue;
            };
            let kept = Rc::clone(readers);
            let reader = read_as_bytes(&part, move |bytes| {
                let message = self.report.messages.get(place);
                let lines = bytes.ok().zip(message).map(|(bytes, message)| lines(&bytes, message));
                self.read.push((place, lines.unwrap_or_default()));
                self.go_on(&kept, then);
            });
            readers.borrow_mut().push(reader);
            return;
        }
        readers.borrow_mut().clear();
        then(self.read);
    }
}

/// The lines where the text is in memory: it was pasted, or taken out of a file of another format.
fn lines_at_once(texts: &[Text], report: &Report, place: usize) -> Option<Found> {
    let message = report.messages.get(place)?;
    let opened = report.inputs.get(message.origin.input).and_then(|input| input.text.as_deref());
    let bytes = match (opened, &texts.get(message.origin.input)?.content) {
        (Some(text), _) => text.as_bytes(),
        (None, Content::Bytes(bytes)) => bytes,
        (None, Content::File(_) | Content::Folder) => return None,
    };
    let [start, end] = stretch(message);
    let part = bytes.get(start..end.min(bytes.len())).unwrap_or_default();
    Some(Found::Lines(Rc::new(lines(part, message))))
}

fn part_of_file(texts: &[Text], report: &Report, place: usize) -> Option<Blob> {
    let message = report.messages.get(place)?;
    let is_opened = report.inputs.get(message.origin.input)?.text.is_some();
    let [start, end] = stretch(message);
    match &texts.get(message.origin.input)?.content {
        // Offsets in files are far below 2^53.
        Content::File(file) if !is_opened => {
            file.slice_with_f64_and_f64(start as f64, end as f64).ok().map(Blob::from)
        }
        _ => None,
    }
}
