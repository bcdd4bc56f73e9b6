//! The texts that the page hands over. A file stays where it is until the worker reads it: the page itself never holds it.

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
