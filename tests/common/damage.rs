//! What happens to a header between a mail program and a box on a page. Each damage is done by program to a clean header.

/// A damage: its name, and how it is done. Line ends are LF.
pub type Damage = (&'static str, fn(&str) -> Vec<u8>);

/// All of them.
pub const DAMAGES: [Damage; 42] = [
    ("carriage returns before line feeds", |mail| mail.replace('\n', "\r\n").into()),
    ("carriage returns alone", |mail| mail.replace('\n', "\r").into()),
    ("line ends of several kinds", |mail| alternate(mail, &["\n", "\r\n", "\r"]).into()),
    ("a byte order mark", |mail| format!("\u{feff}{mail}").into()),
    ("UTF-16, little end first", |mail| utf16(mail, u16::to_le_bytes, true)),
    ("UTF-16, big end first, without a mark", |mail| utf16(mail, u16::to_be_bytes, false)),
    ("blank lines above", |mail| format!("\n  \n\n{mail}").into()),
    ("double spacing", |mail| mail.replace('\n', "\n\n").into()),
    ("a blank line after each field", |mail| on_fields(mail, |field| format!("{field}\n\n")).into()),
    ("an indent", |mail| on_lines(mail, |line| format!("    {line}")).into()),
    ("an indent of a tab", |mail| on_lines(mail, |line| format!("\t{line}")).into()),
    ("quoting", |mail| on_lines(mail, |line| format!("> {line}")).into()),
    ("quoting without blanks", |mail| on_lines(mail, |line| format!(">{line}")).into()),
    ("quoting twice", |mail| on_lines(mail, |line| format!("> > {line}")).into()),
    ("quoting, and an indent lost", |mail| on_lines(&unindented(mail), |line| format!("> {line}")).into()),
    ("a list", |mail| on_fields(mail, |field| format!("- {}\n", field.replace('\n', "\n  "))).into()),
    ("a list of bullets, and an indent lost", |mail| {
        on_fields(&unindented(mail), |field| format!("• {field}\n")).into()
    }),
    ("a lost indent", |mail| unindented(mail).into()),
    ("lines cut at column 76", |mail| cut(mail, 76).into()),
    ("lines cut at column 100", |mail| cut(mail, 100).into()),
    ("values on the line below", |mail| on_names(mail, ":\n").into()),
    ("blanks before colons", |mail| on_names(mail, " : ").into()),
    ("a table", |mail| on_names(mail, "\t").into()),
    ("one line", |mail| mail.split_whitespace().collect::<Vec<_>>().join(" ").into()),
    ("quoted-printable", |mail| quoted_printable(mail).into()),
    ("HTML", |mail| escaped(mail).into()),
    ("HTML with elements for line ends", |mail| {
        format!("<p>{}</p>\n", escaped(mail).replace('\n', "<br>\n")).into()
    }),
    ("HTML with elements and no line ends", |mail| {
        format!("<div>{}</div>", escaped(mail).replace('\n', "<br/>")).into()
    }),
    ("blanks that do not break", |mail| on_lines(mail, |line| line.replace(['\t', ' '], "\u{a0}")).into()),
    ("letters without width", |mail| on_lines(mail, |line| format!("\u{200b}{line}\u{200e}")).into()),
    ("quotation marks of a word processor", |mail| mail.replace('"', "\u{201d}").into()),
    ("a mailbox separator", |mail| format!("From ann@example.com Mon Nov  2 09:00:00 2026\n{mail}").into()),
    ("a quoted mailbox separator", |mail| {
        format!(">From ann@example.com Mon Nov  2 09:00:00 2026\n{mail}").into()
    }),
    ("Outlook's line", |mail| format!("Microsoft Mail Internet Headers Version 2.0\n{mail}").into()),
    ("a code block in a ticket", |mail| {
        format!("Hello,\n\nthis came forty times:\n\n```\n{}\n```\n\nThanks, Ann\n", mail.trim_end()).into()
    }),
    ("quoting and double spacing", |mail| {
        on_lines(&mail.replace('\n', "\n\n"), |line| format!("> {line}")).into()
    }),
    ("quoting in HTML", |mail| escaped(&on_lines(mail, |line| format!("> {line}"))).into()),
    ("quoting by a mail program that sends quoted-printable", |mail| {
        quoted_printable(&on_lines(mail, |line| format!("> {line}"))).into()
    }),
    ("quoting, with the answer below", |mail| {
        format!("Ann wrote:\n{}This came forty times. Why?\n", on_lines(mail, |line| format!("> {line}")))
            .into()
    }),
    ("a lost indent and a body", |mail| format!("{}\nDear Ben:\nsee you: soon\n", unindented(mail)).into()),
    ("one line in quotes", |mail| {
        format!("> {}\n", mail.split_whitespace().collect::<Vec<_>>().join(" ")).into()
    }),
    ("bytes of value 0", |mail| on_lines(mail, |line| format!("{line}\0")).into()),
];

fn on_lines(mail: &str, each: impl Fn(&str) -> String) -> String {
    mail.lines().map(|line| format!("{}\n", each(line))).collect()
}

/// The header as its fields, each with its folds and without its last line end.
fn fields(mail: &str) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    for line in mail.lines() {
        match fields.last_mut() {
            Some(field) if line.starts_with([' ', '\t']) => {
                field.push('\n');
                field.push_str(line);
            }
            _ => fields.push(line.to_owned()),
        }
    }
    fields
}

fn on_fields(mail: &str, each: impl Fn(&str) -> String) -> String {
    fields(mail).iter().map(|field| each(field)).collect()
}

fn on_names(mail: &str, separator: &str) -> String {
    on_fields(mail, |field| {
        let (name, value) = field.split_once(':').unwrap_or((field, ""));
        format!("{name}{separator}{}\n", value.trim_start())
    })
}

fn unindented(mail: &str) -> String {
    on_lines(mail, |line| line.trim_start().to_owned())
}

/// Fields on one line each, cut at a column as terminals do.
fn cut(mail: &str, column: usize) -> String {
    on_fields(mail, |field| {
        let words: Vec<&str> = field.split_whitespace().collect();
        let letters: Vec<char> = words.join(" ").chars().collect();
        letters.chunks(column).map(|line| format!("{}\n", line.iter().collect::<String>())).collect()
    })
}

fn alternate(mail: &str, ends: &[&str]) -> String {
    mail.lines().zip(ends.iter().cycle()).map(|(line, end)| format!("{line}{end}")).collect()
}

fn utf16(mail: &str, to_bytes: fn(u16) -> [u8; 2], has_mark: bool) -> Vec<u8> {
    let mark = has_mark.then_some(0xfeff);
    mark.into_iter().chain(mail.encode_utf16()).flat_map(to_bytes).collect()
}

fn escaped(mail: &str) -> String {
    mail.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn quoted_printable(mail: &str) -> String {
    on_lines(mail, |line| {
        let mut out = String::new();
        let mut width = 0;
        for byte in line.bytes() {
            let piece = match byte {
                b'=' | 0x80.. | 0..=8 => format!("={byte:02X}"),
                _ => char::from(byte).to_string(),
            };
            if width + piece.len() > 75 {
                out.push_str("=\n");
                width = 0;
            }
            width += piece.len();
            out.push_str(&piece);
        }
        out
    })
}
