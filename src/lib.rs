//! convene turns a folder of YAML meeting definitions into calendar feeds: one per working party, per Question and
//! per delegate, with sessions, plenaries and deadlines.
//!
//! # Data flow
//!
//! ```text
//! meetings/*.yaml --definition--> as written --resolve--> Timetable --publication--> Release --feed--> Feed --> .ics  HTML
//!                                          or Problems  as meant    (ledger, now)  stamped           who      bytes
//! ```
//!
//! # Modules
//!
//! Each uses only those above it, which a test checks. The renderers do not know each other.
//!
//! | module | turns | into |
//! | --- | --- | --- |
//! | [`problem`] | a mistake in the definitions | a report for the secretary |
//! | [`text`] | typed text | clean text in every language |
//! | [`id`] | a typed name | one that fits in an address and a UID |
//! | [`zone`] | the name of a time zone | instants, and the zone's last rule |
//! | [`definition`] | YAML | values with their spans, as written |
//! | [`timetable`] | (types only) | the model of study groups, meetings and delegates |
//! | [`resolve`] | definitions | a timetable, or all problems |
//! | [`ledger`] | (types only) | the record of every UID that was published |
//! | [`revision`] | the record of an event and its new content | its new record |
//! | [`feed`] | a release and a selection | the entries of one feed |
//! | [`wording`] | an entry | text in the reader's language |
//! | [`private`] | a delegate and a secret | a token that nobody can guess |
//! | [`atom`] | a feed | its changes, for feed readers |
//! | [`icalendar`] | a feed | bytes that every client understands |
//! | [`json`] | a feed | JSON for webmasters |
//! | [`pages`] | a release | HTML |
//! | [`review`] | a release | warnings about feeds that are too large |
//! | [`publication`] | a timetable, the previous release and an instant | the next release |
//! | [`store`] | a release | rows of a database, and back |
//! | [`server`] | a release | answers over HTTP |
//! | [`cli`] | a command line | all of the above |
//!
//! The demands of calendar clients are in `docs/clients.md`, whose rules are cited by number: `clients.md E6`.
//!
//! # Invariants
//!
//! 1. The same release gives the same bytes, on any machine, in any time zone, whatever the order of the files: no
//!    module above [`store`] reads a clock, the disk, the environment or a socket.
//! 2. A UID depends on names alone. No UID is twice in a feed, and none changes its meaning.
//! 3. The ledger keeps every UID. SEQUENCE never decreases. LAST-MODIFIED changes if and only if readers see a
//!    difference. No event is removed before it is over.
//! 4. A [`timetable::Timetable`] can always be rendered: no module after [`resolve`] fails. Publishing may be refused,
//!    if the ledger has one of its UIDs with another meaning.
//! 5. Definitions with an error are never served.

pub mod atom;
pub mod cli;
pub mod definition;
pub mod feed;
pub mod icalendar;
pub mod id;
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
