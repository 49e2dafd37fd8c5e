//! What the targets share: a file out of bytes, a small project to put it into, and what must hold
//! of every problem that the program tells.

use std::sync::{Arc, OnceLock};

use jiff::civil::date;
use ordinarily::content::source::SourceFile;
use ordinarily::content::tree::SourceTree;
use ordinarily::diagnostic::{Diagnostic, has_errors, sort_and_dedup};
use ordinarily::engine::{self, Edition, Wanted};
use ordinarily::io::terminal;
use ordinarily::path::SourcePath;
use ordinarily::site::model::Day;
use ordinarily::theme::Theme;

/// A file as the program decodes it from a disk; none where it refuses the bytes.
pub fn file(path: &str, bytes: &[u8]) -> Option<Arc<SourceFile>> {
    SourceFile::decode(SourcePath::new(path), bytes).ok().map(Arc::new)
}

/// Every problem says what to do, and stands within its file.
pub fn sound(problems: &[Diagnostic], file: &SourceFile) {
    // What is missing at the end is told where it should stand: behind the last line break.
    let lines = u32::try_from(file.text.split('\n').count()).unwrap();
    for problem in problems {
        assert!(problem.help.is_some(), "{problem:?} does not say what to do");
        assert!(problem.span.line <= lines, "{problem:?} stands behind the end");
    }
}

/// The least that a project needs, with something of each layer.
const PROJECT: [(&str, &str); 12] = [
    (
        "site.yaml",
        "name: Inclusion\nhub: {title: London, base_url: https://hub.example.org}\n\
         languages: [en, pl, ar]\n",
    ),
    (
        "vocabulary/needs.yaml",
        "areas:\n- {id: communication, title: Communication}\nneeds:\n\
         - {id: autism, title: Autism, area: communication, aliases: [ASD]}\n",
    ),
    ("vocabulary/phases.yaml", "- {id: primary, title: Primary}\n"),
    ("vocabulary/tiers.yaml", "- {id: universal, title: Universal}\n"),
    ("vocabulary/audiences.yaml", "- {id: parents, title: Parents}\n"),
    ("vocabulary/roles.yaml", "- {id: senco, title: SENCo}\n"),
    ("vocabulary/glossary.yaml", "- {term: SENCo, description: A teacher.}\n"),
    ("partners/achieving/partner.yaml", "name: Achieving\n"),
    (
        "boroughs/barnet/borough.yaml",
        "official_name: London Borough of Barnet\nname: Barnet\nons_code: E09000003\n\
         layers: [achieving]\nbrand: {colour: \"#00566b\"}\n",
    ),
    ("london/index.md", "---\ntitle: Welcome\nsummary: Start here.\n---\nWords.\n"),
    (
        "london/provision/autism.md",
        "---\ntitle: Autism\nsummary: What schools do.\nneeds: [autism]\nreviewed: 2026-09-01\n\
         review_by: 2027-09-01\nowner: SEND\nexpectations:\n\
         - {id: one, text: Do one., modal: should, tier: universal}\n---\n## First\n\nWords.\n",
    ),
    (
        "london/services/help.md",
        "---\ntitle: Help\nsummary: Who helps.\nreviewed: 2026-09-01\nreview_by: 2027-09-01\n\
         owner: SEND\ndoes: Help\n---\nWords about {borough}.\n",
    ),
];

/// The project with files added or replaced; none where one is refused.
pub fn project(more: &[(&str, &[u8])]) -> Option<SourceTree> {
    let mut tree = SourceTree::new();
    for (path, text) in PROJECT {
        tree.insert(SourcePath::new(&format!("content/{path}")), text.as_bytes()).ok()?;
    }
    for (path, bytes) in more {
        tree.insert(SourcePath::new(&format!("content/{path}")), bytes).ok()?;
    }
    Some(tree)
}

/// The theme that we ship: read once, because reading it takes longer than all else.
fn theme() -> &'static Theme {
    static THEME: OnceLock<Theme> = OnceLock::new();
    THEME.get_or_init(|| {
        let tree = project(&[]).expect("the project is sound");
        let project = engine::parse(&tree, None).value.expect("the project is sound");
        engine::load_theme(&tree, &project).value.expect("the theme is sound")
    })
}

/// Lays out Barnet's site, with all that is told on the way.
pub fn lay_out(tree: &SourceTree) -> (Option<Edition>, Vec<Diagnostic>) {
    let day = Day { today: date(2026, 11, 22), drafts: true };
    let wanted = Wanted { day, sites: vec!["barnet".to_owned()], base_url: None };
    let mut problems = Vec::new();
    let Some(project) = engine::parse(tree, None).into_value(&mut problems) else {
        return (None, problems);
    };
    let model = engine::resolve(project, wanted.day, None).into_value(&mut problems);
    let mut editions = engine::lay_out(&model, theme(), &wanted);
    problems.extend(engine::check(&editions));
    (editions.pop(), problems)
}

/// Builds Barnet's site in memory: tells what is wrong, or makes the pages that `is_shown` picks.
pub fn build(tree: &SourceTree, is_shown: impl Fn(&str) -> bool) {
    let (edition, mut problems) = lay_out(tree);
    let broken = has_errors(&problems);
    if let Some(edition) = edition.filter(|_| !broken) {
        for output in edition.outputs() {
            let path = output.path().expect("every page has a file");
            if is_shown(path.as_str()) {
                edition.bytes(theme(), &output).expect("a sound site can be rendered");
            }
        }
    }
    sort_and_dedup(&mut problems);
    assert!(problems.iter().all(|problem| problem.help.is_some()), "{problems:?}");
    terminal::problems(&problems, tree, false);
}

/// Keeps all work on one thread: an input is small, and sharing it out would cost more than it.
pub fn on_one_thread() {
    let _ = rayon::ThreadPoolBuilder::new().num_threads(1).build_global();
}
