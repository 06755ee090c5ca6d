//! The texts of the sections: one template for each key, shared by every framework; a report may have one of its own
//! (`REPORT.KEY.md` before `KEY.md`). A council's folder may replace any of them.
//!
//! A template sees the frozen facts and nothing else. What it puts in is escaped, so that nothing that people typed is markup.

use super::asked::Watched;
use super::built_in::BUILT_IN;
use super::context::{self, as_cell};
use super::parts::Facts;
use super::suppressed;
use crate::report::ReportError;
use minijinja::value::{Rest, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Marks where a part of a template that is no text begins and ends. What people typed cannot hold them.
pub(super) const OPENS: char = '\u{e000}';
pub(super) const CLOSES: char = '\u{e001}';

/// Marks a section that waits for somebody's words.
pub(super) const WAITS: char = '\u{e002}';

/// What stands in a draft where somebody's words are to come.
const TO_COME: &str = "Still to be written here, before the report goes out.";

/// The same while reviews of its time are under way. A report may be of something else that belongs to that time.
const TO_COME_LATER: &str = "Still to be written here, once the work of this time is done and before the report goes out.";

/// The same while the time itself goes on.
const TO_COME_AFTER: &str = "Still to be written here, once this time is over and before the report goes out.";

/// The template of a section that has none of its own.
const ANY: &str = "any";

/// The templates at hand.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    folder: Option<PathBuf>,
}

impl Templates {
    /// Those of a folder, where it has them, before the built-in ones.
    pub fn of(folder: Option<&Path>) -> Templates {
        Templates { folder: folder.map(Path::to_path_buf) }
    }

    /// Names of the built-in templates.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// A template's file name and text: the council's own before the built-in one, the report's own before the shared one.
    fn text(&self, report: &str, section: &str) -> Result<(String, String), ReportError> {
        for name in [format!("{report}.{section}"), section.to_string(), ANY.to_string()] {
            let file = format!("{name}.md");
            if let Some(path) = self.folder.as_ref().map(|folder| folder.join(&file)).filter(|path| path.exists()) {
                return match std::fs::read_to_string(&path) {
                    Ok(text) => Ok((path.display().to_string(), text)),
                    Err(error) => Err(ReportError::Template {
                        file: path.display().to_string(),
                        line: 1,
                        what: format!("it cannot be read: {error}"),
                    }),
                };
            }
            if let Some((_, text)) = BUILT_IN.iter().find(|(known, _)| *known == name) {
                return Ok((file, (*text).to_string()));
            }
        }
        Err(ReportError::Template { file: format!("{ANY}.md"), line: 1, what: "there is no such template".into() })
    }

    /// Every text that a section may be made from, with what those take in: a council's own and the built-in one.
    pub(super) fn texts(&self, report: &str, section: &str) -> Vec<String> {
        let built_in = Templates::default();
        let each = [self, &built_in].into_iter().filter_map(|of| of.text(report, section).ok().map(|(_, text)| (of, text)));
        each.flat_map(|(of, text)| of.whole(text)).collect()
    }

    /// A text with those that it takes in, and what these take in.
    fn whole(&self, text: String) -> Vec<String> {
        let mut all = vec![text];
        let mut at = 0;
        while let Some(text) = all.get(at).cloned() {
            let taken_in = BUILT_IN.iter().filter(|(name, _)| name.starts_with('_') && text.contains(&format!("{name}.md")));
            for inner in taken_in.filter_map(|(name, _)| self.text("", name).ok()).map(|(_, text)| text) {
                if !all.contains(&inner) {
                    all.push(inner);
                }
            }
            at += 1;
        }
        all
    }

