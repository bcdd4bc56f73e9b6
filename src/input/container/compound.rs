//! Compound files ([MS-CFB]): a file system in a file, in which Outlook saves messages and the older Office programs save documents.
//!
//! The reader beneath refuses loops; what it does not refuse is bounded here.

use std::io::{Cursor, Read};

use cfb::{CompoundFile, OpenOptions};

use super::LONGEST;

/// The first bytes of every compound file ([MS-CFB] section 2.2).
const MAGIC: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// A compound file, opened. Paths in it are written with `/`, the root as an empty path.
pub(super) struct Compound<'a> {
    file: CompoundFile<Cursor<&'a [u8]>>,
    /// How many bytes may still be taken out. The streams of an honest file share no bytes, so that all of them are no longer than
    /// the file; in a forged one, a thousand of them may claim the same megabyte.
    budget: usize,
}

/// Whether the bytes are, or were meant to be, a compound file.
pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

impl<'a> Compound<'a> {
    /// Opens a compound file; absent where it is damaged.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        if !has_short_difat(bytes) {
            return None;
        }
        let file = OpenOptions::new().open_with(Cursor::new(bytes)).ok()?;
        Some(Self { file, budget: bytes.len().min(LONGEST) })
    }

    /// The bytes of a stream; absent where there is none, or none that can be read.
    pub(super) fn stream(&mut self, path: &str) -> Option<Vec<u8>> {
        let mut stream = self.file.open_stream(path).ok()?;
        self.budget = self.budget.checked_sub(usize::try_from(stream.len()).ok()?)?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// Whether there is such a stream.
    pub(super) fn has_stream(&self, path: &str) -> bool {
        self.file.is_stream(path)
    }

    /// The storages (folders) in a storage whose names start like this, in the order of their names.
    pub(super) fn storages(&self, path: &str, start: &str) -> Vec<String> {
        let Ok(entries) = self.file.read_storage(path) else { return Vec::new() };
        let is_meant = |entry: &cfb::Entry| entry.is_storage() && entry.name().starts_with(start);
        entries.filter(is_meant).map(|entry| entry.name().to_owned()).collect()
    }
}

/// Whether the list of the sectors that hold the allocation table (DIFAT, [MS-CFB] section 2.5) is no longer than a file of this
/// length needs. The reader believes the list: one that names the same sector of the table over and over costs a hundred times the
/// length of the file in memory.
fn has_short_difat(bytes: &[u8]) -> bool {
    let sector_length: usize = if number(bytes, 26) & 0xFFFF == 3 { 512 } else { 4096 };
    // 127 sectors of the table stand in each sector of the list, and each of them tells of 128 sectors.
    let needed = bytes.len() / sector_length / (127 * 128) + 2;
    let mut sector = number(bytes, 68);
    for _ in 0..=needed {
        // The numbers from here on are marks, such as the one for the end of the list ([MS-CFB] section 2.1).
        if sector >= 0xFFFF_FFFB {
            return true;
        }
        let next = (sector as usize).saturating_add(2).saturating_mul(sector_length).saturating_sub(4);
        sector = number(bytes, next);
    }
    false
}

/// The number of four bytes at an offset; one that is no sector's where the file ends before.
fn number(bytes: &[u8], offset: usize) -> u32 {
    let four = bytes.get(offset..).and_then(|rest| rest.first_chunk::<4>());
    four.map_or(u32::MAX, |four| u32::from_le_bytes(*four))
}
