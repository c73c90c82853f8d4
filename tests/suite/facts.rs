//! "What each delegate must find, and must not": the table of the letter's facts, row by row, on the bytes served.

use crate::support::{SG12_INSTANT, files, get, release, repository, rewrite, secret, sg12, sg12_site, site};

/// An event of a feed.
#[derive(Debug)]
struct Event {
    /// Its content lines, unfolded.
    lines: Vec<String>,
}

impl Event {
    fn value(&self, key: &str) -> &str {
        let line =
            self.lines.iter().find(|line| line.starts_with(&format!("{key}:")) || line.starts_with(&format!("{key};")));
        line.and_then(|line| line.split_once(':')).map(|(_, value)| value).unwrap_or_default()
    }

    fn all(&self) -> String {
        self.lines.join("\n").replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")
    }

    /// Returns the times in Geneva, `20250114T110000-20250114T123000`, or the days, `20241214-20241215`.
    fn span(&self) -> String {
        format!("{}-{}", self.value("DTSTART"), self.value("DTEND"))
    }
}

/// A feed as a delegate sees it.
struct Feed {
    events: Vec<Event>,
}

impl Feed {
    fn at(path: &str) -> Self {
        Self::parse(get(sg12_site(), path).text())
    }

    /// Returns the private feed of a delegate in the repository's delegates.yaml.
    fn delegate(id: &str) -> Self {
        let release = sg12();
        let delegate = release.timetable.delegates.iter().find(|delegate| delegate.id.as_str() == id).expect(id);
        Self::parse(get(sg12_site(), &format!("/delegate/{}.ics", secret().token(&delegate))).text())
    }

    fn parse(feed: &str) -> Self {
        let unfolded = feed.replace("\r\n ", "");
        let events = unfolded.split("BEGIN:VEVENT\r\n").skip(1).map(|event| {
            let event = event.split("END:VEVENT").next().expect("an event");
            Event { lines: event.split_terminator("\r\n").map(str::to_owned).collect() }
        });
        Self { events: events.collect() }
    }

    /// Returns the only event whose summary contains a text.
    fn one(&self, summary: &str) -> &Event {
        let found: Vec<&Event> = self.events.iter().filter(|event| event.value("SUMMARY").contains(summary)).collect();
        assert_eq!(found.len(), 1, "{summary}: {:?}", self.summaries());
        found[0]
    }

    fn has(&self, summary: &str) -> bool {
        self.events.iter().any(|event| event.value("SUMMARY").contains(summary))
    }

    fn summaries(&self) -> Vec<&str> {
        self.events.iter().map(|event| event.value("SUMMARY")).collect()
    }

    fn all(&self) -> String {
        self.events.iter().map(Event::all).collect()
    }
}

const BODIES: [&str; 17] =
    ["wp1", "wp2", "wp3", "q1", "q2", "q4", "q5", "q6", "q7", "q9", "q10", "q12", "q13", "q14", "q15", "q17", "q19"];

/// Days on which the ad hoc meetings sit.
const AD_HOC_DAYS: [&str; 5] = ["20250115", "20250116", "20250117", "20250120", "20250121"];

/// Returns the feed of every participant.
fn everyone() -> Vec<(String, Feed)> {
    let public =
        BODIES.iter().copied().chain(["all", "plenaries", "2025-01-geneva", "follow/wp1_q12", "follow/q2_management"]);
    let mut feeds: Vec<(String, Feed)> =
        public.map(|name| (name.to_owned(), Feed::at(&format!("/sg12/{name}.ics")))).collect();
    for delegate in sg12().timetable.delegates.iter() {
        feeds.push((delegate.id.to_string(), Feed::delegate(delegate.id.as_str())));
    }
    feeds
}

