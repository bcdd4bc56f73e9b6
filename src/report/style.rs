//! The page's own styles for files that stand alone: light by default, dark where the reader's system is.
//!
//! Programs that show such files (drawing programs, previews of mail programs) know neither custom properties nor `light-dark()`, so
//! every `var(--name)` is written out.

use std::collections::HashMap;

/// Every colour, size and space.
const TOKENS: &str = include_str!("../../www/css/tokens.css");

/// The styles of the drawing, and of the ground that it brings along.
pub(super) const DIAGRAM: &str =
    concat!(".ground{fill:var(--surface)}\n", include_str!("../../www/css/diagram.css"));

/// The styles of the report.
pub(super) const REPORT: &str = include_str!("../../www/css/report.css");

/// The rules of the report that hold on paper. They name no token.
pub(super) fn print_rules() -> &'static str {
    REPORT.find("@media print").and_then(|at| REPORT.get(at..)).unwrap_or_default()
}

/// The rules with the light colours, and behind them those that differ in the dark.
pub(super) fn light_and_dark(css: &str) -> String {
    let dark = of(css, Theme::Dark);
    format!("{}@media screen and (prefers-color-scheme:dark){{{dark}}}", light(css))
}

/// The rules with the light colours alone.
pub(super) fn light(css: &str) -> String {
    of(css, Theme::Light)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Theme {
    Light,
    Dark,
}

/// The rules in front of the first at-rule, without those for a pointer or a keyboard, which these files do not heed. In the dark, only the
/// declarations that name a colour.
fn of(css: &str, theme: Theme) -> String {
    let tokens = tokens(theme);
    let mut out = String::new();
    let plain = without_comments(css);
    let rules = plain.split('@').next().unwrap_or_default().split('}');
    for (selector, body) in rules.filter_map(|rule| rule.split_once('{')) {
        let selector = selector.split_whitespace().collect::<Vec<_>>().join(" ");
        if selector.contains(':') {
            continue;
        }
        let declarations = body.split(';').map(str::trim).filter(|declaration| !declaration.is_empty());
        let wanted = declarations
            .filter(|declaration| theme == Theme::Light || tokens.names_colour(declaration))
            .map(|declaration| tokens.written_out(declaration))
            .collect::<Vec<_>>();
        if !wanted.is_empty() {
            out.push_str(&format!("{selector}{{{}}}\n", wanted.join(";")));
        }
    }
    out
}

fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once("*/").map_or("", |(_, behind)| behind))
}

struct Tokens {
    values: HashMap<&'static str, &'static str>,
    colours: Vec<&'static str>,
}

/// The tokens, from lines such as `--ink: light-dark(#15201e, #e7edeb);` and `--radius: 6px;`.
fn tokens(theme: Theme) -> Tokens {
    let mut tokens = Tokens { values: HashMap::new(), colours: Vec::new() };
    let lines = TOKENS.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'));
    for (name, value) in lines {
        let value = value.trim().trim_end_matches(';');
        let pair = value.strip_prefix("light-dark(").and_then(|pair| pair.strip_suffix(')')?.split_once(','));
        let value = match (pair, theme) {
            (Some((light, _)), Theme::Light) => light.trim(),
            (Some((_, dark)), Theme::Dark) => dark.trim(),
            (None, _) => value,
        };
        if pair.is_some() {
            tokens.colours.push(name);
        }
        tokens.values.insert(name, value);
    }
    tokens
}

impl Tokens {
    fn names_colour(&self, declaration: &str) -> bool {
        self.colours.iter().any(|name| declaration.contains(&format!("var(--{name})")))
    }

    /// A declaration with the value of each `var(--name)` in its place.
    fn written_out(&self, declaration: &str) -> String {
        let mut parts = declaration.split("var(--");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |out, part| {
            let (name, behind) = part.split_once(')').unwrap_or((part, ""));
            out + self.values.get(name).copied().unwrap_or("inherit") + behind
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{DIAGRAM, REPORT, light, light_and_dark};

    #[test]
    fn every_token_is_written_out() {
        for css in [DIAGRAM, REPORT] {
            let written = light_and_dark(css);
            for mark in ["var(", "light-dark", "inherit;", "/*", "hover"] {
                assert!(!written.contains(mark), "{mark} in {written}");
            }
            assert_eq!(written.matches('{').count(), written.matches('}').count());
        }
    }

    #[test]
    fn the_dark_part_changes_colours_and_nothing_else() {
        let css = "/* ink */ .a {\n  color: var(--ink);\n  margin: var(--space-2);\n}\n.a:hover {\n  color: var(--act);\n}";
        assert_eq!(light(css), ".a{color: #15201e;margin: 0.5rem}\n");
        assert!(
            light_and_dark(css).ends_with("(prefers-color-scheme:dark){.a{color: #e7edeb}\n}"),
            "{}",
            light_and_dark(css)
        );
    }
}
