//! What the reader can set, and how it is written down. Nothing is kept unless the reader asks; see [`super::settings_store`].

use super::zone::Zone;
use crate::Options;

/// The version of the format in which settings are written down.
pub const VERSION: u32 = 1;

/// The settings. What is absent is as if nobody had set it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The domains of the reader.
    pub own_domains: Option<Vec<String>>,
    /// Hosts whose lines the reader trusts.
    pub trusted_hosts: Option<Vec<String>>,
    /// The zone in which times are shown.
    pub time_zone: Option<Zone>,
    /// Light or dark.
    pub theme: Option<Theme>,
}

/// Whether the page is light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the computer is set.
    #[default]
    System,
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

impl Theme {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its name in a file of settings, and in the attribute `data-theme`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// What the reader is shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::System => "As this computer",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }
}

/// A value in a file of settings.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
    /// Anything else.
    Other,
}

impl Settings {
    /// The settings that these fields of a file make. No field at all is no setting at all.
    ///
    /// # Errors
    ///
    /// A sentence on the first field that is not known or has an impossible value.
    pub fn read(fields: Vec<(String, Value)>) -> Result<Self, String> {
        let mut settings = Self::default();
        let has_version = fields.is_empty() || fields.iter().any(|(name, _)| name == "version");
        if !has_version {
            return Err("The field “version” is missing: these are no settings of Hopscope.".to_owned());
        }
        for (name, value) in fields {
            match (name.as_str(), value) {
                ("version", Value::Number(version)) if version == f64::from(VERSION) => {}
                ("version", _) => return Err("They are of another version of Hopscope.".to_owned()),
                ("own_domains", Value::List(list)) => settings.own_domains = Some(list),
                ("trusted_hosts", Value::List(list)) => settings.trusted_hosts = Some(list),
                ("own_domains" | "trusted_hosts", _) => {
                    return Err(format!("“{name}” has to be a list of texts: [\"example.com\"]."));
                }
                ("time_zone", Value::Text(zone)) if Zone::of_name(&zone).is_some() => {
                    settings.time_zone = Zone::of_name(&zone);
                }
                ("time_zone", _) => {
                    return Err("“time_zone” has to be utc, written, computer, or an offset such as +01:00."
                        .to_owned());
                }
                ("theme", Value::Text(theme)) if Theme::ALL.iter().any(|one| one.name() == theme) => {
                    settings.theme = Theme::ALL.into_iter().find(|one| one.name() == theme);
                }
                ("theme", _) => return Err("“theme” has to be system, light or dark.".to_owned()),
                _ => return Err(format!("“{name}” is no setting of Hopscope.")),
            }
        }
        Ok(settings)
    }

    /// The fields of a file that holds these settings.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, Value)> {
        let list = |list: &Option<Vec<String>>| list.clone().map(Value::List);
        let fields = [
            ("version", Some(Value::Number(VERSION.into()))),
            ("own_domains", list(&self.own_domains)),
            ("trusted_hosts", list(&self.trusted_hosts)),
            ("time_zone", self.time_zone.map(|zone| Value::Text(zone.name()))),
            ("theme", self.theme.map(|theme| Value::Text(theme.name().to_owned()))),
        ];
        fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// These settings, and where one is absent, that of the base.
    #[must_use]
    pub fn over(self, base: &Self) -> Self {
        Self {
            own_domains: self.own_domains.or_else(|| base.own_domains.clone()),
            trusted_hosts: self.trusted_hosts.or_else(|| base.trusted_hosts.clone()),
            time_zone: self.time_zone.or(base.time_zone),
            theme: self.theme.or(base.theme),
        }
    }

    /// Only what is different from the base. A base that changes later still counts for the rest.
    #[must_use]
    pub fn beyond(&self, base: &Self) -> Self {
        fn beyond<T: Clone + Default + PartialEq>(own: &Option<T>, base: &Option<T>) -> Option<T> {
            own.clone().filter(|own| *own != base.clone().unwrap_or_default())
        }
        Self {
            own_domains: beyond(&self.own_domains, &base.own_domains),
            trusted_hosts: beyond(&self.trusted_hosts, &base.trusted_hosts),
            time_zone: beyond(&self.time_zone, &base.time_zone),
            theme: beyond(&self.theme, &base.theme),
        }
    }

    /// What the analysis has to know of them.
    #[must_use]
    pub fn options(&self) -> Options {
        Options {
            now: None,
            own_domains: self.own_domains.clone().unwrap_or_default(),
            trusted_hosts: self.trusted_hosts.clone().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Settings, Theme, Value};
    use crate::ui::zone::Zone;

    fn read(fields: &[(&str, Value)]) -> Result<Settings, String> {
        Settings::read(fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn all() -> Settings {
        Settings {
            own_domains: Some(vec!["example.com".to_owned()]),
            trusted_hosts: Some(Vec::new()),
            time_zone: Some(Zone::Fixed(330)),
            theme: Some(Theme::Dark),
        }
    }

    #[test]
    fn what_is_written_down_is_read_again() {
        for settings in [all(), Settings::default()] {
            assert_eq!(read(&settings.fields()), Ok(settings));
        }
        assert_eq!(read(&[]), Ok(Settings::default()), "an empty block of defaults");
    }

    #[test]
    fn a_field_that_cannot_be_is_named() {
        let version = ("version", Value::Number(1.0));
        let cases = [
            ("colour", text("red"), "“colour” is no setting"),
            ("theme", text("pink"), "“theme” has to be"),
            ("theme", Value::Other, "“theme” has to be"),
            ("time_zone", text("+1"), "“time_zone” has to be"),
            ("own_domains", text("example.com"), "“own_domains” has to be a list"),
            ("trusted_hosts", Value::Other, "“trusted_hosts” has to be a list"),
        ];
        for (name, value, words) in cases {
            let error = read(&[version.clone(), (name, value)]).unwrap_err();
            assert!(error.starts_with(words), "{error}");
        }
        for version in [Value::Number(2.0), text("1")] {
            assert!(read(&[("version", version)]).unwrap_err().contains("another version"));
        }
        assert!(read(&[("theme", text("dark"))]).unwrap_err().contains("is missing"));
    }

    #[test]
    fn what_the_reader_sets_stands_above_what_the_page_brings() {
        let page = Settings { theme: Some(Theme::Light), ..all() };
        let reader =
            Settings { theme: Some(Theme::Dark), own_domains: Some(Vec::new()), ..Settings::default() };
        let both = reader.clone().over(&page);
        assert_eq!(both, Settings { own_domains: Some(Vec::new()), ..all() });
        assert_eq!(both.beyond(&page), reader, "an emptied list is kept as empty");
        assert_eq!(page.beyond(&page), Settings::default());
        let nothing =
            Settings { theme: Some(Theme::System), trusted_hosts: Some(Vec::new()), ..Settings::default() };
        assert_eq!(nothing.beyond(&Settings::default()), Settings::default(), "what is so anyway");
    }
}
