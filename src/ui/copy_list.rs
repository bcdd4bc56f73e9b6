//! The copies one by one, in the order of their arrival. Only the rows in view are drawn, so ten thousand scroll like forty.

use std::rc::Rc;

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::arrivals::set_of;
use super::copy_row::CopyRow;
use super::printing::use_printing;
use super::state::{Action, counted};
use super::turner::PRINTED;
use super::window::in_view;
use super::zone::Zone;
use crate::report::Report;
use crate::report::copies::listing::Row;
use crate::report::diagram::rails::{ROW, Rails};

/// What a [`CopyList`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// The set, by its place in the report.
    pub set: usize,
    /// Its copies in the order of the list.
    pub rows: Rc<Vec<Row>>,
    /// The message that is shown.
    pub message: usize,
    /// The server whose copies are lit.
    pub maker: Option<usize>,
    /// The two members that are compared.
    pub pair: [usize; 2],
    /// Two members are to be compared.
    pub compare: Callback<[usize; 2]>,
    /// Where events go.
    pub act: Callback<Action>,
}

/// The list. The arrow keys move in it, Enter shows a copy's message, the space bar takes a copy for comparing.
#[component]
pub fn CopyList(props: &Props) -> Html {
    let frame = use_node_ref();
    let top = use_state_eq(|| 0_usize);
    let active = use_state_eq(|| 0_usize);
    let rails = use_memo(Rc::clone(&props.rows), |rows| {
        Rails::of(&rows.iter().map(|row| row.maker).collect::<Vec<_>>())
    });
    let total = props.rows.len();
    let go = {
        let (frame, active) = (frame.clone(), active.clone());
        Callback::from(move |row: usize| {
            active.set(row);
            bring_into_view(&frame, row);
        })
    };
    {
        // The first of the chosen server's copies comes into view.
        let (go, rows) = (go.clone(), Rc::clone(&props.rows));
        use_effect_with(props.maker, move |maker| {
            if let Some(row) = maker.and_then(|maker| rows.iter().position(|row| row.maker == Some(maker))) {
                go.emit(row);
            }
        });
    }
    let scroll = {
        let top = top.clone();
        move |event: Event| {
            if let Some(frame) = event.target_dyn_into::<Element>() {
                top.set(usize::try_from(frame.scroll_top()).unwrap_or_default() / ROW as usize);
            }
        }
    };
    let is_printing = use_printing();
    let zone = use_context::<Zone>().unwrap_or_default();
    let Some(set) = set_of(&props.report, props.set) else { return Html::default() };
    let shown = if is_printing { 0..total.min(PRINTED) } else { in_view(total, *top) };
    let zone = zone.of_copies(&props.report, set);
    let has_days = is_of_several_days(&props.rows, zone);
    let row = |nth: usize| {
        let one = props.rows.get(nth)?;
        Some(html! {
            <CopyRow
                key={nth}
                report={Rc::clone(&props.report)}
                set={props.set}
                row={*one}
                {nth}
                {zone}
                {has_days}
                rails={Rc::clone(&rails)}
                is_lit={props.maker.is_some() && one.maker == props.maker}
                is_active={*active == nth}
                is_shown={one.message == props.message}
                is_compared={props.pair.contains(&one.member)}
                compare={taking(props, one.member)}
                go={go.clone()}
                act={props.act.clone()}
            />
        })
    };
    html! {
        <section class="panel copy-list" aria-labelledby="copy-list-title" data-testid="copy-list">
            <header class="panel-head">
                <h2 id="copy-list-title">{ if set.makers.is_empty() { "Messages" } else { "All copies" } }</h2>
                <p>{ format!("{}, by arrival ({})", counted(total, "message"), zone.heading()) }</p>
            </header>
            <div class="copy-window" ref={frame} onscroll={scroll} data-testid="copy-window">
                <table
                    role="grid"
                    tabindex="0"
                    aria-labelledby="copy-list-title"
                    aria-describedby="copy-list-keys"
                    aria-rowcount={(total + 1).to_string()}
                    aria-activedescendant={shown.contains(&*active).then(|| format!("copy-row-{}", *active))}
                    onkeydown={keys(props, *active, &go)}
                >
                    <thead>
                        <tr aria-rowindex="1">
                            <th scope="col"><span class="hidden">{ "Way" }</span></th>
                            <th scope="col" class="figure">{ "Message" }</th>
                            <th scope="col" class="copy-compare">{ "Compare" }</th>
                            <th scope="col">{ "Arrived" }</th>
                            <th scope="col">{ "Made by" }</th>
                            <th scope="col">{ "Message-ID" }</th>
                            <th scope="col" class="figure">{ "Gap" }</th>
                            <th scope="col" class="figure">{ "Hops" }</th>
                            <th scope="col">{ "What it is" }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { space(shown.start) }
                        { for shown.clone().filter_map(row) }
                        { space(total - shown.end) }
                    </tbody>
                </table>
            </div>
            <p class="panel-foot" id="copy-list-keys">{ "Arrow keys move, Enter shows the message, the space bar takes it for comparing." }</p>
        </section>
    }
}

