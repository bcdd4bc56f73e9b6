//! The parts of a multipart body (RFC 2046 section 5.1), found in one pass over its lines.

use super::entity::Entity;
use super::{Part, part};
use crate::header::{field_line, is_telling};
use crate::text::{Line, Reading, Span, lines};

/// Multiparts that are open at once; those deeper inside are passed over. Mail in use has four.
const DEEPEST: usize = 8;

/// Parts that are returned at most, so that a body of boundaries only does not cost a hundred times its size.
const MOST: usize = 1000;

/// A multipart whose parts are being read.
struct Open {
    boundary: Vec<u8>,
    default_type: &'static str,
}

/// The part that is being read.
struct Current {
    entity: Entity,
    default_type: &'static str,
    /// Where its content starts.
    start: usize,
}

/// The parts of a body; absent where no boundary is found.
pub fn parts<'a>(entity: &Entity, body: &Reading<'a>) -> Option<Vec<Part<'a>>> {
    let boundary = boundary_of(entity, body.bytes())?;
    let open = Open { boundary, default_type: entity.default_of_parts() };
    let mut reader = Reader { body, open: vec![open], current: None, parts: Vec::new() };
    reader.read();
    Some(reader.parts)
}

/// Lines that a multipart has above its first boundary at most, where no header says that it is one.
const LONGEST_PREAMBLE: usize = 4;

/// The boundary that the header names. Where it names none, or one that does not occur, the first line that looks like one:
/// `--xyz` above `Content-Type:`. A body whose header says nothing has to start with that, below a word like "This is a
/// MIME-encapsulated message" at most: further down, it is that of a message which stands in the text.
fn boundary_of(entity: &Entity, body: &[u8]) -> Option<Vec<u8>> {
    let named = entity.boundary.as_deref().map(str::as_bytes);
    let mut guess = None;
    let mut above: Option<&[u8]> = None;
    let (mut told, mut names_mime) = (0, false);
    for line in lines(body, 0) {
        let text = line.content(body).trim_ascii_end();
        let may_start = entity.is_multipart() || told <= 1 || (told <= LONGEST_PREAMBLE && names_mime);
        if let Some(named) =
            named.filter(|named| text.strip_prefix(b"--").is_some_and(|rest| rest.starts_with(named)))
        {
            return Some(named.to_vec());
        }
        let is_typed = guess.is_none() && above.is_some() && may_start && is_content_field(text);
        guess = if is_typed { above.map(<[u8]>::to_vec) } else { guess };
        above = text.strip_prefix(b"--").filter(|boundary| !boundary.is_empty());
        told += usize::from(!text.is_empty());
        names_mime |=
            told <= LONGEST_PREAMBLE && text.to_ascii_lowercase().windows(4).any(|word| word == b"mime");
    }
    guess
}

/// `Content-Type: …`, `Content-Transfer-Encoding: …`
fn is_content_field(line: &[u8]) -> bool {
    line.get(..8).is_some_and(|start| start.eq_ignore_ascii_case(b"content-")) && field_line(line).is_some()
}

/// What goes through the lines.
struct Reader<'r, 'a> {
    body: &'r Reading<'a>,
    open: Vec<Open>,
    current: Option<Current>,
    parts: Vec<Part<'a>>,
}

impl Reader<'_, '_> {
    fn read(&mut self) {
        let bytes = self.body.bytes();
        let mut content_start = 0;
        let mut end_of_line_above = 0;
        for line in lines(bytes, 0) {
            if line.span.start >= content_start
                && let Some((place, is_last)) = self.boundary(line.span)
            {
                self.close(end_of_line_above);
                self.open.truncate(place + 1);
                if !is_last {
                    content_start = self.start_part(line);
                }
            }
            end_of_line_above = line.span.end;
        }
        self.close(bytes.len());
    }

    /// Which multipart a line separates, the innermost first, and whether it closes it.
    fn boundary(&self, span: Span) -> Option<(usize, bool)> {
        let line = self.body.slice(span).trim_ascii_end().strip_prefix(b"--")?;
        let closes = |open: &Open| match line.strip_prefix(open.boundary.as_slice())? {
            b"" => Some(false),
            b"--" => Some(true),
            _ => None,
        };
        self.open.iter().enumerate().rev().find_map(|(place, open)| Some((place, closes(open)?)))
    }

    /// Takes the part that ends here. The line end above a boundary belongs to the boundary (RFC 2046 section 5.1.1).
    fn close(&mut self, end: usize) {
        let Some(current) = self.current.take().filter(|_| self.parts.len() < MOST) else {
            return;
        };
        let media_type =
            if current.entity.is_typed() { current.entity.media_type() } else { current.default_type };
        let content = self.body.part(Span::new(current.start, end));
        self.parts.extend(part(media_type, content, current.entity.transfer));
    }

