//! HTTP over a real socket: the rules of clients.md section H, as tables of requests and responses.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use convene::server::{Limits, ServerState};

use crate::support::http::{Reply, Service};
use crate::support::{addresses, rewrite, secret, sg12};

#[test]
fn feeds_have_the_headers_that_clients_need() {
    let service = Service::start(Limits::default());
    let reply = service.ask("GET", "/sg12/wp1.ics", "");
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), "text/calendar; charset=utf-8"); // H1
    assert_eq!(reply.header("content-length"), reply.body.len().to_string()); // H13
    assert_eq!(reply.header("content-disposition"), "inline; filename=\"wp1.ics\""); // H12
    assert_eq!(reply.header("last-modified"), "Fri, 20 Dec 2024 08:00:00 GMT"); // H8
    assert!(reply.header("etag").starts_with('"') && reply.header("etag").len() > 20); // H8: strong
    assert_eq!(reply.header("cache-control"), "public, max-age=300"); // H10
    assert_eq!(reply.header("x-content-type-options"), "nosniff"); // H17
    assert_eq!(reply.header("access-control-allow-origin"), "*"); // H17
    assert_eq!(reply.header("set-cookie"), "");
    for headers in
        ["Accept: text/html\r\n", "Accept: application/calendar+json\r\n", "Accept-Language: zh\r\n", "Cookie: a=b\r\n"]
    {
        assert_eq!(service.ask("GET", "/sg12/wp1.ics", headers), reply, "H3 {headers}");
    }
    assert_eq!(service.ask("GET", "/sg12/wp1.ics?x=y", ""), reply);
}

/// clients.md H2, for every address there is.
#[test]
fn head_is_get_without_the_body_everywhere() {
    let service = Service::start(Limits::default());
    let pages = [
        "/",
        "/sg12/",
        "/robots.txt",
        "/assets/convene.css",
        "/assets/convene.js",
        "/assets/convene.svg",
        "/fr/sg12/",
        "/sg12/2025-01-geneva/",
        "/sg12/wp1/",
        "/sg12/follow/wp1_q12/",
        "/embed/sg12/wp1",
        "/embed/sg12/wp1.js",
        "/status",
        "/sg12/follow/wp1_q12.ics",
        "/sg12",
        "/sg12/wp1.json",
        "/sg12/wp1.atom",
        "/none",
    ];
    let feeds = addresses(&sg12()).into_iter().map(|(_, path)| path);
    for path in pages.into_iter().map(str::to_owned).chain(feeds) {
        let (get, head) = (service.ask("GET", &path, ""), service.ask("HEAD", &path, ""));
        assert!(get.status == 200 || path == "/sg12" || path == "/none", "{path}");
        if get.status == 200 {
            assert_eq!((head.status, &head.headers, head.body.len()), (200, &get.headers, 0), "{path}");
        }
        assert_eq!(get.header("content-length"), get.body.len().to_string(), "{path}");
    }
}

