//! The catalogue is complete: each rule has its file, its manual page and its fixtures, and it is published as docs/findings.md and, for
//! the page itself, as www/manual.html; `HOPSCOPE_UPDATE=1 cargo test --test catalogue` writes both anew.

mod common;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::{env, fs};

use common::{files, project, report_on};
use hopscope::rules::causes::CAUSES;
use hopscope::rules::{RULES, Rule};

const HEADINGS: [&str; 5] =
    ["What it finds", "Why it matters", "How to fix", "When it stays quiet", "References"];

#[test]
fn ids_are_kebab_case_unique_and_in_order() {
    let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert!(ids.is_sorted(), "{ids:?}");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    for id in ids {
        assert!(
            id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{id}"
        );
    }
}

#[test]
fn every_rule_has_its_file_and_every_file_is_listed() {
    let listed: BTreeSet<String> = RULES.iter().map(|rule| rule.id.replace('-', "_")).collect();
    let stem = |path: &std::path::PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
    let on_disk: BTreeSet<String> =
        files("src/rules", ".rs").iter().map(stem).filter(|stem| stem != "mod" && stem != "causes").collect();
    assert_eq!(listed, on_disk);
}

#[test]
fn every_manual_page_has_all_headings_in_order() {
    for rule in RULES {
        let path = project("src/rules").join(rule.id.replace('-', "_")).with_extension("rs");
        let text = fs::read_to_string(path).unwrap();
        let headings: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("//! # ")).collect();
        assert_eq!(headings, HEADINGS, "{}", rule.id);
    }
}

#[test]
fn every_rule_has_a_firing_and_a_quiet_fixture() {
    for rule in RULES {
        let folder = format!("tests/fixtures/findings/{}", rule.id);
        let names: Vec<String> = files(&folder, ".eml")
            .iter()
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        assert!(names.iter().any(|name| name.starts_with("fires-")), "{}", rule.id);
        assert!(names.iter().any(|name| name.starts_with("quiet-")), "{}", rule.id);
    }
}

/// The weights with which the firing fixtures of a rule are reported, the heaviest first.
fn weights(rule: &Rule) -> Vec<&'static str> {
    let mut weights = BTreeSet::new();
    for path in files(&format!("tests/fixtures/findings/{}", rule.id), ".eml") {
        let findings = report_on(fs::read(path).unwrap()).findings;
        weights
            .extend(findings.iter().filter(|finding| finding.id == rule.id).map(|finding| finding.severity));
    }
    weights.iter().rev().map(|severity| severity.label()).collect()
}

/// The manual page of a rule: the comment at the head of its file, with its headings one level down.
fn manual_page(rule: &Rule) -> String {
    let path = project("src/rules").join(rule.id.replace('-', "_")).with_extension("rs");
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    let lines = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
    lines
        .map(|line| {
            line.strip_prefix("# ").map_or_else(|| line.to_owned(), |heading| format!("### {heading}")) + "\n"
        })
        .collect()
}

fn published() -> String {
    let mut page = String::from(
        "# What Hopscope finds\n\nMade from the comments in `src/rules`; `HOPSCOPE_UPDATE=1 cargo test --test catalogue` writes it anew.\n\n",
    );
    for rule in RULES {
        writeln!(page, "- [{}](#{}): {}", rule.id, rule.id, rule.title).unwrap();
    }
    for rule in RULES {
        write!(
            page,
            "\n## {}\n\n**{}.** Weight: {}.\n\n{}",
            rule.id,
            rule.title,
            weights(rule).join(" or "),
            manual_page(rule)
        )
        .unwrap();
    }
    page
}

/// The same for the page: a list, and an article for each rule, of which the page shows the one that a link leads to.
fn manual() -> String {
    let mut page = String::from(
        "<!-- Made from the comments in src/rules: HOPSCOPE_UPDATE=1 cargo test --test catalogue -->\n\
         <section class=\"manual\" aria-label=\"Manual\">\n<article id=\"manual\" tabindex=\"-1\">\n<h2>What Hopscope looks for</h2>\n<ul>\n",
    );
    for rule in RULES {
        writeln!(page, "<li><a href=\"#{}\">{}</a> <code>{}</code></li>", rule.id, rule.title, rule.id)
            .unwrap();
    }
    let back = "<p><a href=\"#main\">Back to the top</a></p>\n";
    write!(page, "</ul>\n{back}</article>\n").unwrap();
    for rule in RULES {
        let text = manual_page(rule);
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(&text));
        write!(
            page,
            "<article id=\"{}\" tabindex=\"-1\">\n<h2>{}</h2>\n<p><code>{}</code> Weight: {}.</p>\n{html}\
             <p><a href=\"#manual\">All that is looked for</a></p>\n{back}</article>\n",
            rule.id,
            rule.title,
            rule.id,
            weights(rule).join(" or "),
        )
        .unwrap();
    }
    page + "</section>\n"
}

#[test]
fn the_catalogue_is_published_as_it_stands_in_the_sources() {
    for (name, page) in [("docs/findings.md", published()), ("www/manual.html", manual())] {
        let path = project(name);
        if env::var_os("HOPSCOPE_UPDATE").is_some() {
            fs::write(&path, &page).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(page == kept, "{name} is stale; run with HOPSCOPE_UPDATE=1");
    }
}

#[test]
fn no_finding_explains_itself_by_way_of_others() {
    for (start, _) in CAUSES {
        let mut known: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&str> = vec![start];
        while let Some(id) = open.pop() {
            let explained = CAUSES.iter().filter(|(cause, _)| *cause == id).flat_map(|(_, ids)| ids.iter());
            for id in explained {
                assert_ne!(id, start, "{start} explains itself");
                if known.insert(id) {
                    open.push(id);
                }
            }
        }
    }
}
