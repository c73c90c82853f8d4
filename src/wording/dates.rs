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
    let known = UiLanguage::for_language(language).unwrap_or(UiLanguage::English);
    let formatted = FORMATTERS[&known].format(date, form);
    // CLDR has no ordinal for the first day of a month, which French requires.
    if known == UiLanguage::French && date.day() == 1 && form != DateFormat::Month {
        let at = if formatted.starts_with("1 ") { Some(0) } else { formatted.find(" 1 ").map(|at| at + 1) };
        if let Some(at) = at {
            return format!("{}1er{}", &formatted[..at], &formatted[at + 1..]);
        }
    }
    formatted
}

/// Formats a day of a month, of which the month stands elsewhere.
pub fn day_of_month(date: Date, language: &Language) -> String {
    let is_first_in_french = UiLanguage::for_language(language) == Some(UiLanguage::French) && date.day() == 1;
    if is_first_in_french { "1er".to_owned() } else { date.day().to_string() }
}

/// Formats a time of day, which is given as `14:30`, or `24:00` for the end of a day.
///
/// ```
/// use convene::text::Language;
/// use convene::wording::time;
///
/// let french = Language::from_tag("fr").expect("a tag");
/// assert_eq!(time("09:30", &french), "9\u{A0}h\u{A0}30");
/// assert_eq!(time("14:00", &french), "14\u{A0}h");
/// assert_eq!(time("09:30", &Language::english()), "09:30");
/// ```
pub fn time(hour: &str, language: &Language) -> String {
    let Some((hours, minutes)) = hour.split_once(':') else { return hour.to_owned() };
    match UiLanguage::for_language(language) {
        Some(UiLanguage::French) => {
            // “0 h 30” keeps its zero.
            let hours = hours.strip_prefix('0').filter(|hours| !hours.is_empty()).unwrap_or(hours);
            if minutes == "00" { format!("{hours}\u{A0}h") } else { format!("{hours}\u{A0}h\u{A0}{minutes}") }
        }
        _ => hour.to_owned(),
    }
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
