//! Texts to postmasters, ready to be copied, in English or in German.

use yew::prelude::*;

use super::copy_button::CopyButton;
use super::cut::{LINE, cut};
use super::icon::{Icon, IconView};
use crate::report::{Finding, Letter, Report};

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letters {
    /// In English.
    pub english: Letter,
    /// In German.
    pub german: Option<Letter>,
}

impl Letters {
    fn of(english: Option<&Letter>, german: Option<&Letter>) -> Option<Self> {
        Some(Self { english: english?.clone(), german: german.cloned() })
    }
}

/// The texts on a finding: to the postmaster whose server caused it, and where it tells of copies, to those of all servers that made
/// some.
#[must_use]
pub fn on_finding(report: &Report, finding: &Finding) -> Vec<Letters> {
    let place = report.findings.iter().position(|other| std::ptr::eq(other, finding));
    let sets = report.copies.iter().flat_map(|copies| &copies.sets);
    let makers = sets.filter(|set| set.finding.is_some() && set.finding == place).flat_map(|set| &set.makers);
    let of_makers = makers.map(|maker| (&maker.letter, &maker.letter_german));
    // What is written to the maker of copies tells more of them than what is written on the finding.
    let of_all = of_makers.chain(std::iter::once((&finding.letter, &finding.letter_german)));
    let mut letters: Vec<Letters> = Vec::new();
    for own in
        of_all.filter_map(|(english, german)| Letters::of(english.as_ref(), german.as_ref())).take(MOST)
    {
        if letters.iter().all(|other| other.english.to != own.english.to) {
            letters.push(own);
        }
    }
    letters
}

/// More servers than this are written to one by one, where the copies are listed.
const MOST: usize = 20;

/// What a [`LettersView`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The texts.
    pub letters: Vec<Letters>,
}

/// The texts. Of several, the first stands open.
#[component]
pub fn LettersView(props: &Props) -> Html {
    let is_german = use_state_eq(|| false);
    let has_german = props.letters.iter().any(|letters| letters.german.is_some());
    let language = |label: &'static str, own: bool| {
        let setter = is_german.setter();
        html! {
            <button
                class="button is-small"
                type="button"
                lang={if own { "de" } else { "en" }}
                aria-pressed={(own == *is_german).to_string()}
                data-testid={if own { "letter-german" } else { "letter-english" }}
                onclick={move |_| setter.set(own)}
            >
                { label }
            </button>
        }
    };
    let shown = |letters: &Letters| match (&letters.german, *is_german) {
        (Some(german), true) => letter(german, "de"),
        _ => letter(&letters.english, "en"),
    };
    html! {
        <>
            if has_german {
                <div class="languages" role="group" aria-label="Language of the text">
                    { language("English", false) }
                    { language("Deutsch", true) }
                </div>
            }
            if let [one] = props.letters.as_slice() {
                { shown(one) }
            } else {
                { for props.letters.iter().enumerate().map(|(nth, letters)| html! {
                    <details key={nth} class="letter-to" open={nth == 0}>
                        <summary><IconView icon={Icon::Chevron} /><bdi>{ cut(&letters.english.to, LINE) }</bdi></summary>
                        { shown(letters) }
                    </details>
                }) }
            }
        </>
    }
}

fn letter(letter: &Letter, language: &'static str) -> Html {
    html! {
        <div class="letter" data-testid="letter" key={language}>
            <dl>
                <dt>{ "To" }</dt><dd><bdi>{ &letter.to }</bdi></dd>
                <dt>{ "Subject" }</dt><dd lang={language}>{ &letter.subject }</dd>
            </dl>
            <pre tabindex="0" aria-label="The text" lang={language}>{ &letter.text }</pre>
            <CopyButton label="Copy the text" text={letter.text.clone()} class="is-small" />
        </div>
    }
}

/// A text in both languages, where it stands alone.
pub fn one(english: &Letter, german: Option<&Letter>) -> Html {
    let letters = Letters::of(Some(english), german).into_iter().collect::<Vec<_>>();
    html! { <LettersView {letters} /> }
}