/// The list is in order, so its ends tell.
fn is_of_several_days(rows: &[Row], zone: Zone) -> bool {
    const DAY: i64 = 24 * 60 * 60;
    let east = i64::from(zone.minutes(0, None)) * 60;
    let mut days = rows.iter().filter_map(|row| row.arrived).map(|epoch| (epoch + east).div_euclid(DAY));
    let first = days.next();
    days.next_back().is_some_and(|last| first != Some(last))
}

/// The room of rows that are not drawn.
fn space(rows: usize) -> Html {
    if rows == 0 {
        return Html::default();
    }
    html! {
        <tr class="copy-space" role="presentation" aria-hidden="true">
            <td colspan="9"><svg width="1" height={(rows as f64 * ROW).to_string()} /></td>
        </tr>
    }
}

/// A member that is taken stands in the place of the second, and of the first when it is taken again.
fn taking(props: &Props, member: usize) -> Callback<()> {
    let (compare, [one, other]) = (props.compare.clone(), props.pair);
    Callback::from(move |()| match member {
        member if member == one || member == other => compare.emit([other, one]),
        member => compare.emit([one, member]),
    })
}

/// How many rows PageUp and PageDown move.
const PAGE: usize = 12;

fn keys(props: &Props, active: usize, go: &Callback<usize>) -> Callback<KeyboardEvent> {
    let last = props.rows.len().saturating_sub(1);
    let row = props.rows.get(active).copied();
    let compare = row.map(|row| taking(props, row.member));
    let (go, act) = (go.clone(), props.act.clone());
    Callback::from(move |event: KeyboardEvent| {
        let to = match event.key().as_str() {
            "ArrowDown" => Some((active + 1).min(last)),
            "ArrowUp" => Some(active.saturating_sub(1)),
            "PageDown" => Some((active + PAGE).min(last)),
            "PageUp" => Some(active.saturating_sub(PAGE)),
            "Home" => Some(0),
            "End" => Some(last),
            "Enter" => {
                row.into_iter().for_each(|row| act.emit(Action::Turned(row.message)));
                None
            }
            " " => {
                compare.iter().for_each(|compare| compare.emit(()));
                None
            }
            _ => return,
        };
        event.prevent_default();
        to.into_iter().for_each(|row| go.emit(row));
    })
}

/// Scrolls the list, and not the page, until a row is in view.
fn bring_into_view(frame: &NodeRef, row: usize) {
    let Some(frame) = frame.cast::<HtmlElement>() else { return };
    let height = ROW as i32;
    let place = i32::try_from(row).unwrap_or(i32::MAX / height).saturating_mul(height);
    // The head stays in view above the rows.
    let room = (frame.client_height() - height).max(height);
    let top = frame.scroll_top();
    if place < top {
        frame.set_scroll_top(place);
    } else if place + height > top + room {
        frame.set_scroll_top(place + height - room);
    }
}