    /// What the template of a section says, and which facts it speaks of; `written` is whether people wrote something there, `draft`
    /// whether they still may.
    pub(super) fn section(
        &self,
        facts: &Facts<'_>,
        key: &str,
        written: bool,
        draft: bool,
    ) -> Result<(String, BTreeSet<String>), ReportError> {
        let (file, text) = self.text(&facts.material.kind, key)?;
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_trim_blocks(true);
        environment.set_lstrip_blocks(true);
        environment.set_auto_escape_callback(|_| AutoEscape::Custom("text"));
        let below = facts.material.limit;
        environment.set_formatter(move |out, state, value| put(out, state, value, below));
        environment.add_function("count", move |count: i64| suppressed::count(as_cell(count), below));
        environment.add_function("share", move |n: i64, of: i64| suppressed::share(as_cell(n), as_cell(of), below));
        let waits = match (facts.material.grows, facts.material.still_open() > 0) {
            (true, _) => TO_COME_AFTER,
            (false, true) => TO_COME_LATER,
            (false, false) => TO_COME,
        };
        let none = facts.material.has_none_of_its_kind();
        environment.add_function("to_write", move |missed: String| {
            Value::from_safe_string(match (none, draft) {
                // Nobody can write of what there was none of.
                (true, true) => String::new(),
                (false, true) => format!("{waits}{WAITS}"),
                (_, false) => missed,
            })
        });
        for name in ["chart", "table", "registers"] {
            environment.add_function(name, move |arguments: Rest<String>| marker(name, &arguments));
        }
        // What several templates say in the same words: a text whose name begins with an underscore.
        for (name, _) in BUILT_IN.iter().filter(|(name, _)| name.starts_with('_')) {
            let (file, text) = self.text("", name)?;
            environment.add_template_owned(format!("{name}.md"), text).map_err(|error| wrong(&error, &file))?;
        }
        environment.add_template_owned(file.clone(), text.clone()).map_err(|error| wrong(&error, &file))?;
        let (values, seen) = Watched::of(context::of(facts, written));
        let made = environment.get_template(&file).and_then(|template| template.render(values));
        let text = made.map_err(|error| quoted(wrong(&error, &file), &file, &text))?;
        let seen = seen.lock().map(|seen| seen.clone()).unwrap_or_default();
        Ok((text, seen))
    }
}

/// The fault of a template with its file and line: of the text it takes in, where the fault lies there.
fn wrong(error: &Error, file: &str) -> ReportError {
    let mut at = error;
    while let Some(inner) = std::error::Error::source(at).and_then(|source| source.downcast_ref::<Error>()) {
        at = inner;
    }
    ReportError::Template {
        file: at.name().filter(|name| name.starts_with('_')).unwrap_or(file).to_string(),
        line: at.line().unwrap_or(1),
        what: at.detail().map_or_else(|| at.kind().to_string(), str::to_string),
    }
}

/// The same with the line as it stands there: that a value is not known says nothing of which.
fn quoted(error: ReportError, of: &str, text: &str) -> ReportError {
    match error {
        ReportError::Template { file, line, what } if file == of => {
            let there = text.lines().nth(line.saturating_sub(1)).map(str::trim).filter(|there| !there.is_empty());
            let what = there.map_or_else(|| what.clone(), |there| format!("{what} in \u{201c}{there}\u{201d}"));
            ReportError::Template { file, line, what }
        }
        other => other,
    }
}

fn marker(name: &str, arguments: &[String]) -> Result<Value, Error> {
    if arguments.is_empty() {
        return Err(Error::new(ErrorKind::MissingArgument, format!("{name}(…) wants to know which")));
    }
    Ok(Value::from_safe_string(format!("{OPENS}{name}:{}{CLOSES}", arguments.join(":"))))
}

/// Puts a value into a text: what is no part of the template is text, whatever it holds.
fn put(out: &mut Output<'_>, _: &State<'_, '_>, value: &Value, below: u32) -> Result<(), Error> {
    let left_out = i64::try_from(value.clone()).ok().filter(|count| value.is_number() && *count < 0);
    let said = left_out.map_or_else(|| value.to_string(), |count| suppressed::count(as_cell(count), below));
    let text = if value.is_safe() { said } else { escaped(&said) };
    out.write_str(&text).map_err(|_| Error::new(ErrorKind::BadSerialization, "the text could not be put together"))
}

/// A text in which every sign that could be markup stands for itself; its lines become one.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in crate::domain::safe_text::safe_line(text).chars() {
        match letter {
            OPENS | CLOSES | WAITS => continue,
            letter if letter.is_ascii_punctuation() => out.push('\\'),
            _ => {}
        }
        out.push(letter);
    }
    out
}
