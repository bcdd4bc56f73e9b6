//! Files as bytes, and the report on them.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::file::callbacks::{FileReader, read_as_bytes};
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use web_sys::{Blob, FileReaderSync};

use super::text::{Content, Text};
use crate::Options;
use crate::js_api::{analyze_texts, redact_texts};
use crate::redact::Redacted;
use crate::report::Report;

/// A file is read in slices of this many bytes, so that it lies whole in memory once only.
const SLICE: usize = 4 * 1024 * 1024;

/// What is said of a folder.
const FOLDER: &str = "A folder cannot be read; drop the mails in it.";

/// What is said of a file that the browser does not give out. Some browsers offer a folder as such a file.
const UNREADABLE: &str = "This cannot be read: it is a folder, or was moved or changed meanwhile.";

/// A text that was read. Where nothing could be read, it is empty, and a note says why.
#[derive(Clone, Debug, Default)]
pub(super) struct Read {
    pub(super) name: Option<String>,
    pub(super) bytes: Vec<u8>,
    pub(super) note: Option<&'static str>,
}

impl Read {
    pub(super) fn folder(name: Option<String>) -> Self {
        Self { name, note: Some(FOLDER), ..Self::default() }
    }

    fn unreadable(name: Option<String>) -> Self {
        Self { name, note: Some(UNREADABLE), ..Self::default() }
    }
}

/// The report on texts, and with pseudonyms the texts that it is on. What is known of those that could not be read goes into its notes.
pub(super) fn report(
    texts: Vec<Read>,
    mut options: Options,
    is_redacted: bool,
) -> (Report, Option<Vec<Text>>) {
    let (mut texts, mut notes): (Vec<_>, Vec<_>) =
        texts.into_iter().map(|text| ((text.name, text.bytes), text.note)).unzip();
    if is_redacted {
        let (redacted, names) = redact_texts(&texts, &options);
        options = names;
        for (note, text) in notes.iter_mut().zip(&redacted) {
            *note = note.or(text.note);
        }
        texts = redacted.into_iter().map(|Redacted { name, bytes, .. }| (name, bytes)).collect();
    }
    let mut report = analyze_texts(&texts, options);
    for (input, note) in report.inputs.iter_mut().zip(notes) {
        if let Some(note) = note {
            input.note = Some(note.to_owned());
        }
    }
    let text = |(name, bytes)| Text { name, content: Content::Bytes(bytes) };
    (report, is_redacted.then(|| texts.into_iter().map(text).collect()))
}

/// Reads a file at once, which only a worker may.
pub(super) fn read_at_once(name: Option<String>, file: &Blob) -> Read {
    match bytes_at_once(file) {
        Ok(bytes) => Read { name, bytes, note: None },
        Err(_) => Read::unreadable(name),
    }
}

fn bytes_at_once(file: &Blob) -> Result<Vec<u8>, JsValue> {
    let reader = FileReaderSync::new()?;
    // Lengths of files are whole and far below 2^53.
    let mut bytes = vec![0; file.size() as usize];
    for (nth, part) in bytes.chunks_mut(SLICE).enumerate() {
        let start = nth * SLICE;
        let slice = file.slice_with_f64_and_f64(start as f64, (start + part.len()) as f64)?;
        let read = Uint8Array::new(&reader.read_as_array_buffer(&slice)?.into());
        if read.length() as usize != part.len() {
            return Err("the file became shorter".into());
        }
        read.copy_to(part);
    }
    Ok(bytes)
}

/// Texts on their way in: each has its place, filled when it was read. The last one to come hands all of them on.
struct Pending<F> {
    texts: Vec<Option<Read>>,
    readers: Vec<FileReader>,
    then: Option<F>,
}

/// Reads texts where there is no worker, piece by piece between other events of the page, and hands them on.
pub(super) fn read_between(texts: &[Text], then: impl FnOnce(Vec<Read>) + 'static) {
    let pending = Pending { texts: vec![None; texts.len()], readers: Vec::new(), then: Some(then) };
    let pending = Rc::new(RefCell::new(pending));
    for (place, text) in texts.iter().enumerate() {
        let name = text.name.clone();
        match &text.content {
            Content::Bytes(bytes) => put(&pending, place, Read { name, bytes: bytes.clone(), note: None }),
            Content::Folder => put(&pending, place, Read::folder(name)),
            Content::File(file) => {
                let waiting = Rc::clone(&pending);
                let reader = read_as_bytes(&file.clone().into(), move |bytes| {
                    let read = match bytes {
                        Ok(bytes) => Read { name, bytes, note: None },
                        Err(_) => Read::unreadable(name),
                    };
                    put(&waiting, place, read);
                });
                pending.borrow_mut().readers.push(reader);
            }
        }
    }
}

fn put<F: FnOnce(Vec<Read>)>(pending: &Rc<RefCell<Pending<F>>>, place: usize, read: Read) {
    let (texts, then) = {
        let mut pending = pending.borrow_mut();
        if let Some(text) = pending.texts.get_mut(place) {
            *text = Some(read);
        }
        if pending.texts.iter().any(Option::is_none) {
            return;
        }
        pending.readers.clear();
        (std::mem::take(&mut pending.texts), pending.then.take())
    };
    if let Some(then) = then {
        then(texts.into_iter().flatten().collect());
    }
}
