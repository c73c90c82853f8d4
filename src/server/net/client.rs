//! The client of a request, as far as its address tells. It is used for fair shares only, and never logged.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use hyper::header::{HeaderMap, HeaderName};

/// The address of a client. For IPv6 it is the /64 network, because one client has all its addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Client(IpAddr);

impl From<IpAddr> for Client {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => IpAddr::V4(address),
            IpAddr::V6(address) => {
                let network = u128::from(address) & !u128::from(u64::MAX);
                IpAddr::V6(Ipv6Addr::from(network))
            }
        })
    }
}

/// The client of requests without a connection.
impl Default for Client {
    fn default() -> Self {
        Self(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
    }
}

/// The proxies that are trusted to name the address of a client.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Vec<(IpAddr, u8)>);

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

impl TrustedProxies {
    /// Parses addresses and networks separated by commas or spaces: `127.0.0.1, 10.0.0.0/8, ::1`. Returns `None` for
    /// anything else.
    pub fn parse(typed: &str) -> Option<Self> {
        let network = |typed: &str| {
            let (address, bits) = typed.split_once('/').map_or((typed, None), |(address, bits)| (address, Some(bits)));
            let address: IpAddr = address.parse().ok()?;
            let most = if address.is_ipv4() { 32 } else { 128 };
            let bits = bits.map_or(Some(most), |bits| bits.parse().ok().filter(|bits| *bits <= most))?;
            Some((address, bits))
        };
        let parts = typed.split([',', ' ']).filter(|part| !part.is_empty());
        parts.map(network).collect::<Option<Vec<_>>>().map(Self)
    }

    fn holds(&self, address: IpAddr) -> bool {
        self.0.iter().any(|(network, bits)| match (network, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let difference = u32::from(*network) ^ u32::from(address);
                difference.checked_shr(32 - u32::from(*bits)).unwrap_or(0) == 0
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let difference = u128::from(*network) ^ u128::from(address);
                difference.checked_shr(128 - u32::from(*bits)).unwrap_or(0) == 0
            }
            _ => false,
        })
    }

    /// Returns the client: the peer, or the last address in `X-Forwarded-For` that is not a trusted proxy.
    pub(in crate::server) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Client {
        if self.0.is_empty() || !self.holds(peer) {
            return Client::from(peer);
        }
        let lists = headers.get_all(FORWARDED_FOR).iter().filter_map(|list| list.to_str().ok());
        let named: Vec<&str> = lists.flat_map(|list| list.split(',')).map(str::trim).collect();
        let mut client = peer;
        for address in named.into_iter().rev() {
            // Some proxies append the port.
            let with_port = || address.parse::<SocketAddr>().map(|address| address.ip());
            let Ok(address) = address.parse().or_else(|_| with_port()) else { break };
            client = address;
            if !self.holds(address) {
                break;
            }
        }
        Client::from(client)
    }
}

#[cfg(test)]
mod tests {
    use super::{FORWARDED_FOR, HeaderMap, TrustedProxies};

    fn info(trusted: &str, peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for list in forwarded {
            headers.append(FORWARDED_FOR, list.parse().expect("a header"));
        }
        let proxies = TrustedProxies::parse(trusted).expect("addresses");
        proxies.client(peer.parse().expect("an address"), &headers).0.to_string()
    }

    #[test]
    fn only_a_trusted_proxy_says_who_asks() {
        for (trusted, peer, forwarded, client) in [
            ("", "192.0.2.1", &["198.51.100.7"][..], "192.0.2.1"),
            ("127.0.0.1", "192.0.2.1", &["198.51.100.7"], "192.0.2.1"),
            ("127.0.0.1", "127.0.0.1", &["198.51.100.7"], "198.51.100.7"),
            // What the client itself sent stands before what the proxy appends.
            ("127.0.0.1", "127.0.0.1", &["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
            ("127.0.0.1", "127.0.0.1", &["203.0.113.9", "198.51.100.7"], "198.51.100.7"),
            ("127.0.0.1, 10.0.0.0/8", "127.0.0.1", &["198.51.100.7, 10.1.2.3"], "198.51.100.7"),
            ("127.0.0.1", "127.0.0.1", &["198.51.100.7:4711"], "198.51.100.7"),
            ("127.0.0.1", "127.0.0.1", &["[2001:db8:1:2:3:4:5:6]:443"], "2001:db8:1:2::"),
            ("127.0.0.1", "127.0.0.1", &["nonsense"], "127.0.0.1"),
            ("127.0.0.1", "127.0.0.1", &[], "127.0.0.1"),
            ("::1 127.0.0.1", "::ffff:127.0.0.1", &["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::"),
            ("0.0.0.0/0", "192.0.2.1", &["198.51.100.7"], "198.51.100.7"),
        ] {
            assert_eq!(info(trusted, peer, forwarded), client, "{trusted} {peer} {forwarded:?}");
        }
        for nonsense in ["localhost", "127.0.0.1/33", "10.0.0.0/x", "::1/129"] {
            assert!(TrustedProxies::parse(nonsense).is_none(), "{nonsense}");
        }
    }
}
