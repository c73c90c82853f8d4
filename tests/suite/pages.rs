//! The pages: valid HTML, with every address and link that a reader needs. clients.md K

use std::process::Command;

use convene::revision::Release;

use crate::support::{addresses, files, get, readers, release, repository, secret, sg12, sg12_site, site};

fn page(path: &str) -> String {
    get(sg12_site(), path).text().to_owned()
}

/// The Nu Html Checker, which nobody here wrote, finds nothing to say: neither error nor warning.
#[test]
fn pages_are_valid_html() {
    let folder = tempfile::tempdir().expect("a folder");
    let texts = release_of_texts();
    let local = Release { base_url: "http://127.0.0.1:8080/".parse().expect("a URL"), ..sg12() };
    let pages = [
        ("index.html", page("/")),
        ("sg12.html", page("/sg12/")),
        ("local.html", get(&site(&local), "/sg12/").text().to_owned()),
        ("texts.html", get(&site(&texts), "/sg20/").text().to_owned()),
    ];
    let mut command = Command::new("java");
    command.arg("-jar").arg(readers().join("node_modules/vnu-jar/build/dist/vnu.jar")).arg("--stdout");
    for (name, page) in &pages {
        std::fs::write(folder.path().join(name), page).expect("to write a page");
        command.arg(folder.path().join(name));
    }
    let checked = command.output().expect("java");
    let said = String::from_utf8_lossy(&checked.stdout) + String::from_utf8_lossy(&checked.stderr);
    assert!(checked.status.success() && said.trim().is_empty(), "{said}");
    // A checker that never finds fault would prove nothing.
    let broken = folder.path().join("broken.html");
    std::fs::write(&broken, pages[0].1.replace("</ul>", "")).expect("to write a page");
    let checked = Command::new("java")
        .arg("-jar")
        .arg(readers().join("node_modules/vnu-jar/build/dist/vnu.jar"))
        .arg(&broken)
        .output()
        .expect("java");
    assert!(!checked.status.success());
}

#[test]
fn every_feed_that_is_subscribed_to_stands_there_with_its_links() {
    let page = page("/sg12/");
    let listed =
        ["all", "plenaries", "deadlines", "meetings", "wp1", "wp2", "wp3", "q1", "q2", "q19", "2025-01-geneva"];
    for name in listed {
        let rest = format!("convene.example/sg12/{name}.ics");
        assert!(page.contains(&format!("<code>https://{rest}</code>")), "K1 {name}");
        assert!(page.contains(&format!("href=\"webcal://{rest}\"")), "K2 {name}");
        let encoded = |text: &str| {
            let encode = |octet: u8| match octet {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(octet).to_string(),
                other => format!("%{other:02X}"),
            };
            text.bytes().map(encode).collect::<String>()
        };
        let google = format!("https://calendar.google.com/calendar/r?cid={}", encoded(&format!("webcal://{rest}")));
        assert!(page.contains(&google), "K3 {name}");
        for host in ["outlook.live.com", "outlook.office.com"] {
            let address = encoded(&format!("https://{rest}"));
            assert!(
                page.contains(&format!("https://{host}/calendar/0/addfromweb?url={address}&#38;name=")),
                "K4 {name}"
            );
        }
    }
    assert!(page.contains("https://calendar.google.com/calendar/r/settings/addbyurl"), "K3");
    assert!(!page.contains("webcals:"), "K2");
    assert!(page.contains("all.en.ics") && page.contains("all.zh.ics"));
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

/// Every link of a page to the service itself leads somewhere. They are relative, so a proxy may serve convene below a
/// path of its own.
#[test]
fn every_own_link_is_served() {
    for path in ["/", "/sg12/"] {
        let page = page(path);
        let here: url::Url = format!("https://convene.example{path}").parse().expect("a URL");
        let mut own = 0;
        for link in page.split("href=\"").skip(1).chain(page.split("src=\"").skip(1)) {
            let link = here.join(link.split('"').next().expect("a link")).expect("a link");
            if link.host_str() == Some("convene.example") && link.scheme() == "https" {
                get(sg12_site(), link.path());
                own += 1;
            }
        }
        assert!(own >= 3, "{path}: {own}");
    }
}

#[test]
fn pages_hold_nothing_private_and_nothing_from_elsewhere() {
    let release = sg12();
    for path in ["/", "/sg12/"] {
        let answer = get(sg12_site(), path);
        let policy = answer.headers.get("content-security-policy").expect("a policy").to_str().expect("ASCII");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        let page = answer.text();
        for delegate in release.timetable.delegates.iter() {
            assert!(!page.contains(delegate.id.as_str()) && !page.contains(&secret().token(&delegate)));
        }
        assert!(!page.contains("<script>") && !page.contains("style=") && !page.contains(" onclick"));
        for part in page.split("src=\"").skip(1).chain(page.split("<link rel=\"stylesheet\" href=\"").skip(1)) {
            assert!(part.starts_with("assets/") || part.starts_with("../assets/"), "{part:.40}");
        }
    }
    // Names that only definitions have are escaped.
    let texts = release_of_texts();
    let page = get(&site(&texts), "/sg20/").text().to_owned();
    assert!(page.contains("Commas, semicolons; back\\slashes: and &#34;quotes&#34;"));
    assert!(addresses(&texts).len() > 20);
}

fn release_of_texts() -> Release {
    release(files(&repository().join("tests/golden/texts/meetings")), "2026-03-01T00:00:00Z")
}
