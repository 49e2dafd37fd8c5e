//! Old addresses of pages, as editors write them.

use crate::path::UrlPath;

/// An alias as an address: `/old/page`, `old/page/` and `/old/page.html` are all understood. Or
/// what is wrong with it, and what to do.
pub(super) fn path(alias: &str) -> Result<String, (String, &'static str)> {
    let path = alias.trim().trim_start_matches('/');
    let whole = match path.rsplit('/').next() {
        Some(last) if last.contains('.') => path.to_owned(),
        _ if path.ends_with('/') => path.to_owned(),
        _ => format!("{path}/"),
    };
    // Names end at 255 bytes, paths at 4,096, and the output folder has its own before these.
    if whole.len() > 1_000 || whole.split('/').any(|part| part.len() > 255) {
        let help = "up to 255 bytes between two slashes, and 1,000 in all, can be a file's path";
        return Err(("the old address is too long for a file's name".to_owned(), help));
    }
    let odd = |c: char| c.is_control() || c.is_whitespace() || "?#:\"<>\\".contains(c);
    if path.is_empty() || path.contains(odd) || UrlPath::new(&whole).output().is_none() {
        let help = "write the old address from the site's root: `/old/page/`";
        return Err((format!("`{alias}` is not an address of this site"), help));
    }
    Ok(whole)
}
