//! convene turns a folder of YAML meeting definitions into calendar feeds: one per working party, per Question and per
//! delegate, holding sessions, plenaries and deadlines.
//!
//! # The way of the data
//!
//! ```text
//! meetings/*.yaml --definition--> as typed --resolve--> Timetable --publication--> Release --feed--> Feed --> .ics  HTML
//!                                          or Problems  as meant    (ledger, now)  stamped           who      bytes
//! ```
//!
//! # The rooms
//!
//! Each uses only what stands above it; a test keeps that. The renderers do not know each other.
//!
//! | room | turns | into |
//! | --- | --- | --- |
//! | [`problem`] | a fault of the editor | the text that a secretary reads |
//! | [`text`] | what was typed | clean text in every language |
//! | [`body`] | a typed name | one that fits in an address and a UID |
//! | [`zone`] | the name of a time zone | instants, and the zone's last rule |
//! | [`definition`] | YAML | values with their places, no meaning yet |
//! | [`timetable`] | (what was meant) | nothing: it cannot hold a fault |
//! | [`resolve`] | definitions | a timetable, or all the problems |
//! | [`ledger`] | (what was published) | nothing: it forgets no UID |
//! | [`revision`] | what is remembered of an event and what is seen of it now | what is remembered next |
//! | [`feed`] | a release and a selection | who gets what, as a value |
//! | [`wording`] | an entry of a feed | what a person reads in their language |
//! | [`private`] | a delegate and a secret | a token that nobody can guess |
//! | [`atom`] | a feed | what changed in it, for readers of news |
//! | [`icalendar`] | a feed | bytes that every client reads the same way |
//! | [`json`] | a feed | JSON for webmasters |
//! | [`pages`] | a release | HTML |
//! | [`review`] | a release | warnings about feeds that are too large |
//! | [`publication`] | a timetable, the release before and an instant | the next release |
//! | [`store`] | a release | rows of a database, and back |
//! | [`server`] | a release | answers over HTTP |
//! | [`cli`] | what was typed in a shell | all of the above |
//!
//! What calendar clients demand is in `docs/clients.md`, whose rules are cited by number: `clients.md E6`.
//!
//! # Invariants
//!
//! 1. The same release gives the same bytes, on any machine, in any zone, in any reading order: nothing to the left of
//!    [`server`] reads a clock, the disk, the environment or a socket.
//! 2. A UID follows from names alone, none stands twice in a feed, and none comes to mean something else.
//! 3. The ledger forgets no UID. SEQUENCE never falls; LAST-MODIFIED moves if and only if what readers see of an event
//!    does. No event leaves before it is over.
//! 4. Whoever has a [`timetable::Timetable`] can render it: past [`resolve`] nothing fails. Published it may be refused,
//!    where the ledger knows one of its UIDs as another event's.
//! 5. A definition with an error in it is never served.

pub mod atom;
pub mod body;
pub mod cli;
pub mod definition;
pub mod feed;
pub mod icalendar;
pub mod json;
pub mod ledger;
pub mod pages;
pub mod private;
pub mod problem;
pub mod publication;
pub mod resolve;
pub mod review;
pub mod revision;
pub mod server;
pub mod store;
pub mod text;
pub mod timetable;
pub mod wording;
pub mod zone;
