//! When the copies arrived: a line for each server that made some. Choosing a line lights its copies.

use std::rc::Rc;

use yew::prelude::*;

use super::diagram::use_space;
use super::drawing::{Touch, on_press, paint};
use super::zone::Zone;
use crate::report::diagram::arrivals::{Row, draw};
use crate::report::{CopySet, Report};

/// What [`Arrivals`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub report: Rc<Report>,
    /// The set, by its place in the report.
    pub set: usize,
    /// The server whose copies are lit.
    pub maker: Option<usize>,
    /// A server was chosen.
    pub choose: Callback<usize>,
}

/// The arrivals of a set; nothing where no copy has a date.
#[component]
pub fn Arrivals(props: &Props) -> Html {
    let frame = use_node_ref();
    let space = use_space(&frame);
    let zone = use_context::<Zone>().unwrap_or_default();
    let drawing =
        use_memo((Rc::clone(&props.report), props.set, space, zone), |(report, set, space, zone)| {
            let set = set_of(report, *set)?;
            let zone = zone.of_copies(report, set);
            Some((draw(report, set, *space, zone.minutes(0, None))?, zone.heading()))
        });
    let Some((drawing, zone)) = drawing.as_ref() else { return html! { <div ref={frame} /> } };
    let size = format!("0 0 {} {}", drawing.width, drawing.height);
    let has_high_bars = drawing.rows.iter().any(|row| row.drawn > bars(row));
    let still = Touch { is_lit: &|_| false, choose: &Callback::noop() };
    html! {
        <section class="panel" aria-labelledby="arrivals-title" data-testid="arrivals">
            <header class="panel-head">
                <h2 id="arrivals-title">{ "Arrivals" }</h2>
                <p>{ format!("{}, {zone}", drawing.days) }</p>
            </header>
            <div class="diagram arrivals" ref={frame}>
                <svg viewBox={size} width={drawing.width.to_string()} height={drawing.height.to_string()} role="group" aria-label="Arrivals by server">
                    { paint(&drawing.grounds, &still) }
                    { for drawing.rows.iter().map(|row| line(props, row, &still)) }
                </svg>
                if has_high_bars {
                    <p class="drawing-note">{ "A higher bar stands for more copies at one time." }</p>
                }
            </div>
        </section>
    }
}

/// A set, by its place in the report.
pub fn set_of(report: &Report, set: usize) -> Option<&CopySet> {
    report.copies.as_ref()?.sets.get(set)
}

fn bars(row: &Row) -> usize {
    use crate::report::diagram::Part;
    let is_bar =
        |part: &&Part| matches!(part, Part::Rect { class: "bar", .. } | Part::Path { class: "first", .. });
    row.parts.iter().filter(is_bar).count()
}

fn line(props: &Props, row: &Row, still: &Touch<'_>) -> Html {
    let painted = paint(&row.parts, still);
    let Some(maker) = row.maker else {
        return html! { <g class="arrival" data-testid="arrival"><title>{ &row.name }</title>{ painted }</g> };
    };
    let is_lit = props.maker == Some(maker);
    let [x, y, width, height] = row.place.map(|value| value.to_string());
    html! {
        <g
            class={classes!("arrival", "is-choosable", is_lit.then_some("is-lit"))}
            role="button"
            tabindex="0"
            aria-label={row.name.clone()}
            aria-pressed={is_lit.to_string()}
            data-testid="arrival"
            onclick={props.choose.reform(move |_: MouseEvent| maker)}
            onkeydown={on_press(props.choose.reform(move |()| maker))}
        >
            <rect class="arrival-ground" {x} {y} {width} {height} />
            { painted }
        </g>
    }
}
