//! One copy in the list.

use std::rc::Rc;

use yew::prelude::*;

use super::arrivals::set_of;
use super::cut::{CELL, cut};
use super::drawing::{Touch, paint};
use super::state::Action;
use super::zone::Zone;
use crate::report::copies::listing::{Row, made_by, what};
use crate::report::diagram::rails::{ROW, Rails};
use crate::report::{Report, duration};

/// What a [`CopyRow`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// The set, by its place in the report.
    pub set: usize,
    /// The copy.
    pub row: Row,
    /// Its place in the list.
    pub nth: usize,
    /// The zone of the times.
    pub zone: Zone,
    /// Whether the day is told.
    pub has_days: bool,
    /// The rails of the list.
    pub rails: Rc<Rails>,
    /// Whether its maker was chosen.
    pub is_lit: bool,
    /// Whether the keys act on it.
    pub is_active: bool,
    /// Whether its message is shown.
    pub is_shown: bool,
    /// Whether it is one of the two that are compared.
    pub is_compared: bool,
    /// It is taken for comparing.
    pub compare: Callback<()>,
    /// The keys shall act on this row.
    pub go: Callback<usize>,
    /// Where events go.
    pub act: Callback<Action>,
}

/// The row of a copy. A click shows its message.
#[component]
pub fn CopyRow(props: &Props) -> Html {
    let Some(set) = set_of(&props.report, props.set) else { return Html::default() };
    let row = props.row;
    let Some(member) = set.members.get(row.member) else { return Html::default() };
    let message_id = props.report.messages.get(row.message).and_then(|message| message.message_id.as_deref());
    let choose = {
        let (go, act, nth) = (props.go.clone(), props.act.clone(), props.nth);
        move |_: MouseEvent| {
            go.emit(nth);
            act.emit(Action::Turned(row.message));
        }
    };
    let number = row.message + 1;
    let class = classes!(
        "copy-row",
        props.is_lit.then_some("is-lit"),
        props.is_active.then_some("is-active"),
        props.is_shown.then_some("is-shown")
    );
    let still = Touch { is_lit: &|_| false, choose: &Callback::noop() };
    html! {
        <tr
            id={format!("copy-row-{}", props.nth)}
            {class}
            aria-rowindex={(props.nth + 2).to_string()}
            aria-current={props.is_shown.then_some("true")}
            data-testid="copy-row"
            data-message={number.to_string()}
            onclick={choose}
        >
            <td class="copy-rails">
                <svg width={props.rails.width().to_string()} height={ROW.to_string()} aria-hidden="true">{ paint(&props.rails.row(props.nth), &still) }</svg>
            </td>
            <th scope="row" class="figure">
                <span class={classes!(props.is_shown.then_some("number is-small"))}>{ number }</span>
            </th>
            <td class="copy-compare" onclick={|event: MouseEvent| event.stop_propagation()}>
                <label>
                    <input
                        type="checkbox"
                        tabindex="-1"
                        checked={props.is_compared}
                        aria-label={format!("Compare message {number}")}
                        onchange={props.compare.reform(|_: Event| ())}
                        data-testid="compare"
                    />
                </label>
            </td>
            <td class="mono">{ row.arrived.map_or_else(|| "no date".to_owned(), |epoch| arrived(epoch, props.zone, props.has_days)) }</td>
            <td class="mono"><bdi>{ cut(made_by(set, member), CELL) }</bdi></td>
            <td class="mono"><bdi>{ cut(message_id.unwrap_or("–"), CELL) }</bdi></td>
            <td class="figure">{ row.gap.map_or_else(|| "–".to_owned(), duration::short) }</td>
            <td class="figure">{ row.hops }</td>
            <td>{ what(set, member) }</td>
        </tr>
    }
}

/// `09:46:12`, with the day where the copies came on several.
fn arrived(epoch: i64, zone: Zone, has_days: bool) -> String {
    let written = zone.time(epoch, None);
    match written.split_once(' ') {
        Some((_, clock)) if !has_days => clock.to_owned(),
        _ => written,
    }
}
