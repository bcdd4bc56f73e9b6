//! Compound files ([MS-CFB]): a file system in a file, in which Outlook saves messages and the older Office programs save
//! documents.
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
    /// How many bytes may still be taken out. The streams of an honest file share no bytes, so that all of them are no longer
    /// than the file; in a forged one, a thousand of them may claim the same megabyte.
    budget: usize,
}

/// Whether the bytes are, or were meant to be, a compound file.
pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

impl<'a> Compound<'a> {
    /// Opens a compound file; absent where it is damaged.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        if !is_bounded(bytes) {
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

/// The numbers from here on are no sectors but marks, such as the one for the end of a chain ([MS-CFB] section 2.1).
const FIRST_MARK: u32 = 0xFFFF_FFFB;

/// More streams and storages than any message has. The reader finds them by their names through a hash that a forger can make
/// collide; among so many that takes a second.
const MOST_ENTRIES: usize = 1 << 17;

/// Whether the tables of a file are of a size that an honest file of its length can have.
fn is_bounded(bytes: &[u8]) -> bool {
    let sector_length = if number(bytes, 26) & 0xFFFF == 3 { 512 } else { 4096 };
    let Some(table) = table_sectors(bytes, sector_length) else { return false };
    let numbers = sector_length / 4;
    let following = |sector: u32| {
        let index = usize::try_from(sector).unwrap_or(usize::MAX);
        let holder = table.get(index / numbers).copied().unwrap_or(u32::MAX);
        number(bytes, sector_start(holder, sector_length).saturating_add(index % numbers * 4))
    };
    let directory = std::iter::successors(Some(number(bytes, 48)), |sector| Some(following(*sector)));
    directory.take(MOST_ENTRIES * 128 / sector_length).any(|sector| sector >= FIRST_MARK)
}

/// The sectors that hold the allocation table ([MS-CFB] section 2.5); absent where there are more of them than a file of this
/// length needs. The reader believes their list: one that names the same sector over and over costs a hundred times the length
/// of the file in memory.
fn table_sectors(bytes: &[u8], sector_length: usize) -> Option<Vec<u32>> {
    let numbers = sector_length / 4;
    let mut sectors: Vec<u32> = (0..109).map(|nth| number(bytes, 76 + 4 * nth)).collect();
    // The last number in a sector of the list is the next sector of the list; the others name sectors of the table.
    let longest = bytes.len() / sector_length / (numbers * (numbers - 1)) + 2;
    let mut list = number(bytes, 68);
    for _ in 0..longest {
        if list >= FIRST_MARK {
            return Some(sectors);
        }
        let start = sector_start(list, sector_length);
        sectors.extend((0..numbers - 1).map(|nth| number(bytes, start.saturating_add(4 * nth))));
        list = number(bytes, start.saturating_add(sector_length - 4));
    }
    None
}

/// Where a sector starts. The header of the file takes as much room as one.
fn sector_start(sector: u32, sector_length: usize) -> usize {
    usize::try_from(sector).unwrap_or(usize::MAX).saturating_add(1).saturating_mul(sector_length)
}

/// The number of four bytes at an offset; a mark where the file ends before.
fn number(bytes: &[u8], offset: usize) -> u32 {
    let four = bytes.get(offset..).and_then(|rest| rest.first_chunk::<4>());
    four.map_or(u32::MAX, |four| u32::from_le_bytes(*four))
}