#[test]
fn everyone_finds_registration_plenaries_and_pre_registration() {
    for (name, feed) in everyone() {
        if name == "delegate-2" {
            continue; // reads Chinese: below
        }
        let registration = feed.one("Registration");
        assert_eq!(registration.span(), "20250114T083000-20250114T093000", "{name}");
        assert!(registration.all().contains("only the start (08:30) has been announced"), "{name}");
        let opening = feed.one("Opening plenary (end time not announced)");
        assert_eq!(opening.span(), "20250114T110000-20250114T123000", "{name}");
        assert!(opening.lines.iter().any(|line| line == "DTSTART;TZID=Europe/Zurich:20250114T110000"), "{name}");
        let closing = feed.one("Closing plenary (usual times\\, not announced)");
        assert_eq!(
            (closing.span().as_str(), closing.value("STATUS")),
            ("20250123T093000-20250123T123000", "CONFIRMED")
        );
        let rest = feed.one("Closing plenary\\, if necessary (tentative\\; usual times\\, not announced)");
        assert_eq!((rest.span().as_str(), rest.value("STATUS")), ("20250123T143000-20250123T173000", "TENTATIVE"));
        assert_eq!(feed.one("Pre-registration").span(), "20241214-20241215", "{name}");
        for session in feed.events.iter().filter(|event| event.value("DTSTART").contains('T')) {
            assert!(session.all().contains("Draft timetable, subject to change."), "{name}: {session:?}");
            assert!(session.all().contains("Timetable with updates: SG12-TD2"), "{name}: {session:?}");
        }
    }
}

#[test]
fn the_opening_plenary_is_at_ten_in_utc() {
    let release = sg12();
    let meeting = &release.timetable.groups[0].meetings[0];
    let opening =
        meeting.sessions.iter().find(|session| session.id.as_str() == "opening-plenary").expect("the session");
    let convene::timetable::When::Timed(span) = &opening.occurrences[0].when else { panic!("no hour") };
    assert_eq!(span.start().instant.to_string(), "2025-01-14T10:00:00Z");
}

#[test]
fn nobody_finds_anything_on_the_weekend() {
    for (name, feed) in everyone() {
        for event in &feed.events {
            // The notice that Q2/12 has no session lies over the meeting's days, by design.
            let is_notice = event.value("SUMMARY").contains("Q2/12");
            let (start, end) = (&event.value("DTSTART")[..8], event.value("DTEND"));
            let touches = |day: &str| start <= day && if end.len() == 8 { end > day } else { &end[..8] >= day };
            assert!(is_notice || !(touches("20250118") || touches("20250119")), "{name}: {event:?}");
        }
    }
}

#[test]
fn the_management_team_finds_its_session_and_no_hour_that_looks_announced() {
    for feed in
        [Feed::delegate("rapporteur-q12"), Feed::at("/sg12/all.ics"), Feed::at("/sg12/follow/wp2_management.ics")]
    {
        let session = feed.one("Management team");
        assert_eq!(session.span(), "20250122T143000-20250122T173000");
        assert_eq!(session.value("SUMMARY"), "SG12: Management team (usual times\\, not announced)");
        assert!(session.all().contains("announced only as “afternoon”"));
        assert!(session.all().contains("(14:30–17:30) are those usual for SG12"));
        assert!(session.all().contains("Only for: management team"));
    }
}

#[test]
fn a_working_party_delegate_finds_openings_ad_hoc_blocks_closings_and_contributions() {
    let names = ["/sg12/wp1.ics", "/sg12/wp2.ics", "/sg12/wp3.ics"];
    for feed in names.iter().map(|path| Feed::at(path)).chain([Feed::delegate("delegate-1")]) {
        let opening = feed.one("Working parties and Q1/12 open (usual times\\, not announced)");
        assert_eq!(opening.span(), "20250114T143000-20250114T173000");
        assert!(opening.all().contains("Held one after the other. Their order and times have not been announced."));
        let blocks: Vec<String> =
            feed.events.iter().filter(|event| event.value("SUMMARY").contains("Ad hoc")).map(Event::span).collect();
        let halves = |day: &&str| [format!("{day}T093000-{day}T123000"), format!("{day}T143000-{day}T173000")];
        assert_eq!(blocks, AD_HOC_DAYS.iter().flat_map(halves).collect::<Vec<_>>());
        assert_eq!(
            feed.one("Working parties close (usual times\\, not announced)").span(),
            "20250122T093000-20250122T123000"
        );
        let contributions: Vec<&Event> = feed
            .events
            .iter()
            .filter(|event| event.value("SUMMARY") == "SG12 deadline: Member contributions")
            .collect();
        assert_eq!(contributions.iter().map(|event| event.span()).collect::<Vec<_>>(), ["20250102-20250103"]);
    }
}

