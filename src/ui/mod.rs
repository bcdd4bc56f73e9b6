//! The page. It shows reports and knows nothing of how they are made.

mod app;
mod arrivals;
mod bar;
mod bounce;
mod chooser;
mod copies;
mod copies_proof;
mod copy_button;
mod copy_list;
mod copy_row;
pub mod cut;
mod diagram;
mod drawing;
mod files;
mod findings;
mod fork;
mod hop_cells;
mod hop_details;
mod hop_machines;
mod hop_parts;
mod hop_row;
mod hops;
mod how_to;
mod icon;
mod input_notes;
mod intake;
mod message;
mod paste;
mod repairs;
mod result;
pub mod samples;
mod severity;
mod side_by_side;
mod source;
mod source_lines;
mod start;
pub mod state;
mod steps;
mod to_do;
mod turner;
mod unseen;
mod verdict;
pub mod window;

pub use app::App;
pub use hop_details::{Opened, details};
pub use result::{Props as ResultViewProps, ResultView};

/// Draws the page into the element `app` of the document. Does nothing where there is none, such as outside a browser.
pub fn mount() {
    #[cfg(target_arch = "wasm32")]
    if let Some(root) = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"))
    {
        yew::Renderer::<App>::with_root(root).render();
    }
}
