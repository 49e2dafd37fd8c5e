//! The kinds of entry: one file for each group of them, one struct for each kind.
//!
//! The folder says the kind. [`Kind::ALL`] is the one list of them; everything that differs by
//! kind asks it.

pub mod directory;
pub mod meeting;
pub mod provision;
pub mod reading;
pub mod training;

use super::fields::Reader;
use super::node::Node;
use super::shape::Record;
use crate::path::Slug;

/// A kind of entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The welcome on a home page: `index.md` of a layer.
    Welcome,
    /// What schools should provide.
    Provision,
    /// Help, step by step, and background.
    Guide,
    /// Who helps, and how to reach them.
    Service,
    /// Units, bases and special schools.
    Place,
    /// Courses.
    Training,
    /// Documents to use.
    Toolkit,
    /// What a school does.
    Practice,
    /// Groups that meet.
    Network,
    /// Things that happen on a date.
    Event,
    /// What is new.
    News,
    /// You said, we did.
    Feedback,
    /// Tables and charts.
    Data,
}

impl Kind {
    /// All kinds, in the order in which sites list them.
    pub const ALL: [Self; 13] = [
        Self::Welcome,
        Self::Provision,
        Self::Guide,
        Self::Service,
        Self::Place,
        Self::Training,
        Self::Toolkit,
        Self::Practice,
        Self::Network,
        Self::Event,
        Self::News,
        Self::Feedback,
        Self::Data,
    ];

    /// The folder it lies in, which is also the first part of its address.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Welcome => "",
            Self::Provision => "provision",
            Self::Guide => "guides",
            Self::Service => "services",
            Self::Place => "places",
            Self::Training => "training",
            Self::Toolkit => "toolkits",
            Self::Practice => "practice",
            Self::Network => "networks",
            Self::Event => "events",
            Self::News => "news",
            Self::Feedback => "feedback",
            Self::Data => "data",
        }
    }

    /// Its name for one entry, as directives and vocabularies may write it too.
    pub fn name(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::Guide => "guide",
            Self::Service => "service",
            Self::Place => "place",
            Self::Toolkit => "toolkit",
            Self::Network => "network",
            Self::Event => "event",
            other => other.folder(),
        }
    }

    /// What it holds, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Welcome => "the welcome on a home page",
            Self::Provision => "what schools should provide",
            Self::Guide => "help, step by step, and background",
            Self::Service => "who helps, and how to reach them",
            Self::Place => "units, bases and special schools",
            Self::Training => "courses",
            Self::Toolkit => "documents to use",
            Self::Practice => "what a school does",
            Self::Network => "groups that meet",
            Self::Event => "things that happen on a date",
            Self::News => "what is new",
            Self::Feedback => "you said, we did",
            Self::Data => "tables and charts",
        }
    }

    /// The kind that a folder name or a kind's name means.
    pub fn parse(text: &str) -> Option<Self> {
        Self::listed().find(|kind| kind.folder() == text || kind.name() == text)
    }

    /// The kinds that have a folder and a list of their own: all but the welcome.
    pub fn listed() -> impl Iterator<Item = Self> + Clone {
        Self::ALL.into_iter().filter(|kind| *kind != Self::Welcome)
    }

    /// Whether an entry must say when it was reviewed, when next, and who owns it.
    pub fn must_be_reviewed(self) -> bool {
        matches!(
            self,
            Self::Provision | Self::Guide | Self::Service | Self::Training | Self::Toolkit
        )
    }

    /// The lists of its front matter that layers merge item by item, by `id`.
    pub fn lists_by_id(self) -> &'static [&'static str] {
        match self {
            Self::Provision => &["expectations", "strategies"],
            Self::Toolkit => &["items"],
            Self::Guide => &["steps"],
            _ => &[],
        }
    }
}

/// The fields that only one kind has.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// Of a welcome: none.
    Welcome,
    /// Of provision.
    Provision(Box<provision::Provision>),
    /// Of a guide.
    Guide(reading::Guide),
    /// Of a service.
    Service(Box<directory::Service>),
    /// Of a place.
    Place(Box<directory::Place>),
    /// Of training.
    Training(Box<training::Training>),
    /// Of a toolkit.
    Toolkit(training::Toolkit),
    /// Of school practice.
    Practice(Box<reading::Practice>),
    /// Of a network or an event.
    Meeting(Box<meeting::Meeting>),
    /// Of news.
    News(reading::News),
    /// Of feedback.
    Feedback(Box<reading::Feedback>),
    /// Of data.
    Data(Box<reading::Data>),
}