/// clients.md H8, RFC 9110 13: a table of requests and responses.
#[test]
fn conditional_requests_are_answered_as_the_rfc_says() {
    let service = Service::start(Limits::default());
    let full = service.ask("GET", "/sg12/wp1.ics", "");
    let etag = full.header("etag").to_owned();
    let (old, same, new) =
        ("Thu, 19 Dec 2024 08:00:00 GMT", "Fri, 20 Dec 2024 08:00:00 GMT", "Sat, 21 Dec 2024 08:00:00 GMT");
    let table = [
        (format!("If-None-Match: {etag}\r\n"), 304),
        (format!("If-None-Match: W/{etag}\r\n"), 304),
        (format!("If-None-Match: \"a\", W/\"b\",{etag}\r\n"), 304),
        (format!("If-None-Match: \"a\"\r\nIf-None-Match: {etag}\r\n"), 304),
        ("If-None-Match: *\r\n".to_owned(), 304),
        ("If-None-Match: \"other\"\r\n".to_owned(), 200),
        (format!("If-None-Match: {}\r\n", etag.trim_matches('"')), 200),
        (format!("If-Modified-Since: {same}\r\n"), 304),
        // A deleted file takes its date with it, so a date later than ours does not refer to what is served
        (format!("If-Modified-Since: {new}\r\n"), 200),
        (format!("If-Modified-Since: {old}\r\n"), 200),
        ("If-Modified-Since: yesterday\r\n".to_owned(), 200),
        // ICSx5 sends both: If-None-Match takes precedence
        (format!("If-None-Match: \"other\"\r\nIf-Modified-Since: {new}\r\n"), 200),
        (format!("If-None-Match: {etag}\r\nIf-Modified-Since: {old}\r\n"), 304),
        // RFC 9110 13.1.1: a strong comparison, which a weak tag never matches
        (format!("If-Match: {etag}\r\n"), 200),
        (format!("If-Match: \"a\", {etag}\r\n"), 200),
        ("If-Match: *\r\n".to_owned(), 200),
        ("If-Match: \"other\"\r\n".to_owned(), 412),
        (format!("If-Match: W/{etag}\r\n"), 412),
        (format!("If-Unmodified-Since: {same}\r\n"), 200),
        (format!("If-Unmodified-Since: {new}\r\n"), 200),
        (format!("If-Unmodified-Since: {old}\r\n"), 412),
        ("If-Unmodified-Since: yesterday\r\n".to_owned(), 200),
        // RFC 9110 13.2.2: If-Match before If-Unmodified-Since, both before If-None-Match
        (format!("If-Match: {etag}\r\nIf-Unmodified-Since: {old}\r\n"), 200),
        (format!("If-Match: \"other\"\r\nIf-None-Match: {etag}\r\n"), 412),
        (format!("If-Match: {etag}\r\nIf-None-Match: {etag}\r\n"), 304),
        // Ranges are not supported, so range headers are ignored
        (format!("Range: bytes=0-9\r\nIf-Range: {etag}\r\n"), 200),
        ("Range: bytes=0-9\r\nIf-Range: \"other\"\r\n".to_owned(), 200),
    ];
    for (headers, status) in table {
        for method in ["GET", "HEAD"] {
            let reply = service.ask(method, "/sg12/wp1.ics", &headers);
            assert_eq!(reply.status, status, "{method} {headers}");
            if status == 304 {
                assert!(reply.body.is_empty());
                for name in ["etag", "cache-control", "vary", "access-control-allow-origin"] {
                    assert_eq!(reply.header(name), full.header(name), "{method} {headers}");
                }
                // RFC 9110 15.4.5: other headers about the body are left out.
                assert_eq!(
                    (reply.header("last-modified"), reply.header("content-type")),
                    ("", ""),
                    "{method} {headers}"
                );
            }
        }
    }
}

/// clients.md H11: not compressed unless requested. Each coding has its own entity tag.
#[test]
fn content_codings_are_those_that_were_requested() {
    let service = Service::start(Limits::default());
    let plain = service.ask("GET", "/sg12/wp1.ics", "");
    let table = [
        ("", ""),
        ("Accept-Encoding:\r\n", ""),
        ("Accept-Encoding: identity\r\n", ""),
        ("Accept-Encoding: deflate, zstd\r\n", ""),
        ("Accept-Encoding: gzip\r\n", "gzip"),
        ("Accept-Encoding: x-gzip\r\n", "gzip"),
        ("Accept-Encoding: GZip\r\n", "gzip"),
        ("Accept-Encoding: br\r\n", "br"),
        ("Accept-Encoding: gzip, deflate, br\r\n", "br"),
        ("Accept-Encoding: gzip\r\nAccept-Encoding: br\r\n", "br"),
        ("Accept-Encoding: br;q=0.5, gzip;q=0.8\r\n", "gzip"),
        ("Accept-Encoding: br;q=0, gzip\r\n", "gzip"),
        ("Accept-Encoding: gzip;q=0\r\n", ""),
        ("Accept-Encoding: *\r\n", "br"),
        ("Accept-Encoding: *;q=0\r\n", ""),
        ("Accept-Encoding: identity;q=1, gzip;q=0.5\r\n", ""),
        ("Accept-Encoding: gzip;q=nonsense\r\n", ""),
        // Nothing is refused because of a coding: clients.md H3
        ("Accept-Encoding: identity;q=0\r\n", ""),
    ];
    for path in ["/sg12/wp1.ics", "/sg12/follow/wp1_q12.ics", "/sg12/wp1.json", "/sg12/wp1.atom", "/sg12/"] {
        let plain = service.ask("GET", path, "");
        for (headers, coding) in table {
            let reply = service.ask("GET", path, headers);
            assert_eq!((reply.status, reply.header("content-encoding")), (200, coding), "{path} {headers}");
            assert_eq!(reply.header("vary"), "accept-encoding", "{path} {headers}");
            assert_eq!(reply.header("content-length"), reply.body.len().to_string(), "{path} {headers}");
            assert_eq!(decoded(coding, &reply.body), plain.body, "{path} {headers}");
            assert_eq!(reply.header("etag") == plain.header("etag"), coding.is_empty(), "{path} {headers}");
            let head = service.ask("HEAD", path, headers);
            assert_eq!((head.status, &head.headers, head.body.len()), (200, &reply.headers, 0), "{path} {headers}");
            let known = service.ask("GET", path, &format!("{headers}If-None-Match: {}\r\n", reply.header("etag")));
            assert_eq!((known.status, known.header("etag")), (304, reply.header("etag")), "{path} {headers}");
        }
    }
    // The tag of another coding belongs to another body.
    let gzip = service.ask("GET", "/sg12/wp1.ics", "Accept-Encoding: gzip\r\n");
    let asked = format!("Accept-Encoding: gzip\r\nIf-None-Match: {}\r\n", plain.header("etag"));
    assert_eq!(service.ask("GET", "/sg12/wp1.ics", &asked).body, gzip.body);
}

