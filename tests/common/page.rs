//! The result as the page shows it, as text.

use std::rc::Rc;

use hopscope::report::Report;
use hopscope::ui::state::{Choice, Shown};
use hopscope::ui::{ResultView, ResultViewProps};
use hopscope::worker::Text;
use yew::{Callback, ServerRenderer};

/// The result of a pasted text, with one of its messages shown and something chosen, or nothing.
pub async fn render(report: Report, text: &str, message: usize, choice: Option<Choice>) -> String {
    let texts = vec![Text::pasted(text)];
    let props = move || ResultViewProps {
        shown: Shown { report: Rc::new(report), texts: Rc::new(texts), number: 1, is_redacted: false },
        mail: 1,
        message,
        choice,
        focus: None,
        act: Callback::noop(),
    };
    ServerRenderer::<ResultView>::with_props(props).hydratable(false).render().await
}