impl Payload {
    /// The fields of a kind.
    pub fn record(kind: Kind) -> Record {
        match kind {
            Kind::Welcome => Record::NONE,
            Kind::Provision => provision::Provision::RECORD,
            Kind::Guide => reading::Guide::RECORD,
            Kind::Service => directory::Service::RECORD,
            Kind::Place => directory::Place::RECORD,
            Kind::Training => training::Training::RECORD,
            Kind::Toolkit => training::Toolkit::RECORD,
            Kind::Practice => reading::Practice::RECORD,
            Kind::Network | Kind::Event => meeting::Meeting::RECORD,
            Kind::News => reading::News::RECORD,
            Kind::Feedback => reading::Feedback::RECORD,
            Kind::Data => reading::Data::RECORD,
        }
    }

    /// Reads the fields of a kind.
    pub fn read(kind: Kind, node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        Some(match kind {
            Kind::Welcome => Self::Welcome,
            Kind::Provision => {
                Self::Provision(Box::new(provision::Provision::read_checked(node, reader)?))
            }
            Kind::Guide => Self::Guide(reading::Guide::read_fields(node, reader)?),
            Kind::Service => {
                Self::Service(Box::new(directory::Service::read_fields(node, reader)?))
            }
            Kind::Place => Self::Place(Box::new(directory::Place::read_checked(node, reader)?)),
            Kind::Training => {
                Self::Training(Box::new(training::Training::read_checked(node, reader)?))
            }
            Kind::Toolkit => Self::Toolkit(training::Toolkit::read_checked(node, reader)?),
            Kind::Practice => {
                Self::Practice(Box::new(reading::Practice::read_fields(node, reader)?))
            }
            Kind::Network | Kind::Event => {
                Self::Meeting(Box::new(meeting::Meeting::read_checked(node, reader)?))
            }
            Kind::News => Self::News(reading::News::read_fields(node, reader)?),
            Kind::Feedback => {
                Self::Feedback(Box::new(reading::Feedback::read_fields(node, reader)?))
            }
            Kind::Data => Self::Data(Box::new(reading::Data::read_checked(node, reader)?)),
        })
    }
}

/// Which entry: its kind and its slug.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId {
    /// The kind.
    pub kind: Kind,
    /// The slug.
    pub slug: Slug,
}

impl EntryId {
    /// `provision/autism`; of a welcome just `index`.
    pub fn path(&self) -> String {
        match self.kind {
            Kind::Welcome => self.slug.to_string(),
            kind => format!("{}/{}", kind.folder(), self.slug),
        }
    }

    /// Reads `provision/autism`.
    pub fn parse(path: &str) -> Option<Self> {
        let (folder, slug) = path.trim_matches('/').split_once('/')?;
        Some(Self { kind: Kind::parse(folder)?, slug: Slug::parse(slug).ok()? })
    }
}

impl std::fmt::Display for EntryId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.path())
    }
}

/// Writes an enum of fixed words and its reading.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $( $(#[doc = $about:literal])* $variant:ident = $word:literal, )* }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( $(#[doc = $about])* $variant, )* }

        impl $name {
            /// The words that an editor may write.
            pub const WORDS: &'static [&'static str] = &[$( $word, )*];

            /// The word, as an editor writes it.
            pub fn word(self) -> &'static str {
                match self { $( Self::$variant => $word, )* }
            }
        }

        impl $crate::content::fields::Read for $name {
            fn read(
                node: &$crate::content::node::Node,
                reader: &mut $crate::content::fields::Reader<'_>,
            ) -> Option<Self> {
                match node.text() {
                    $( Some($word) => Some(Self::$variant), )*
                    Some(_) => {
                        let known = Self::WORDS.iter().copied();
                        $crate::content::fields::unknown_name(node, reader, "value", known);
                        None
                    }
                    None => reader.unfit(node, &format!("one of: {}", Self::WORDS.join(", "))),
                }
            }

            fn shape() -> $crate::content::shape::Shape {
                let words = vec![$( ($word, concat!($($about, )*).trim_ascii()), )*];
                $crate::content::shape::Shape::Word(words)
            }
        }
    };
}

pub(crate) use words;
