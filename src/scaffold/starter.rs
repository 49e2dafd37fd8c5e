//! A small site that builds, checks clean and explains itself. Its files lie in `starter/` and are
//! embedded in the binary; the vocabularies are those that we ship.
//!
//! Nothing in it is invented: what only a council knows is marked "Council to supply".

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::content::config::OnsCode;
use crate::content::fields::{Read as _, Reader, record};
use crate::content::names::Names;
use crate::content::source::SourceFile;
use crate::content::yaml;
use crate::diagnostic::did_you_mean;
use crate::path::{Slug, SourcePath, slugify};

static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/starter");
static VOCABULARY: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content/vocabulary");
const AUTHORITIES: &str = include_str!("authorities.yaml");

/// The folder in `starter/` that stands for the borough that somebody names.
const BOROUGH: &str = "content/boroughs/BOROUGH/";

record! {
    /// An authority of London.
    pub struct Authority {
        /// Its folder, and its site's name.
        pub id: Slug,
        /// `Barnet`.
        pub name: String,
        /// `London Borough of Barnet`.
        pub official_name: String,
        /// Its code of the Office for National Statistics.
        pub ons_code: OnsCode,
    }
}

/// The authorities of London, by name.
pub fn authorities() -> Vec<Authority> {
    let file = SourceFile::new(SourcePath::new("authorities.yaml"), AUTHORITIES);
    let names = Names::default();
    let mut reader = Reader::new(&names);
    let node = yaml::parse(&std::sync::Arc::new(file), 0..AUTHORITIES.len()).value;
    let items = node.iter().flat_map(|node| node.items());
    items.filter_map(|item| Authority::read(item, &mut reader)).collect()
}

/// The authority with this name, official name or folder.
///
/// # Errors
/// That there is none, with the nearest, and what to do for a council outside London.
pub fn authority(wanted: &str) -> Result<Authority, String> {
    let all = authorities();
    let names: Vec<String> = all.iter().map(|one| one.name.clone()).collect();
    let slug = slugify(wanted);
    let is_meant = |one: &Authority| {
        one.id.as_str() == slug || slugify(&one.name) == slug || slugify(&one.official_name) == slug
    };
    all.into_iter().find(is_meant).ok_or_else(|| {
        let help = did_you_mean(wanted, names.iter().map(String::as_str));
        format!(
            "`{wanted}` is none of the 33 authorities of London: {help}\nFor another council begin \
             without --borough, and add its folder with its own code as README.md says."
        )
    })
}

/// Every file of the starter, by path from the site's root.
pub fn files(today: Date, borough: Option<&Authority>) -> BTreeMap<String, Vec<u8>> {
    let in_a_year = today.checked_add(1.year()).unwrap_or(today);
    let mut marks = vec![("@TODAY@", today.to_string()), ("@IN_A_YEAR@", in_a_year.to_string())];
    if let Some(borough) = borough {
        marks.push(("@NAME@", borough.name.clone()));
        marks.push(("@OFFICIAL_NAME@", borough.official_name.clone()));
        marks.push(("@ONS_CODE@", borough.ons_code.as_str().to_owned()));
    }
    let mut embedded = Vec::new();
    collect(&STARTER, "", &mut embedded);
    collect(&VOCABULARY, "content/vocabulary/", &mut embedded);
    let mut files = BTreeMap::new();
    for (path, bytes) in embedded {
        let path = match (path.strip_prefix(BOROUGH), borough) {
            (Some(_), None) => continue,
            (Some(rest), Some(borough)) => format!("content/boroughs/{}/{rest}", borough.id),
            (None, _) => path,
        };
        let text = String::from_utf8_lossy(bytes).into_owned();
        let text = marks.iter().fold(text, |text, (mark, value)| text.replace(mark, value));
        files.insert(path, text.into_bytes());
    }
    files
}

fn collect(dir: &Dir<'static>, prefix: &str, files: &mut Vec<(String, &'static [u8])>) {
    for file in dir.files() {
        if let Some(path) = file.path().to_str() {
            files.push((format!("{prefix}{}", path.replace('\\', "/")), file.contents()));
        }
    }
    for dir in dir.dirs() {
        collect(dir, prefix, files);
    }
}
