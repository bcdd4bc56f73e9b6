//! Files that are opened, dropped or pasted. They are only taken here; the worker reads them.

use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, DataTransferItem, Event, File, FileList, HtmlInputElement};

use crate::worker::{Content, Text};

/// Of a file, so many bytes are read. One more than 100 MB, so that the reader of the headers sees that there is more, and says so.
const MOST: f64 = (100 * 1024 * 1024 + 1) as f64;

/// The files that were chosen in a file field, which is empty afterwards, so that choosing the same file again is a change.
#[must_use]
pub fn chosen(event: &Event) -> Vec<Text> {
    let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return Vec::new();
    };
    let files = field.files().map(|files| listed(&files)).unwrap_or_default();
    field.set_value("");
    files
}

/// The files and folders that were dropped or pasted; none where it was something else, such as text.
#[must_use]
pub fn handed_over(data: &DataTransfer) -> Vec<Text> {
    let items = data.items();
    let texts: Vec<Text> = (0..items.length()).filter_map(|nth| items.get(nth)).filter_map(item).collect();
    // Some browsers list files that are pasted, but no items.
    if texts.is_empty() { data.files().map(|files| listed(&files)).unwrap_or_default() } else { texts }
}

fn item(item: DataTransferItem) -> Option<Text> {
    if item.kind() != "file" {
        return None;
    }
    let entry = item.webkit_get_as_entry().ok().flatten();
    if let Some(folder) = entry.filter(web_sys::FileSystemEntry::is_directory) {
        return Some(Text { name: Some(folder.name()), content: Content::Folder });
    }
    item.get_as_file().ok().flatten().as_ref().and_then(file)
}

fn listed(files: &FileList) -> Vec<Text> {
    (0..files.length()).filter_map(|nth| files.get(nth)).filter_map(|listed| file(&listed)).collect()
}

/// Absent for a picture: programs put one on the clipboard beside the text that somebody copied.
fn file(file: &File) -> Option<Text> {
    if file.type_().starts_with("image/") {
        return None;
    }
    let start = file.slice_with_f64_and_f64(0.0, MOST.min(file.size())).ok()?;
    Some(Text { name: Some(file.name()), content: Content::File(start) })
}
