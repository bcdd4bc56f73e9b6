//! The page. It shows reports and knows nothing of how they are made.

mod app;
mod arrivals;
mod auth;
mod axis;
mod bar;
mod bounce;
mod checked;
mod chooser;
mod copies;
mod copies_proof;
mod copy_button;
mod copy_list;
mod copy_row;
pub mod cut;
mod diagram;
mod diagram_legend;
mod diagram_parts;
mod diagram_strip;
mod diagram_walk;
mod drawing;
mod entry_list;
pub mod export;
mod export_menu;
mod files;
mod filters;
mod findings;
mod fork;
mod header_row;
mod headers;
mod help;
mod hop_cells;
mod hop_details;
mod hop_fold;
mod hop_head;
mod hop_machines;
mod hop_order;
mod hop_parts;
mod hop_row;
mod hops;
mod how_to;
mod icon;
mod input_notes;
mod intake;
mod known_from;
pub mod letters;
mod line_button;
mod message;
mod near_misses;
mod paste;
mod printing;
mod props;
mod redact;
mod repairs;
mod result;
pub mod samples;
pub mod save;
mod search_box;
pub mod settings;
mod settings_form;
pub mod settings_store;
mod settings_view;
mod severity;
mod shortcuts;
mod side_by_side;
mod source;
mod source_lines;
mod source_row;
mod source_search;
mod start;
pub mod state;
mod steps;
mod to_do;
mod turner;
mod unseen;
mod verdict;
pub mod window;
pub mod zone;

pub use app::App;
pub use hop_details::{Opened, details};
pub use result::{Props as ResultViewProps, ResultView};
pub use settings_form::{Props as SettingsFormProps, SettingsForm};

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
