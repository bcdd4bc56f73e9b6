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

/// The files and folders that were dropped or pasted; none where it was something else, such as text. A picture beside text is none:
/// programs put one on the clipboard with the text that somebody copied.
#[must_use]
pub fn handed_over(data: &DataTransfer) -> Vec<Text> {
    let has_text = data.get_data("text/plain").is_ok_and(|text| !text.trim().is_empty());
    let items = data.items();
    let items = (0..items.length()).filter_map(|nth| items.get(nth));
    let meant = items.filter(|item| !(has_text && item.type_().starts_with("image/")));
    let texts: Vec<Text> = meant.filter_map(item).collect();
    if has_text {
        return texts;
    }
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

/// Absent where the browser cannot hand it out.
fn file(file: &File) -> Option<Text> {
    let start = file.slice_with_f64_and_f64(0.0, MOST.min(file.size())).ok()?;
    Some(Text { name: Some(file.name()), content: Content::File(start) })
}