#[test]
fn a_working_party_delegate_finds_no_management_team_no_invented_slots_and_no_rooms() {
    let names = ["/sg12/wp1.ics", "/sg12/wp2.ics", "/sg12/wp3.ics"];
    for feed in names.iter().map(|path| Feed::at(path)).chain([Feed::delegate("delegate-1")]) {
        assert!(!feed.has("Management") && !feed.all().contains("management"));
        let hours = ["083000", "110000", "093000", "143000"];
        for event in feed.events.iter().filter(|event| event.value("DTSTART").contains('T')) {
            assert!(hours.contains(&&event.value("DTSTART")[9..]), "{event:?}");
            let is_registration = event.value("SUMMARY").contains("Registration");
            // The letter says where registration is, and names no rooms.
            let work_dir = event.value("LOCATION").starts_with("Entrance of the Montbrillant building\\, ");
            assert_eq!(work_dir, is_registration, "{event:?}");
            assert!(is_registration || event.value("LOCATION").starts_with("ITU headquarters\\, Place des Nations"));
        }
    }
}

#[test]
fn a_q5_delegate_finds_what_wp1_finds_and_no_other_working_partys_own_sessions() {
    let (q5, wp1) = (Feed::at("/sg12/q5.ics"), Feed::at("/sg12/wp1.ics"));
    assert_eq!(q5.all(), wp1.all());
    assert_eq!(q5.events.iter().filter(|event| event.value("SUMMARY").contains("Ad hoc")).count(), 10);
    // The letter has no session of a single working party, so a copy of the meeting gets one for WP2.
    let mut files = files(&repository().join("meetings"));
    let meeting = files.iter_mut().find(|file| file.path == "sg12/2025-01-geneva.yaml").expect("the meeting");
    rewrite(meeting, |text| {
        text + "- {id: wp2-alone, kind: working-party, for: [WP2], day: 2025-01-16, at: 18:00-19:00}\n\
          - {id: q14-alone, kind: question, for: [Q14], day: 2025-01-16, at: 19:00-20:00}\n\
          - {id: q5-alone, kind: question, for: [Q5], day: 2025-01-16, at: 18:00-19:00}\n"
    });
    let service = site(&release(files, SG12_INSTANT));
    let feed = |name: &str| Feed::parse(get(&service, &format!("/sg12/{name}.ics")).text());
    for (name, wp2, q14, q5) in [
        ("q5", false, false, true),
        ("wp1", false, false, true),
        ("q4", false, false, false),
        ("wp2", true, true, false),
        ("q14", true, true, false),
        ("q9", true, false, false),
        ("q1", false, false, false),
        ("plenaries", false, false, false),
        ("all", true, true, true),
    ] {
        let feed = feed(name);
        let found = (feed.has("SG12: WP2/12 "), feed.has("SG12: Q14/12 "), feed.has("SG12: Q5/12 "));
        assert_eq!(found, (wp2, q14, q5), "{name}: {:?}", feed.summaries());
    }
}

#[test]
fn a_q1_delegate_finds_its_opening_and_not_the_working_parties_blocks() {
    for feed in [Feed::at("/sg12/q1.ics"), Feed::delegate("delegate-3")] {
        let opening = feed.one("Working parties and Q1/12 open");
        assert_eq!(opening.span(), "20250114T143000-20250114T173000");
        assert!(opening.all().contains("For: WP1/12, WP2/12, WP3/12, Q1/12"));
        assert!(!feed.has("Ad hoc") && !feed.has("close"));
    }
}

