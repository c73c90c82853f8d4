//! A meeting: its days, venue and documents, then its deadlines and sessions.

use super::names::Scope;
use super::texts::Texts;
use super::{deadlines, sessions};
use crate::body::Id;
use crate::definition;
use crate::problem::{Place, Problem, Problems};
use crate::text::Text;
use crate::timetable::{BodyIndex, Days, Letter, Meeting, STUDY_GROUP, Session, Uid};

/// The meeting of a file.
pub(super) fn resolve(
    (id, place, typed): (&Id, &Place, &definition::Meeting),
    group: &definition::Group,
    scope: &Scope,
    problems: &mut Problems,
) -> Option<Meeting> {
    let texts = Texts { languages: &scope.languages };
    let path = format!("{}/{id}", scope.id);
    let days = days(typed, problems);
    ids_are_unique(typed, group, problems);
    let sessions = sessions::resolve(typed, days, (&path, scope), problems);
    let deadlines = deadlines::resolve((typed, group), place, days, (&path, scope), problems);
    let default_title = || Some(Text::same(format!("{} meeting", scope.bodies.first()?.name)));
    Some(Meeting {
        id: id.clone(),
        uid: Uid::of(&scope.uid_domain, &path),
        title: texts.line(typed.title.as_ref(), problems).or_else(default_title)?,
        days,
        venue: typed.venue.as_ref().and_then(|name| scope.venue(name, problems)),
        letter: typed.letter.as_ref().and_then(letter),
        agenda: document(typed, |documents| documents.agenda.as_ref()),
        timetable: document(typed, |documents| documents.timetable.as_ref()),
        note: texts.prose(typed.note.as_ref(), problems),
        links: texts.links(typed.links.as_ref(), problems),
        without_session: without_session(days, &sessions, &path, scope),
        deadlines,
        sessions,
    })
}

fn days(typed: &definition::Meeting, problems: &mut Problems) -> Option<Days> {
    let lacks = |place, lacking: &str, there: &str| {
        Problem::error(place, format!("a meeting with `{there}` needs `{lacking}` too"))
            .label(format!("expected a line `{lacking}: …` beside this one"))
            .help("a file of e-meetings between meetings has neither")
    };
    match (&typed.starts, &typed.ends) {
        (Some(starts), Some(ends)) => {
            let days = Days::between(starts.value, ends.value);
            if days.is_none() {
                problems.push(
                    Problem::error(&ends.place, "the meeting ends before it starts")
                        .label(format!("expected {} or later, found {}", starts.value, ends.value))
                        .related(&starts.place, "starts here"),
                );
            }
            days
        }
        (Some(starts), None) if !typed.has("ends") => {
            problems.push(lacks(&starts.place, "ends", "starts"));
            None
        }
        (None, Some(ends)) if !typed.has("starts") => {
            problems.push(lacks(&ends.place, "starts", "ends"));
            None
        }
        _ => None,
    }
}

/// Reports ids that two of the file's sessions and deadlines, the inherited ones included, lay claim to.
fn ids_are_unique(typed: &definition::Meeting, group: &definition::Group, problems: &mut Problems) {
    let deadlines = typed.deadlines.iter().flatten().filter_map(|deadline| deadline.id.as_ref());
    let sessions = typed.sessions.iter().flatten().filter_map(|session| session.id.as_ref());
    let mut seen = Vec::new();
    for id in deadlines.chain(sessions) {
        super::is_new(id.clone(), &mut seen, &format!("the id `{}`", id.value), problems);
    }
    let sessions = typed.sessions.iter().flatten().filter_map(|session| session.id.as_ref());
    let rules = group.deadlines.iter().flat_map(|rules| &rules.list).filter(|_| typed.has("starts"));
    let rules: Vec<_> = rules.map(|(id, _)| id.clone()).collect();
    for id in sessions {
        super::is_repeated(id, &rules, &format!("the id `{}`", id.value), problems);
    }
}

fn letter(typed: &definition::Letter) -> Option<Letter> {
    Some(Letter {
        number: crate::text::line(&typed.number.as_ref()?.value.0),
        date: typed.date.as_ref().map(|date| date.value),
        url: typed.url.as_ref().map(|url| url.value.clone()),
    })
}

fn document(
    typed: &definition::Meeting,
    which: impl Fn(&definition::Documents) -> Option<&definition::Located<definition::Words>>,
) -> Option<String> {
    let number = which(typed.documents.as_ref()?)?;
    Some(crate::text::line(&number.value.0))
}

/// The bodies below the study group that no session names, nor the working party of one that does.
fn without_session(days: Option<Days>, sessions: &[Session], path: &str, scope: &Scope) -> Vec<(BodyIndex, Uid)> {
    if days.is_none() || sessions.is_empty() {
        return Vec::new();
    }
    // A session for an audience alone is in no body's feed.
    let open = || sessions.iter().filter(|session| session.audience.is_empty());
    let named = |body: BodyIndex| open().any(|session| session.bodies.contains(&body));
    let has_session = |body: BodyIndex| {
        let above = scope.bodies[body].above.filter(|above| *above != STUDY_GROUP);
        let below = || (0..scope.bodies.len()).filter(|below| scope.bodies[*below].above == Some(body));
        named(body) || above.is_some_and(named) || below().any(named)
    };
    let uid = |body: BodyIndex| {
        // A colon stands in no id, so no session can lay claim to this path.
        Uid::of(&scope.uid_domain, &format!("{path}/no-session:{}", scope.bodies[body].name.address()))
    };
    (STUDY_GROUP + 1..scope.bodies.len()).filter(|body| !has_session(*body)).map(|body| (body, uid(body))).collect()
}
