//! How large the letters of a week may be, so that it stands on one sheet of A4.
//!
//! A style sheet cannot know how much it is given, so how tall a week comes out is reckoned for each of its sizes of print. The
//! measures are those of `convene.css`.

use super::cell::SessionCell;
use super::grid::{GridDay, GridSlot};

/// The sizes of print of the style sheet, in points: `dense-0` to `dense-3`.
const SIZES: [f64; 4] = [9.5, 8.0, 6.5, 4.8];
/// What a sheet gives a week, in millimetres: its width without the names of the parts of the day, and its height without the
/// heading of the page.
const WIDTH: f64 = 262.0;
const HEIGHT: f64 = 158.0;
/// Thirds of a session that a day is wide, by how many stand side by side in it.
const COLUMNS: [f64; 6] = [4.0, 6.0, 9.0, 12.0, 15.0, 18.0];
/// An average letter and a line, in millimetres for each point of size; bold letters, which titles have, are wider.
const LETTER: f64 = 0.205;
const LINE: f64 = 0.435;
/// Padding, border and gap of a session, and what surrounds a part of the day.
const AROUND: f64 = 2.2;
/// How narrow the lines of a session become at least.
const NARROWEST: f64 = 3.0;

/// The number of the largest print in which a week fits on a sheet, or of the smallest.
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

/// How many lines of so many letters a session takes.
fn lines(cell: &SessionCell, letters: f64) -> f64 {
    let of = |text: &str| (letters_of(text) * 1.15 / letters).ceil();
    let hours = cell.clock.as_ref().map_or(0.0, |clock| {
        of("00:00–00:00") + clock.announced.as_deref().map_or(0.0, of) + if clock.ends_later { 1.0 } else { 0.0 }
    });
    let content = |content: &super::frame::MarkedText| of(&content.text);
    let marks = cell.hours.as_deref().map_or(0.0, of)
        + number(usize::from(cell.is_tentative))
        + cell.moved.as_deref().map_or(0.0, |moved| 1.0 + of(moved))
        + cell.reason.as_ref().map_or(0.0, content);
    let off = cell.cancelled.as_ref().map_or(0.0, |off| 1.0 + content(off));
    let bodies = cell.bodies.iter().map(|body| body.len() + 1).sum::<usize>();
    let order = cell.order.as_deref().map_or(0.0, of);
    let audiences = if cell.audiences.is_empty() { 0.0 } else { 1.0 + cell.audiences.iter().map(content).sum::<f64>() };
    let room = cell.room.as_ref().map_or(0.0, |room| of(&format!("o {}", room.text)));
    hours + content(&cell.title) + marks + off + (number(bodies) / letters).ceil() + order + audiences + room
}

/// Letters of a text; those of East Asia are twice as wide.
fn letters_of(text: &str) -> f64 {
    text.chars().map(|letter| if letter >= '\u{2E80}' { 2.0 } else { 1.0 }).sum()
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
