//! Parsers for the values of options.

use std::net::{IpAddr, SocketAddr};

use url::Url;

/// Parses a host and a port to listen on. An IPv6 address has brackets.
pub(super) fn listen_address(text: &str) -> Result<String, String> {
    let expected = || "expected a host and a port, 127.0.0.1:8080 or [::1]:8080".to_owned();
    let (host, port) = text.rsplit_once(':').ok_or_else(expected)?;
    let port: u16 = port.parse().map_err(|_| expected())?;
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    match host.parse::<IpAddr>() {
        Ok(address) => Ok(SocketAddr::new(address, port).to_string()),
        Err(_) if host.is_empty() || host.contains([':', '/', '[', ']', '@']) => Err(expected()),
        Err(_) => Ok(format!("{host}:{port}")),
    }
}

/// Parses a base URL, and adds the final slash.
pub(super) fn base_url(text: &str) -> Result<Url, String> {
    let mut url = Url::parse(text).map_err(|fault| fault.to_string())?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err("expected an address that begins with https:// or http://".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err("expected an address without user, `?` and `#`".to_owned());
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    // clients.md H6: at most 256 bytes for a whole address, most of them for the feed's path.
    if url.as_str().len() > 64 {
        return Err("expected at most 64 characters: Google reads no address longer than 256 with its file".to_owned());
    }
    Ok(url)
}
