//! The texts that the page hands over. A file stays where it is until the worker reads it: the page itself never holds it.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

/// One text to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The file's name; absent for what was typed or pasted into the box.
    pub name: Option<String>,
    /// What is in it.
    pub content: Content,
}

/// What is in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Its bytes: what was typed or pasted.
    Bytes(Vec<u8>),
    /// A file, or as much of its start as is read.
    File(Blob),
    /// Nothing: it is a folder, which a page cannot open.
    Folder,
}

impl Text {
    /// What was typed or pasted.
    #[must_use]
    pub fn pasted(text: impl Into<Vec<u8>>) -> Self {
        Self { name: None, content: Content::Bytes(text.into()) }
    }

    /// Its length in bytes.
    #[must_use]
    pub fn length(&self) -> usize {
        match &self.content {
            Content::Bytes(bytes) => bytes.len(),
            // Lengths of files are whole and far below 2^53.
            Content::File(file) => file.size() as usize,
            Content::Folder => 0,
        }
    }
}

/// Texts as objects `{ name, bytes }` or `{ name, file }`, of a folder `{ name }`, and the buffers in them that change hands.
pub(super) fn to_objects(texts: &[Text]) -> Result<(Array, Array), JsValue> {
    let (objects, transfer) = (Array::new(), Array::new());
    for text in texts {
        let object = Object::new();
        if let Some(name) = &text.name {
            Reflect::set(&object, &"name".into(), &name.into())?;
        }
        match &text.content {
            Content::Bytes(bytes) => {
                let bytes = Uint8Array::from(bytes.as_slice());
                Reflect::set(&object, &"bytes".into(), &bytes)?;
                transfer.push(&bytes.buffer());
            }
            Content::File(file) => {
                Reflect::set(&object, &"file".into(), file)?;
            }
            Content::Folder => {}
        }
        objects.push(&object);
    }
    Ok((objects, transfer))
}

/// A text that the worker made. It always has bytes.
pub(super) fn from_object(object: &JsValue) -> Text {
    let property = |name: &str| Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let bytes = property("bytes").dyn_ref::<Uint8Array>().map(Uint8Array::to_vec);
    Text { name: property("name").as_string(), content: Content::Bytes(bytes.unwrap_or_default()) }
}