#[test]
fn a_q2_delegate_finds_plenaries_deadlines_and_the_notice_that_it_has_no_time() {
    for feed in [Feed::at("/sg12/q2.ics"), Feed::delegate("delegate-4"), Feed::at("/sg12/follow/q2.ics")] {
        let notice = feed.one("no time announced for Q2/12");
        assert_eq!((notice.span().as_str(), notice.value("TRANSP")), ("20250114-20250124", "TRANSPARENT"));
        assert!(notice.all().contains("schedule no separate session for Q2/12"));
        for session in ["Registration", "Opening plenary", "Closing plenary (usual", "Closing plenary\\, if necessary"]
        {
            feed.one(session);
        }
        assert!(!feed.has("open (") && !feed.has("Ad hoc") && !feed.has("close"), "{:?}", feed.summaries());
        assert!(feed.has("SG12 deadline: Member contributions") && feed.has("Pre-registration"));
    }
    for name in BODIES.iter().filter(|name| **name != "q2") {
        assert!(!Feed::at(&format!("/sg12/{name}.ics")).has("no time announced"), "{name}");
    }
}

#[test]
fn a_fellowship_applicant_finds_both_dates_and_no_rule() {
    let feed = Feed::delegate("fellow-1");
    let start = feed.one("Register and start the fellowship application");
    assert_eq!((start.span().as_str(), start.value("TRANSP")), ("20241126-20241127", "TRANSPARENT"));
    assert!(start.value("SUMMARY").starts_with("SG12 recommended date: "));
    assert!(start.all().contains("Recommended date, not mandatory."));
    // The letter prints no date for it, so no letter is cited.
    assert!(
        start.all().contains("This date does not appear in the Collective letter.") && !start.all().contains("Source:")
    );
    let request = feed.one("SG12 deadline: Fellowship requests must have been received (fellowship applicants)");
    assert_eq!(request.span(), "20241203-20241204");
    assert!(request.all().contains("fellowships@itu.int"));
    assert!(request.all().contains("Source: Collective letter 1/12, dated 1 November 2024"));
    for (name, feed) in everyone() {
        for rule in ["week", "month before", "days before", "six ", "seven "] {
            assert!(!feed.all().contains(rule), "{name}: {rule}");
        }
    }
}

#[test]
fn a_visa_applicant_finds_the_request_and_no_date_of_the_letter() {
    let feed = Feed::delegate("visa-applicant-1");
    let request = feed.one("Requests for visa support letters (visa applicants)");
    assert_eq!(request.span(), "20241214-20241215");
    assert_eq!(feed.events.iter().filter(|event| event.all().to_lowercase().contains("visa")).count(), 1);
    assert!(!feed.all().contains("15 days"));
}

#[test]
fn a_member_state_finds_its_date_and_interpretation_on_the_closing_plenary_alone() {
    let feed = Feed::delegate("member-state-1");
    assert_eq!(feed.one("Interpretation requests (Member States)").span(), "20241203-20241204");
    for event in feed.events.iter().filter(|event| event.value("DTSTART").contains('T')) {
        let is_closing = event.value("SUMMARY").contains("Closing plenary");
        assert_eq!(event.all().contains("Interpretation: only on request"), is_closing, "{event:?}");
        assert_eq!(event.all().contains("nterpret"), is_closing, "{event:?}");
    }
}

/// Deadlines for an audience are in the private feeds of those delegates. Public feeds contain all of them, with the
/// audience in the title.
#[test]
fn deadlines_with_an_audience_reach_their_delegates_alone() {
    let audiences = ["fellowship applicants", "visa applicants", "Member States"];
    for (id, own) in [
        ("delegate-1", ""),
        ("fellow-1", audiences[0]),
        ("visa-applicant-1", audiences[1]),
        ("member-state-1", audiences[2]),
    ] {
        let feed = Feed::delegate(id);
        for audience in audiences {
            assert_eq!(feed.has(&format!("({audience})")), audience == own, "{id}: {audience}");
        }
        assert!(feed.has("Member contributions that need translation") && feed.has("real-time captioning"), "{id}");
    }
    for audience in audiences {
        assert!(
            Feed::at("/sg12/wp1.ics").has(&format!("({audience})")) && Feed::at("/sg12/deadlines.ics").has(audience)
        );
    }
}

