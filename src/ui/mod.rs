//! The page. It shows reports and knows nothing of how they are made.

mod app;
mod bar;
mod bounce;
mod chooser;
mod copies;
pub mod cut;
mod files;
mod findings;
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
mod source;
mod source_lines;
mod start;
pub mod state;
mod turner;
mod unseen;
mod verdict;
pub mod window;

pub use app::App;
pub use hop_details::{Opened, details};
pub use result::{Props as ResultViewProps, ResultView};

/// Draws the page into the document's body. Does nothing where it cannot draw, such as outside a browser.
pub fn mount() {
    #[cfg(target_arch = "wasm32")]
    yew::Renderer::<App>::new().render();
}
