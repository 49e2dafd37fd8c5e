//! A made-up project.
//!
//! Pages means entries. Up to 20,000 of them belong to 33 authorities, more to 153. A few hundred
//! are shared, the others are spread over the authorities; each has 300 to 700 words, needs,
//! phases, headings, a list, and links to others. Words are made up and as unevenly common as
//! those of a language are.

use std::fmt::Write as _;

/// Folder and share, in parts of 16.
const KINDS: [(&str, usize); 6] = [
    ("provision", 4),
    ("guides", 4),
    ("services", 3),
    ("training", 2),
    ("practice", 2),
    ("places", 1),
];
const NEEDS: usize = 20;
const PHASES: [&str; 4] = ["early-years", "primary", "secondary", "post-16"];
const VOCABULARY: usize = 9_000;

/// Takes a file: its path from the project's root, and its text.
pub(crate) type Sink<'a> = &'a mut dyn FnMut(String, String);

/// Makes up a project of so many pages.
pub(crate) fn write(pages: usize, seed: u64, sink: Sink<'_>) {
    let mut corpus = Corpus { random: Random(seed), words: Vec::new(), sink };
    corpus.words = corpus.make_words();
    corpus.write_all(pages);
}

struct Corpus<'a> {
    random: Random,
    words: Vec<String>,
    sink: Sink<'a>,
}

/// SplitMix64: small, quick, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % end
    }

    /// A place among `end`, the first ones far more often: the logarithm is evenly spread.
    fn zipf(&mut self, end: usize) -> usize {
        let unit = f64::from(u32::try_from(self.next() >> 32).unwrap()) / f64::from(u32::MAX);
        let end = f64::from(u32::try_from(end).unwrap());
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let place = (end.powf(unit) - 1.0) as usize;
        place
    }
}

