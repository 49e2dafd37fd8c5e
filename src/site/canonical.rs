//! Which address of a page is the one to name: what is merely inherited is the hub's.

use super::place::{Place, SiteId};
use super::routes::Page;
use crate::path::UrlPath;

/// The whole address to name for a page: of what is merely inherited the hub's, of the rest this
/// site's, each only where the site has an address.
pub fn canonical(place: &Place, url: &UrlPath, page: &Page) -> Option<String> {
    let own = place.base_url.as_ref();
    let base = match page {
        Page::Redirect(to) => return Some(own?.join(to.as_str())),
        page if is_inherited(place, page) => place.model.project.config.hub.base_url.as_ref(),
        _ => None,
    };
    Some(base.or(own)?.join(url.as_str()))
}

/// Whether a sitemap lists a page: one that is a page, and its own canonical one.
pub fn is_listed(place: &Place, page: &Page) -> bool {
    if matches!(page, Page::Feed(_) | Page::Redirect(_) | Page::NotFound) {
        return false;
    }
    let hub = place.model.project.config.hub.base_url.as_ref();
    hub.is_none() || hub == place.base_url.as_ref() || !is_inherited(place, page)
}

/// Whether a page is of another layer, and a borough's site shows it as it is.
fn is_inherited(place: &Place, page: &Page) -> bool {
    if place.id == SiteId::Hub {
        return false;
    }
    match page {
        Page::Entry(scope, id) | Page::EasyRead(scope, id) | Page::Translation(scope, id, _) => {
            let home = place.scopes.get(*scope).and_then(|scope| scope.homes.get(id));
            home.is_some_and(|home| *home.entry.provenance.top() != place.main().owner)
        }
        _ => false,
    }
}
