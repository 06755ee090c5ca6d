//! Papers on their way out: to standard output, or into a file that is never half there and never takes another's place unasked.

use super::context::Context;
use super::{Done, Failure, Streams};
use crate::report::{Document, docx, html, markdown, plain};
use crate::store;
use clap::{Args, ValueEnum};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// The forms of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Markdown.
    Md,
    /// Word.
    Docx,
    /// A page for a browser.
    Html,
}

/// Where a paper goes and how.
#[derive(Debug, Args)]
pub(super) struct OutArgs {
    /// Into this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Put it in the place of a file that is there.
    #[arg(long, requires = "out")]
    pub(super) force: bool,
}

/// Hands out a paper in the form asked for, else by the name of its file; in a terminal as plain lines.
pub(super) fn paper(context: &Context, paper: &Document, format: Option<Format>, to: &OutArgs, streams: &mut Streams<'_>) -> Done {
    let format = format.or(to.out.as_deref().map(by_name));
    match (format, &to.out) {
        (Some(Format::Docx), None) => stream(&docx::docx(paper)?, streams),
        (Some(Format::Docx), Some(path)) => file(context, path, &docx::docx(paper)?, to.force, streams),
        (Some(Format::Html), Some(path)) => file(context, path, html::html(paper)?.as_bytes(), to.force, streams),
        (Some(Format::Html), None) => Ok(write!(streams.out, "{}", html::html(paper)?)?),
        (_, Some(path)) => file(context, path, markdown::markdown(paper).as_bytes(), to.force, streams),
        (Some(Format::Md), None) => Ok(write!(streams.out, "{}", markdown::markdown(paper))?),
        (None, None) => Ok(plain::plain(paper).iter().try_for_each(|line| writeln!(streams.out, "{line}"))?),
    }
}

/// Streams a file that is no text to whatever standard output leads to.
pub(super) fn stream(bytes: &[u8], streams: &mut Streams<'_>) -> Done {
    not_into_a_terminal()?;
    Ok(streams.out.as_they_are(bytes)?)
}

/// Refuses a terminal, which would take bytes of a file for commands of its own.
pub(super) fn not_into_a_terminal() -> Done {
    match std::io::stdout().is_terminal() {
        false => Ok(()),
        true => {
            let said = "This is a file and no text for a screen: name one with --out FILE, or send it into one (\u{2026} > FILE; over SSH without -t).";
            Err(Failure::Usage(said.into()))
        }
    }
}

/// The form that a file's name speaks of; Markdown where it speaks of none.
fn by_name(path: &Path) -> Format {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "docx" => Format::Docx,
        "html" | "htm" => Format::Html,
        _ => Format::Md,
    }
}

/// Hands out text that is a file of its own kind (a calendar, figures): into the file named, else to standard output as it is.
pub(super) fn text(context: &Context, text: &str, to: &OutArgs, streams: &mut Streams<'_>) -> Done {
    match &to.out {
        Some(path) => file(context, path, text.as_bytes(), to.force, streams),
        None => Ok(streams.out.as_they_are(text.as_bytes())?),
    }
}

impl OutArgs {
    /// Refuses a place that cannot be written to before anything is counted, or noted as handed out.
    pub(super) fn is_free(&self, context: &Context) -> Done {
        match &self.out {
            Some(path) => is_free(context, path, self.force),
            None => Ok(()),
        }
    }

    /// The same for a paper in a form, which may be none for a screen.
    pub(super) fn takes(&self, format: Option<Format>, context: &Context) -> Done {
        match (format, &self.out) {
            (Some(Format::Docx), None) => not_into_a_terminal(),
            _ => self.is_free(context),
        }
    }
}

/// Writes a file and says so.
pub(super) fn file(context: &Context, path: &Path, bytes: &[u8], force: bool, streams: &mut Streams<'_>) -> Done {
    is_free(context, path, force)?;
    store::write_file(path, bytes, force)?;
    Ok(writeln!(streams.out, "Written: {}.", path.display())?)
}

fn is_free(context: &Context, path: &Path, force: bool) -> Done {
    if path.exists() && !force {
        let said =
            format!("The file {} is there already. Nothing was changed. Give another name, or add --force to replace it.", path.display());
        return Err(Failure::Said(said));
    }
    if is_the_database(&context.db, path) {
        return Err(Failure::Said(format!(
            "{} is the database itself, or a file of it. Nothing was changed. Give another name.",
            path.display()
        )));
    }
    Ok(())
}

/// Whether a path is the database or one of the files that belong to it.
fn is_the_database(db: &Path, path: &Path) -> bool {
    let whole = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let path = whole(path);
    let own = [db.to_path_buf(), store::looks_path(db), store::drafts_path(db)];
    own.iter().flat_map(|own| ["", "-wal", "-shm"].map(|tail| (own, tail))).any(|(own, tail)| {
        let mut name = own.as_os_str().to_os_string();
        name.push(tail);
        whole(Path::new(&name)) == path
    })
}