#[test]
fn the_deadlines_are_those_of_the_letter() {
    let feed = Feed::at("/sg12/deadlines.ics");
    let dates: Vec<String> = feed.events.iter().map(Event::span).collect();
    let day = |first: &str, after: &str| format!("{first}-{after}");
    let expected = [
        day("20241114", "20241115"),
        day("20241114", "20241115"),
        day("20241126", "20241127"),
        day("20241203", "20241204"),
        day("20241203", "20241204"),
        day("20241214", "20241215"),
        day("20241214", "20241215"),
        day("20250102", "20250103"),
    ];
    assert_eq!(dates, expected);
}

#[test]
fn a_reader_of_chinese_finds_the_letters_own_titles() {
    for feed in [Feed::at("/sg12/all.zh.ics"), Feed::at("/sg12/2025-01-geneva.zh.ics")] {
        for (title, span) in [
            ("SG12：开幕全体会议（结束时间未公布）", "20250114T110000-20250114T123000"),
            ("SG12：各工作组和第1/12号课题会议依次开幕（惯常时间，未公布）", "20250114T143000-20250114T173000"),
            ("SG12：各工作组会议依次闭幕（惯常时间，未公布）", "20250122T093000-20250122T123000"),
            ("SG12：管理团队会议（惯常时间，未公布）", "20250122T143000-20250122T173000"),
            ("SG12：闭幕全体会议（惯常时间，未公布）", "20250123T093000-20250123T123000"),
            ("SG12：闭幕全体会议（如有必要）（暂定；惯常时间，未公布）", "20250123T143000-20250123T173000"),
            ("SG12截止日期：提交ITU-T成员文稿", "20250102-20250103"),
        ] {
            let found = feed.events.iter().filter(|event| event.value("SUMMARY") == title).map(Event::span);
            assert_eq!(found.collect::<Vec<_>>(), [span], "{title}: {:?}", feed.summaries());
        }
        assert_eq!(feed.events.iter().filter(|event| event.value("SUMMARY").contains("特设会议（并行）")).count(), 10);
        assert!(feed.all().contains("时间计划草案") && feed.all().contains("时间表（含更新）：SG12-TD2"));
    }
    let private = Feed::delegate("delegate-2");
    assert!(private.has("SG12：开幕全体会议") && !private.has("Opening"));
}

/// Links for an audience and private sessions are only in the feeds of those delegates.
#[test]
fn restricted_links_and_sessions_are_nowhere_else() {
    let release = release(files(&repository().join("tests/golden/language/meetings")), "2026-01-10T08:00:00Z");
    let service = site(&release);
    let kept = ["meet.example/all", "meet.example/opening", "meet.example/secret"];
    let mut public: Vec<String> =
        convene::feed::addresses(&release.timetable).into_iter().map(|(path, _)| format!("/{path}.ics")).collect();
    assert!(!public.iter().any(|path| path.contains("secret")), "no address names a private session");
    public.extend(
        ["/", "/sg12/", "/sg9/", "/sg12/follow/q1_management.ics", "/sg12/follow/q4_management_editors.ics"]
            .map(str::to_owned),
    );
    for path in &public {
        let body = get(&service, path).text().replace("\r\n ", "");
        assert!(!kept.iter().any(|link| body.contains(link)), "{path}");
        assert!(!body.contains("DTEND;TZID=Europe/Zurich:20260212T200000"), "{path} has the private session");
    }
    assert_eq!(crate::support::ask(&service, "GET", "/sg12/2026-02-geneva/secret.ics", &[]).status, 404);
    let of = |id: &str| {
        let delegate = release.timetable.delegates.iter().find(|delegate| delegate.id.as_str() == id).expect(id);
        get(&service, &format!("/delegate/{}.ics", secret().token(&delegate))).text().replace("\r\n ", "")
    };
    let has = |id: &str| kept.map(|link| of(id).contains(link));
    assert_eq!(has("both"), [false, false, false], "no audience, no link");
    assert_eq!(has("editor"), [true, true, false], "editors have the meeting's links, not the management's");
    assert_eq!(has("manager"), [true, true, true]);
    assert_eq!(
        has("joint-manager"),
        [true, false, true],
        "who follows the other study group has the links of a joint session"
    );
}
