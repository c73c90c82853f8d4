//! What a reader may do with a feed: copy its address, or hand it to a calendar. Source: clients.md K.

use std::fmt::Write;
use std::net::{Ipv4Addr, Ipv6Addr};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use qrcodegen::{QrCode, QrCodeEcc};
use url::{Host, Url};

/// Everything that a reader may do with a feed.
pub(super) struct Ways {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) address: String,
    pub(super) webcal: String,
    pub(super) google: String,
    pub(super) outlook: String,
    pub(super) microsoft: String,
    /// The page of the feed, relative.
    pub(super) page: String,
}

impl Ways {
    /// Those of a feed of this name at a path below the base URL: `sg12/wp1.fr`.
    pub(super) fn of(base_url: &Url, path: &str, name: String, page: String) -> Self {
        let address = format!("{base_url}{path}.ics");
        let rest = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
        // clients.md K2: never webcals
        let webcal = format!("webcal://{rest}");
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        // clients.md K4: https in the address for Outlook, K3: webcal for Google
        let microsoft = |host: &str| {
            format!("https://{host}/calendar/0/addfromweb?url={}&name={}", encoded(&address), encoded(&name))
        };
        Self {
            id: path.replace(['/', '.'], "-"),
            google: format!("https://calendar.google.com/calendar/r?cid={}", encoded(&webcal)),
            outlook: microsoft("outlook.live.com"),
            microsoft: microsoft("outlook.office.com"),
            name,
            address,
            webcal,
            page,
        }
    }
}

/// Whether services on the internet can be expected to reach an address: no loopback, no private network, no bare
/// host name.
pub(super) fn is_public(url: &Url) -> bool {
    let is_public_v4 = |address: Ipv4Addr| {
        !(address.is_loopback() || address.is_private() || address.is_link_local() || address.is_unspecified())
    };
    let is_public_v6 = |address: Ipv6Addr| {
        !(address.is_loopback()
            || address.is_unique_local()
            || address.is_unicast_link_local()
            || address.is_unspecified())
    };
    match url.host() {
        None => false,
        Some(Host::Domain(domain)) => {
            domain.contains('.') && !domain.ends_with(".localhost") && !domain.ends_with(".local")
        }
        Some(Host::Ipv4(address)) => is_public_v4(address),
        Some(Host::Ipv6(address)) => is_public_v6(address),
    }
}

/// A square that a telephone's camera reads, as the path of an SVG with a module for each unit.
pub(super) struct Square {
    /// Modules from side to side, with the four that have to be empty around it.
    pub(super) side: i32,
    pub(super) path: String,
}

impl Square {
    /// That of an address; none for one that is too long for it.
    pub(super) fn of(address: &str) -> Option<Self> {
        /// ISO/IEC 18004: four modules around it are empty.
        const QUIET: i32 = 4;
        let code = QrCode::encode_text(address, QrCodeEcc::Medium).ok()?;
        let mut path = String::new();
        for y in 0..code.size() {
            let mut x = 0;
            while x < code.size() {
                let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
                let run = i32::try_from(run).unwrap_or(0);
                if run > 0 {
                    let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
                }
                x += run.max(1);
            }
        }
        Some(Self { side: code.size() + 2 * QUIET, path })
    }
}
