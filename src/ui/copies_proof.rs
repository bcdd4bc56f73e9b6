//! The copies as proof: when they came, where they part, each of them, and any two side by side.

use std::rc::Rc;

use yew::prelude::*;

use super::arrivals::{Arrivals, set_of};
use super::copy_list::CopyList;
use super::fork::ForkView;
use super::props::ChoiceProps;
use super::side_by_side::SideBySide;
use super::state::{Action, Choice};
use crate::report::copies::{self, listing};
use crate::report::{CopySet, Report};

/// The set of the shown message, or the first; nothing where there are no copies.
#[component]
pub fn CopiesProof(props: &ChoiceProps) -> Html {
    let place = use_memo((Rc::clone(&props.report), props.message), |(report, message)| {
        set_to_show(report, *message)
    });
    let Some(set) = *place else { return Html::default() };
    html! {
        <OneSet key={set} report={Rc::clone(&props.report)} {set} message={props.message} choice={props.choice} act={props.act.clone()} />
    }
}

fn set_to_show(report: &Report, message: usize) -> Option<usize> {
    let (shown, _) = copies::shown(report);
    let set = shown.iter().find(|set| set.messages.contains(&message)).or(shown.first())?;
    report.copies.as_ref()?.sets.iter().position(|one| std::ptr::eq(one, *set))
}

/// What [`OneSet`] shows.
#[derive(Properties, PartialEq)]
struct SetProps {
    report: Rc<Report>,
    /// The set, by its place in the report.
    set: usize,
    message: usize,
    choice: Option<Choice>,
    act: Callback<Action>,
}

#[component]
fn OneSet(props: &SetProps) -> Html {
    let maker = use_state_eq(|| None::<usize>);
    let report = &props.report;
    let rows = use_memo((Rc::clone(report), props.set), |(report, set)| {
        set_of(report, *set).map(|set| listing::by_arrival(report, set)).unwrap_or_default()
    });
    let pair = use_state_eq(|| set_of(report, props.set).map_or([0, 1], first_pair));
    let choose = {
        let maker = maker.clone();
        Callback::from(move |chosen: Option<usize>| maker.set(chosen))
    };
    let toggle = {
        let maker = maker.clone();
        Callback::from(move |chosen: usize| maker.set(Some(chosen).filter(|chosen| *maker != Some(*chosen))))
    };
    let compare = {
        let pair = pair.clone();
        Callback::from(move |members: [usize; 2]| pair.set(members))
    };
    html! {
        <>
            <Arrivals report={Rc::clone(report)} set={props.set} maker={*maker} choose={toggle} />
            <ForkView report={Rc::clone(report)} set={props.set} maker={*maker} {choose} choice={props.choice} act={props.act.clone()} />
            <CopyList
                report={Rc::clone(report)}
                set={props.set}
                rows={Rc::clone(&rows)}
                message={props.message}
                maker={*maker}
                pair={*pair}
                compare={compare.clone()}
                act={props.act.clone()}
            />
            <SideBySide report={Rc::clone(report)} set={props.set} pair={*pair} {compare} />
        </>
    }
}

/// The copy nearest to the original, and the next.
fn first_pair(set: &CopySet) -> [usize; 2] {
    let nearest = set.members.iter().position(|member| member.relative.is_none()).unwrap_or(0);
    [nearest, usize::from(nearest == 0)]
}