fn decoded(coding: &str, body: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    match coding {
        "gzip" => flate2::read::GzDecoder::new(body).read_to_end(&mut plain).map(|_| ()).expect("gzip"),
        "br" => brotli::BrotliDecompress(&mut &body[..], &mut plain).expect("brotli"),
        _ => plain.extend_from_slice(body),
    }
    plain
}

/// clients.md H12: `?download` saves the same bytes as a file; any other query changes nothing.
#[test]
fn a_download_is_the_same_feed_to_be_saved() {
    let service = Service::start(Limits::default());
    for (path, name) in [
        ("/sg12/wp1.ics", "wp1.ics"),
        ("/sg12/wp1.zh.ics", "wp1.zh.ics"),
        ("/sg12/2025-01-geneva.ics", "2025-01-geneva.ics"),
        ("/sg12/2025-01-geneva/opening-plenary.ics", "opening-plenary.ics"),
        ("/sg12/follow/wp1_q12.ics", "wp1_q12.ics"),
    ] {
        let plain = service.ask("GET", path, "");
        assert_eq!(plain.header("content-disposition"), format!("inline; filename=\"{name}\""));
        for query in ["download", "download=1", "x=y&download"] {
            let saved = service.ask("GET", &format!("{path}?{query}"), "");
            assert_eq!(saved.header("content-disposition"), format!("attachment; filename=\"{name}\""), "{query}");
            assert_eq!((&saved.body, saved.header("etag")), (&plain.body, plain.header("etag")));
        }
        for query in ["", "downloads", "x=download", "utm_source=a&b"] {
            assert_eq!(service.ask("GET", &format!("{path}?{query}"), ""), plain, "{query}");
        }
    }
}

/// clients.md H17: other origins can read public feeds, and nothing else.
#[test]
fn only_public_feeds_are_for_other_origins() {
    let service = Service::start(Limits::default());
    for (path, origin) in [
        ("/sg12/wp1.ics", "*"),
        ("/sg12/wp1.json", "*"),
        ("/sg12/wp1.atom", "*"),
        ("/sg12/follow/wp1_q12.ics", "*"),
        ("/status.json", "*"),
        ("/", ""),
        ("/sg12/", ""),
        ("/sg12/wp1/", ""),
        ("/status", ""),
    ] {
        let reply = service.ask("GET", path, "Origin: https://elsewhere.example\r\n");
        assert_eq!((reply.status, reply.header("access-control-allow-origin")), (200, origin), "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        if reply.header("content-type").starts_with("text/html") {
            assert!(reply.header("content-security-policy").contains("default-src 'none'"), "{path}");
        }
        assert_eq!(reply.header("set-cookie"), "", "{path}");
    }
}

