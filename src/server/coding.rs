//! Content codings: which one a reader is given, and the compressed bytes. Source: RFC 9110 12.5.3, clients.md H11.

use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::header::{self, HeaderMap};

/// A content coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Coding {
    /// As it is.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

/// Fewest octets that are compressed: less of them is not worth the reader's time.
const LEAST_OCTETS: usize = 512;

impl Coding {
    /// Its name in headers.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// What stands behind a tag, so that each coding has one of its own.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Self::Identity => "",
            Self::Gzip => "-gzip",
            Self::Brotli => "-br",
        }
    }

    /// All codings of a body of so many octets.
    pub(super) fn all_for(octets: usize) -> &'static [Self] {
        if octets < LEAST_OCTETS { &[Self::Identity] } else { &[Self::Identity, Self::Gzip, Self::Brotli] }
    }

    /// The coding that a request is answered in: the one that it likes best, of two that it likes as much the smaller one,
    /// and none unless it asks for one. Nothing is ever refused for want of a coding. clients.md H3, H11
    pub(super) fn chosen(asked: &HeaderMap, octets: usize) -> Self {
        if octets < LEAST_OCTETS {
            return Self::Identity;
        }
        let (mut gzip, mut brotli, mut any, mut identity) = (None, None, None, None);
        let lists = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok());
        for item in lists.flat_map(|list| list.split(',')) {
            let (name, weight) =
                item.split_once(';').map_or((item, 1000), |(name, weight)| (name, thousandths(weight)));
            let name = name.trim();
            let place = match name.len() {
                2 if name.eq_ignore_ascii_case("br") => &mut brotli,
                4 if name.eq_ignore_ascii_case("gzip") => &mut gzip,
                6 if name.eq_ignore_ascii_case("x-gzip") => &mut gzip,
                8 if name.eq_ignore_ascii_case("identity") => &mut identity,
                1 if name == "*" => &mut any,
                _ => continue,
            };
            *place = Some(weight);
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

/// `;q=0.5` as 500; 1000 where there is none, 0 where it cannot be read.
fn thousandths(parameters: &str) -> u16 {
    let weight = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| value.trim())
    });
    let Some(weight) = weight else { return 1000 };
    let weight: Option<f32> = weight.parse().ok().filter(|weight| (0.0..=1.0).contains(weight));
    // At most 1000, because it is at most 1.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number from 0 to 1000")]
    weight.map_or(0, |weight| (weight * 1000.0) as u16)
}

/// A body in a coding. Writing to memory does not fail; the same body always gives the same bytes.
pub(super) fn compressed(body: &[u8], coding: Coding) -> Bytes {
    match coding {
        Coding::Identity => Bytes::copy_from_slice(body),
        Coding::Gzip => {
            let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 8), Compression::new(GZIP_LEVEL));
            let written = encoder.write_all(body);
            exactly(written.and_then(|()| encoder.finish()).unwrap_or_default())
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
            let _ = brotli::BrotliCompress(&mut &body[..], &mut out, &parameters);
            exactly(out)
        }
    }
}

/// Bytes that take no more memory than they have octets: they are kept.
fn exactly(octets: Vec<u8>) -> Bytes {
    octets.into_boxed_slice().into()
}

/// Of zlib's nine: beyond it time doubles for a few octets.
const GZIP_LEVEL: u32 = 6;
/// Of brotli's eleven: the last two take a hundred times as long for a tenth less.
const BROTLI_QUALITY: i32 = 5;
/// The logarithm of the window: a feed fits in it.
const BROTLI_WINDOW: i32 = 20;
