//! Source files taken apart: code without comments and strings, and the strings by themselves.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// One file.
pub struct Source {
    /// From the crate's folder, with forward slashes.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// The code, with comments blanked and strings emptied; lines stay where they are.
    pub code: String,
    /// The strings, each with the line it begins on.
    pub strings: Vec<(usize, String)>,
}

/// The folder of the crate.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file of `src` or `tests`, by path; taken apart once for all checks.
pub fn all(folder: &str) -> &'static [Source] {
    static SRC: OnceLock<Vec<Source>> = OnceLock::new();
    static TESTS: OnceLock<Vec<Source>> = OnceLock::new();
    let held = if folder == "src" { &SRC } else { &TESTS };
    held.get_or_init(|| {
        let rust = paths(folder).into_iter().filter(|path| path.ends_with(".rs"));
        rust.map(|path| Source::of(&path, &std::fs::read_to_string(root().join(&path)).unwrap())).collect()
    })
}

/// Every file below a folder.
pub fn paths(folder: &str) -> Vec<String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { walk(&path, found) } else { found.push(path) }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    let mut paths: Vec<String> = found.iter().map(|path| path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/")).collect();
    paths.sort();
    paths
}

impl Source {
    pub fn of(path: &str, text: &str) -> Source {
        let mut reader = Reader { rest: text, line: 1, code: String::new(), strings: Vec::new() };
        while reader.step() {}
        Source { path: path.into(), text: text.into(), code: reader.code, strings: reader.strings }
    }

    /// Lines of the code with their numbers.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(at, line)| (at + 1, line))
    }

    /// The names of the modules this file is, from the crate's root: `src/app/form/mod.rs` is `app`, `form`.
    pub fn module(&self) -> Vec<&str> {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path).trim_end_matches(".rs");
        inside.split('/').filter(|part| !matches!(*part, "mod" | "lib" | "main")).collect()
    }
}

struct Reader<'t> {
    rest: &'t str,
    line: usize,
    code: String,
    strings: Vec<(usize, String)>,
}

impl Reader<'_> {
    fn step(&mut self) -> bool {
        let Some(first) = self.rest.chars().next() else { return false };
        if self.rest.starts_with("//") {
            let length = self.rest.find('\n').unwrap_or(self.rest.len());
            self.blank(length);
        } else if self.rest.starts_with("/*") {
            let length = self.block();
            self.blank(length);
        } else if let Some(hashes) = self.raw() {
            let open = self.rest.find('"').unwrap_or(0) + 1;
            let close = format!("\"{}", "#".repeat(hashes));
            let length = self.rest[open..].find(&close).unwrap_or(self.rest.len() - open);
            self.string(open, length, close.len());
        } else if first == '"' {
            self.string(1, plain_length(&self.rest[1..]), 1);
        } else if let Some(length) = letter(self.rest) {
            self.blank(length);
        } else {
            self.take(first.len_utf8());
        }
        true
    }

    /// How many hashes a raw string begins with, if one begins here and not in the middle of a name.
    fn raw(&self) -> Option<usize> {
        let inside_a_name = self.code.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
        let rest = self.rest.strip_prefix("br").or_else(|| self.rest.strip_prefix('r')).filter(|_| !inside_a_name)?;
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        rest[hashes..].starts_with('"').then_some(hashes)
    }

    fn block(&self) -> usize {
        let (mut depth, mut at) = (0, 0);
        while at < self.rest.len() {
            if self.rest[at..].starts_with("/*") {
                depth += 1;
                at += 2;
            } else if self.rest[at..].starts_with("*/") {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    break;
                }
            } else {
                at += self.rest[at..].chars().next().map_or(1, char::len_utf8);
            }
        }
        at
    }

    fn string(&mut self, open: usize, length: usize, close: usize) {
        self.strings.push((self.line, self.rest[open..open + length].to_string()));
        self.code.push('"');
        self.blank(open);
        self.blank(length);
        self.code.push('"');
        self.blank(close.min(self.rest.len()));
    }

    fn blank(&mut self, length: usize) {
        let lines = self.rest[..length].matches('\n').count();
        self.code.push(' ');
        self.code.extend(std::iter::repeat_n('\n', lines));
        self.line += lines;
        self.rest = &self.rest[length..];
    }

    fn take(&mut self, length: usize) {
        self.line += self.rest[..length].matches('\n').count();
        self.code.push_str(&self.rest[..length]);
        self.rest = &self.rest[length..];
    }
}

/// Length of a string's inside up to its closing quote.
fn plain_length(rest: &str) -> usize {
    let mut escaped = false;
    rest.char_indices()
        .find(|(_, c)| {
            let ends = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        })
        .map_or(rest.len(), |(at, _)| at)
}

/// Length of a character literal; none for a lifetime.
fn letter(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    if let Some(escape) = inside.strip_prefix('\\') {
        // The escaped character itself may be a quote.
        let after = escape.chars().next()?.len_utf8();
        return escape[after..].find('\'').map(|end| end + after + 3);
    }
    let first = inside.chars().next()?;
    inside[first.len_utf8()..].starts_with('\'').then_some(first.len_utf8() + 2)
}

/// Whether a word stands in a line by itself and not inside a longer name.
pub fn word_at(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let name = |c: char| c.is_alphanumeric() || c == '_';
        !line[..at].chars().next_back().is_some_and(name) && !line[at + word.len()..].chars().next().is_some_and(name)
    })
}
