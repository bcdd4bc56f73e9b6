//! Files that are opened or dropped: read into memory, here in the browser.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::file::callbacks::{FileReader, read_as_bytes};
use gloo::file::{File, FileList};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, HtmlInputElement};
use yew::Callback;

use super::state::{Action, Text};

/// Reads the files that were chosen in a file field. `number` is that of the texts until then.
pub fn read_chosen(event: &Event, number: u32, act: Callback<Action>) {
    let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return;
    };
    if let Some(files) = field.files() {
        read(FileList::from(files).to_vec(), number, act);
    }
    // Emptied, so that choosing the same file again is a change.
    field.set_value("");
}

/// Reads the files that were dropped on the page. A drop of anything else, such as text, is the browser's. `number` is that of
/// the texts until then.
pub fn read_dropped(event: &DragEvent, number: u32, act: Callback<Action>) {
    let files = event.data_transfer().and_then(|data| data.files());
    if let Some(files) = files.filter(|files| files.length() > 0) {
        event.prevent_default();
        read(FileList::from(files).to_vec(), number, act);
    }
}

/// Files on their way in: each has its place, filled when it was read. The last one to come hands all of them on.
struct Pending {
    texts: Vec<Option<Text>>,
    readers: Vec<FileReader>,
}

fn read(files: Vec<File>, number: u32, act: Callback<Action>) {
    if files.is_empty() {
        return;
    }
    act.emit(Action::Opening);
    let number = number.wrapping_add(1);
    let pending = Rc::new(RefCell::new(Pending { texts: vec![None; files.len()], readers: Vec::new() }));
    for (place, file) in files.iter().enumerate() {
        let (pending_here, act, name) = (Rc::clone(&pending), act.clone(), file.name());
        let reader = read_as_bytes(file, move |result| {
            // A folder, or a file that went away, cannot be read and counts as empty; its name then says so.
            let text = match result {
                Ok(bytes) => (Some(name), bytes),
                Err(_) => (Some(format!("{name} (cannot be read)")), Vec::new()),
            };
            if let Some(texts) = put(&mut pending_here.borrow_mut(), place, text) {
                act.emit(Action::Opened(number, texts));
            }
        });
        pending.borrow_mut().readers.push(reader);
    }
}

/// Puts a text into its place. When all are there, gives them out, and lets the readers go.
fn put(pending: &mut Pending, place: usize, text: Text) -> Option<Vec<Text>> {
    *pending.texts.get_mut(place)? = Some(text);
    if pending.texts.iter().any(Option::is_none) {
        return None;
    }
    pending.readers.clear();
    Some(pending.texts.drain(..).flatten().collect())
}
