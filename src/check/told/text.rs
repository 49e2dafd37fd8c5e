//! The text of pages: Markdown, links, pictures, directives.

use super::{Told, told};

pub(super) const CODES: [Told; 22] = [
    told(
        "bad-argument",
        "A directive is given a value that it cannot use.",
        "Write it as in the example of the message.",
    ),
    told(
        "broken-anchor",
        "A link names a part of a page that is not there, after the `#`.",
        "Look at the heading that it should lead to: its anchor is the heading in small letters \
         with hyphens.",
    ),
    told(
        "broken-image",
        "A picture is not where the page says.",
        "Put it beside the page or into `files/`, and check its name.",
    ),
    told(
        "broken-link",
        "A link leads to a page or a file that is not there, seen from any of the boroughs that \
         show the page.",
        "Use the name that the message offers, or take the link away.",
    ),
    told(
        "empty-link",
        "A link has words and leads nowhere.",
        "Write where it leads, between the round brackets.",
    ),
    told(
        "forbidden-link",
        "A link would run code, open a program or leave out how to reach a site.",
        "Begin it with https:, http:, mailto: or tel:, or lead to a page or a file of the site.",
    ),
    told(
        "hidden-link",
        "A shared page links to one that a borough hides: there the link is plain words.",
        "Nothing needs doing if that is meant; else take the page out of `hide`.",
    ),
    told(
        "indented-directive",
        "A line with `:::` is indented, so it is shown as text.",
        "Start it at the beginning of the line.",
    ),
    told(
        "missing-alt",
        "A picture has no words for people who cannot see it.",
        "Say between the square brackets what it shows. For mere decoration write `![](x.svg \
         \"alt: none\")`.",
    ),
    told(
        "missing-argument",
        "A directive lacks something that it needs.",
        "Write it as in the example of the message.",
    ),
    told(
        "nothing-to-close",
        "A line `:::` closes nothing.",
        "Take it out: only `::: steps` and `::: details` are closed, each once.",
    ),
    told(
        "nothing-to-inherit",
        "`::: inherit` stands in a page of which no lower layer has a text.",
        "Take the line away.",
    ),
    told(
        "outside-image",
        "A picture lies on another site, which would then know who reads the page.",
        "Copy it into `files/`, if its owner lets you.",
    ),
    told("raw-html", "HTML is shown as text.", "Say it in Markdown."),
    told("repeated-argument", "A directive is given the same thing twice.", "Give it once."),
    told(
        "repeated-footnote",
        "Two footnotes have the same name, and the second is left out.",
        "Give each a name of its own.",
    ),
    told(
        "second-h1",
        "A page has one first-level heading: its title.",
        "Begin headings in the text with `##`.",
    ),
    told(
        "unclosed-comment",
        "A comment in the text never ends, so everything after it is missing from the page.",
        "Write `-->` where it ends.",
    ),
    told(
        "unclosed-directive",
        "`::: steps` or `::: details` is never closed.",
        "Write `:::` on a line of its own after the text that belongs to it.",
    ),
    told(
        "unknown-argument",
        "A directive is given something that it does not know.",
        "Write it as in the example of the message.",
    ),
    told(
        "unknown-directive",
        "A line begins with `:::` and a word that is no directive.",
        "Use one that there is: steps, details, contact, expectations, entries, chart, inherit.",
    ),
    told(
        "unused-footnote",
        "Nothing refers to a footnote, so nobody reads it.",
        "Write its mark where it belongs, or take it out.",
    ),
];
