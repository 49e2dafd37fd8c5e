//! One state of all sites, numbered: what the files said at one moment.
//!
//! A generation never changes, but for what is made from it when somebody asks: the layout of each
//! site, and the problems with links. The next one is made from it and from what has changed, and
//! takes over the rest. What cannot be read now stays as it last was, beside the problem that says
//! so.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use jiff::civil::Date;

use super::Settings;
use super::problem::{Count, Problems};
use crate::check;
use crate::check::outside::Answers;
use crate::content::project::Project;
use crate::content::tree::SourceTree;
use crate::diagnostic::Diagnostic;
use crate::engine::{self, BaseUrl, Before, Edition};
use crate::path::SourcePath;
use crate::site::model::{Day, Model};
use crate::site::place::{SiteId, all_sites};
use crate::theme::Theme;

/// What a generation is made from.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The files.
    pub tree: &'a SourceTree,
    /// What could not be read at all.
    pub unread: &'a [Diagnostic],
    /// What is new, gone or says something else since the generation before.
    pub changed: &'a BTreeSet<SourcePath>,
    /// The day.
    pub today: Date,
}

/// One state of all sites.
#[derive(Debug)]
pub struct Generation {
    /// Its number, from 1.
    pub number: u64,
    /// The sites; none before the first sound `site.yaml`.
    pub world: Option<World>,
    /// Everything wrong that is known as soon as the files are read.
    pub problems: Problems,
    /// What is wrong with links; until somebody has followed them all, as far as it was known.
    links: RwLock<Arc<Problems>>,
    /// What the rules of `check` have found, known as late as that.
    findings: RwLock<Arc<Problems>>,
    looked_through: AtomicBool,
    /// Files that have changed since the project in `world` was read.
    waiting: BTreeSet<SourcePath>,
}

/// The sites, and the look they have.
#[derive(Clone, Debug)]
pub struct World {
    /// What every entry comes to.
    pub model: Arc<Model>,
    /// The theme.
    pub look: Arc<Look>,
    /// What rules read beside pages.
    small_files: SourceTree,
    sites: BTreeMap<String, Arc<Slot>>,
}

/// A theme, and the one to fall back on.
#[derive(Debug)]
pub struct Look {
    /// The theme.
    pub theme: Arc<Theme>,
    /// The last one with which no page has failed.
    pub steady: Option<Arc<Theme>>,
    /// Whether a page has failed with it.
    failed: AtomicBool,
    /// Its folder's name.
    name: String,
    problems: Vec<Diagnostic>,
}

/// A site, laid out when it is first asked for.
#[derive(Debug)]
struct Slot {
    id: SiteId,
    base_url: Option<BaseUrl>,
    edition: OnceLock<Arc<Edition>>,
    /// What it was before; given up once the site is laid out anew.
    before: Mutex<Option<Arc<Edition>>>,
}

impl Slot {
    /// The site as it was last laid out, if it ever was.
    fn last(&self) -> Option<Arc<Edition>> {
        let before = || self.before.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.edition.get().cloned().or_else(before)
    }
}

impl Generation {
    /// Makes the next generation, or the first.
    pub fn new(last: Option<&Self>, inputs: Inputs<'_>, settings: &Settings) -> Self {
        let mut problems = inputs.unread.to_vec();
        let mut changed = last.map_or_else(BTreeSet::new, |last| last.waiting.clone());
        changed.extend(inputs.changed.iter().cloned());
        let last_world = last.and_then(|last| last.world.as_ref());
        let before =
            last_world.map(|world| Before { project: &world.model.project, changed: &changed });
        let project = engine::parse(inputs.tree, before).into_value(&mut problems);
        let (world, waiting) = match project {
            Some(project) => {
                let day = Day { today: inputs.today, drafts: settings.drafts };
                let world = World::new(
                    last_world,
                    inputs.tree,
                    &changed,
                    project,
                    day,
                    settings,
                    &mut problems,
                );
                (Some(world), BTreeSet::new())
            }
            None => (last_world.cloned(), changed.clone()),
        };
        let unchanged = |known: &Problems| known.only(|path| !changed.contains(path));
        let links = last.map(|last| unchanged(&last.links())).unwrap_or_default();
        let findings = last.map(|last| unchanged(&last.findings())).unwrap_or_default();
        let text = |path: &SourcePath| {
            let own = inputs.tree.text(path).map(|file| file.text.to_string());
            own.or_else(|| world.as_ref()?.look.theme.text(path))
        };
        Self {
            number: last.map_or(1, |last| last.number + 1),
            problems: Problems::new(problems, &settings.editor, text),
            world,
            links: RwLock::new(Arc::new(links)),
            findings: RwLock::new(Arc::new(findings)),
            looked_through: AtomicBool::new(last.is_some_and(Self::is_looked_through)),
            waiting,
        }
    }

