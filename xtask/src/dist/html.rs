//! Finds and replaces elements in the page that trunk wrote. Whatever is expected and missing is an error: a page
//! that looks different from what this code knows must not be shipped.

use anyhow::{Context, Result};
use std::ops::Range;

/// One element without children, such as `<link …>`, or one with plain text in it, such as `<script>…</script>`.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Where all of it stands in the page.
    pub range: Range<usize>,
    /// The tag that opens it.
    tag: String,
    /// What stands between its tags; empty for `<link>`.
    pub text: String,
}

impl Element {
    /// An attribute's value, in double quotes in everything that is handled here.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let (_, rest) = self.tag.split_once(&format!(" {name}=\""))?;
        rest.split_once('"').map(|(value, _)| value)
    }
}

/// Every `<link>` of a page.
pub fn links(html: &str) -> Vec<Element> {
    starts(html, "<link ").filter_map(|start| open_tag(html, start)).collect()
}

/// Every `<script>` of a page whose code stands in the page itself. Blocks of data, which have a type of their own, never run: a browser
/// asks no policy for them.
pub fn inline_scripts(html: &str) -> Vec<Element> {
    let scripts = starts(html, "<script").filter_map(|start| {
        let tag = open_tag(html, start)?;
        let length = html[tag.range.end..].find("</script>")?;
        let text = html[tag.range.end..tag.range.end + length].to_owned();
        Some(Element { range: start..tag.range.end + length + "</script>".len(), tag: tag.tag, text })
    });
    let is_code = |script: &Element| script.attribute("type").is_none_or(|kind| kind == "module");
    scripts.filter(|script| script.attribute("src").is_none() && is_code(script)).collect()
}

/// The page without its comments; they are meant for readers of the source.
pub fn without_comments(html: &str) -> String {
    let mut rest = html;
    let mut kept = String::new();
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before.trim_end());
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    kept + rest
}

/// The page with the policy directly behind `<meta charset>`: early enough to govern everything that loads, and behind
/// the one element that has to come first.
pub fn with_policy(html: &str, meta: &str) -> Result<String> {
    let charset = html.find("<meta charset=").context("the page has no <meta charset=…>")?;
    let end = charset + html[charset..].find('>').context("the page's <meta charset> does not end")? + 1;
    let governed = ["<link", "<script", "<style"].iter().filter_map(|start| html.find(start)).min();
    anyhow::ensure!(governed.is_none_or(|position| position > end), "something loads before <meta charset>");
    Ok(format!("{}{meta}{}", &html[..end], &html[end..]))
}

/// The page with every element of the list replaced by the text beside it.
pub fn replaced(html: &str, mut changes: Vec<(Element, String)>) -> String {
    changes.sort_by_key(|(element, _)| element.range.start);
    let mut result = html.to_owned();
    for (element, text) in changes.into_iter().rev() {
        result.replace_range(element.range, &text);
    }
    result
}

fn starts<'a>(html: &'a str, tag: &'a str) -> impl Iterator<Item = usize> + 'a {
    html.match_indices(tag).map(|(start, _)| start)
}

fn open_tag(html: &str, start: usize) -> Option<Element> {
    let end = start + html[start..].find('>')? + 1;
    Some(Element { range: start..end, tag: html[start..end].to_owned(), text: String::new() })
}

#[cfg(test)]
mod tests {
    use super::{inline_scripts, links, replaced, with_policy, without_comments};

    const PAGE: &str = "<head><meta charset=\"utf-8\"><!-- why --><link rel=\"icon\" href=\"./a.svg\">\
        <script src=\"./x.js\"></script><script type=\"module\">go();</script></head>";

    #[test]
    fn attributes_and_inline_text_are_found() {
        assert_eq!(links(PAGE)[0].attribute("href"), Some("./a.svg"));
        let scripts = inline_scripts(PAGE);
        assert_eq!(scripts.len(), 1);
        assert_eq!(scripts[0].text, "go();");
    }

    #[test]
    fn a_block_of_data_is_no_script() {
        let data = "<script type=\"application/json\" id=\"d\">{}</script>";
        let scripts = inline_scripts(&format!("{data}{PAGE}{data}<script>old();</script>"));
        let texts: Vec<&str> = scripts.iter().map(|script| script.text.as_str()).collect();
        assert_eq!(texts, ["go();", "old();"]);
    }

    #[test]
    fn replacing_keeps_everything_around_it() {
        let changes = vec![
            (links(PAGE).remove(0), String::from("L")),
            (inline_scripts(PAGE).remove(0), String::from("S")),
        ];
        let page = replaced(&without_comments(PAGE), vec![]);
        assert!(!page.contains("why"));
        assert!(replaced(PAGE, changes).ends_with("L<script src=\"./x.js\"></script>S</head>"));
    }

    #[test]
    fn policy_comes_before_everything_that_loads() {
        let page = with_policy(PAGE, "POLICY").expect("the page has a charset");
        assert!(page.starts_with("<head><meta charset=\"utf-8\">POLICY<"));
        assert!(with_policy("<head><link href=\"a\"><meta charset=\"utf-8\"></head>", "P").is_err());
        assert!(with_policy("<head></head>", "P").is_err());
    }
}
