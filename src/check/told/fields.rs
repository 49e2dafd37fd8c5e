//! Fields: front matter, borough.yaml, partner.yaml, site.yaml and the vocabularies.

use super::{Told, told};

pub(super) const CODES: [Told; 16] = [
    told(
        "after-known-item",
        "`after` stands at an item that a lower layer has already, so it does nothing.",
        "Take the line away: `after` only places new items.",
    ),
    told(
        "duplicate-id",
        "Two items of a list have the same `id`, so nobody could adapt or link to one of them.",
        "Give each item an id of its own.",
    ),
    told(
        "empty-value",
        "A field is there and says nothing.",
        "Write the words, or take the field away.",
    ),
    told(
        "far-away",
        "A place lies far from London, so its point on the map would be wrong.",
        "Latitude is about 51.5, longitude between -0.5 and 0.3; most often the two are \
         exchanged.",
    ),
    told(
        "long-text",
        "A title or summary is so long that searches cut it.",
        "Titles have up to 120 characters, summaries up to 200: say the rest in the text.",
    ),
    told(
        "missing-field",
        "A page or an item lacks a field that it must have, such as summary, owner or review_by.",
        "Add the line. `ordinarily schema` says which fields there are; `ordinarily new` writes \
         a page with all that it needs.",
    ),
    told(
        "must-without-law",
        "An expectation says `must` and names no law.",
        "Add `law: {title: …, provision: …}`, or say `should`.",
    ),
    told(
        "unknown-field",
        "A field has a name that nobody reads: most often a slip.",
        "Use the name that the message offers. `ordinarily schema` lists the fields of each \
         kind.",
    ),
    told(
        "unknown-item",
        "A layer drops an item, or places one after an item, that the lower layers do not have.",
        "Use an `id` of the lower page; perhaps it has been renamed there.",
    ),
    told(
        "unknown-name",
        "A need, phase, tier or other name is in no vocabulary.",
        "Use a name that is there, or add it to its file in content/vocabulary/.",
    ),
    told(
        "unknown-ons-code",
        "A code begins with E09 but is none of the 33 authorities of London.",
        "Look the council's code up at the Office for National Statistics.",
    ),
    told(
        "wrong-alias",
        "An old address is not an address of the site.",
        "Write it from the site's root, such as `/guides/old-name/`, without the site's own \
         address.",
    ),
    told(
        "wrong-date",
        "A date cannot be read, does not exist, or comes before one that must be earlier.",
        "Write the year first: 2026-09-01. Times are London's: 2026-10-06 16:00.",
    ),
    told(
        "wrong-drop",
        "`drop` names a list from which no item can be taken.",
        "Only lists whose items have an `id` can be changed item by item; replace other lists \
         as a whole.",
    ),
    told(
        "wrong-row",
        "A row of a table has more or fewer cells than there are columns.",
        "Give each column one cell. In CSV a cell with a comma in it needs quotation marks.",
    ),
    told(
        "wrong-value",
        "A field holds something that it cannot be, such as a list where words belong.",
        "Write what the message says. `ordinarily schema` says what each field can be.",
    ),
];
