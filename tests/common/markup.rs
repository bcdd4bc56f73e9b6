//! A strict reader of the HTML and SVG that we write: a small part of XML, and nothing that a browser would have to guess.

/// Elements that stand alone in HTML.
const VOID: [&str; 2] = ["meta", "!DOCTYPE"];

/// An element: its name, and its attributes with their values.
pub type Element = (String, Vec<(String, String)>);

/// The elements of a document, each with its attributes, in order; an `Err` says what is not well-formed. The text within `style` is
/// passed over: nothing of a mail stands there.
pub fn elements(text: &str) -> Result<Vec<Element>, String> {
    let (mut found, mut open) = (Vec::new(), Vec::<String>::new());
    let mut rest = text;
    if let Some(at) = text.find(|letter: char| letter.is_control() && !matches!(letter, '\n' | '\t')) {
        return Err(format!("a control character at {at}"));
    }
    while let Some(at) = rest.find('<') {
        check_text(&rest[..at])?;
        let end = rest[at..].find('>').ok_or("a tag without end")? + at;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if tag.starts_with('?') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            match open.pop() {
                Some(last) if last == name => continue,
                last => return Err(format!("</{name}> closes {last:?}")),
            }
        }
        let (tag, is_closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        if !name.trim_start_matches('!').bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(format!("<{name}> is no name"));
        }
        if name != "!DOCTYPE" {
            found.push((name.to_owned(), self::attributes(attributes)?));
        }
        if name == "style" {
            rest = &rest[rest.find("</style>").ok_or("a style without end")?..];
        }
        if !is_closed && !VOID.contains(&name) {
            open.push(name.to_owned());
        }
    }
    check_text(rest)?;
    if open.is_empty() { Ok(found) } else { Err(format!("{open:?} stay open")) }
}

fn check_text(text: &str) -> Result<(), String> {
    if text.contains('>') {
        return Err(format!("a bare > in {text}"));
    }
    for after in text.split('&').skip(1) {
        if !["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|name| after.starts_with(name)) {
            return Err(format!("a bare & before {after}"));
        }
    }
    Ok(())
}

fn attributes(text: &str) -> Result<Vec<(String, String)>, String> {
    let (mut found, mut rest) = (Vec::new(), text.trim());
    while !rest.is_empty() {
        let (name, value) = rest.split_once("=\"").ok_or(format!("no value in {rest}"))?;
        let (value, behind) = value.split_once('"').ok_or(format!("no end in {rest}"))?;
        check_text(value)?;
        found.push((name.to_owned(), value.to_owned()));
        rest = behind.trim_start();
    }
    Ok(found)
}

/// The rows of a text of comma-separated values (RFC 4180).
pub fn rows(text: &str) -> Result<Vec<Vec<String>>, String> {
    let (mut rows, mut row, mut rest) = (Vec::new(), Vec::new(), text);
    while !rest.is_empty() {
        let (cell, behind) = cell(rest)?;
        row.push(cell);
        if let Some(next) = behind.strip_prefix(',') {
            rest = next;
        } else {
            rest = behind.strip_prefix("\r\n").ok_or(format!("no line end before {behind:?}"))?;
            rows.push(std::mem::take(&mut row));
        }
    }
    Ok(rows)
}

fn cell(text: &str) -> Result<(String, &str), String> {
    let Some(mut rest) = text.strip_prefix('"') else {
        let end = text.find([',', '\r', '\n', '"']).unwrap_or(text.len());
        return Ok((text[..end].to_owned(), &text[end..]));
    };
    let mut cell = String::new();
    loop {
        let (before, behind) = rest.split_once('"').ok_or("a quote without end")?;
        cell.push_str(before);
        match behind.strip_prefix('"') {
            Some(_) => cell.push('"'),
            None => return Ok((cell, behind)),
        }
        rest = &behind[1..];
    }
}
