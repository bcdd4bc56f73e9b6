//! Builds message files of Outlook ([MS-OXMSG]): as Outlook writes them, or with a part missing.

use std::io::{Cursor, Write};

use cfb::{CompoundFile, Version};

/// How the texts of a message are written.
#[derive(Clone, Copy, Default)]
pub enum Texts {
    /// In UTF-16, as Outlook has done since 2003.
    #[default]
    Wide,
    /// In the 8-bit code page of this number; the texts are handed in as they are to stand there.
    Narrow(u16),
}

/// A message to write.
#[derive(Clone, Default)]
pub struct Mail {
    /// The internet header; absent in a draft.
    pub header: Option<Vec<u8>>,
    /// The plain text.
    pub body: Option<Vec<u8>>,
    /// The messages that are attached to it.
    pub attached: Vec<Mail>,
    /// How its texts are written.
    pub texts: Texts,
}

/// A message with this header and body.
pub fn mail(header: &str, body: &str) -> Mail {
    Mail { header: Some(header.into()), body: Some(body.into()), ..Mail::default() }
}

impl Mail {
    /// The same, with another message attached.
    pub fn with(mut self, attached: Mail) -> Self {
        self.attached.push(attached);
        self
    }

    /// The bytes of the file.
    pub fn file(&self) -> Vec<u8> {
        let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new())).unwrap();
        self.write(&mut file, "");
        file.into_inner().into_inner()
    }

    fn write(&self, file: &mut CompoundFile<Cursor<Vec<u8>>>, storage: &str) {
        write(file, &format!("{storage}/__properties_version1.0"), &self.properties(storage.is_empty()));
        for (property, text) in [("007D", &self.header), ("1000", &self.body)] {
            let Some(text) = text else { continue };
            let stream = format!("{storage}/__substg1.0_{property}");
            match self.texts {
                Texts::Wide => write(file, &format!("{stream}001F"), &utf16(&String::from_utf8_lossy(text))),
                Texts::Narrow(_) => write(file, &format!("{stream}001E"), text),
            }
        }
        for (place, attached) in self.attached.iter().enumerate() {
            let attachment = format!("{storage}/__attach_version1.0_#{place:08X}");
            let message = format!("{attachment}/__substg1.0_3701000D");
            file.create_storage_all(&message).unwrap();
            write(file, &format!("{attachment}/__properties_version1.0"), &[0; 8]);
            attached.write(file, &message);
        }
    }

    fn properties(&self, is_top: bool) -> Vec<u8> {
        let mut properties = vec![0; if is_top { 32 } else { 24 }];
        let page = if let Texts::Narrow(page) = self.texts { page } else { 1200 };
        // Another property before that of the code page: PidTagMessageFlags.
        for (tag, value) in [(0x0E07_0003_u32, 1), (0x3FFD_0003, u32::from(page))] {
            for number in [tag, 6, value, 0] {
                properties.extend(number.to_le_bytes());
            }
        }
        properties
    }
}

/// A document of an older Office program: a compound file that is no message.
pub fn document() -> Vec<u8> {
    let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new())).unwrap();
    write(&mut file, "/WordDocument", &[7; 5000]);
    file.into_inner().into_inner()
}

/// Forges a file: all streams of this name hold the bytes of the longest of them. Says how many were changed.
pub fn streams_shared(file: &mut [u8], name: &str) -> usize {
    const ENTRY: usize = 128;
    // Where the first sector and the length of a stream stand in its directory entry ([MS-CFB] section 2.6.1).
    const PLACE: std::ops::Range<usize> = 116..128;
    let name = utf16(&format!("{name}\0"));
    let length = |entry: &[u8]| u32::from_le_bytes(entry[120..124].try_into().unwrap());
    let is_meant = |entry: &[u8]| entry.starts_with(&name);
    let longest =
        file.chunks(ENTRY).filter(|entry| is_meant(entry)).max_by_key(|entry| length(entry)).unwrap();
    let place = longest[PLACE].to_vec();
    let others = file.chunks_mut(ENTRY).filter(|entry| is_meant(entry) && entry[PLACE] != place);
    others.map(|entry| entry[PLACE].copy_from_slice(&place)).count()
}

fn write(file: &mut CompoundFile<Cursor<Vec<u8>>>, stream: &str, bytes: &[u8]) {
    file.create_stream(stream).unwrap().write_all(bytes).unwrap();
}

/// A text in UTF-16, the low byte first, without a mark.
pub fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
