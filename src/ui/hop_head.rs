//! The head of the table of hops, by which it is sorted.

use yew::prelude::*;

use super::hop_order::{Column, Order};
use super::icon::{Icon, IconView};

/// The head; `zone` is that of the times, `sort` is told which column was clicked.
pub fn head(order: Order, zone: &str, sort: &Callback<Column>) -> Html {
    let sortable = |label: &'static str, further: String, class: &'static str, column: Column| {
        let sort = sort.clone();
        let is_sorted = order.column == column;
        let direction = is_sorted.then_some(if order.is_falling { "descending" } else { "ascending" });
        html! {
            <th scope="col" class={classes!("sortable", class, direction)} aria-sort={direction}>
                <button type="button" data-testid={format!("sort-{}", label.to_lowercase())} onclick={move |_| sort.emit(column)}>
                    { label }{ further }<IconView icon={Icon::Chevron} />
                </button>
            </th>
        }
    };
    html! {
        <thead>
            <tr>
                { sortable("Hop", String::new(), "", Column::Hop) }
                <th scope="col">{ "From" }</th>
                <th scope="col">{ "By" }</th>
                <th scope="col">{ "Protocol, TLS" }</th>
                { sortable("Received", format!(" ({zone}, and as written)"), "", Column::Time) }
                { sortable("Delay", String::new(), "figure", Column::Delay) }
                <th scope="col" class="figure">{ "Line" }</th>
            </tr>
        </thead>
    }
}
