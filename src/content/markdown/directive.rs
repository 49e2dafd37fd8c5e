//! Directive lines (`::: contact autism-outreach`): which there are, what they take, and from a
//! line to its meaning. What a directive shows is decided where the body is filled in; here no
//! slug or need is looked up.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Span, did_you_mean, nearest};

use super::text::BodyText;

/// A single-line directive that shows something, with what was said to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// What it shows.
    pub shows: Shows,
    /// What was said to it, in the order written; each name at most once.
    pub arguments: Vec<Argument>,
    /// Its line.
    pub span: Span,
}

impl Directive {
    /// What was said under `name`.
    pub fn argument(&self, name: &str) -> Option<&Argument> {
        self.arguments.iter().find(|argument| argument.name == name)
    }
}

/// What a single-line directive shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// How to reach a service: `service`.
    Contact,
    /// A list of expectations, narrowed by `need`, `phase`, `tier`, `topic`.
    Expectations,
    /// A list of entries of one `kind`, narrowed by `need`, `phase`; at most `limit` of them.
    Entries,
    /// The chart and table of a data entry: `data`.
    Chart,
}

/// One argument of a directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its name, from the table of directives.
    pub name: &'static str,
    /// Its value as written, never empty; a `limit` is a whole number from 1.
    pub value: String,
    /// The value's place.
    pub span: Span,
}

/// What a sound directive line means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Line<'a> {
    /// `:::` alone.
    Close,
    /// The start of `::: steps`.
    Steps,
    /// The start of `::: details`, and its title.
    Details(&'a str, Range<usize>),
    /// `::: inherit`.
    Inherit,
    /// One that shows something.
    Shown(Directive),
    /// One whose name is wrong. A `:::` further on may be meant for it.
    Unknown,
    /// One whose arguments are wrong.
    Broken,
}

/// One kind of directive.
struct Rule {
    name: &'static str,
    effect: Effect,
    /// If there are any, at least one must be given.
    parameters: &'static [Parameter],
    /// A whole line, for messages.
    example: &'static str,
}

#[derive(Clone, Copy, PartialEq)]
enum Effect {
    Steps,
    Details,
    Inherit,
    Show(Shows),
}

struct Parameter {
    name: &'static str,
    form: Form,
    required: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// The rest of the line.
    Title,
    /// A word; `name=word` does too.
    Plain,
    /// `name=word`.
    Named,
    /// `name=number`.
    Count,
}

/// Every directive there is, and every argument it takes.
const RULES: [Rule; 7] = [
    Rule { name: "steps", effect: Effect::Steps, parameters: &[], example: "::: steps" },
    Rule {
        name: "details",
        effect: Effect::Details,
        parameters: &[Parameter { name: "title", form: Form::Title, required: true }],
        example: "::: details What the law says",
    },
    Rule {
        name: "contact",
        effect: Effect::Show(Shows::Contact),
        parameters: &[Parameter { name: "service", form: Form::Plain, required: true }],
        example: "::: contact autism-outreach",
    },
    Rule {
        name: "expectations",
        effect: Effect::Show(Shows::Expectations),
        parameters: &[
            Parameter { name: "need", form: Form::Named, required: false },
            Parameter { name: "phase", form: Form::Named, required: false },
            Parameter { name: "tier", form: Form::Named, required: false },
            Parameter { name: "topic", form: Form::Named, required: false },
        ],
        example: "::: expectations need=autism phase=primary",
    },
    Rule {
        name: "entries",
        effect: Effect::Show(Shows::Entries),
        parameters: &[
            Parameter { name: "kind", form: Form::Named, required: true },
            Parameter { name: "need", form: Form::Named, required: false },
            Parameter { name: "phase", form: Form::Named, required: false },
            Parameter { name: "limit", form: Form::Count, required: false },
        ],
        example: "::: entries kind=training need=autism",
    },
    Rule {
        name: "chart",
        effect: Effect::Show(Shows::Chart),
        parameters: &[Parameter { name: "data", form: Form::Plain, required: true }],
        example: "::: chart places-by-school",
    },
    Rule { name: "inherit", effect: Effect::Inherit, parameters: &[], example: "::: inherit" },
];

/// Reads the directive line at `line`.
pub(super) fn read<'a>(
    body: &BodyText<'a>,
    line: Range<usize>,
    problems: &mut Vec<Diagnostic>,
) -> Line<'a> {
    let mut words = Words::new(body.text, line.clone());
    let Some(name) = words.next() else { return Line::Close };
    let written = &body.text[name.clone()];
    let Some(rule) = RULES.iter().find(|rule| rule.name.eq_ignore_ascii_case(written)) else {
        let message = format!("there is no directive `{written}`");
        let problem = Diagnostic::error("unknown-directive", body.span(name), message);
        problems.push(problem.help(did_you_mean(written, RULES.iter().map(|rule| rule.name))));
        return Line::Unknown;
    };
    let before = problems.len();
    let arguments = Reader { body, rule, problems, arguments: Vec::new() }.read(words);
    let is_sound = problems.len() == before;
    let title = || line.end - body.text[name.end..line.end].trim_start().len()..line.end;
    match rule.effect {
        // With a wrong argument they still open: else their end would be reported as well.
        Effect::Steps => Line::Steps,
        Effect::Details => Line::Details(body.text[title()].trim_end(), title()),
        _ if !is_sound => Line::Broken,
        Effect::Inherit => Line::Inherit,
        Effect::Show(shows) => Line::Shown(Directive { shows, arguments, span: body.span(line) }),
    }
}

