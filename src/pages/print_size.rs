//! Chooses a print size for each week so that it fits on a sheet of A4.
//!
//! A style sheet cannot depend on the amount of text, so the height of a week is estimated for each print size, with
//! the measures of `convene.css`. The 12 weeks that the tests print in Chromium then fit on 12 sheets, 6 of them in the
//! largest size. With one size for all, they need 31 sheets in the largest one, and fit only in the smallest.

use super::cell::SessionCell;
use super::grid::{GridDay, GridSlot};

/// The print sizes of the style sheet, in points: `dense-0` to `dense-3`.
const SIZES: [f64; 4] = [9.5, 8.0, 6.5, 4.8];
/// The space for a week on a sheet, in millimetres: the width without the names of the parts of the day, and the
/// height without the heading of the page.
const WIDTH: f64 = 262.0;
const HEIGHT: f64 = 158.0;
/// The width of a day in thirds of a session, by the number of sessions side by side.
const COLUMNS: [f64; 6] = [4.0, 6.0, 9.0, 12.0, 15.0, 18.0];
/// The size of an average letter and of a line, in millimetres per point. Bold letters, as in titles, are wider.
const LETTER: f64 = 0.205;
const LINE: f64 = 0.435;
/// The padding, border and gap of a session, and the space around a part of the day.
const AROUND: f64 = 2.2;
/// The shortest line of a session, in letters.
const NARROWEST: f64 = 3.0;

/// Returns the index of the largest print size in which a week fits on a sheet, or of the smallest one.
pub(super) fn density(days: &[GridDay]) -> usize {
    let last = SIZES.len() - 1;
    SIZES.iter().position(|size| height(days, *size) <= HEIGHT).unwrap_or(last)
}

fn height(days: &[GridDay], size: f64) -> f64 {
    let columns = |day: &GridDay| COLUMNS[day.lanes.clamp(1, COLUMNS.len()) - 1];
    let all: f64 = days.iter().map(columns).sum();
    let parts = days.iter().map(|day| day.slots.len()).max().unwrap_or(0);
    let of_part = |part: usize| {
        let slots = days.iter().filter_map(|day| Some((day.slots.get(part)?, WIDTH * columns(day) / all)));
        slots.map(|(slot, width)| slot_height(slot, width, size)).fold(0.0, f64::max) + AROUND
    };
    (0..parts).map(of_part).sum::<f64>() + 2.0 * LINE * size
}

fn slot_height(slot: &GridSlot, width: f64, size: f64) -> f64 {
    let of_row = |row: &Vec<SessionCell>| {
        let abreast = row.len().clamp(1, COLUMNS.len());
        let below = row.len().div_ceil(abreast);
        let letters = ((width / number(abreast) - AROUND) / (LETTER * size)).max(NARROWEST);
        let tallest = row.iter().map(|cell| lines(cell, letters)).fold(0.0, f64::max);
        (tallest * LINE * size + AROUND) * number(below)
    };
    slot.rows.iter().map(of_row).sum::<f64>() + number(slot.going_on.len()) * LINE * size
}

/// Returns the number of lines of a session, with this many letters in a line.
fn lines(cell: &SessionCell, letters: f64) -> f64 {
    let of = |text: &str| (letters_of(text) * 1.15 / letters).ceil();
    let hours = cell.clock.as_ref().map_or(0.0, |clock| {
        of("00:00–00:00") + clock.announced.as_deref().map_or(0.0, of) + if clock.ends_later { 1.0 } else { 0.0 }
    });
    let content = |content: &super::layout::MarkedText| of(&content.text);
    let marks = cell.hours.as_deref().map_or(0.0, of)
        + number(usize::from(cell.is_tentative || cell.is_provisional))
        + cell.moved.as_deref().map_or(0.0, |moved| 1.0 + of(moved))
        + cell.reason.as_ref().map_or(0.0, content);
    let off = cell.cancelled.as_ref().map_or(0.0, |mark| 1.0 + mark.reason.as_ref().map_or(0.0, content));
    let bodies = cell.bodies.iter().map(|body| body.len() + 1).sum::<usize>();
    let order = cell.order.as_deref().map_or(0.0, of);
    let audiences = if cell.audiences.is_empty() { 0.0 } else { 1.0 + cell.audiences.iter().map(content).sum::<f64>() };
    let room = cell.room.as_ref().map_or(0.0, |room| of(&format!("o {}", room.text)));
    hours + content(&cell.title) + marks + off + (number(bodies) / letters).ceil() + order + audiences + room
}

/// Returns the width of a text in letters. Those of East Asia are twice as wide.
fn letters_of(text: &str) -> f64 {
    text.chars().map(|letter| if letter >= '\u{2E80}' { 2.0 } else { 1.0 }).sum()
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