/// clients.md H16: the former address of a renamed feed redirects, in every form; permanently once it was renamed.
#[test]
fn former_addresses_redirect() {
    let mut before: Option<convene::revision::Release> = None;
    let steps =
        [("2025-03-geneva", "q1", ""), ("2025-03-geneva", "q1-drafting", "q1"), ("2025-03-zurich", "q1-texts", "q1")];
    for (day, (meeting, session, was)) in steps.into_iter().enumerate() {
        let renamed = format!("id: {session}, was: {was}, ");
        let id = if was.is_empty() { format!("id: {session}, ") } else { renamed };
        let mut files = crate::support::first_of_changed("id: q1, ", &id);
        for file in files.iter_mut().filter(|file| file.path.contains("2025-03")) {
            file.path = format!("sg1/{meeting}.yaml");
            if meeting != "2025-03-geneva" {
                rewrite(file, |text| text + "was: 2025-03-geneva\n");
            }
        }
        let timetable =
            crate::support::timetable(files).unwrap_or_else(|problems| panic!("{}", problems.report(false)));
        let instant = format!("2025-01-1{day}T08:00:00Z").parse().expect("an instant");
        let made = convene::publication::publish(before.as_ref(), crate::support::publish_request(timetable, instant));
        before = Some(made.expect("it is published").release);
    }
    let site = crate::support::site(&before.expect("a release"));
    let to = |path: &str| {
        let answer = crate::support::ask(&site, "GET", path, &[]);
        let location = answer.headers.get("location").map(|value| value.to_str().expect("ASCII").to_owned());
        (answer.status.as_u16(), location.unwrap_or_default())
    };
    let base = "https://convene.example/sg1";
    for (path, location) in [
        ("/sg1/2025-03-geneva.ics", "/2025-03-zurich.ics"),
        ("/sg1/2025-03-geneva.zh.ics", "/2025-03-zurich.zh.ics"),
        ("/sg1/2025-03-geneva.json", "/2025-03-zurich.json"),
        ("/sg1/2025-03-geneva.atom", "/2025-03-zurich.atom"),
        ("/sg1/2025-03-geneva/", "/2025-03-zurich/"),
        ("/sg1/2025-03-geneva/q1.ics", "/2025-03-zurich/q1-texts.ics"),
        ("/sg1/2025-03-geneva/q1-drafting.ics", "/2025-03-zurich/q1-texts.ics"),
        ("/sg1/2025-03-zurich/q1-drafting.zh.ics", "/2025-03-zurich/q1-texts.zh.ics"),
        ("/sg1/2025-03-geneva/q1-texts.ics", "/2025-03-zurich/q1-texts.ics"),
    ] {
        assert_eq!(to(path), (301, format!("{base}{location}")), "{path}");
    }
    assert_eq!(to("/sg1/2025-03-zurich/q1-texts.ics").0, 200);
    assert_eq!(to("/sg1/2025-03-geneva/none.ics").0, 404);
}

/// clients.md H9: another body has another entity tag.
#[test]
fn different_bodies_have_different_tags() {
    let service = Service::start(Limits::default());
    let mut seen = std::collections::BTreeMap::new();
    for (_, path) in addresses(&sg12()) {
        let reply = service.ask("GET", &path, "");
        let known = seen.insert(reply.header("etag").to_owned(), reply.body.clone());
        assert!(known.is_none_or(|known| known == reply.body), "{path}");
    }
    let tag = |path: &str| service.ask("GET", path, "").header("etag").to_owned();
    assert_eq!(tag("/sg12/wp1.ics"), tag("/sg12/wp1.en.ics"));
    assert_eq!(service.ask("GET", "/sg12/wp1.ics", "").body, service.ask("GET", "/sg12/wp1.en.ics", "").body);
    assert_ne!(tag("/sg12/wp1.ics"), tag("/sg12/wp1.zh.ics"));
}

#[test]
fn other_methods_get_405_and_the_allowed_ones() {
    let service = Service::start(Limits::default());
    for method in ["POST", "PUT", "DELETE", "PATCH", "PROPFIND", "REPORT", "MKCALENDAR"] {
        for path in ["/sg12/wp1.ics", "/", "/sg12/", "/robots.txt", "/sg12/follow/wp1_q12.ics"] {
            let reply = service.ask(method, path, "Content-Length: 0\r\n");
            assert_eq!((reply.status, reply.header("allow")), (405, "GET, HEAD, OPTIONS"), "{method} {path}");
            assert_eq!(reply.header("content-length"), reply.body.len().to_string());
        }
    }
}