/// The problem of a `:::` that closes nothing.
pub(super) fn nothing_to_close(span: Span) -> Diagnostic {
    Diagnostic::error("nothing-to-close", span, "this `:::` closes nothing")
        .help("take it out: only `::: steps` and `::: details` are closed, each once")
}

/// The problem of a container that its file never closes.
pub(super) fn never_closed(span: Span) -> Diagnostic {
    Diagnostic::error("unclosed-directive", span, "this directive is never closed")
        .help("write `:::` on a line of its own after the text that belongs to it")
}

/// The arguments of one directive while they are read.
struct Reader<'b, 'a> {
    body: &'b BodyText<'a>,
    rule: &'static Rule,
    problems: &'b mut Vec<Diagnostic>,
    arguments: Vec<Argument>,
}

impl Reader<'_, '_> {
    fn read(mut self, words: Words<'_>) -> Vec<Argument> {
        let parameters = self.rule.parameters;
        let before = self.problems.len();
        let end_of_name = words.at;
        if let [Parameter { name, form: Form::Title, .. }] = parameters {
            // A title may hold anything, `=` too; only that there is one matters here.
            if words.count() == 0 {
                self.missing(name, end_of_name);
            }
            return self.arguments;
        }
        for word in words {
            self.word(word);
        }
        // What was given wrongly has its problem already, and is not missing as well.
        if self.problems.len() == before {
            let is_given = |name| self.arguments.iter().any(|argument| argument.name == name);
            let none = self.arguments.is_empty();
            let lacks = |known: &&Parameter| none || (known.required && !is_given(known.name));
            if let Some(parameter) = parameters.iter().find(lacks) {
                self.missing(parameter.name, end_of_name);
            }
        }
        self.arguments
    }

    fn word(&mut self, word: Range<usize>) {
        let text = &self.body.text[word.clone()];
        let parameters = self.rule.parameters;
        let (parameter, value) = match text.split_once('=') {
            Some((name, value)) => {
                let same = |known: &&Parameter| known.name.eq_ignore_ascii_case(name);
                let Some(parameter) = parameters.iter().find(same) else {
                    let at = word.start..word.start + name.len();
                    return self.unknown(name, at);
                };
                (parameter, value)
            }
            None => match parameters.iter().find(|known| known.form == Form::Plain) {
                Some(parameter) => (parameter, text),
                None => return self.unknown(text, word),
            },
        };
        let at = word.end - value.len()..word.end;
        self.argument(parameter, value.trim_matches(['"', '\'']), at);
    }

    fn argument(&mut self, parameter: &Parameter, value: &str, at: Range<usize>) {
        let name = parameter.name;
        let span = self.body.span(at.clone());
        if self.arguments.iter().any(|known| known.name == name) {
            let message = format!("`{}` has `{name}` already", self.rule.name);
            let help = format!("give it once: {}", self.rule.example);
            self.problems.push(Diagnostic::error("repeated-argument", span, message).help(help));
        } else if value.is_empty() {
            self.missing(name, at.end);
        } else if parameter.form == Form::Count && !matches!(value.parse::<u32>(), Ok(1..)) {
            let message = format!("`{value}` is not a number from 1");
            let help = format!("write it in digits: {name}=5");
            self.problems.push(Diagnostic::error("bad-argument", span, message).help(help));
        } else {
            self.arguments.push(Argument { name, value: value.to_owned(), span });
        }
    }

    fn unknown(&mut self, written: &str, at: Range<usize>) {
        let Rule { name, parameters, example, .. } = self.rule;
        let message = format!("`{name}` does not take `{written}`");
        let problem = Diagnostic::error("unknown-argument", self.body.span(at), message);
        let help = match nearest(written, parameters.iter().map(|known| known.name)) {
            Some(near) => format!("did you mean `{near}=`?"),
            None => format!("write it like this: {example}"),
        };
        self.problems.push(problem.help(help));
    }

    fn missing(&mut self, name: &str, at: usize) {
        let Rule { name: directive, example, .. } = self.rule;
        let message = format!("`{directive}` lacks its {name}");
        let problem = Diagnostic::error("missing-argument", self.body.span(at..at), message);
        self.problems.push(problem.help(format!("write it like this: {example}")));
    }
}

/// The words of a line after its colons, as ranges of the text.
struct Words<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl<'a> Words<'a> {
    fn new(text: &'a str, line: Range<usize>) -> Self {
        let colons = text[line.clone()].bytes().take_while(|byte| *byte == b':').count();
        Self { text, at: line.start + colons, end: line.end }
    }
}

impl Iterator for Words<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = &self.text[self.at..self.end];
        let start = self.end - rest.trim_start().len();
        let length = self.text[start..self.end].find(char::is_whitespace);
        self.at = length.map_or(self.end, |length| start + length);
        (start < self.end).then_some(start..self.at)
    }
}
