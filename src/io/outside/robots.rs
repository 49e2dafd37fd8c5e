//! `robots.txt`: what a host wants nobody to ask (RFC 9309).

/// The most that is read of one, in bytes (RFC 9309 asks for at least 500 KiB).
pub(super) const MOST_BYTES: u64 = 512 * 1024;

/// What may be asked of one host.
pub(super) struct Robots {
    /// Patterns, each with whether it allows.
    rules: Vec<(String, bool)>,
}

impl Robots {
    /// Everything may be asked.
    pub(super) fn everything() -> Self {
        Self { rules: Vec::new() }
    }

    /// Nothing may be asked.
    pub(super) fn nothing() -> Self {
        Self { rules: vec![("/".to_owned(), false)] }
    }

    /// Reads what a host says to `name`, or else to everybody.
    pub(super) fn parse(text: &str, name: &str) -> Self {
        let (mut own, mut all) = (None, Vec::new());
        let (mut is_own, mut is_all, mut in_names) = (false, false, false);
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            match &*key {
                "user-agent" => {
                    // Names in a row begin one group together.
                    if !in_names {
                        (is_own, is_all) = (false, false);
                    }
                    in_names = true;
                    is_own |= value.eq_ignore_ascii_case(name);
                    is_all |= value == "*";
                    if is_own {
                        own.get_or_insert_with(Vec::new);
                    }
                }
                "allow" | "disallow" => {
                    in_names = false;
                    let rule = (value.to_owned(), key == "allow");
                    if value.is_empty() {
                        continue;
                    }
                    if is_own && let Some(own) = &mut own {
                        own.push(rule.clone());
                    }
                    if is_all {
                        all.push(rule);
                    }
                }
                _ => in_names = false,
            }
        }
        Self { rules: own.unwrap_or(all) }
    }

    /// Whether a path with its query may be asked: the longest pattern that fits says so, and of
    /// two as long the one that allows.
    pub(super) fn allows(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(pattern, _)| fits(pattern, path));
        fitting.max_by_key(|(pattern, allows)| (pattern.len(), *allows)).is_none_or(|rule| rule.1)
    }
}

/// Whether a pattern fits the start of a path; `*` stands for anything, `$` at its end for the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (at, part) in parts.iter().enumerate() {
        let is_last = at + 1 == parts.len();
        if is_last && to_end {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(found) => rest = &rest[found + part.len()..],
            None => return false,
        }
    }
    !to_end || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_longest_pattern_for_us_or_else_for_all_counts() {
        let text = "User-agent: *\nDisallow: /private\nAllow: /private/open\nDisallow: /*.pdf$\n\n\
                    User-agent: other\nDisallow: /\n";
        let robots = Robots::parse(text, "ordinarily");
        for (path, allowed) in [
            ("/", true),
            ("/private/x", false),
            ("/private/open/x", true),
            ("/a.pdf", false),
            ("/a.pdf?x", true),
        ] {
            assert_eq!(robots.allows(path), allowed, "{path}");
        }
        let own = "User-agent: *\nDisallow: /\n\nUser-agent: a\nUser-Agent: Ordinarily\nDisallow: /x # no\n";
        let robots = Robots::parse(own, "ordinarily");
        assert!(robots.allows("/y") && !robots.allows("/x/z"));
        assert!(Robots::everything().allows("/x") && !Robots::nothing().allows("/x"));
    }

    proptest! {
        #[test]
        fn whatever_a_host_says_to_others_what_it_says_to_us_counts(
            text in "(User-agent: |\\*|Allow: |Disallow: |\n|/|a|\\$|#|:|\\PC){0,40}",
            path in "/[a/$*]{0,8}",
        ) {
            Robots::parse(&text, "ordinarily").allows(&path);
            let with_us = format!("{text}\n\nUser-agent: ordinarily\nDisallow: /\n");
            prop_assert!(!Robots::parse(&with_us, "ordinarily").allows(&path));
        }
    }
}
