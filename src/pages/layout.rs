//! The layout of every page: language and direction, navigation, and convene's own texts.

use std::fmt;
use std::ops::Deref;

use askama::filters::{Html, HtmlSafe, escape};
use jiff::civil::Date;
use url::Url;

use super::subscribe::{LinkTemplates, SubscribeLinks};
use crate::feed::Entry;
use crate::text::{Language, Text, TextRun, UiLanguage};
use crate::timetable::{Group, Meeting};
use crate::wording::{self, DateFormat, Messages, TaggedText};
use crate::zone::Zone;

/// A request for a page: its path, its language and the day.
#[derive(Debug, Clone, Copy)]
pub struct PageRequest<'a> {
    /// The path below the language, as in the address: `sg12/`, `sg12/changes/`, `status`; empty at the top.
    pub path: &'a str,
    /// The language in the address; the page's own if `None`.
    pub language: Option<&'a Language>,
    /// The day of the request, in the time zone of the study group.
    pub day: Date,
    /// How the links to web calendars are made.
    pub links: &'a LinkTemplates,
}

/// What every page has.
pub(super) struct Layout {
    pub(super) messages: Messages,
    /// The reader's language, in which typed texts are shown. Messages may be in a related one: `zh` for `zh-hk`.
    pub(super) language: Language,
    /// The id and the short name of the study group; empty on pages without one.
    pub(super) group: String,
    pub(super) short: String,
    /// `ltr` or `rtl`.
    pub(super) direction: &'static str,
    /// The relative path to the top, because a proxy may serve convene below a path.
    pub(super) root: String,
    /// The relative path to the list of study groups in the language of the page.
    pub(super) home: String,
    /// The same page in other languages.
    pub(super) languages: Vec<LanguageLink>,
    /// Whether the address names the language.
    pub(super) is_named: bool,
    pub(super) day: Date,
    links: LinkTemplates,
    /// The breadcrumbs, from the study group on.
    pub(super) breadcrumbs: Vec<Breadcrumb>,
}

/// A link to the page in another language.
pub(super) struct LanguageLink {
    pub(super) tag: Language,
    /// The name of the language in itself.
    pub(super) name: &'static str,
    pub(super) href: String,
    pub(super) is_this: bool,
}

/// A page above this one.
pub(super) struct Breadcrumb {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) attributes: String,
}

/// A text with the HTML attributes that mark its language, if that is not the page's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MarkedText {
    pub(super) text: String,
    /// Empty, or ` lang="en" dir="ltr"`, which needs no escaping.
    pub(super) attributes: String,
}

/// HTML of a sentence whose parts in other languages are marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Markup(String);

impl HtmlSafe for Markup {}

impl fmt::Display for Markup {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Markup {
    /// Returns `true` if there is no text.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Layout {
    /// Creates the layout of a page. `own` is its language if the address names none.
    pub(super) fn new(setting: &PageRequest<'_>, own: &Language) -> Self {
        let spoken = Some(own).filter(|own| own.has_translation()).cloned();
        let language = setting.language.cloned().or(spoken).unwrap_or_else(Language::english);
        let depth = setting.path.matches('/').count();
        let root = up(depth + usize::from(setting.language.is_some()));
        let link = |other: &UiLanguage| {
            let tag = other.language();
            let href = format!("{root}{tag}/{}", setting.path);
            LanguageLink { is_this: tag.primary() == language.primary(), tag, name: other.name(), href }
        };
        Self {
            messages: Messages::for_language(&language),
            direction: if language.is_right_to_left() { "rtl" } else { "ltr" },
            home: if depth == 0 { "./".to_owned() } else { up(depth) },
            languages: UiLanguage::ALL.iter().map(link).collect(),
            is_named: setting.language.is_some(),
            day: setting.day,
            links: setting.links.clone(),
            breadcrumbs: Vec::new(),
            group: String::new(),
            short: String::new(),
            language,
            root,
        }
    }

    /// Creates the layout of a study group's page, with a breadcrumb to the study group.
    pub(super) fn for_group(setting: &PageRequest<'_>, group: &Group) -> Self {
        let mut layout = Self::new(setting, group.first_language());
        group.id.as_str().clone_into(&mut layout.group);
        layout.short = group.short_in(&layout.language).to_owned();
        if setting.path != format!("{}/", group.id) {
            layout.add_step(format!("{}{}/", layout.home, group.id), layout.short.clone(), String::new());
        }
        layout
    }

    /// Adds a breadcrumb.
    pub(super) fn add_step(&mut self, href: String, name: String, attributes: String) {
        self.breadcrumbs.push(Breadcrumb { href, name, attributes });
    }

    /// Formats a message without variables.
    pub(super) fn say(&self, message: &str) -> String {
        self.messages.format(message, &[])
    }

    /// Formats a message with one variable.
    pub(super) fn with(&self, message: &str, name: &'static str, value: &str) -> String {
        self.messages.format(message, &[(name, value)])
    }

    /// Formats a message with an address, which is isolated because it is read from left to right.
    pub(super) fn with_address(&self, message: &str, address: &str) -> String {
        self.with(message, "address", &format!("\u{2066}{address}\u{2069}"))
    }

    /// Formats a message with a number.
    pub(super) fn count(&self, message: &str, number: usize) -> String {
        self.messages.format_count(message, i64::try_from(number).unwrap_or(i64::MAX), &[])
    }

    /// Formats a label whose value stands beside it: `Room:`.
    pub(super) fn label(&self, message: &str) -> String {
        self.with("label-alone", "label", &self.say(message))
    }

