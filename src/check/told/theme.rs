//! The look of the sites: colours, logos, templates and the words of menus.

use super::{Told, told};

pub(super) const CODES: [Told; 11] = [
    told(
        "brand-contrast",
        "Text in the council's colour cannot be read, so pages use a darker one.",
        "Nothing needs doing if the darker colour will do; else choose one with more contrast \
         to white.",
    ),
    told(
        "logo",
        "A council's logo is missing, broken, too large, or more than a drawing.",
        "Save it as a plain SVG, PNG or JPEG beside the borough's files.",
    ),
    told(
        "missing-placeholder",
        "A translated message leaves out a word in braces, such as `{name}`, that the page \
         fills in.",
        "Put it where it belongs in the sentence.",
    ),
    told(
        "no-catalogue",
        "The menus and headings of a language have not been translated, so they are in English.",
        "Add messages/LANGUAGE.yaml to the theme: copy an English one.",
    ),
    told(
        "no-theme",
        "site.yaml asks for a theme that is not there.",
        "Add its folder to themes/, or take `theme` out of site.yaml.",
    ),
    told(
        "plural-form",
        "A message lacks a form that its language needs for some numbers, or has one that is \
         never used.",
        "Write the forms that the message lists: they are those of the language in Unicode's \
         CLDR.",
    ),
    told(
        "template",
        "A template of the theme cannot be read, or fails while a page is made.",
        "Mend it at the place that the message shows.",
    ),
    told(
        "unknown-message",
        "A catalogue has a message that no page asks for: most often a slip in its name.",
        "Use the name that the message offers.",
    ),
    told(
        "unknown-placeholder",
        "A translated message has a word in braces that nothing is filled in for.",
        "Use those of the English message, as they are.",
    ),
    told(
        "untranslated-messages",
        "Some messages of a language are still in English.",
        "Add them to the language's catalogue in the theme.",
    ),
    told(
        "wrong-message",
        "A message of a catalogue cannot be read: words stand where a group belongs, or the \
         other way about.",
        "Give it the form that it has in English.",
    ),
];