#[test]
fn unknown_addresses_are_404_with_a_length() {
    let service = Service::start(Limits::default());
    for path in [
        "/none",
        "/sg12/none.ics",
        "/sg12/wp9",
        "/sg12/wp1.tlh.ics",
        "/sg12/../sg12/wp1.ics",
        "/sg12/sg12.ics",
        "/sg12/2025-01-geneva/none.ics",
        "/sg12/follow/.ics",
        "/sg12/follow/wp1_.ics",
        "/sg12/follow/sg12.ics",
        "/sg12/follow/wp1_q12.tlh.ics",
        "/sg12%2Fwp1.ics",
        "/sg12/wp1.ics%",
        "/sg12/wp1.ics%4",
        "/sg12/wp1%2569cs",
        "/sg12/follow/%FF.ics",
        "/%FF/follow/wp1.ics",
        "/sg13/follow/wp1.ics",
        "/delegate/",
        "/delegate/x.ics",
        "/sg12/changes/x",
        "/favicon.ico",
        "/.git/config",
        "/assets/",
        "/sg12/wp1.ics%0d%0aX:1",
    ] {
        let reply = service.ask("GET", path, "");
        assert_eq!(reply.status, 404, "{path}");
        assert_eq!(reply.header("content-length"), reply.body.len().to_string(), "{path}");
    }
    for (path, status) in [
        ("/sg12/follow/wp1.ics", 200),
        ("/sg12/follow/wp1_q12_management.ics", 200),
        ("/sg12/follow/management.zh.ics", 200),
        // Needless percent-encoding does not change the meaning. RFC 3986 6.2.2.2
        ("/sg12/%77p1.ics", 200),
        ("/%73g12/follow/%77p1%5Fq12%2eics", 200),
        ("/sg12/2025%2D01-geneva/", 200),
    ] {
        assert_eq!(service.ask("GET", path, "").status, status, "{path}");
    }
    let folder = service.ask("GET", "/sg12", "");
    assert_eq!((folder.status, folder.header("location")), (308, "sg12/"));
    assert_eq!(service.ask("POST", "/sg12", "Content-Length: 0\r\n").status, 405);
}

/// Each document has one address. Other spellings and other orders of names lead to it.
#[test]
fn other_spellings_lead_to_the_one_address() {
    let service = Service::start(Limits::default());
    for (path, own) in [
        ("/sg12/WP1.ics", "sg12/wp1.ics"),
        ("/SG12/wp1.ics", "sg12/wp1.ics"),
        ("/sg12/wp1.ICS", "sg12/wp1.ics"),
        ("/sg12/wp1.ZH.ics", "sg12/wp1.zh.ics"),
        ("/SG12/Wp1.Zh.Json", "sg12/wp1.zh.json"),
        ("/sg12/wp1.ics/", "sg12/wp1.ics"),
        ("/sg12//wp1.ics", "sg12/wp1.ics"),
        ("//sg12/follow/wp1.ics", "sg12/follow/wp1.ics"),
        ("/sg12/follow/q12_wp1.ics", "sg12/follow/wp1_q12.ics"),
        ("/sg12/follow/q12_wp1.zh.atom", "sg12/follow/wp1_q12.zh.atom"),
        ("/sg12/follow/wp1_wp1.ics", "sg12/follow/wp1.ics"),
        ("/sg12/follow/management_wp1.ics", "sg12/follow/wp1_management.ics"),
        ("/sg12/follow/Q12_WP1.ics", "sg12/follow/wp1_q12.ics"),
        ("/sg12/follow/q12_wp1/", "sg12/follow/wp1_q12/"),
        ("/fr/sg12/follow/q12_wp1/", "fr/sg12/follow/wp1_q12/"),
        ("/FR/SG12", "fr/sg12/"),
        ("/SG12/", "sg12/"),
        ("/Sg12/2025-01-Geneva", "sg12/2025-01-geneva/"),
        ("/sg12/2025-01-geneva/for/q12_wp1/", "sg12/2025-01-geneva/for/wp1_q12/"),
        ("/SG12/2025-01-geneva/for/q12_wp1", "sg12/2025-01-geneva/for/wp1_q12/"),
        ("/embed/sg12/follow/q12_wp1", "embed/sg12/follow/wp1_q12"),
        ("/embed/sg12/follow/q12_wp1.js", "embed/sg12/follow/wp1_q12.js"),
        ("/embed/SG12/WP1", "embed/sg12/wp1"),
    ] {
        let reply = service.ask("GET", path, "");
        assert_eq!(
            (reply.status, reply.header("location")),
            (301, &*format!("https://convene.example/{own}")),
            "{path}"
        );
        assert_eq!(service.ask("GET", &format!("/{own}"), "").status, 200, "{own}");
    }
    // A token has one spelling, and its folder too.
    let token = secret().token(&sg12().timetable.delegates.get(0).expect("a delegate"));
    let path = format!("/delegate/{token}.ics");
    assert_eq!(service.ask("GET", &path, "").status, 200);
    for other in [path.to_ascii_uppercase(), path.replace("/delegate", "//delegate"), path.replace('d', "D")] {
        assert_eq!(service.ask("GET", &other, "").status, 404);
    }
}

