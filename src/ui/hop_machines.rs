//! The cells of a hop's row that name a machine: the client that handed the message over, and the server that took it.

use yew::prelude::*;

use super::cut::{CELL, cut};
use crate::report::{Hop, Host, Scope, routes};

/// The name under which the client is shown: the word after `from`, else its reverse name or address.
pub fn from(hop: &Hop) -> Option<&str> {
    hop.from_token.as_deref().or(hop.rdns.as_deref()).or(hop.ip.as_deref())
}

/// The client: its name, its other names in this line, and its address.
pub fn client(hosts: &[Host], hop: &Hop) -> Html {
    let mut names = Vec::from_iter(from(hop));
    for name in [&hop.rdns, &hop.helo].into_iter().flatten() {
        if !is_among(&names, name) {
            names.push(name);
        }
    }
    cell(&Machine {
        names,
        software: None,
        ip: hop.ip.as_deref(),
        scope: hop.ip_scope,
        host: hop.from_host.and_then(|host| hosts.get(host)),
    })
}

/// The server: its name, its program and its address.
pub fn server(hosts: &[Host], hop: &Hop) -> Html {
    cell(&Machine {
        names: Vec::from_iter(hop.by.as_deref()),
        software: hop.software.as_deref(),
        ip: hop.by_ip.as_deref(),
        scope: hop.by_ip_scope,
        host: hop.by_host.and_then(|host| hosts.get(host)),
    })
}

/// What one line says of a machine, and what the route knows of it.
struct Machine<'r> {
    names: Vec<&'r str>,
    software: Option<&'r str>,
    ip: Option<&'r str>,
    scope: Option<Scope>,
    host: Option<&'r Host>,
}

fn cell(machine: &Machine<'_>) -> Html {
    let ip = machine.ip.filter(|ip| machine.names.first() != Some(ip));
    let mut details: Vec<Html> = Vec::new();
    let mut add = |detail: Html| {
        if !details.is_empty() {
            details.push(" · ".into());
        }
        details.push(detail);
    };
    let reach = reach(machine.scope);
    // Right behind the address, which may be the name that is shown.
    if let (None, Some(reach)) = (ip, reach) {
        add(reach.into());
    }
    for text in machine.names.iter().skip(1).chain(&machine.software).chain(&ip) {
        add(html! { <bdi>{ cut(text, CELL) }</bdi> });
    }
    if let (Some(_), Some(reach)) = (ip, reach) {
        add(reach.into());
    }
    html! {
        <>
            if let Some(name) = machine.names.first() {
                <bdi class="host">{ breakable(&cut(name, CELL)) }</bdi>
            } else {
                <span class="absent">{ "not named" }</span>
            }
            if !details.is_empty() {
                <small>{ details }</small>
            }
            { machine.host.map(|host| also(host, &machine.names)) }
        </>
    }
}

/// The reach of an address. That one is kept for examples says nothing of the machine; the opened row has it.
fn reach(scope: Option<Scope>) -> Option<&'static str> {
    scope.filter(|scope| *scope != Scope::Documentation).and_then(routes::scope)
}

/// Of a machine with several names, one that does not stand in this line. It can have as many as the route has hops, so no more than two are
/// looked for.
fn also(host: &Host, names: &[&str]) -> Html {
    if names.is_empty() || host.names.len() < 2 {
        return Html::default();
    }
    let mut others = host.names.iter().filter(|name| !is_among(names, name));
    match (others.next(), others.next()) {
        (Some(other), further) => html! {
            <small class="also">
                { "also " }<bdi>{ breakable(&cut(other, CELL)) }</bdi>{ if further.is_some() { " and others" } else { "" } }
            </small>
        },
        (None, _) => Html::default(),
    }
}

fn is_among(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// A host's name that may go on in the next line behind each dot.
fn breakable(name: &str) -> Html {
    let part = |part: &str| html! { <>{ part.to_owned() }<wbr /></> };
    name.split_inclusive('.').map(part).collect()
}
