//! Formats dates as a language writes them. Source: the Unicode CLDR, by ICU4X.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use icu_calendar::Gregorian;
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{MDE, YM, YMD, YMDE};
use icu_locale_core::{Locale, locale};
use jiff::civil::Date;

use crate::text::{Language, UiLanguage};

/// The format of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateFormat {
    /// `14 January 2025`
    Date,
    /// `Tuesday 14 January 2025`
    WithWeekday,
    /// `Tue 14 Jan`
    Short,
    /// `January 2025`
    Month,
}

/// Formats a date in one of the languages of convene's own texts, or in English.
///
/// ```
/// use convene::text::Language;
/// use convene::wording::{DateFormat, date};
/// use jiff::civil;
///
/// let day = civil::date(2025, 1, 14);
/// assert_eq!(date(day, DateFormat::WithWeekday, &Language::english()), "Tuesday 14 January 2025");
/// ```
pub fn date(date: Date, form: DateFormat, language: &Language) -> String {
    FORMATTERS[&UiLanguage::for_language(language).unwrap_or(UiLanguage::English)].format(date, form)
}

/// Returns the locale of a language. Australian English has the day first and no comma after the weekday, as ITU
/// writes it. Arabic dates have the digits 0 to 9, as on ITU's
/// pages.
fn locale(language: UiLanguage) -> Locale {
    match language {
        UiLanguage::Arabic => locale!("ar-u-nu-latn"),
        UiLanguage::Chinese => locale!("zh"),
        UiLanguage::English => locale!("en-AU"),
        UiLanguage::French => locale!("fr"),
        UiLanguage::Russian => locale!("ru"),
        UiLanguage::Spanish => locale!("es"),
    }
}

static FORMATTERS: LazyLock<BTreeMap<UiLanguage, DateFormatters>> = LazyLock::new(|| {
    UiLanguage::ALL.iter().map(|language| (*language, DateFormatters::new(&locale(*language)))).collect()
});

/// The date formatters of one language.
struct DateFormatters {
    date: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    with_weekday: FixedCalendarDateTimeFormatter<Gregorian, YMDE>,
    short: FixedCalendarDateTimeFormatter<Gregorian, MDE>,
    month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
}

impl DateFormatters {
    fn new(locale: &Locale) -> Self {
        macro_rules! formatter {
            ($fields:expr) => {
                FixedCalendarDateTimeFormatter::try_new(locale.into(), $fields)
                    .unwrap_or_else(|_| unreachable!("the data of every language are compiled in"))
            };
        }
        Self {
            date: formatter!(YMD::long()),
            with_weekday: formatter!(YMDE::long()),
            short: formatter!(MDE::medium()),
            month: formatter!(YM::long()),
        }
    }

    fn format(&self, date: Date, form: DateFormat) -> String {
        let day = icu_calendar::Date::try_new_gregorian(
            date.year().into(),
            date.month().unsigned_abs(),
            date.day().unsigned_abs(),
        );
        let Ok(day) = day else { return date.to_string() };
        match form {
            DateFormat::Date => self.date.format(&day).to_string(),
            DateFormat::WithWeekday => self.with_weekday.format(&day).to_string(),
            DateFormat::Short => self.short.format(&day).to_string(),
            DateFormat::Month => self.month.format(&day).to_string(),
        }
    }
}
