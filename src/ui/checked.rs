//! What was checked: everything that is looked for, by group, and whether something was found.

use std::rc::Rc;

use yew::prelude::*;

use super::icon::{Icon, IconView};
use super::state::counted;
use crate::report::Report;
use crate::report::catalogue::{self, Checked};

/// What a [`CheckedView`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
}

/// The groups: open where nothing was found, so that a quiet mail does not give an empty page; folded away below findings.
#[component]
pub fn CheckedView(props: &Props) -> Html {
    let report = &props.report;
    let rows = || {
        html! {
            <>
                <table class="checks">
                    <caption class="hidden">{ "What was looked for, and whether it was found" }</caption>
                    <thead class="hidden">
                        <tr><th scope="col">{ "Group" }</th><th scope="col">{ "Result" }</th><th scope="col">{ "What is looked for" }</th></tr>
                    </thead>
                    <tbody>{ for catalogue::groups().map(|group| row(report, group)) }</tbody>
                </table>
                { all() }
            </>
        }
    };
    if report.findings.is_empty() {
        return html! {
            <section class="panel" aria-labelledby="checked-title" data-testid="checked">
                <header class="panel-head">
                    <h2 id="checked-title">{ "What was checked" }</h2>
                    <p>{ "no findings" }</p>
                </header>
                { rows() }
            </section>
        };
    }
    html! {
        <section class="panel" aria-label="What was checked" data-testid="checked">
            <details class="fold-away is-alone">
                <summary><IconView icon={Icon::Chevron} />{ "What was checked" }</summary>
                { rows() }
            </details>
        </section>
    }
}

fn row(report: &Report, group: Checked) -> Html {
    let found = group.found(report);
    let (class, icon) = if found == 0 { ("is-ok", Icon::Ok) } else { ("is-info", Icon::Info) };
    let result = if found == 0 { "Nothing found".to_owned() } else { counted(found, "finding") };
    html! {
        <tr data-testid="checked-group">
            <th scope="row">{ group.name }</th>
            <td><span class={classes!("severity", class)}><IconView {icon} />{ result }</span></td>
            <td>{ group.about }</td>
        </tr>
    }
}

/// All rules by title, each with its page of the manual.
fn all() -> Html {
    let rule = |(id, title): (&'static str, &'static str)| {
        html! { <li><a href={format!("#{id}")} data-testid="rule">{ title }</a></li> }
    };
    let group = |group: Checked| {
        html! { <li><b>{ group.name }</b><ul>{ for group.rules().map(rule) }</ul></li> }
    };
    html! {
        <details class="fold-away all-rules">
            <summary data-testid="all-rules">
                <IconView icon={Icon::Chevron} />
                { format!("All {} rules, and when each stays quiet", catalogue::count()) }
            </summary>
            <ul>{ for catalogue::groups().map(group) }</ul>
        </details>
    }
}
