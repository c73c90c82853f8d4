//! Links for subscribing to a feed: its address, and links that pass it to a calendar. Source: clients.md K.

use std::fmt::Write;
use std::net::{Ipv4Addr, Ipv6Addr};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use qrcodegen::QrCodeEcc;
use url::{Host, Url};

/// How the links to web calendars are made. These change more often than convene does. Source: clients.md K3, K4
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkTemplates {
    /// The scheme of the feed's address for Google Calendar: `webcal`, `https` or `http`.
    pub google_scheme: String,
    /// The host of Outlook for private accounts: `outlook.live.com`.
    pub outlook_host: String,
    /// The host of Outlook for organisations: `outlook.office.com`.
    pub microsoft_host: String,
}

impl LinkTemplates {
    /// The schemes that Google Calendar accepts, the default first.
    pub const GOOGLE_SCHEMES: [&str; 3] = ["webcal", "https", "http"];
    /// The default host of Outlook for private accounts.
    pub const OUTLOOK_HOST: &str = "outlook.live.com";
    /// The default host of Outlook for organisations.
    pub const MICROSOFT_HOST: &str = "outlook.office.com";
}

impl Default for LinkTemplates {
    fn default() -> Self {
        Self {
            google_scheme: Self::GOOGLE_SCHEMES[0].to_owned(),
            outlook_host: Self::OUTLOOK_HOST.to_owned(),
            microsoft_host: Self::MICROSOFT_HOST.to_owned(),
        }
    }
}

/// The links for subscribing to a feed.
pub(super) struct SubscribeLinks {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) address: String,
    pub(super) webcal: String,
    pub(super) google: String,
    pub(super) outlook: String,
    pub(super) microsoft: String,
    /// The relative path of the feed's page.
    pub(super) page: String,
}

impl SubscribeLinks {
    /// Creates the links of a feed with a name, at a path below the base URL: `sg12/wp1.fr`.
    pub(super) fn new(links: &LinkTemplates, base_url: &Url, path: &str, name: String, page: String) -> Self {
        let address = format!("{base_url}{path}.ics");
        let rest = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let google = format!("{}://{rest}", links.google_scheme);
        // clients.md K4: https in the address for Outlook
        let microsoft = |host: &str| {
            format!("https://{host}/calendar/0/addfromweb?url={}&name={}", encoded(&address), encoded(&name))
        };
        Self {
            // clients.md K2: never webcals
            webcal: format!("webcal://{rest}"),
            id: path.replace(['/', '.'], "-"),
            google: format!("https://calendar.google.com/calendar/r?cid={}", encoded(&google)),
            outlook: microsoft(&links.outlook_host),
            microsoft: microsoft(&links.microsoft_host),
            name,
            address,
            page,
        }
    }
}

/// Returns `true` if services on the internet can probably reach an address: no loopback, no private network, no bare
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

/// A QR code as the path of an SVG, with one unit for each module.
pub(super) struct QrCode {
    /// The number of modules on a side, including the quiet zone of four.
    pub(super) side: i32,
    pub(super) svg_path: String,
}

impl QrCode {
    /// Encodes an address, or returns `None` if it is too long.
    pub(super) fn encode(address: &str) -> Option<Self> {
        /// ISO/IEC 18004: the quiet zone is four modules wide.
        const QUIET: i32 = 4;
        let code = qrcodegen::QrCode::encode_text(address, QrCodeEcc::Medium).ok()?;
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
        Some(Self { side: code.size() + 2 * QUIET, svg_path: path })
    }
}
