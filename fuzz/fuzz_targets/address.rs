//! No address, however it is encoded, leads anywhere but to a page in memory.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ordinarily::path::{OutputPath, Slug, normalise};
use ordinarily::preview::address::{Address, field, media_type};

fuzz_target!(|text: &str| {
    if let Some(Address::Site(site, url)) = Address::parse(text) {
        assert!(!site.is_empty() && !site.contains('/') && site != "." && site != "..");
        assert!(!url.as_str().split('/').any(|part| part == "." || part == ".."), "{url}");
        assert!(!url.as_str().contains(['\\', '\0']), "{url}");
        media_type(url.as_str());
        url.output();
    }
    field(text, "page");
    if let Some(path) = OutputPath::parse(text) {
        assert!(!path.as_str().starts_with('/') && !path.as_str().contains('\0'));
    }
    if let Some(path) = normalise("a/b", text) {
        assert!(!path.split('/').any(|part| part == ".."), "{path}");
    }
    if let Err(instead) = Slug::parse(text) {
        assert!(Slug::parse(&instead).is_ok(), "{instead} is no slug either");
    }
});
