//! Content codings: choosing one, and compressing. Source: RFC 9110 12.5.3, clients.md H11.

use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::header::{self, HeaderMap};

/// A content coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::server) enum Coding {
    /// Not compressed.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

/// The smallest body that is compressed: below it, decompressing costs the client more than it saves.
const MIN_BYTES: usize = 512;

impl Coding {
    /// Returns its name in headers, if it has one.
    pub(in crate::server) fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// Returns the suffix that gives each coding an entity tag of its own.
    pub(in crate::server) fn suffix(self) -> &'static str {
        match self {
            Self::Identity => "",
            Self::Gzip => "-gzip",
            Self::Brotli => "-br",
        }
    }

    /// Returns all codings of a body of this length, in bytes.
    pub(in crate::server) fn all_for(bytes: usize) -> &'static [Self] {
        if bytes < MIN_BYTES { &[Self::Identity] } else { &[Self::Identity, Self::Gzip, Self::Brotli] }
    }

    /// Returns the coding for a request: the one with the highest weight, the smaller body if two are equal, and
    /// identity if the request names none. A request is never refused because of its coding. clients.md H3, H11
    pub(in crate::server) fn chosen(info: &HeaderMap, bytes: usize) -> Self {
        if bytes < MIN_BYTES {
            return Self::Identity;
        }
        let (mut gzip, mut brotli, mut any, mut identity) = (None, None, None, None);
        let lists = info.get_all(header::ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok());
        for item in lists.flat_map(|list| list.split(',')) {
            let (name, weight) =
                item.split_once(';').map_or((item, 1000), |(name, weight)| (name, parse_weight(weight)));
            let name = name.trim();
            let weight_of_coding = match name.len() {
                2 if name.eq_ignore_ascii_case("br") => &mut brotli,
                4 if name.eq_ignore_ascii_case("gzip") => &mut gzip,
                6 if name.eq_ignore_ascii_case("x-gzip") => &mut gzip,
                8 if name.eq_ignore_ascii_case("identity") => &mut identity,
                1 if name == "*" => &mut any,
                _ => continue,
            };
            *weight_of_coding = Some(weight);
        }
        let (gzip, brotli) = (gzip.or(any).unwrap_or(0), brotli.or(any).unwrap_or(0));
        let identity = identity.unwrap_or(0);
        match () {
            () if brotli > 0 && brotli >= gzip && brotli >= identity => Self::Brotli,
            () if gzip > 0 && gzip >= identity => Self::Gzip,
            () => Self::Identity,
        }
    }
}

/// Parses `;q=0.5` as 500. Returns 1000 if there is no weight, and 0 if it is invalid.
fn parse_weight(parameters: &str) -> u16 {
    let weight = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| value.trim())
    });
    let Some(weight) = weight else { return 1000 };
    let weight: Option<f32> = weight.parse().ok().filter(|weight| (0.0..=1.0).contains(weight));
    // At most 1000, because the weight is at most 1.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number from 0 to 1000")]
    weight.map_or(0, |weight| (weight * 1000.0) as u16)
}

/// Compresses a body. Writing to memory cannot fail; the same body always gives the same bytes.
pub(in crate::server) fn compressed(body: &[u8], coding: Coding) -> Bytes {
    match coding {
        Coding::Identity => Bytes::copy_from_slice(body),
        Coding::Gzip => {
            let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 8), Compression::new(GZIP_LEVEL));
            let written = encoder.write_all(body);
            into_exact_bytes(written.and_then(|()| encoder.finish()).expect("writing to memory does not fail"))
        }
        Coding::Brotli => {
            let parameters = brotli::enc::BrotliEncoderParams {
                quality: BROTLI_QUALITY,
                lgwin: BROTLI_WINDOW,
                mode: brotli::enc::backward_references::BrotliEncoderMode::BROTLI_MODE_TEXT,
                size_hint: body.len(),
                ..Default::default()
            };
            let mut out = Vec::with_capacity(body.len() / 8);
            brotli::BrotliCompress(&mut &body[..], &mut out, &parameters).expect("writing to memory does not fail");
            into_exact_bytes(out)
        }
    }
}

/// Converts to bytes without spare capacity, because they are kept.
fn into_exact_bytes(bytes: Vec<u8>) -> Bytes {
    bytes.into_boxed_slice().into()
}

/// Of nine levels: above it, time doubles for a few bytes.
const GZIP_LEVEL: u32 = 6;
/// Of eleven levels: the last two take a hundred times as long for 10 % less.
const BROTLI_QUALITY: i32 = 5;
/// The logarithm of the window: a feed fits in it.
const BROTLI_WINDOW: i32 = 20;
