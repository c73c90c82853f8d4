//! The pages contain every address and link that a reader needs, in every language. clients.md K

use std::collections::BTreeSet;
use std::sync::Arc;

use convene::definition::DefinitionFile;
use convene::pages::LinkTemplates;
use convene::revision::Release;
use convene::server::{ServerState, Service};
use convene::text::UiLanguage;
use hyper::StatusCode;

use crate::support::pages::{INSTANT, PAGES, SERVICE, all_sorts, page, release_of_all_sorts, service_at};
use crate::support::{ask, files, get, repository, rewrite, secret, sg12, site, tree};

/// Percent-encodes a URL that is part of another URL.
fn encoded(text: &str) -> String {
    let encode = |octet: u8| match octet {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(octet).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(encode).collect()
}

/// Checks that a page has an address and all links to it.
fn assert_links(page: &str, name: &str) {
    let rest = format!("convene.example/{name}.ics");
    assert!(page.contains(&format!(">https://{rest}</code>")), "K1 {name}");
    assert!(page.contains(&format!("href=\"webcal://{rest}\"")), "K2 {name}");
    let google = format!("https://calendar.google.com/calendar/r?cid={}", encoded(&format!("webcal://{rest}")));
    assert!(page.contains(&google), "K3 {name}");
    for host in ["outlook.live.com", "outlook.office.com"] {
        let address = encoded(&format!("https://{rest}"));
        assert!(page.contains(&format!("https://{host}/calendar/0/addfromweb?url={address}&#38;name=")), "K4 {name}");
    }
    assert!(page.contains(&format!("href=\"https://{rest}?download\"")), "{name}");
    assert!(!page.contains("webcals:"), "K2");
}

#[test]
fn every_feed_has_its_links() {
    let names = ["all", "plenaries", "deadlines", "meetings", "wp1", "wp2", "wp3", "q1", "q2", "q19", "2025-01-geneva"];
    for name in names {
        if name != "2025-01-geneva" {
            assert_links(&page("sg12/"), &format!("sg12/{name}"));
        }
        let own = page(&format!("sg12/{name}/"));
        assert_links(&own, &format!("sg12/{name}"));
        assert!(own.contains("https://calendar.google.com/calendar/r/settings/addbyurl"), "K3");
        assert!(own.contains("4 to 24 hours") && own.contains("About 3 hours"), "K6");
        // In another language, the links lead to the feed in that language.
        assert_links(&page(&format!("fr/sg12/{name}/")), &format!("sg12/{name}.fr"));
        assert_links(&page(&format!("en/sg12/{name}/")), &format!("sg12/{name}"));
    }
    assert_links(&page("sg12/follow/wp1_wp3_management/"), "sg12/follow/wp1_wp3_management");
}

#[test]
fn the_page_says_when_google_and_outlook_cannot_reach_it() {
    let says = |base_url: &str| {
        let release = Release { base_url: base_url.parse().expect("a URL"), ..sg12() };
        get(&site(&release), "/sg12/").text().contains("--base-url https://…</code>")
    };
    for local in [
        "http://127.0.0.1:8080/",
        "http://localhost:8080/",
        "http://10.1.2.3/",
        "http://[::1]/",
        "http://calendar/",
        "http://x.local/",
    ] {
        assert!(says(local), "{local}");
    }
    for public in ["https://convene.example/", "https://8.8.8.8/", "https://example.org/calendars/"] {
        assert!(!says(public), "{public}");
    }
}

/// Every link of a page to the service leads somewhere. Links to pages are relative, so that a proxy may serve
/// convene below a path.
#[test]
fn every_own_link_is_served() {
    let mut own = 0;
    for path in PAGES.iter().flat_map(|path| [(*path).to_owned(), format!("ar/{path}")]) {
        let here: url::Url = format!("https://convene.example/{path}").parse().expect("a URL");
        let page = page(&path);
        for link in page.split("href=\"").skip(1).chain(page.split("src=\"").skip(1)) {
            let link = here.join(link.split('"').next().expect("a link")).expect("a link");
            if link.host_str() == Some("convene.example") && link.scheme() == "https" {
                get(&SERVICE, link.path());
                own += 1;
            }
        }
    }
    assert!(own > 1_500, "{own}");
}

#[test]
fn pages_hold_nothing_private_and_nothing_from_elsewhere() {
    let release = sg12();
    for path in PAGES {
        let answer = get(&SERVICE, &format!("/{path}"));
        let policy = answer.headers["content-security-policy"].to_str().expect("ASCII");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        let page = answer.text();
        for delegate in release.timetable.delegates.iter() {
            assert!(!page.contains(delegate.id.as_str()) && !page.contains(&secret().token(&delegate)));
        }
        // A private session, and a link that is restricted to an audience.
        assert!(!page.contains("Secret") && !page.contains("hidden/") && !page.contains("kept-link"), "{path}");
        let without_data = page.replace("<script type=\"application/ld+json\">", "");
        assert!(!without_data.contains("<script>") && !without_data.contains(" onclick"), "{path}");
        let mut tags = without_data.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
        assert!(!tags.any(|tag| tag.contains(" style=")), "{path}");
        for part in without_data.split(" src=\"").skip(1).chain(page.split("<link rel=\"stylesheet\" href=\"").skip(1))
        {
            assert!(part.starts_with("./") || part.starts_with("../"), "{path}: {part:.40}");
        }
    }
}

/// The address determines the language: Arabic pages are from right to left, other languages have the same page, and
/// typed text in another language is marked with its language.
#[test]
fn pages_are_in_the_language_of_their_address() {
    for tag in UiLanguage::tags() {
        for path in PAGES {
            let page = page(&format!("{tag}/{path}"));
            let direction = if tag == "ar" { "rtl" } else { "ltr" };
            assert!(page.contains(&format!("<html lang=\"{tag}\" dir=\"{direction}\"")), "{tag} {path}");
            for other in
                UiLanguage::tags().filter(|_| !path.starts_with("embed/sg12/wp1") && !path.starts_with("embed/sg3"))
            {
                let here: url::Url = format!("https://convene.example/{tag}/{path}").parse().expect("a URL");
                let link = page.split(&format!("\" lang=\"{other}\" hreflang=\"{other}\"")).next().expect("a link");
                let link = here.join(link.rsplit("href=\"").next().expect("a link")).expect("a link");
                assert_eq!(link.path(), format!("/{other}/{path}"), "{tag} {path}");
            }
        }
    }
    let name = "Performance, quality of service (QoS) and quality of experience (QoE)";
    assert!(page("sg12/").contains(&format!("<p class=\"lead\">{name}</p>")));
    for tag in ["ar", "es", "fr", "ru"] {
        let marked = format!("<p class=\"lead\" lang=\"en\" dir=\"ltr\">{name}</p>");
        assert!(page(&format!("{tag}/sg12/")).contains(&marked), "{tag}");
    }
    assert!(page("zh/sg12/").contains("<p class=\"lead\">性能、服务质量（QoS）和体验质量（QoE）</p>"));
    // A title with an Arabic wording is not marked, and one without is.
    let busy = page("ar/sg3/2025-01-busy/");
    assert!(busy.contains("<h1>الاجتماع العام للجنة الدراسات 3</h1>"));
    assert!(busy.contains(" lang=\"en\" dir=\"ltr\">Reception</a>"));
    // Dates are in the format of each language.
    for (tag, dates) in [
        ("ar", "13–18 يناير 2025"),
        ("en", "13–18 January 2025"),
        ("es", "13–18 de enero de 2025"),
        ("fr", "13–18 janvier 2025"),
        ("ru", "13–18 января 2025 г."),
        ("zh", "2025年1月13日至18日"),
    ] {
        let page = page(&format!("{tag}/sg3/2025-01-busy/")).replace(['\u{a0}', '\u{202f}'], " ");
        assert!(page.contains(dates), "{tag}");
    }
    // An address without a language gives the first language of the study group, here French.
    assert!(page("sg4/").contains("<html lang=\"fr\""));
}

/// Pages depend on the day, which is part of the entity tag. Within a day they stay the same.
#[test]
fn pages_depend_on_the_day() {
    let release = sg12();
    let ask_at = |instant: &str, headers: &[(&str, &str)]| {
        ask(&service_at(&release, instant), "GET", "/sg12/2025-01-geneva/", headers)
    };
    let left = |instant: &str| {
        let page = ask_at(instant, &[]);
        let days =
            page.text().split("<span class=\"left\">").nth(1).expect("a deadline").split('<').next().expect("days");
        days.to_owned()
    };
    assert_eq!(left("2024-12-30T12:00:00Z"), "3 days left");
    assert_eq!(left("2025-01-01T12:00:00Z"), "tomorrow");
    // In the study group's time zone, the day begins an hour before that of UTC.
    assert_eq!(left("2025-01-01T22:59:59Z"), "tomorrow");
    assert_eq!(left("2025-01-01T23:00:00Z"), "today");
    assert!(ask_at("2025-01-03T12:00:00Z", &[]).text().contains("8 deadlines have passed"));
    let morning = ask_at("2025-01-01T08:00:00Z", &[]);
    let tag = morning.headers["etag"].to_str().expect("a tag").to_owned();
    assert!(tag.starts_with('"'), "a strong one: {tag}");
    assert_eq!(morning.headers["last-modified"], "Tue, 31 Dec 2024 23:00:00 GMT");
    let again = |instant| ask_at(instant, &[("if-none-match", &tag)]).status;
    assert_eq!(again("2025-01-01T20:00:00Z"), StatusCode::NOT_MODIFIED);
    assert_eq!(again("2025-01-02T08:00:00Z"), StatusCode::OK);
    let today = ask_at("2025-01-15T08:00:00Z", &[]);
    let marked = "aria-current=\"date\">\n<h4><time datetime=\"2025-01-15\">Wed 15 Jan</time> <span class=\"badge now\">Today</span>";
    assert!(today.text().contains(marked));
}

/// Hours that are not announced are marked; a joint session appears once; cancelled and tentative sessions are
/// marked; sessions that continue after a part of the day are repeated.
#[test]
fn the_timetable_marks_what_is_uncertain() {
    let busy = page("sg3/2025-01-busy/");
    assert_eq!(busy.matches(">Joint session on terms and definitions of charging</a>").count(), 1);
    assert!(busy.contains("<ul class=\"row of-4\">"), "side by side");
    assert!(busy.contains("<span class=\"badge off\">cancelled</span> <span class=\"why\">no contributions</span>"));
    assert!(busy.contains("<span class=\"badge maybe\">tentative</span>"));
    assert!(busy.contains("<span class=\"badge\">rescheduled</span>"));
    assert!(busy.contains("<p class=\"hours usual\">") && busy.contains("usual times, not announced"));
    assert!(busy.contains("time not announced") && busy.contains("<span class=\"small\">next day</span>"));
    // A time announced in another time zone is shown at its time at the venue.
    assert!(busy.contains("14:00</time>–<time datetime=\"2025-01-17T17:00:00+01:00\">17:00</time> · <span class=\"small\">22:00–01:00, Asia/Tokyo time"));
    let only = page("sg3/2025-01-busy/for/q4/");
    assert!(only.contains("Only Q4/3 and sessions for everyone") && only.contains("Regional call"));
    assert!(only.contains("Reception") && only.contains("Drafting"), "those of all, and of its working party");
    assert!(!only.contains(">Q3/3 – Question meeting</a>"));
    // Why and from when a session was moved, and what was removed from the definitions.
    assert!(
        busy.contains(
            "<span class=\"badge\">rescheduled</span> <span class=\"small\">previously: Thu 16 Jan, 09:30</span>"
        ) && busy.contains("the rapporteur arrives late")
    );
    assert!(
        busy.contains(
            "<span class=\"badge off\">cancelled</span> <span class=\"why\">no longer on the programme</span>"
        )
    );
    // A body without sessions says so, and is not blank.
    assert!(page("sg3/2025-interim/for/q3/").contains("Nothing upcoming in this calendar."));
    assert!(page("sg5/2025-04-quebec/").contains("This meeting has been cancelled."));
    assert!(page("embed/sg5/2025-04-quebec").contains("This meeting has been cancelled."));
    assert!(page("sg5/").contains("badge off"));
    assert!(page("sg4/").contains("Aucune réunion"));
    assert!(page("sg3/2025-09-lisbon/").contains("The timetable has not been announced yet."));
}

#[test]
fn the_builder_gives_an_address_and_describes_the_feed() {
    let to = |path: &str| {
        let answer = ask(&SERVICE, "GET", path, &[]);
        let location = answer.headers.get("location").map(|location| location.to_str().expect("ASCII").to_owned());
        (answer.status, location)
    };
    // In the order of the study group, whatever the order of the form; unknown names are left out.
    let sent = "/fr/sg12/follow/?follow=management&follow=q12&follow=wp1&follow=wp99&x=1";
    assert_eq!(to(sent), (StatusCode::SEE_OTHER, Some("wp1_q12_management/".to_owned())));
    assert_eq!(to("/sg12/follow/?follow=").0, StatusCode::OK);
    assert!(page("sg12/follow/").contains("Nothing is selected yet."));
    let built = page("sg3/follow/q1_q3/");
    assert_eq!(built.matches(" checked>").count(), 2);
    assert!(built.contains("Q1/3 – Question meeting</span> · <span>Q3/3 – Question meeting"), "{built}");
    assert!(built.contains(" · Q1/3 and Q3/3 meet in parallel; their individual times have not been announced"));
    // A cancelled session is no conflict, and a joint session is in one place.
    let before = service_at(&release_of_all_sorts(), "2025-01-13T08:00:00Z");
    let joint = get(&before, "/sg3/follow/q1_q5/").text().to_owned();
    let (_, conflicts) = joint.split_once("<div class=\"conflicts").expect("what is in conflict");
    let (conflicts, shown) = conflicts.split_once("</div>").expect("what it holds");
    assert!(shown.contains(">Joint session on terms and definitions of charging</a>"), "{shown}");
    assert!(conflicts.matches("<li>").count() == 2 && !conflicts.contains("Joint session"), "{conflicts}");
    assert!(page("sg12/follow/wp1/").contains("No time conflicts."));
    // More than an address can contain.
    let many = files(&repository().join("meetings")).into_iter().filter(|file| file.path.ends_with("group.yaml"));
    let mut many: Vec<DefinitionFile> = many.collect();
    rewrite(&mut many[0], |text| {
        let more = (20..90).map(|number| format!("  Q{number}: {{name: More}}\n")).collect::<Vec<_>>().concat();
        text.replace("\naudiences:", &format!("\n{more}\naudiences:"))
    });
    let service = site(&crate::support::release(many, INSTANT));
    let all = (20..90).map(|number| format!("&follow=q{number}")).collect::<Vec<_>>().concat();
    let crowded = get(&service, &format!("/sg12/follow/?x=1{all}"));
    assert!(crowded.text().contains("Your selection is too long for an address."), "{}", crowded.text());
    assert_eq!(crowded.text().matches(" checked>").count(), 70, "what was ticked is ticked still");
}

/// convene's own texts are in the primary language of a variety such as `zh-hk`.
#[test]
fn a_variety_of_a_language_uses_its_primary_language() {
    let [_, mut files] = all_sorts();
    let group = files.iter_mut().find(|file| file.path == "sg7/group.yaml").expect("a study group");
    rewrite(group, |text| text.replace("languages: [zh, en]", "languages: [zh-hk]"));
    let release = crate::support::release(files, INSTANT);
    let page = get(&service_at(&release, INSTANT), "/sg7/2025-01-beijing/").text().to_owned();
    assert!(page.contains("<html lang=\"zh\" dir=\"ltr\""), "{page}");
    let link = |id: &str, rest: &str| page.contains(&format!("<a href=\"../../sg7/2025-01-beijing/{id}/\"{rest}</a>"));
    assert!(link("opening", " lang=\"zh-hk\" dir=\"ltr\">开幕全会"), "what was typed: {page}");
    assert!(link("q1", ">Q1/7会议"), "what convene says: {page}");
}

/// The URLs of web calendars change more often than convene does, so the operator can set them.
#[test]
fn the_operator_can_set_the_urls_of_web_calendars() {
    let links = LinkTemplates {
        google_scheme: "https".to_owned(),
        outlook_host: "outlook.example".to_owned(),
        microsoft_host: "outlook.cloud.microsoft".to_owned(),
    };
    let state = ServerState::default().with_links(links);
    state.activate_release(sg12(), &secret());
    let service = Service::new(Arc::new(state));
    for (path, feed) in [("/sg12/", "wp1"), ("/sg12/wp1/", "wp1"), ("/ar/sg12/wp1/", "wp1.ar")] {
        let address = encoded(&format!("https://convene.example/sg12/{feed}.ics"));
        let page = get(&service, path);
        for link in [
            format!("https://calendar.google.com/calendar/r?cid={address}\""),
            format!("https://outlook.example/calendar/0/addfromweb?url={address}&#38;"),
            format!("https://outlook.cloud.microsoft/calendar/0/addfromweb?url={address}&#38;"),
            format!("webcal://convene.example/sg12/{feed}.ics\""),
        ] {
            assert!(page.text().contains(&link), "{path} {link}");
        }
        assert!(!page.text().contains("outlook.live.com") && !page.text().contains("outlook.office.com"), "{path}");
    }
}

/// Pages of other sites may show the embedded view in a frame, unless the operator forbids it, and no other page.
#[test]
fn the_operator_decides_who_may_embed_a_timetable() {
    let policy = |service: &Service, path: &str| {
        get(service, path).headers["content-security-policy"].to_str().expect("ASCII").to_owned()
    };
    assert!(policy(&SERVICE, "/embed/sg12/wp1").ends_with("frame-ancestors 'self' *"));
    for path in ["/", "/sg12/", "/embed/sg12/"] {
        assert!(policy(&SERVICE, path).ends_with("frame-ancestors 'none'"), "{path}");
    }
    let state =
        ServerState::default().with_frame_ancestors("https://www.itu.int https://*.example.org").expect("sources");
    state.activate_release(sg12(), &secret());
    let service = Service::new(Arc::new(state));
    assert!(
        policy(&service, "/fr/embed/sg12/wp1")
            .ends_with("frame-ancestors 'self' https://www.itu.int https://*.example.org")
    );
    let state = ServerState::default().with_frame_ancestors("'self'").expect("sources");
    state.activate_release(sg12(), &secret());
    assert!(policy(&Service::new(Arc::new(state)), "/embed/sg12/wp1").ends_with("frame-ancestors 'self'"));
    for wrong in ["", " ", "'none'", "https://a; script-src *", "a,b", "é"] {
        assert!(ServerState::default().with_frame_ancestors(wrong).is_none(), "{wrong:?}");
    }
    let script = get(&SERVICE, "/fr/embed/sg12/wp1.js");
    assert_eq!(script.headers["content-type"], "text/javascript; charset=utf-8");
    assert!(script.text().contains("frame.title = \"SG12 : WP1/12\";"), "{}", script.text());
    assert_eq!(ask(&SERVICE, "GET", "/embed/sg12/none.js", &[]).status, StatusCode::NOT_FOUND);
}

/// The former address of a meeting or a feed redirects to its page, in the reader's language.
#[test]
fn pages_of_former_names_redirect() {
    let mut all: Vec<DefinitionFile> = files(&repository().join("meetings"));
    for file in all.iter_mut().filter(|file| file.path.ends_with("2025-01-geneva.yaml")) {
        rewrite(file, |text| text.replace("\nstarts:", "\nwas: 2025-geneva\nstarts:"));
    }
    let service = site(&crate::support::release(all, INSTANT));
    for (from, to) in [
        ("/fr/sg12/2025-geneva/", "fr/sg12/2025-01-geneva/"),
        ("/sg12/2025-geneva/for/wp1/", "sg12/2025-01-geneva/for/wp1/"),
        ("/embed/sg12/2025-geneva", "embed/sg12/2025-01-geneva"),
        ("/ar/embed/sg12/2025-geneva.js", "ar/embed/sg12/2025-01-geneva.js"),
    ] {
        let answer = ask(&service, "GET", from, &[]);
        assert_eq!(answer.status, StatusCode::MOVED_PERMANENTLY, "{from}");
        assert_eq!(answer.headers["location"], format!("https://convene.example/{to}"));
    }
    for none in [
        "/fr/sg99/",
        "/tlh/sg12/",
        "/sg12/2025-01-geneva/for/",
        "/sg12/2025-01-geneva/for/wp9/",
        "/embed/",
        "/embed/x",
        "/fr/status.json",
    ] {
        assert_eq!(ask(&service, "GET", none, &[]).status, StatusCode::NOT_FOUND, "{none}");
    }
    // A folder without its slash.
    for (from, to) in [("/fr", "fr/"), ("/fr/sg12", "sg12/"), ("/embed/sg12", "sg12/"), ("/sg12/follow", "follow/")] {
        assert_eq!(ask(&service, "GET", from, &[]).headers["location"], to);
    }
}

/// A session that is cancelled on one day only is not marked as cancelled. A past deadline says when it was.
#[test]
fn the_page_of_a_series_covers_all_occurrences() {
    let banner = "<div class=\"notice off\"";
    assert!(page("sg3/2025-01-busy/q4/").contains(banner));
    let series = page("sg3/2024-07-montreal/replaced/");
    assert!(!series.contains(banner) && series.contains("no papers"));
    assert_eq!(series.matches("<li class=\"session ").count(), 2);
    let past = page("sg12/2025-01-geneva/contributions/");
    assert!(past.contains("Thursday 2 January 2025") && !past.contains("Nothing upcoming"));
    let chair = page("sg3/2025-01-busy/opening/");
    assert!(chair.contains("<dd>The chair</dd>") && chair.contains("<dd>French, Spanish</dd>"));
}

#[test]
fn hours_are_those_of_the_venue_in_its_own_season() {
    assert!(page("sg3/2024-07-montreal/").contains("All times: America/Toronto time (UTC-04:00)"));
    assert!(page("sg3/2025-01-busy/").contains("All times: Geneva time (UTC+01:00)"));
    // Across a clock change, no single offset is right.
    let spring = page("sg3/q1/");
    assert!(spring.contains("All times: Europe/Zurich time (UTC+01:00)"), "what is over says nothing of it");
}

#[test]
fn meetings_without_sessions_are_on_the_pages_of_feeds() {
    for path in ["sg3/meetings/", "sg3/all/", "sg3/q1/", "sg3/follow/q1_q3/", "embed/sg3/all"] {
        assert!(page(path).contains("15–26 September 2025"), "{path}");
    }
    let meetings = page("sg3/meetings/");
    assert!(
        meetings.contains("Plenary meeting of SG3 &#60;January &#38; more&#62;")
            && !meetings.contains("Summer meeting")
    );
    assert!(page("sg3/").contains("Summer meeting of SG3"), "among the past ones");
}

/// Every class that the style sheet formats is in a template, in the code that fills it, or a kind of session.
#[test]
fn every_class_of_the_style_sheet_is_used() {
    let folder = repository().join("src/pages");
    let read = |path: &str| std::fs::read_to_string(folder.join(path)).expect("a file");
    let is_source = |path: &&String| path.ends_with(".html") || path.ends_with(".rs");
    let sources: String = tree(&folder).iter().filter(is_source).map(|path| read(path)).collect();
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').map(str::to_owned).collect()
    };
    let used = words(&sources);
    // Selectors are what precedes `{`. Numbers are filled in: `dense-1`, `of-4`.
    let sheet = read("convene.css");
    let selectors = sheet.split('{').map(|part| part.rsplit(['}', ';', '/']).next().unwrap_or_default());
    let classes: BTreeSet<String> = selectors
        .flat_map(|selector| selector.split('.').skip(1))
        .filter_map(|part| words(part.split([' ', ':', ',', '>', '[', ')']).next()?).into_iter().next_back())
        .collect();
    assert!(classes.len() > 80, "the test sees only {} classes", classes.len());
    for class in classes {
        let name = class.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_kind = convene::timetable::SessionKind::WORDS.contains(&name);
        assert!(used.contains(name) || used.contains(&class) || is_kind, "no template has the class {class}");
    }
}

