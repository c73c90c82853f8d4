//! What is different in one occurrence of a session.

use super::clock::HourAssumptions;
use super::context::MeetingContext;
use super::slots::Slot;
use crate::definition::{self, Spanned, TimeOfDay};
use crate::problem::Problem;
use crate::timetable::{Details, JoinLink, Override};
use crate::zone::Zone;

impl MeetingContext<'_> {
    /// Returns what is assumed of hours at the venue of a change, if it has one.
    pub(super) fn assumptions_at(&self, raw: &definition::Change) -> Option<HourAssumptions> {
        let venue = self.scope.venues.get(&raw.venue.as_ref()?.value)?.as_ref()?;
        let there = HourAssumptions::new(self.raw, Some(venue), self.scope);
        Some(HourAssumptions { usual_length: self.assumptions.usual_length, ..there })
    }

    /// Returns the time of an occurrence at another venue if only its part of the day is announced, and the usual hours are
    /// others `there`.
    pub(super) fn usual_hours_elsewhere(
        &self,
        there: HourAssumptions,
        slot: &Slot<'_>,
    ) -> Option<Spanned<definition::MovedTo>> {
        let TimeOfDay::Part(part) = slot.at.value else { return None };
        let (usual, there) = (self.assumptions.parts.get(part)?, there.parts.get(part)?);
        (usual.range != there.range).then(|| Spanned {
            value: definition::MovedTo { day: None, at: Some(slot.at.value.clone()) },
            span: slot.at.span.clone(),
        })
    }

    /// Resolves a change, based on the details of the session.
    pub(super) fn change(&mut self, raw: &definition::Change, details: &Details, zone: &Zone) -> Override {
        let keys = [
            "at",
            "moved",
            "cancelled",
            "postponed",
            "title",
            "room",
            "venue",
            "place",
            "chair",
            "status",
            "join",
            "note",
            "links",
        ];
        if !keys.iter().any(|key| raw.has(key)) {
            self.report(
                Problem::error(&raw.span, "this change has no effect")
                    .label("expected a key that says what is different")
                    .help(format!("known here: {}", keys.join(", "))),
            );
        }
        if let (Some(_), Some(at)) = (&raw.moved, &raw.at) {
            self.report(
                Problem::error(&at.span, "both `moved` and `at` are written")
                    .label("expected one of the two")
                    .help("write another day with `moved`, and its hours there: 2025-01-17 14:30-16:00"),
            );
        }
        let venue = raw.venue.as_ref().and_then(|name| self.scope.venue(name, self.problems));
        if let (Some(name), Some(other)) = (&raw.venue, venue.as_ref().and_then(|venue| venue.zone.as_ref()))
            && other.name() != zone.name()
        {
            self.report(
                Problem::error(&name.span, "this venue is in another time zone than the session")
                    .label(format!("expected a venue on the clock of {}, found {}", zone.name(), other.name()))
                    .help("write a session of its own for this occurrence, and skip it here"),
            );
        }
        let place = self.place(venue.map(|venue| venue.venue), raw.place.as_ref());
        let audience = || self.link_audience.clone();
        let join = raw.join.as_ref().map(|url| JoinLink { url: url.value.clone(), audience: audience() });
        Override {
            details: Details {
                title: self.line(raw.title.as_ref()).or_else(|| details.title.clone()),
                // The room is not in another place.
                room: self.line(raw.room.as_ref()).or_else(|| details.room.clone().filter(|_| place.is_none())),
                place: place.or_else(|| details.place.clone()),
                chair: self.line(raw.chair.as_ref()).or_else(|| details.chair.clone()),
                status: raw.status.as_ref().map_or(details.status, |status| status.value),
                join: join.or_else(|| details.join.clone()),
                note: self.prose(raw.note.as_ref()).or_else(|| details.note.clone()),
                links: if raw.has("links") { self.links(raw.links.as_ref()) } else { details.links.clone() },
            },
            moved: None,
            shown: None,
            cancelled: self.cancellation(raw.cancelled.as_ref(), raw.postponed.as_ref()),
            reason: self.reason(raw.reason.as_ref()),
        }
    }
}

/// Returns the day and the time that a change gives, if it gives one.
pub(super) fn new_time(raw: &definition::Change) -> Option<Spanned<definition::MovedTo>> {
    let at = |at: &Spanned<TimeOfDay>| Spanned {
        value: definition::MovedTo { day: None, at: Some(at.value.clone()) },
        span: at.span.clone(),
    };
    raw.moved.clone().or_else(|| raw.at.as_ref().map(at))
}
