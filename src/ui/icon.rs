//! The icons, drawn in a square of 16 units. Always beside a word or a name, never alone in meaning.

use yew::prelude::*;

/// One icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// An octagon: high.
    High,
    /// A triangle: medium.
    Medium,
    /// A diamond: low.
    Low,
    /// A circle: a note.
    Info,
    /// A square with a tick: all well.
    Ok,
    /// A closed lock: encrypted.
    Locked,
    /// An open lock: not encrypted.
    Unlocked,
    /// A shield: nothing leaves the page.
    Shield,
    /// A sheet of paper: a file.
    File,
    /// A plus: something new.
    Plus,
    /// An arrow head that points to what opens.
    Chevron,
    /// A person: somebody acts.
    Person,
    /// A tick.
    Check,
    /// Two sheets, one on the other.
    Copy,
    /// Two sliders: settings.
    Sliders,
    /// A cross: something closes.
    Cross,
    /// A magnifying glass: search.
    Search,
    /// A question mark: nobody has written this down.
    Guess,
    /// An arrow onto a line: a file is saved.
    Save,
    /// A printer.
    Print,
}

impl Icon {
    /// Filled shapes, with what is cut out of them, or strokes.
    const fn path(self) -> (&'static str, bool) {
        match self {
            Self::High => ("M5 1h6l4 4v6l-4 4H5l-4-4V5zM7 4v5h2V4zM7 10.500v2h2v-2z", true),
            Self::Medium => {
                ("M8 1l7.500 14H.500zM7.100 6v4.500h1.800V6zM7.100 11.500v1.800h1.800v-1.800z", true)
            }
            Self::Low => (
                "M8 .800L15.200 8 8 15.200.800 8zM7.100 4.300v4.500h1.800V4.300zM7.100 9.900v1.800h1.800V9.900z",
                true,
            ),
            Self::Info => {
                ("M8 1a7 7 0 1 0 0 14A7 7 0 1 0 8 1zM7.100 7v5h1.800V7zM7.100 3.900v1.900h1.800V3.900z", true)
            }
            Self::Ok => (
                "M3 1h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2zM3.600 8.400L7 11.800l5.600-6.100-1.300-1.200-4.400 4.700-2-2z",
                true,
            ),
            Self::Locked => ("M3 7h1.300V5a3.700 3.700 0 0 1 7.400 0v2H13v7H3zM6 7h4V5a2 2 0 0 0-4 0z", true),
            Self::Unlocked => {
                ("M3.800 7.700h8.400v5.600H3.800zM5.200 7.500V4.800a2.900 2.900 0 0 1 5.400-1.400", false)
            }
            Self::Shield => (
                "M8 1.500l5.400 2v4.200c0 3.300-2.200 5.600-5.400 6.800-3.200-1.200-5.400-3.500-5.400-6.800V3.500zM5.500 7.900l1.900 1.900 3.200-3.500",
                false,
            ),
            Self::File => ("M3.500 1.700h6.200l2.800 2.900v9.700h-9zM6 7.500h4M6 10.500h4", false),
            Self::Plus => ("M8 3v10M3 8h10", false),
            Self::Chevron => ("M6 3.500L10.500 8 6 12.500", false),
            Self::Person => (
                "M8 1.700a3 3 0 1 0 0 6.100 3 3 0 1 0 0-6.100zM2.200 14.300c.300-3.200 2.600-5 5.800-5s5.500 1.800 5.800 5z",
                true,
            ),
            Self::Copy => ("M5.500 5.500h8v8.500h-8zM3.200 10.500V2.200h7.600", false),
            Self::Sliders => (
                "M2 5h5.500M11.500 5H14M2 11h2.500M8.500 11H14M9.500 3a2 2 0 1 0 0 4 2 2 0 1 0 0-4zM6.500 9a2 2 0 1 0 0 4 2 2 0 1 0 0-4z",
                false,
            ),
            Self::Cross => ("M4 4l8 8M12 4l-8 8", false),
            Self::Search => {
                ("M11.500 7a4.500 4.500 0 1 1-9 0a4.500 4.500 0 1 1 9 0M10.300 10.300L14 14", false)
            }
            Self::Guess => (
                "M5.300 5.700a2.700 2.700 0 1 1 3.900 2.500c-.800.400-1.200.900-1.200 1.700M8 13v.100",
                false,
            ),
            Self::Save => ("M8 2v8.300M4.500 7L8 10.500 11.500 7M2.500 13.500h11", false),
            Self::Print => ("M4.500 5.500V2h7v3.500M4.500 11.500h-2v-6h11v6h-2M4.500 9.500h7V14h-7z", false),
            Self::Check => ("M3 8.500L6.500 12 13 4.500", false),
        }
    }
}

/// What an [`IconView`] shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Which one.
    pub icon: Icon,
}

/// An icon beside its word; readers of the screen pass it over.
#[component]
pub fn IconView(props: &Props) -> Html {
    let (path, is_filled) = props.icon.path();
    let class = if is_filled { "icon is-filled" } else { "icon" };
    html! {
        <svg {class} viewBox="0 0 16 16" aria-hidden="true"><path d={path} fill-rule="evenodd" /></svg>
    }
}