    /// What is wrong with links, as far as it is known.
    pub fn links(&self) -> Arc<Problems> {
        self.links.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What rules have found, as far as it is known.
    pub fn findings(&self) -> Arc<Problems> {
        self.findings.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether all links have been followed and all rules asked, of this generation or one before:
    /// what is not new is known by then, and what is new follows.
    pub fn is_looked_through(&self) -> bool {
        self.world.is_none() || self.looked_through.load(Ordering::Acquire)
    }

    /// How many problems are known.
    pub fn count(&self) -> Count {
        let count = Count::of(self.problems.iter().chain(self.links().iter()));
        Count { findings: count.findings + self.findings().iter().count(), ..count }
    }

    /// Indexes each site that somebody has searched, unless `stop` says so.
    pub fn index(&self, stop: &dyn Fn() -> bool) {
        let Some(world) = &self.world else { return };
        let slots = world.sites.iter();
        let searched =
            slots.filter(|(_, slot)| slot.last().is_some_and(|edition| edition.is_searched()));
        for (name, _) in searched {
            if stop() {
                return;
            }
            // What goes wrong is told when somebody asks for the files.
            let _ = world.edition(name).map(|edition| edition.exports(None).is_ok());
        }
    }

    /// Follows every link of every site, then asks every rule. Gives up when `stop` says so; true if
    /// anything is known now that was not, if only that all has been looked at.
    pub fn follow_links(&self, settings: &Settings, stop: &(dyn Fn() -> bool + Sync)) -> bool {
        let Some(world) = &self.world else { return false };
        let mut found = Vec::new();
        for name in world.sites.keys() {
            if stop() {
                return false;
            }
            if let Some(edition) = world.edition(name) {
                found.extend(edition.check());
            }
        }
        let links = exchange(&self.links, world.told(found, settings));
        if stop() {
            return links;
        }
        let (model, tree) = (&world.model, &world.small_files);
        let Some(found) = check::check(model, tree, &Answers::new(), stop) else { return links };
        let findings = exchange(&self.findings, world.told(found, settings));
        let first = !self.looked_through.swap(true, Ordering::AcqRel);
        links || findings || first
    }
}

/// Puts what is known now in the place of what was; true if it is something else.
fn exchange(known: &RwLock<Arc<Problems>>, now: Problems) -> bool {
    let mut known = known.write().unwrap_or_else(PoisonError::into_inner);
    let is_new = !known.iter().eq(now.iter());
    *known = Arc::new(now);
    is_new
}

impl World {
    /// Problems as they are shown, without those at places in an earlier text.
    fn told(&self, mut found: Vec<Diagnostic>, settings: &Settings) -> Problems {
        let project = &self.model.project;
        found.retain(|problem| !project.is_behind(&problem.span.path));
        let text = |path: &SourcePath| {
            let small = || self.small_files.text(path);
            project.text(path).or_else(small).map(|file| file.text.to_string())
        };
        Problems::new(found, &settings.editor, text)
    }

    fn new(
        last: Option<&Self>,
        tree: &SourceTree,
        changed: &BTreeSet<SourcePath>,
        project: Project,
        day: Day,
        settings: &Settings,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let look = look(last, tree, changed, &project, settings);
        problems.extend(look.problems.iter().cloned());
        let before = last.map(|last| &*last.model);
        let model = engine::resolve(project, day, before).into_value(problems);
        let wanted = |id: &SiteId| settings.only.as_deref().is_none_or(|only| only == id.as_str());
        let sites = all_sites(&model).into_iter().filter(wanted).map(|id| {
            let slot = last.and_then(|last| last.sites.get(id.as_str()));
            let before = Mutex::new(slot.and_then(|slot| slot.last()));
            let base_url = BaseUrl::parse(&format!("{}/{id}", settings.origin));
            let name = id.to_string();
            (name, Arc::new(Slot { id, base_url, edition: OnceLock::new(), before }))
        });
        let small_files = check::small_files(tree, &model);
        Self { sites: sites.collect(), model, look, small_files }
    }

    /// The names of all sites, the hub first.
    pub fn names(&self) -> impl Iterator<Item = &SiteId> {
        let hub = self.sites.values().filter(|slot| slot.id == SiteId::Hub);
        let boroughs = self.sites.values().filter(|slot| slot.id != SiteId::Hub);
        hub.chain(boroughs).map(|slot| &slot.id)
    }

    /// A site, laid out.
    pub fn edition(&self, name: &str) -> Option<Arc<Edition>> {
        let slot = self.sites.get(name)?;
        let lay_out = || {
            let (model, site) = (self.model.clone(), (slot.id.clone(), slot.base_url.clone()));
            let before = slot.before.lock().unwrap_or_else(PoisonError::into_inner).take();
            Arc::new(Edition::new(model, &self.look.theme, site, before.as_deref()))
        };
        Some(slot.edition.get_or_init(lay_out).clone())
    }
}

impl Look {
    /// Notes that a page has failed with this theme.
    pub fn note_failure(&self) {
        self.failed.store(true, Ordering::Relaxed);
    }
}

/// The theme as it is now, or as it was where nothing has changed or a mistake keeps it from
/// being loaded.
fn look(
    last: Option<&World>,
    tree: &SourceTree,
    changed: &BTreeSet<SourcePath>,
    project: &Project,
    settings: &Settings,
) -> Arc<Look> {
    let name = engine::theme_name(project);
    // The languages, of which the theme has the words, stand in site.yaml.
    let concerns = |path: &str| path.starts_with("themes/") || path == "content/site.yaml";
    let touched = changed.iter().any(|path| concerns(path.as_str()));
    let last = last.map(|world| &world.look);
    if let Some(last) = last.filter(|last| last.name == name && !touched) {
        return last.clone();
    }
    let mut problems = Vec::new();
    let loaded = engine::load_theme(tree, project).into_value(&mut problems);
    let steady = last.and_then(|last| match last.failed.load(Ordering::Relaxed) {
        false => Some(last.theme.clone()),
        true => last.steady.clone(),
    });
    let theme = match (loaded, last) {
        (Some(theme), _) => Arc::new(theme),
        (None, Some(last)) => last.theme.clone(),
        (None, None) => settings.interface.theme.clone(),
    };
    Arc::new(Look {
        theme,
        steady,
        failed: AtomicBool::new(false),
        name: name.to_owned(),
        problems,
    })
}
