//! Files and their structure: where they lie, what they are called, whether they can be read at all.

use super::{Told, told};

pub(super) const CODES: [Told; 28] = [
    told(
        "compressed-name",
        "A server that is told to send compressed files takes NAME.gz and NAME.br for NAME, \
         whatever they hold.",
        "Rename one of the two files. It is told only by `build --compress`, which gives these \
         names to files of its own.",
    ),
    told(
        "csv",
        "A table is not CSV, or is empty.",
        "Save it from the spreadsheet as CSV (comma separated, UTF-8), with the names of the \
         columns in its first line.",
    ),
    told(
        "duplicate-key",
        "A field stands twice in a file, and one of the two would be lost without a word.",
        "Keep the one that is right.",
    ),
    told(
        "empty-file",
        "A file of Markdown has nothing in it.",
        "Write the page or delete the file. A page begins with a line `---`, its fields, and \
         another line `---`.",
    ),
    told(
        "file-too-large",
        "A file is so long that it would make every build slow, or that no visitor would wait \
         for it.",
        "Make it smaller: split a page, save a picture for the web, or link to where the \
         document is.",
    ),
    told(
        "internal",
        "The program has made a mistake of its own; nothing that you wrote is to blame.",
        "Please report it, with the whole message.",
    ),
    told(
        "layer-cycle",
        "Partners stand on each other in a circle, so none of them is the lowest.",
        "Take one of them out of `layers` in partner.yaml.",
    ),
    told(
        "layer-twice",
        "A layer is named twice in `layers`.",
        "Name each layer once; the later ones win.",
    ),
    told(
        "no-front-matter",
        "A page does not begin with the fields that every page needs.",
        "Begin it with a line `---`, then `title: …` and the other fields, then `---`, then the \
         text. `ordinarily new` writes such a page.",
    ),
    told(
        "no-layer-file",
        "The folder of a borough or a partner does not say whose it is.",
        "Add borough.yaml (or partner.yaml) to the folder.",
    ),
    told(
        "no-site",
        "There is no content/site.yaml, so there is nothing to build.",
        "Run in the folder that holds content/, or name it with --root. `ordinarily init` \
         begins a new site.",
    ),
    told(
        "no-table",
        "A page names a CSV file that is not there.",
        "Save the table as CSV in the folder of the page, under the name that the page says.",
    ),
    told(
        "not-text",
        "A file of text is not UTF-8, so its letters cannot be told.",
        "Save it again as UTF-8: editors ask for the encoding under “Save as”.",
    ),
    told(
        "open-front-matter",
        "The fields at the start of a page never end.",
        "Put a line `---` after the last field, before the text.",
    ),
    told(
        "reserved-name",
        "A borough's folder has a name that addresses need for something else: `hub`, or the \
         code of a language.",
        "Rename the folder.",
    ),
    told(
        "same-address",
        "Two pages, or a page and an old address, want the same address.",
        "Rename one of the files, or take the old address out of `aliases`.",
    ),
    told(
        "special-file",
        "Something in the content is neither a file nor a folder.",
        "Take it out of content/.",
    ),
    told(
        "symbolic-link",
        "A link in the file system leads nowhere, out of the content or to a folder; it is not \
         followed, so that nothing private is published by mistake.",
        "Copy the file to this place.",
    ),
    told(
        "unknown-entry",
        "`hide` in borough.yaml names a page that no lower layer has.",
        "Write its folder and its file's name: `guides/getting-help`.",
    ),
    told(
        "unknown-file",
        "A file lies where nothing is read, so nobody would ever see it.",
        "Pages belong into the folder of their kind, everything else into `files/`.",
    ),
    told(
        "unknown-folder",
        "A folder of a layer is not the folder of a kind.",
        "Use the names that there are: provision, guides, services and so on.",
    ),
    told(
        "unknown-language",
        "The ending of a page's name is no language of these sites.",
        "Add the language to `languages` in site.yaml, or call the file `name.md`.",
    ),
    told(
        "unknown-layer",
        "A borough or a partner stands on a layer that does not exist.",
        "`layers` names folders of content/partners/. The shared layer and a borough's own are \
         always there.",
    ),
    told(
        "unreadable",
        "The machine does not let the program read a file or a folder.",
        "Check that you may read it (permissions), and that the disk is sound. This ends with \
         exit status 2.",
    ),
    told(
        "wrong-name",
        "A name cannot be part of an address: addresses have small letters, digits and hyphens.",
        "Use the name that the message offers. When you rename a published page, keep its old \
         address in `aliases`.",
    ),
    told(
        "yaml",
        "The text is not YAML, so its fields cannot be told apart.",
        "Look at the place that the message shows. Most often a value with a colon needs \
         quotation marks, or a line is not indented like its neighbours; use spaces, not tabs.",
    ),
    told(
        "yaml-documents",
        "A second document begins in a file that can hold one.",
        "Take the `---` line away.",
    ),
    told(
        "yaml-too-large",
        "A file has so many fields, or its aliases (`*name`) stand for so much, that it would \
         never end.",
        "Write the values out, or use several files.",
    ),
];