impl Corpus<'_> {
    fn write(&mut self, path: &str, text: String) {
        (self.sink)(format!("content/{path}"), text);
    }

    fn make_words(&mut self) -> Vec<String> {
        const STARTS: [&str; 20] = [
            "b", "br", "c", "ch", "d", "f", "g", "h", "l", "m", "n", "p", "pl", "r", "s", "sh",
            "st", "t", "tr", "w",
        ];
        const MIDDLES: [&str; 9] = ["a", "e", "i", "o", "u", "ea", "ou", "ai", "ee"];
        const ENDS: [&str; 12] = ["", "n", "r", "t", "s", "ll", "nd", "st", "ng", "ck", "m", "ly"];
        let mut word = || {
            let syllables = 1 + self.random.below(3);
            let mut word = String::new();
            for _ in 0..syllables {
                word += STARTS[self.random.below(STARTS.len())];
                word += MIDDLES[self.random.below(MIDDLES.len())];
                word += ENDS[self.random.below(ENDS.len())];
            }
            word
        };
        (0..VOCABULARY).map(|_| word()).collect()
    }

    fn write_all(&mut self, pages: usize) {
        let authorities = if pages <= 20_000 { 33 } else { 153 };
        let each = pages.saturating_sub(pages.min(300) / 9 + usize::from(pages > 1000) * 267)
            / authorities;
        let shared = pages - each * authorities;
        self.write_vocabulary();
        self.write(
            "site.yaml",
            "name: A corpus\nhub: {title: All of it, base_url: \"https://hub.example.org\"}\n\
             languages: [en]\nnotice: Made up for measuring.\n"
                .to_owned(),
        );
        self.write_layer("london", shared, 0);
        let mut first = shared;
        for number in 0..authorities {
            let folder = format!("boroughs/authority-{number:03}");
            self.write(
                &format!("{folder}/borough.yaml"),
                format!(
                    "official_name: Borough of Authority {number}\nname: Authority {number}\n\
                     ons_code: E06{:06}\n",
                    number + 1
                ),
            );
            self.write_layer(&folder, each, first);
            first += each;
        }
    }

    fn write_vocabulary(&mut self) {
        let mut needs = "areas:\n".to_owned();
        for area in 0..4 {
            writeln!(needs, "- {{id: area-{area}, title: Area {area}}}").unwrap();
        }
        needs += "needs:\n";
        for need in 0..NEEDS {
            writeln!(
                needs,
                "- {{id: need-{need}, title: Need {need}, area: area-{}, description: What it is.}}",
                need % 4
            )
            .unwrap();
        }
        let list = |ids: &[&str]| -> String {
            ids.iter().map(|id| format!("- {{id: {id}, title: {id}}}\n")).collect()
        };
        for (file, text) in [
            ("needs", needs),
            ("phases", list(&PHASES)),
            ("tiers", list(&["universal", "targeted", "specialist"])),
            ("audiences", list(&["parents", "schools"])),
            ("roles", list(&["senco", "teacher"])),
            ("topics", list(&["assessment", "transition"])),
        ] {
            self.write(&format!("vocabulary/{file}.yaml"), text);
        }
    }

    fn write_layer(&mut self, folder: &str, pages: usize, first: usize) {
        let kinds: Vec<&str> =
            KINDS.iter().flat_map(|(kind, parts)| std::iter::repeat_n(*kind, *parts)).collect();
        for number in 0..pages {
            let kind = kinds[number % kinds.len()];
            let text = self.page(kind, first, number, &kinds);
            let name = first + number;
            self.write(&format!("{folder}/{kind}/page-{name}.md"), text);
        }
    }

    fn page(&mut self, kind: &str, first: usize, number: usize, kinds: &[&str]) -> String {
        let title = self.sentence(3, 7);
        let summary = self.sentence(8, 16);
        let need = self.random.zipf(NEEDS);
        let phase = PHASES[self.random.below(PHASES.len())];
        let mut text = format!(
            "---\ntitle: {title} {}\nsummary: {summary}.\nneeds: [need-{need}]\n\
             phases: [{phase}]\naudiences: [parents, schools]\nreviewed: 2026-09-01\n\
             review_by: 2027-09-01\nowner: Corpus\nkeywords: [\"{}\"]\n",
            first + number,
            self.sentence(1, 2)
        );
        match kind {
            "provision" => {
                text += "expectations:\n";
                for item in 0..6 {
                    let (words, seen) = (self.sentence(8, 18), self.sentence(5, 9));
                    writeln!(
                        text,
                        "- {{id: item-{item}, text: {words}., modal: should, tier: universal, \
                         responsible: senco, indicators: {{green: {seen}.}}}}"
                    )
                    .unwrap();
                }
            }
            "places" => text += "type: arp\nplaces: 12\n",
            "training" => text += "areas: [words]\noffer: core\n",
            _ => {}
        }
        text += "---\n";
        let mut words = 300 + self.random.below(401);
        while words > 0 {
            let in_section = words.min(120);
            words -= in_section;
            writeln!(text, "## {}\n", self.sentence(2, 5)).unwrap();
            text += &self.paragraph(in_section);
            if number >= kinds.len() {
                let other = self.random.below(number);
                let folder = kinds[other % kinds.len()];
                write!(text, " See [that page](../{folder}/page-{}.md).", first + other).unwrap();
            }
            let (one, two) = (self.sentence(3, 6), self.sentence(3, 6));
            write!(text, "\n\n- {one}\n- {two}\n\n").unwrap();
        }
        text
    }

    fn sentence(&mut self, least: usize, most: usize) -> String {
        let words = least + self.random.below(most - least + 1);
        let mut sentence = String::new();
        for at in 0..words {
            if at > 0 {
                sentence.push(' ');
            }
            let place = self.random.zipf(VOCABULARY);
            sentence += &self.words[place];
        }
        sentence[..1].to_uppercase() + &sentence[1..]
    }

    fn paragraph(&mut self, words: usize) -> String {
        let sentences = words.div_ceil(12);
        let sentences: Vec<String> = (0..sentences).map(|_| self.sentence(8, 16) + ".").collect();
        sentences.join(" ")
    }
}
