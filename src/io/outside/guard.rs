//! Only public addresses are asked: content must not make an editor's machine, or the one that
//! builds, talk to its own network.
//!
//! The name is looked up once, all of its addresses are checked, and the connection is made to
//! those very addresses: a name that changes in between gains nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

/// What is said of an address that is not asked; by it the error is known again.
const REFUSED: &str = "not a public address";

/// An agent that asks only public addresses; with `loopback`, those of this machine too.
pub(super) fn agent(config: Config, loopback: bool) -> Agent {
    let resolver = Guard { resolver: DefaultResolver::default(), loopback };
    Agent::with_parts(config, DefaultConnector::default(), resolver)
}

/// Whether an error says that an address was refused here.
pub(super) fn refused(error: &Error) -> bool {
    matches!(error, Error::Io(error) if error.to_string() == REFUSED)
}

#[derive(Debug)]
struct Guard {
    resolver: DefaultResolver,
    loopback: bool,
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.resolver.resolve(uri, config, timeout)?;
        let may_ask = |ip: IpAddr| is_public(ip) || (self.loopback && ip.is_loopback());
        match found.iter().all(|address| may_ask(address.ip())) {
            true => Ok(found),
            false => Err(Error::Io(std::io::Error::other(REFUSED))),
        }
    }
}

/// Whether an address is one of the public internet (IANA's registries of special addresses).
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19));
    !(special
        || ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation())
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, c, d, _, _, g, h] = ip.segments();
    let inner = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match (a, b) {
        // An address of the old kind in an address of the new one.
        (0x64, 0xff9b) => (c, d) == (0, 0) && is_public_v4(inner(g, h)),
        (0x2002, _) => is_public_v4(inner(b, c)),
        // Documentation, and protocols of their own.
        (0x2001, 0xdb8) => false,
        (0x2001, b) => b >= 0x200,
        // Only this part is given out.
        (a, _) => a & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_asked() {
        for public in
            ["8.8.8.8", "193.62.1.1", "2606:4700::1111", "2a00:1450::1", "64:ff9b::808:808"]
        {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "198.18.0.1",
            "192.0.2.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "2001:db8::1",
            "2002:7f00:1::",
            "64:ff9b::7f00:1",
            "2001::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
    }
}