/// The response to an invalid private address discloses nothing: it equals that of any unknown address, byte by byte.
#[test]
fn invalid_private_addresses_look_like_unknown_ones() {
    let service = Service::start(Limits::default());
    let release = sg12();
    let token = secret().token(&release.timetable.delegates.get(0).expect("a delegate"));
    let right = service.ask("GET", &format!("/delegate/{token}.ics"), "");
    assert_eq!(right.status, 200);
    assert_eq!(right.header("cache-control"), "private, max-age=300");
    assert_eq!(right.header("referrer-policy"), "no-referrer");
    assert_eq!(right.header("access-control-allow-origin"), "");
    assert_eq!(right.header("content-disposition"), "inline; filename=\"convene.ics\"");
    assert!(!String::from_utf8_lossy(&right.body).contains(&token), "the address is not in the file");
    assert_eq!(service.ask("GET", &format!("/delegate/{token}.zh.ics"), "").status, 200);
    let mut wrong = token.clone();
    wrong.replace_range(39.., if token.ends_with('0') { "1" } else { "0" });
    let upper = token.to_uppercase();
    for method in ["GET", "HEAD", "POST", "PROPFIND"] {
        let unknown = service.ask(method, "/sg12/none.ics", "");
        assert_eq!(unknown.status, 404);
        for path in [
            format!("/delegate/{wrong}.ics"),
            format!("/delegate/{upper}.ics"),
            format!("/delegate/{token}"),
            format!("/delegate/{token}.tlh.ics"),
            "/delegate/x".to_owned(),
        ] {
            assert_eq!(service.ask(method, &path, ""), unknown, "{method} {path}");
        }
    }
}

/// clients.md H5
#[test]
fn robots_may_read_everything() {
    let service = Service::start(Limits::default());
    let reply = service.ask("GET", "/robots.txt", "");
    assert_eq!((reply.status, reply.body.as_slice()), (200, b"User-agent: *\nAllow: /\n".as_slice()));
}

#[test]
fn malformed_requests_are_refused_with_a_length() {
    let service = Service::start(Limits::default());
    let long = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "x".repeat(100_000));
    let many = "X-Header: y\r\n".repeat(500);
    let many = format!("GET / HTTP/1.1\r\nHost: x\r\n{many}\r\n");
    for octets in ["GET\r\n\r\n", "\u{0}\u{1}\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", many.as_str()] {
        let reply = service.send(octets);
        assert!((400..=505).contains(&reply.status), "{}", reply.status);
        assert_eq!(reply.header("content-length"), reply.body.len().to_string());
    }
    // Too long for the buffer: refused, or closed while still being sent. The service goes on.
    let mut stream = TcpStream::connect(service.address).expect("a connection");
    let _ = stream.write_all(long.as_bytes());
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply);
    assert!(reply.is_empty() || Reply::parse(&reply).status >= 400);
    assert_eq!(service.ask("GET", "/", "").status, 200);
    assert_eq!(service.send("GET / HTTP/1.0\r\n\r\n").status, 200);
}

/// A connection that sends nothing, half a request, or no second request is closed. Others are served meanwhile.
#[test]
fn slow_headers_time_out() {
    let limits = Limits { idle: Duration::from_millis(200), ..Limits::default() };
    let service = Service::start(limits);
    for half in ["", "GET /sg12/wp1.ics HT", "GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n"] {
        let mut stream = service.begin(half);
        assert_eq!(service.ask("GET", "/", "").status, 200);
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).expect("the service closes");
    }
}

/// Shutdown waits for responses in progress, and not for idle connections.
#[test]
fn shutdown_is_bounded() {
    let limits = Limits { idle: Duration::from_secs(600), drain: Duration::from_millis(300), ..Limits::default() };
    let service = Service::start(limits);
    let mut half = service.begin("GET / HT");
    assert_eq!(service.ask("GET", "/", "").status, 200);
    drop(service);
    let mut rest = Vec::new();
    let _ = half.read_to_end(&mut rest);
}

