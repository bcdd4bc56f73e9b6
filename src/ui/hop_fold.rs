//! The row that stands for several hops inside one machine, and opens to show them.

use yew::prelude::*;

use super::cut::{CELL, cut};
use super::hop_cells::wait;
use super::icon::{Icon, IconView};
use crate::report::{Message, duration};

/// The row of the hops `first` to `last`.
pub fn fold(message: &Message, [first, last]: [usize; 2], is_open: bool, toggle: Callback<usize>) -> Html {
    let hops = message.hops.get(first..=last).unwrap_or_default();
    let host = hops.first().and_then(|hop| message.hosts.get(hop.by_host?));
    let seconds: i64 = hops.iter().filter_map(wait).sum();
    let numbers = if last == first + 1 {
        format!("Hops {}, {}", first + 1, last + 1)
    } else {
        format!("Hops {} to {}", first + 1, last + 1)
    };
    html! {
        <tbody class="fold-row" key={format!("fold-{first}")}>
            <tr>
                <td colspan="7">
                    <button
                        type="button"
                        class={classes!("show-raw", is_open.then_some("is-open"))}
                        aria-expanded={is_open.to_string()}
                        data-testid="fold-row"
                        onclick={move |_| toggle.emit(first)}
                    >
                        <IconView icon={Icon::Chevron} />
                        <span>
                            { format!("{numbers} · inside ") }
                            <bdi>{ host.map_or_else(|| "the same machine".into(), |host| cut(&host.name, CELL)) }</bdi>
                            { format!(" · {}", duration::short(seconds)) }
                        </span>
                    </button>
                </td>
            </tr>
        </tbody>
    }
}
