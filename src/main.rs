//! Starts the page, or the worker beside it: both run this module.

fn main() {
    if hopscope::worker::server::is_worker() {
        hopscope::worker::server::serve();
    } else {
        hopscope::ui::mount();
    }
}
