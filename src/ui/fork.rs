//! Where the copies part, as a drawing.

use std::rc::Rc;

use yew::prelude::*;

use super::arrivals::set_of;
use super::cut::{CELL, cut};
use super::diagram::use_space;
use super::drawing::{Touch, paint};
use super::state::{Action, Choice, is_lit, lit_lines};
use super::zone::Zone;
use crate::report::diagram::fork::{Mark, draw};
use crate::report::{CopySet, Report, copies};

/// What [`ForkView`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// The set, by its place in the report.
    pub set: usize,
    /// The server whose copies are lit.
    pub maker: Option<usize>,
    /// A server was chosen, or all copies are.
    pub choose: Callback<Option<usize>>,
    /// What is lit.
    pub choice: Option<Choice>,
    /// Where events go.
    pub act: Callback<Action>,
}

/// So many servers have a button.
const BUTTONS: usize = 5;

/// The drawing, as wide as there is room, and the buttons above it.
#[component]
pub fn ForkView(props: &Props) -> Html {
    let frame = use_node_ref();
    let space = use_space(&frame);
    let one = use_state_eq(|| None::<usize>);
    let zone = use_context::<Zone>().unwrap_or_default();
    let drawn = (Rc::clone(&props.report), props.set, *one, space, zone);
    let fork = use_memo(drawn, |(report, set, one, space, zone)| {
        let set = set_of(report, *set)?;
        draw(report, set, *one, *space, zone.of_copies(report, set).minutes(0, None))
    });
    let Some((fork, set)) = fork.as_ref().as_ref().zip(set_of(&props.report, props.set)) else {
        return html! { <div ref={frame} /> };
    };
    let is_pair = set.members.len() == 2;
    let choose = {
        let (marks, act, choose, maker) =
            (fork.marks.clone(), props.act.clone(), props.choose.clone(), props.maker);
        Callback::from(move |nth: usize| match marks.get(nth) {
            Some(Mark { maker: Some(of), .. }) if !is_pair => {
                choose.emit(Some(*of).filter(|_| maker != Some(*of)))
            }
            Some(Mark { message, hop: Some(hop), .. }) => {
                act.emit(Action::Chosen(Choice::Hop(*message, *hop)))
            }
            _ => {}
        })
    };
    let lit =
        |[nth, _]: [usize; 2]| fork.marks.get(nth).is_some_and(|mark| is_mark_lit(props, is_pair, mark));
    let size = format!("0 0 {} {}", fork.drawing.width, fork.drawing.height);
    let buttons = if is_pair { sides(&one) } else { makers(props, set) };
    html! {
        <section class="panel" aria-labelledby="fork-title" data-testid="fork">
            <header class="panel-head">
                <h2 id="fork-title">{ if copies::is_real(set) { "Where they part" } else { "Their ways" } }</h2>
                { where_they_part(set) }
                { buttons }
            </header>
            <div class="diagram" ref={frame}>
                <svg viewBox={size} width={fork.drawing.width.to_string()} height={fork.drawing.height.to_string()} role="group" aria-label="Ways of the copies">
                    <desc>{ &fork.drawing.description }</desc>
                    { paint(&fork.drawing.parts, &Touch { is_lit: &lit, choose: &choose }) }
                </svg>
            </div>
        </section>
    }
}

/// The machine that made two of one; of several the list of arrivals tells.
fn where_they_part(set: &CopySet) -> Html {
    let host = set.fork.as_ref().and_then(|fork| fork.host.as_deref());
    match host {
        Some(_) if set.makers.len() > 1 => html! { <p>{ format!("at {} servers", set.makers.len()) }</p> },
        Some(host) => html! { <p>{ "at " }<bdi>{ cut(host, CELL) }</bdi></p> },
        None => Html::default(),
    }
}

/// Of two copies, hop by hop as everywhere; of more, all ways of the chosen server's copies.
fn is_mark_lit(props: &Props, is_pair: bool, mark: &Mark) -> bool {
    if !is_pair && mark.maker.is_some() {
        return mark.maker == props.maker;
    }
    let hop = mark.hop.and_then(|hop| props.report.messages.get(mark.message)?.hops.get(hop));
    hop.is_some_and(|hop| is_lit(&lit_lines(&props.report, mark.message, props.choice), hop.lines))
}

/// Which of two copies is drawn.
fn sides(one: &UseStateHandle<Option<usize>>) -> Html {
    let button = |side: Option<usize>, words: &'static str| {
        let set = one.clone();
        segment(**one == side, words.to_owned(), Callback::from(move |_: MouseEvent| set.set(side)))
    };
    html! {
        <div class="segments panel-end" role="group" aria-label="Copies shown">
            { button(None, "Both") }{ button(Some(0), "A") }{ button(Some(1), "B") }
        </div>
    }
}

/// Whose copies are lit.
fn makers(props: &Props, set: &CopySet) -> Html {
    let button = |maker: Option<usize>, words: String| {
        segment(props.maker == maker, words, props.choose.reform(move |_: MouseEvent| maker))
    };
    if set.makers.is_empty() {
        return Html::default();
    }
    html! {
        <div class="segments panel-end" role="group" aria-label="Copies lit">
            { button(None, format!("All {}", set.members.len())) }
            { for set.makers.iter().enumerate().take(BUTTONS).map(|(nth, maker)| {
                let name = maker.host.as_deref().or(maker.site.as_deref()).unwrap_or("not named");
                button(Some(nth), cut(name, CELL))
            }) }
        </div>
    }
}

fn segment(is_pressed: bool, words: String, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" aria-pressed={is_pressed.to_string()} {onclick}><bdi>{ words }</bdi></button> }
}
