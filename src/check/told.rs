//! What is told where it is read, by a build as well: links that lead nowhere, pictures without
//! words, two things at one address. The names are here to be explained.

/// A code, and why it is told.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// The code.
    pub code: &'static str,
    /// Why.
    pub reason: &'static str,
}

/// Every code that is not a rule but that editors meet most.
pub const TOLD: [Told; 19] = [
    Told {
        code: "brand-contrast",
        reason: "Text in the council's colour cannot be read, so pages use a darker one.",
    },
    Told {
        code: "broken-anchor",
        reason: "A link names a part of a page that is not there, after the `#`.",
    },
    Told { code: "broken-image", reason: "A picture is not where the page says." },
    Told {
        code: "broken-link",
        reason: "A link leads to a page or a file that is not there, seen from any of the boroughs that show the page.",
    },
    Told { code: "empty-link", reason: "A link has words and leads nowhere." },
    Told {
        code: "forbidden-link",
        reason: "A link would run code, open a program or leave out how to reach a site.",
    },
    Told {
        code: "hidden-link",
        reason: "A shared page links to one that a borough hides: there the link is plain words.",
    },
    Told {
        code: "logo",
        reason: "A council's logo is missing, broken, too large, or more than a drawing.",
    },
    Told { code: "long-text", reason: "A title or summary is so long that searches cut it." },
    Told { code: "missing-alt", reason: "A picture has no words for people who cannot see it." },
    Told {
        code: "missing-field",
        reason: "A page lacks a field that its kind must have, such as summary, owner or review_by.",
    },
    Told { code: "must-without-law", reason: "An expectation says `must` and names no law." },
    Told {
        code: "outside-image",
        reason: "A picture lies on another site, which would then know who reads the page.",
    },
    Told { code: "raw-html", reason: "HTML is shown as text." },
    Told {
        code: "same-address",
        reason: "Two pages, or a page and an old address, want the same address.",
    },
    Told { code: "second-h1", reason: "The page's title is its only first-level heading." },
    Told {
        code: "unknown-field",
        reason: "A field has a name that nobody reads: most often a slip.",
    },
    Told { code: "unknown-name", reason: "A need, phase, tier or other name is in no vocabulary." },
    Told { code: "wrong-alias", reason: "An old address is not an address of the site." },
];
