//! The checks that HTTP requires for every request. Source: RFC 9110, RFC 9112

use std::borrow::Cow;
use std::net::Ipv6Addr;

use hyper::header::{self, HeaderValue};
use hyper::{Request, Version};

/// Checks that a request may be answered; the error says why not. RFC 9112 3.2: HTTP/1.1 requires exactly one `Host`,
/// with a host and an optional port
pub(in crate::server) fn check<B>(request: &Request<B>) -> Result<(), &'static str> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) if request.version() < Version::HTTP_11 => Ok(()),
        (Some(host), None) if is_host(host) => Ok(()),
        (None, _) => Err("This request has no field Host.\n"),
        (Some(_), None) => Err("The field Host of this request names no host.\n"),
        (Some(_), Some(_)) => Err("This request has more than one field Host.\n"),
    }
}

/// Returns whether a value is a host with or without a port. RFC 3986 3.2.2
fn is_host(value: &HeaderValue) -> bool {
    let Ok(value) = value.to_str() else { return false };
    let in_brackets = value.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let (is_good, port) = if let Some((address, port)) = in_brackets {
        (address.parse::<Ipv6Addr>().is_ok(), port)
    } else {
        let (host, port) = value.split_at(value.find(':').unwrap_or(value.len()));
        (host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=".contains(&byte)), port)
    };
    let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
    is_good && is_port
}

fn is_port(digits: &str) -> bool {
    digits.is_empty() || (digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.parse::<u16>().is_ok())
}

/// Decodes percent-encoded letters, digits, `-`, `.`, `_` and `~`: the path means the same. RFC 3986 6.2.2.2
pub(in crate::server) fn normalize_path(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let mut plain = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let byte = from.get(1..3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let letter = byte.map(char::from).filter(|letter| letter.is_ascii_alphanumeric() || "-._~".contains(*letter));
        let length = if let Some(letter) = letter {
            plain.push(letter);
            3
        } else {
            plain.push('%');
            1
        };
        rest = &from[length..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}