/// An address at which there is nothing is a page for people, in their language and with what may have been meant, and
/// one line of text for programs. Private addresses are in neither.
#[test]
fn addresses_that_lead_nowhere_are_answered_with_a_page() {
    let service = site(&release_of_all_sorts());
    let browser = |language: &'static str| [("Accept", "text/html,*/*;q=0.8"), ("Accept-Language", language)];
    let page = |path: &str, language: &'static str| {
        let answer = ask(&service, "GET", path, &browser(language));
        assert_eq!(answer.status.as_u16(), 404, "{path}");
        assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8", "{path}");
        assert_eq!(answer.headers["cache-control"], "no-cache", "{path}");
        answer.text().to_owned()
    };
    for (path, meant) in [
        ("/SG17/", "\"../sg12/\""),
        ("/sg17/Q14/", "\"../../sg12/q14/\""),
        ("/sg12/2025-01-genva/", "\"../../sg12/2025-01-geneva/\""),
        ("/sg12/2025-01-geneva/contribution/", "\"../../../sg12/2025-01-geneva/contributions/\""),
        ("/fr/sg12/2025-01-genva/", "\"../../sg12/2025-01-geneva/\""),
        ("/sg12/wp9.zh.ics", "\"../sg12/\""),
    ] {
        assert!(page(path, "en").contains(&format!("<li><a href={meant}")), "{path}: {}", page(path, "en"));
    }
    for (wanted, language) in [
        ("en", "en"),
        ("fr-CH, en;q=0.5", "fr"),
        ("de, es;q=0.7, en;q=0.8", "en"),
        ("ru", "ru"),
        ("zh-Hant-TW", "zh"),
        ("ar", "ar"),
        ("fr;q=0, *", "en"),
        ("tlh", "en"),
    ] {
        let page = page("/nowhere/", wanted);
        assert!(page.contains(&format!("<html lang=\"{language}\"")), "{wanted}: {page}");
        assert!(!page.contains("hreflang"), "robots are led to no other address without a page: {page}");
    }
    assert!(page("/ru/nowhere/", "en").contains("<html lang=\"ru\""), "the address names the language");
    let private = ask(&service, "GET", "/delegate/00112233445566778899aabbccddeeff.ics", &browser("en"));
    assert!(private.status.as_u16() == 404 && !private.text().contains("00112233"), "{}", private.text());
    assert_eq!(private.headers["referrer-policy"], "no-referrer");
    let unescaped = page("/%3Cscript%3E/\"x/", "en");
    assert!(!unescaped.contains("\"x/"), "{unescaped}");
    for headers in [&[][..], &[("Accept", "text/calendar, */*")]] {
        let answer = ask(&service, "GET", "/sg17/q14.ics", headers);
        assert_eq!((answer.status.as_u16(), answer.text()), (404, "There is nothing at this address.\n"));
    }
}
