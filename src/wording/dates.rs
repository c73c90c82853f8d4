//! From a date to how a language writes it. Source: the Unicode consortium's data (CLDR), by ICU4X.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use icu_calendar::Gregorian;
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{MDE, YMD, YMDE};
use icu_locale_core::{Locale, locale};
use jiff::civil::Date;

use crate::text::Language;

/// How much of a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `14 January 2025`
    Date,
    /// `Tuesday 14 January 2025`
    WithWeekday,
    /// `Tue 14 Jan`
    Short,
}

/// A date as a language writes it: those of [`crate::text::UI_LANGUAGES`], English for others.
pub fn date(date: Date, form: Form, language: &Language) -> String {
    CALENDARS.get(language.primary()).unwrap_or(&CALENDARS["en"]).written(date, form)
}

/// The locale of each language. English with the day first and no comma behind the weekday, as ITU writes it (that is how
/// Australia does); Arabic with the digits of the hours and the numbers of Questions beside it, as on ITU's pages.
const LOCALES: [(&str, Locale); 6] = [
    ("ar", locale!("ar-u-nu-latn")),
    ("en", locale!("en-AU")),
    ("es", locale!("es")),
    ("fr", locale!("fr")),
    ("ru", locale!("ru")),
    ("zh", locale!("zh")),
];

static CALENDARS: LazyLock<BTreeMap<&'static str, Calendar>> =
    LazyLock::new(|| LOCALES.iter().map(|(tag, locale)| (*tag, Calendar::of(locale))).collect());

/// The dates of one language.
struct Calendar {
    date: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    with_weekday: FixedCalendarDateTimeFormatter<Gregorian, YMDE>,
    short: FixedCalendarDateTimeFormatter<Gregorian, MDE>,
}

impl Calendar {
    fn of(locale: &Locale) -> Self {
        macro_rules! formatter {
            ($fields:expr) => {
                FixedCalendarDateTimeFormatter::try_new(locale.into(), $fields)
                    .unwrap_or_else(|_| unreachable!("the data of every language are compiled in"))
            };
        }
        Self { date: formatter!(YMD::long()), with_weekday: formatter!(YMDE::long()), short: formatter!(MDE::medium()) }
    }

    fn written(&self, date: Date, form: Form) -> String {
        let day = icu_calendar::Date::try_new_gregorian(
            date.year().into(),
            date.month().unsigned_abs(),
            date.day().unsigned_abs(),
        );
        let Ok(day) = day else { return date.to_string() };
        match form {
            Form::Date => self.date.format(&day).to_string(),
            Form::WithWeekday => self.with_weekday.format(&day).to_string(),
            Form::Short => self.short.format(&day).to_string(),
        }
    }
}
