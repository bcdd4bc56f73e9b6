//! The time axis of the drawing: its scale, and whether clocks that are off are put right. The page remembers both as long as it is open.

use yew::prelude::*;

use crate::report::Hop;
use crate::report::diagram::Scale;

/// How times are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The scale of the ruler.
    pub scale: Scale,
    /// Whether clocks that are off are put right.
    pub is_corrected: bool,
}

impl Default for Axis {
    fn default() -> Self {
        Self { scale: Scale::Linear, is_corrected: true }
    }
}

/// The axis that the page remembers, or one of its own where nothing around provides it.
#[hook]
pub fn use_axis() -> UseStateHandle<Axis> {
    let own = use_state(Axis::default);
    use_context().unwrap_or(own)
}

/// The buttons that change the axis of a route: nothing where that would change nothing.
pub fn controls(hops: &[Hop], axis: &UseStateHandle<Axis>) -> Html {
    let mut times = hops.iter().filter_map(|hop| hop.epoch);
    let has_scale = times.next().is_some_and(|first| times.any(|other| other != first));
    let has_skew = hops.iter().any(|hop| hop.skew_seconds.is_some_and(|skew| skew != 0));
    let button = |label: &'static str, id: &'static str, to: Axis, is_pressed: bool| {
        let axis = axis.clone();
        html! {
            <button type="button" aria-pressed={is_pressed.to_string()} data-testid={id} onclick={move |_| axis.set(to)}>{ label }</button>
        }
    };
    let scale = |label, id, scale| button(label, id, Axis { scale, ..**axis }, axis.scale == scale);
    html! {
        <span class="panel-end axis">
            if has_skew {
                <span class="segments">
                    { button("Clocks corrected", "clocks", Axis { is_corrected: !axis.is_corrected, ..**axis }, axis.is_corrected) }
                </span>
            }
            if has_scale {
                <span class="segments scale" role="group" aria-label="Scale of the times">
                    { scale("Linear", "scale-linear", Scale::Linear) }
                    { scale("Log", "scale-log", Scale::Log) }
                </span>
            }
        </span>
    }
}