    /// Says whose time it is, with its offset from UTC if that is one.
    pub(super) fn times(&self, clock: &str, offset: &str) -> String {
        if offset.is_empty() {
            return self.with("page-times-alone", "clock", clock);
        }
        self.messages.format("page-times", &[("clock", clock), ("offset", offset)])
    }

    /// Returns whose time a zone has: that of the meeting's city, if it is its zone.
    pub(super) fn clock(&self, zone: &Zone, meeting: Option<&Meeting>, group: &Group) -> String {
        let city = meeting.and_then(|meeting| meeting.city_in_zone(zone)).map(|city| self.text(city, group));
        // A city that is typed in another language does not go into the sentence.
        let city = city.filter(|city| city.attributes.is_empty()).map(|city| city.text);
        wording::clock_name(zone.name(), city.as_deref(), self.messages)
    }

    /// Formats a time of day, which is given as `14:30`.
    pub(super) fn time(&self, hour: &str) -> String {
        wording::time(hour, &self.language)
    }

    /// Returns a text of a study group, marked with its language.
    pub(super) fn text<W: Deref<Target = str>>(&self, text: &Text<W>, group: &Group) -> MarkedText {
        self.content(text.tagged(&self.language, group.first_language()))
    }

    /// Returns a text of a study group as a part of a sentence.
    pub(super) fn typed(&self, text: &Text, group: &Group) -> TaggedText {
        TaggedText::from(text.tagged(&self.language, group.first_language()))
    }

    /// Marks a text with its language.
    pub(super) fn content(&self, run: TextRun) -> MarkedText {
        let TextRun { text, language } = run;
        let attributes = if language == *self.messages.language() {
            String::new()
        } else {
            let direction = if language.is_right_to_left() { "rtl" } else { "ltr" };
            format!(" lang=\"{language}\" dir=\"{direction}\"")
        };
        MarkedText { text, attributes }
    }

    /// Renders tagged text, marking the parts in other languages.
    pub(super) fn markup(&self, phrase: &TaggedText) -> Markup {
        let piece = |run: &TextRun| {
            let MarkedText { text, attributes } = self.content(run.clone());
            let Ok(text) = escape(text, Html);
            if attributes.is_empty() { text.to_string() } else { format!("<span{attributes}>{text}</span>") }
        };
        Markup(phrase.runs().iter().map(piece).collect())
    }

    /// Returns the title of an entry.
    pub(super) fn heading(&self, entry: &Entry<'_>) -> MarkedText {
        self.content(wording::heading(entry, &self.language))
    }

    /// Formats a message without variables as a part of a page that may have other languages.
    pub(super) fn own_markup(&self, message: &str) -> Markup {
        self.markup(&self.messages.untranslated(&self.say(message)))
    }

    /// Formats a message with the short name of the study group.
    pub(super) fn with_group(&self, message: &str) -> Markup {
        self.markup(&self.messages.untranslated(&self.with(message, "group", &self.short)))
    }

    /// Returns a text of convene's own.
    pub(super) fn own(text: String) -> MarkedText {
        MarkedText { text, attributes: String::new() }
    }

    /// Returns a text of convene's own that is inside a text which may be in another language.
    pub(super) fn own_within(&self, enclosing: &MarkedText, text: String) -> MarkedText {
        let attributes = format!(" lang=\"{}\" dir=\"{}\"", self.messages.language(), self.direction);
        MarkedText { text, attributes: if enclosing.attributes.is_empty() { String::new() } else { attributes } }
    }

    /// Formats a date.
    pub(super) fn date(&self, date: Date, form: DateFormat) -> String {
        wording::date(date, form, &self.language)
    }

    /// Formats a date with an hour: `Tue 14 Jan, 11:00`.
    pub(super) fn date_and_hour(&self, date: Date, form: DateFormat, hour: &str) -> String {
        self.date_and_time(date, form, &self.time(hour))
    }

    /// Formats a date with a time of day that is formatted already.
    pub(super) fn date_and_time(&self, date: Date, form: DateFormat, time: &str) -> String {
        self.messages.format("date-and-time", &[("date", &self.date(date, form)), ("time", time)])
    }

    /// Formats the days from the first to the last: `14–23 January 2025`.
    pub(super) fn dates(&self, first: Date, last: Date) -> String {
        if first == last {
            return self.date(first, DateFormat::Date);
        }
        let is_one_month = (first.year(), first.month()) == (last.year(), last.month());
        let message = if is_one_month { "dates-in-month" } else { "dates" };
        let variables = [
            ("first", self.date(first, DateFormat::Date)),
            ("last", self.date(last, DateFormat::Date)),
            ("first-day", wording::day_of_month(first, &self.language)),
            ("last-day", last.day().to_string()),
        ];
        self.messages.format(message, &variables.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    /// Returns the links for subscribing to a feed. `page` is the feed's page.
    pub(super) fn subscribe_links(&self, base_url: &Url, path: &str, name: String, page: String) -> SubscribeLinks {
        SubscribeLinks::new(&self.links, base_url, path, name, page)
    }

    /// Returns the language part of a feed's address in the language of the page: what precedes `.ics`.
    pub(super) fn language_suffix(&self, group: &Group) -> String {
        if !self.is_named || self.language == *group.first_language() {
            return String::new();
        }
        format!(".{}", self.language)
    }

    /// Returns the URL of the page at a path, in the language of this one.
    pub(super) fn address(&self, base_url: &Url, path: &str) -> String {
        if self.is_named { format!("{base_url}{}/{path}/", self.language) } else { format!("{base_url}{path}/") }
    }
}

fn up(depth: usize) -> String {
    if depth == 0 { "./".to_owned() } else { "../".repeat(depth) }
}