    /// Reads the header of the part below a boundary; returns where its content starts.
    fn start_part(&mut self, boundary: Line) -> usize {
        let default_type = self.open.last().map_or(super::entity::TEXT, |open| open.default_type);
        let head = Head::read(self.body.bytes(), boundary.next, |span| self.boundary(span).is_some());
        let start = head.end;
        if head.entity.is_multipart() {
            let named = head.entity.boundary.as_deref().filter(|_| self.open.len() < DEEPEST);
            let opened = named.map(|boundary| Open {
                boundary: boundary.as_bytes().to_vec(),
                default_type: head.entity.default_of_parts(),
            });
            self.open.extend(opened);
        } else {
            let default_type = if head.is_header_only { "text/rfc822-headers" } else { default_type };
            self.current = Some(Current { entity: head.entity, default_type, start });
        }
        start
    }
}

/// The header of a part.
struct Head {
    entity: Entity,
    /// Where the content starts.
    end: usize,
    /// Whether what stands there is not the header of the part but that of a message, put there without any above it.
    is_header_only: bool,
}

impl Head {
    /// Reads the lines from `start` on. The header ends at a blank line, and where that is missing, at the first line that is no
    /// field, or at the first field of a mail header: in a part, only fields named `Content-` mean anything (RFC 2046 section 5.1).
    fn read(bytes: &[u8], start: usize, is_boundary: impl Fn(Span) -> bool) -> Self {
        let mut values = Values::default();
        let mut end = start;
        let mut is_header_only = false;
        for line in lines(bytes, start) {
            let text = line.content(bytes);
            if text.trim_ascii().is_empty() {
                end = line.next;
                break;
            }
            if !values.goes_on_with(text) {
                let Some(found) = field_line(text).filter(|_| !is_boundary(line.span)) else {
                    break;
                };
                let name = text.get(found.name.start..found.name.end).unwrap_or_default();
                if is_of_a_mail(name) {
                    is_header_only = end == start;
                    break;
                }
                values.start(name, text.get(found.value..).unwrap_or_default());
            }
            end = line.next;
        }
        Self { entity: values.entity(), end, is_header_only }
    }
}

/// Whether a field of this name is one of a mail header, and none that parts have as well.
fn is_of_a_mail(name: &[u8]) -> bool {
    let is_of_a_part = name.get(..8).is_some_and(|start| start.eq_ignore_ascii_case(b"content-"));
    is_telling(name) && !is_of_a_part && !name.eq_ignore_ascii_case(b"mime-version")
}

/// The values of the fields that matter, as their lines come.
#[derive(Default)]
struct Values {
    content_type: Option<String>,
    encoding: Option<String>,
    last: Slot,
}

impl Values {
    /// Takes a line that goes on with the field above: it starts with a blank, or is a parameter that lost its indent.
    fn goes_on_with(&mut self, line: &[u8]) -> bool {
        let is_open = self.last().is_some_and(|value| value.trim_ascii_end().ends_with(';'));
        let is_fold = line.first().is_some_and(u8::is_ascii_whitespace);
        let is_parameter = is_open && line.contains(&b'=') && field_line(line).is_none();
        if !is_fold && !is_parameter {
            return false;
        }
        if let Some(value) = self.last() {
            value.push_str(&String::from_utf8_lossy(line));
        }
        true
    }

    fn start(&mut self, name: &[u8], value: &[u8]) {
        self.last = Slot::of(name);
        let value = String::from_utf8_lossy(value).into_owned();
        match self.last {
            Slot::ContentType => self.content_type = Some(value),
            Slot::Encoding => self.encoding = Some(value),
            Slot::Other => {}
        }
    }

    const fn last(&mut self) -> Option<&mut String> {
        match self.last {
            Slot::ContentType => self.content_type.as_mut(),
            Slot::Encoding => self.encoding.as_mut(),
            Slot::Other => None,
        }
    }

    fn entity(&self) -> Entity {
        Entity::new(self.content_type.as_deref(), self.encoding.as_deref())
    }
}

/// Which field a value belongs to.
#[derive(Clone, Copy, Default)]
enum Slot {
    ContentType,
    Encoding,
    #[default]
    Other,
}

impl Slot {
    const fn of(name: &[u8]) -> Self {
        if name.eq_ignore_ascii_case(b"content-type") {
            Self::ContentType
        } else if name.eq_ignore_ascii_case(b"content-transfer-encoding") {
            Self::Encoding
        } else {
            Self::Other
        }
    }
}