/// Half a request gets no more time while the service shuts down.
#[test]
fn slow_headers_time_out_during_shutdown() {
    let limits = Limits { idle: Duration::from_secs(2), drain: Duration::from_secs(600), ..Limits::default() };
    let service = Service::start(limits);
    let mut half = service.begin("GET / HT");
    assert_eq!(service.ask("GET", "/", "").status, 200);
    let end = std::thread::spawn(move || drop(service));
    half.read_to_end(&mut Vec::new()).expect("the service closes");
    end.join().expect("the service ends");
}

/// If there is no free slot, the connection that was idle longest is closed, and the new one is served.
#[test]
fn the_longest_idle_connection_is_evicted() {
    let service = Service::start(Limits { connections: 1, idle: Duration::from_secs(600), ..Limits::default() });
    let mut first = service.begin("GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n");
    first.read_exact(&mut [0; 1]).expect("an answer");
    let mut second = service.begin("GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let _ = first.read_to_end(&mut Vec::new());
    let mut reply = Vec::new();
    second.read_to_end(&mut reply).expect("an answer");
    assert_eq!(Reply::parse(&reply).status, 200);
}

/// Each new connection evicts one connection, and not more.
#[test]
fn no_more_connections_are_evicted_than_needed() {
    let service = Service::start(Limits { connections: 2, idle: Duration::from_secs(600), ..Limits::default() });
    assert_eq!(service.ask("GET", "/robots.txt", "").status, 200);
    let is_answered = |stream: &mut TcpStream| {
        let sent = stream.write_all(b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n");
        sent.is_ok() && stream.read(&mut [0; 4096]).is_ok_and(|octets| octets > 0)
    };
    let mut silent = [(); 2].map(|()| service.begin(""));
    assert!(silent.iter_mut().all(is_answered));
    assert_eq!(service.ask("GET", "/robots.txt", "").status, 200);
    assert_eq!(silent.iter_mut().map(is_answered).filter(|is_answered| *is_answered).count(), 1);
}

/// If all slots are taken, clients that do not read are evicted long before their write timeout.
#[test]
fn slow_readers_do_not_block_others() {
    const PLACES: usize = 4;
    let service = Service::start(Limits { connections: PLACES, ..Limits::default() });
    // More than the system buffers for a client that reads nothing.
    let many = "GET /sg12/all.ics HTTP/1.1\r\nHost: x\r\n\r\n".repeat(400);
    let mut unread: Vec<TcpStream> =
        (0..3 * PLACES).map(|_| TcpStream::connect(service.address).expect("one")).collect();
    let senders: Vec<_> = unread
        .iter_mut()
        .map(|stream| {
            let (mut stream, many) = (stream.try_clone().expect("a connection"), many.clone());
            std::thread::spawn(move || stream.write_all(many.as_bytes()))
        })
        .collect();
    let begun = std::time::Instant::now();
    for _ in 0..3 {
        assert_eq!(service.ask("GET", "/robots.txt", "").status, 200);
    }
    assert!(begun.elapsed() < Limits::default().answer_read / 2, "{:?}", begun.elapsed());
    drop(unread);
    for sender in senders {
        let _ = sender.join().expect("a sender");
    }
}

/// RFC 9112 3.2: an HTTP/1.1 request has exactly one Host field, with a host and perhaps a port.
#[test]
fn a_request_names_one_host() {
    let service = Service::start(Limits::default());
    let status = |start: &str, hosts: &[&str]| {
        let hosts: Vec<String> = hosts.iter().map(|host| format!("Host: {host}\r\n")).collect();
        let hosts = hosts.concat();
        service.send(&format!("{start}\r\n{hosts}Connection: close\r\n\r\n")).status
    };
    for host in
        ["x", "convene.example", "convene.example:8080", "127.0.0.1:80", "[::1]", "[::1]:8080", "x:", "", "a_b.example"]
    {
        assert_eq!(status("GET /robots.txt HTTP/1.1", &[host]), 200, "{host}");
    }
    for hosts in [
        &[][..],
        &["x", "x"],
        &["x", "y"],
        &["a b"],
        &["a/b"],
        &["u@x"],
        &["x:port"],
        &["x:99999"],
        &["[::1"],
        &["[x]"],
        &["::1"],
    ] {
        assert_eq!(status("GET /robots.txt HTTP/1.1", hosts), 400, "{hosts:?}");
    }
    assert_eq!(status("GET http://convene.example/robots.txt HTTP/1.1", &["convene.example"]), 200);
    assert_eq!(status("GET http://convene.example/robots.txt HTTP/1.1", &[]), 400);
    // HTTP/1.0 has no such field.
    assert_eq!(status("GET /robots.txt HTTP/1.0", &[]), 200);
}

/// A page of another origin may ask whether a public feed has changed, and read its entity tag. clients.md H17
#[test]
fn a_preflight_allows_conditional_requests_of_other_origins() {
    let service = Service::start(Limits::default());
    let asked = "Origin: https://itu.example\r\nAccess-Control-Request-Method: GET\r\n\
                 Access-Control-Request-Headers: if-none-match\r\n";
    for path in [
        "/sg12/wp1.ics",
        "/sg12/follow/wp1_q12.ics",
        "/sg12/wp1.json",
        "/sg12/wp1.atom",
        "/status.json",
        "/sg12/wp1.fr.ics",
    ] {
        let reply = service.ask("OPTIONS", path, asked);
        assert_eq!((reply.status, reply.body.len()), (204, 0), "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), "*", "{path}");
        assert!(reply.header("access-control-allow-headers").split(", ").any(|name| name == "if-none-match"), "{path}");
        assert!(reply.header("access-control-allow-methods").contains("GET"), "{path}");
        assert_eq!(service.ask("GET", path, "").header("access-control-expose-headers"), "etag", "{path}");
    }
    let release = sg12();
    let token = secret().token(&release.timetable.delegates.get(0).expect("a delegate"));
    for path in ["/", "/sg12/", "/robots.txt", "/status", "*", &format!("/delegate/{token}.ics")] {
        let reply = service.ask("OPTIONS", path, asked);
        assert_eq!((reply.status, reply.header("allow")), (204, "GET, HEAD, OPTIONS"), "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), "", "{path}");
    }
    assert_eq!(service.ask("OPTIONS", "/none", asked).status, 404);
}

/// `?download` names every kind of file, but never after a private address.
#[test]
fn every_download_has_a_name() {
    let service = Service::start(Limits::default());
    let release = sg12();
    let token = secret().token(&release.timetable.delegates.get(0).expect("a delegate"));
    let private = |ending: &str| format!("/delegate/{token}.{ending}");
    for (path, name) in [
        ("/sg12/wp1.ics", "wp1.ics"),
        ("/sg12/wp1.zh.json", "wp1.zh.json"),
        ("/sg12/wp1.atom", "wp1.atom"),
        ("/sg12/wp1/", "wp1.html"),
        ("/fr/sg12/2025-01-geneva/for/wp1_q12/", "wp1_q12.html"),
        ("/", "convene.html"),
        ("/status", "status.html"),
        ("/status.json", "status.json"),
        ("/robots.txt", "robots.txt"),
        ("/assets/convene.css", "convene.css"),
        ("/embed/sg12/wp1.js", "wp1.js"),
        (&private("ics"), "convene.ics"),
        (&private("json"), "convene.json"),
        (&private("atom"), "convene.atom"),
    ] {
        let reply = service.ask("GET", &format!("{path}?download"), "");
        assert_eq!(reply.header("content-disposition"), format!("attachment; filename=\"{name}\""), "{path}");
    }
}

/// The file of large answers is given up when its disk fills, even during responses: they continue from memory.
#[test]
fn losing_the_file_of_large_answers_is_not_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let state = Arc::new(ServerState::in_folder(folder.path()));
    let service = Service::start_with(Limits::default(), Arc::clone(&state));
    let request = "GET /sg12/all.ics HTTP/1.1\r\nHost: x\r\n\r\n";
    let body = service.ask("GET", "/sg12/all.ics", "").body;
    assert!(body.len() > 16 * 1024, "it is large enough for the file");
    // Many responses are half read: the rest must still be sent after the file is gone.
    let mut under_way = service.begin(&request.repeat(60));
    let mut half = vec![0; body.len() / 2];
    under_way.read_exact(&mut half).expect("a half");
    state.empty_body_files(true);
    under_way.write_all(b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").expect("to send");
    under_way.read_to_end(&mut half).expect("the rest");
    let whole = half.windows(body.len()).filter(|part| *part == body).count();
    assert_eq!(whole, 60, "every answer is whole");
    assert_eq!(service.ask("GET", "/sg12/all.ics", "").body, body);
}
