//! The settings as the page shows them, and what they change on it.
#![cfg(all(feature = "page", not(target_arch = "wasm32")))]

mod common;

use std::rc::Rc;

use common::report_on;
use hopscope::ui::settings::{Settings, Theme};
use hopscope::ui::state::{Action, Shown, State, Status};
use hopscope::ui::zone::Zone;
use hopscope::ui::{ResultView, SettingsForm, SettingsFormProps};
use hopscope::worker::Text;
use yew::prelude::*;
use yew::{Reducible, ServerRenderer};

const MAIL: &str = "Received: from a.example.org by mx.example.com with ESMTP; Mon, 2 Nov 2026 09:00:07 -0500\n\
    Received: from pc by a.example.org with ESMTP; Mon, 2 Nov 2026 14:00:00 +0000\nSubject: Hello\n";

fn settings() -> Settings {
    Settings { own_domains: Some(vec!["example.com".to_owned()]), ..Settings::default() }
}

async fn form(settings: Settings, is_kept: bool) -> String {
    let props =
        move || SettingsFormProps { settings, is_kept, note: AttrValue::default(), change: Callback::noop() };
    ServerRenderer::<SettingsForm>::with_props(props).hydratable(false).render().await
}

/// The element of a form that tests find by this name, up to the end of its tag.
fn part<'h>(html: &'h str, test_id: &str) -> &'h str {
    let (before, after) =
        html.split_once(&format!(r#"data-testid="{test_id}""#)).unwrap_or_else(|| panic!("no {test_id}"));
    let start = before.rfind('<').unwrap();
    let end = before.len() + after.find('>').unwrap();
    &html[start..end]
}

#[tokio::test]
async fn nothing_is_kept_at_first_and_the_form_says_what_keeping_means() {
    let html = form(Settings::default(), false).await;
    assert!(!part(&html, "keep-settings").contains("checked"), "{html}");
    assert!(html.contains("Mails are never stored."), "{html}");
    assert!(part(&html, "theme-system").contains("checked"));
    assert!(part(&form(Settings::default(), true).await, "keep-settings").contains("checked"));
}

#[tokio::test]
async fn every_field_has_a_label_and_its_hint() {
    let html = form(settings(), false).await;
    for id in ["own-domains", "trusted-hosts", "time-zone"] {
        assert!(html.contains(&format!(r#"<label for="{id}">"#)), "{id}: {html}");
        assert!(part(&html, id).contains(&format!(r#"id="{id}""#)));
    }
    for id in ["own-domains", "trusted-hosts"] {
        assert!(html.contains(&format!(r#"aria-describedby="{id}-hint""#)), "{id}: {html}");
        assert!(html.contains(&format!(r#"id="{id}-hint""#)));
    }
}

#[tokio::test]
async fn an_odd_entry_is_told_as_text() {
    let odd =
        Settings { trusted_hosts: Some(vec!["<b>x".to_owned(), "192.0.2.0/24".to_owned()]), ..settings() };
    let html = form(odd, false).await;
    assert!(html.contains("“&lt;b&gt;x” is left out"), "{html}");
    assert_eq!(html.matches("is left out").count(), 1);
    assert!(!form(settings(), false).await.contains("is left out"));
}

#[derive(Properties, PartialEq)]
struct InZone {
    zone: Zone,
}

#[component]
fn ResultInZone(props: &InZone) -> Html {
    let report = Rc::new(report_on(MAIL));
    let shown = Shown { report, texts: Rc::new(vec![Text::pasted(MAIL)]), number: 1, is_redacted: false };
    html! {
        <ContextProvider<Zone> context={props.zone}>
            <ResultView {shown} mail=1 message=0 choice={None} focus={None} act={Callback::noop()} />
        </ContextProvider<Zone>>
    }
}

#[tokio::test]
async fn times_stand_in_the_zone_that_was_chosen_and_the_heading_names_it() {
    for (zone, heading, times, clocks) in [
        (Zone::Utc, "UTC", ["2026-11-02 14:00:00", "2026-11-02 14:00:07"], ["14:00:00", "14:00:07"]),
        (
            Zone::Fixed(330),
            "UTC+05:30",
            ["2026-11-02 19:30:00", "2026-11-02 19:30:07"],
            ["19:30:00", "19:30:07"],
        ),
        (
            Zone::Written,
            "zone of each line",
            ["2026-11-02 14:00:00 +00:00", "2026-11-02 09:00:07 -05:00"],
            // One ruler has one zone: that of the newest line.
            ["09:00:00", "09:00:07"],
        ),
    ] {
        let html = ServerRenderer::<ResultInZone>::with_props(move || InZone { zone })
            .hydratable(false)
            .render()
            .await;
        assert!(html.contains(&format!("Received ({heading}, and as written)")), "{zone:?}");
        for time in times {
            assert!(html.contains(&format!(">{time}</time>")), "{zone:?}: {time}");
        }
        for clock in clocks {
            assert!(html.contains(&format!(">{clock}</text>")), "{zone:?}: {clock}");
        }
        assert!(html.contains("Mon, 2 Nov 2026 09:00:07 -0500"), "as written");
    }
}

#[test]
fn own_domains_are_read_anew_and_the_look_is_not() {
    let act = |state: Rc<State>, action| state.reduce(action);
    let read = act(Rc::new(State::default()), Action::Typed(MAIL.into()));
    let read = act(Rc::clone(&read), Action::Reported(read.number, Rc::new(report_on(MAIL))));
    assert_eq!(read.status, Status::Done);

    let dark = Settings { theme: Some(Theme::Dark), time_zone: Some(Zone::Written), ..Settings::default() };
    let dark = act(Rc::clone(&read), Action::Set(dark));
    assert_eq!((dark.number, dark.status), (read.number, Status::Done));
    assert_eq!(dark.settings.theme, Some(Theme::Dark));

    let anew = act(dark, Action::Set(settings()));
    assert_eq!((anew.number, anew.status), (read.number + 1, Status::Reading));
    let told = act(Rc::clone(&anew), Action::Reported(anew.number, Rc::new(report_on(MAIL))));
    assert_eq!(told.focus, read.focus, "the focus stays in the settings");
    assert!(anew.shown.is_some(), "the last report stays in view");

    let empty = act(Rc::new(State::default()), Action::Set(settings()));
    assert_eq!((empty.number, empty.status), (0, Status::Empty), "there is nothing to read");
}
