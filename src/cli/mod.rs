//! The command line: one file for each command, whose doc comment is its help.
//!
//! Commands write to the streams they are handed and nowhere else: what was asked for to `out`, everything else to `err`.
//! It may name every layer but `ui`'s drawing; nothing may name it but `main`.

mod actions;
mod alert;
mod args;
mod backup;
mod check;
mod context;
mod cycle;
mod cycle_card;
mod demo;
mod display;
mod dispose;
mod doctor;
mod export;
mod framework;
mod import;
mod import_people;
mod import_subjects;
mod init;
mod keys;
mod list;
mod list_plain;
mod list_plan;
mod list_registers;
mod list_revisits;
mod looked;
mod looks;
mod manual;
mod open;
mod outfile;
mod panel;
mod panel_papers;
mod people;
mod report;
mod served;
mod show;
mod show_action;
mod show_alert;
mod show_drp;
mod show_review;
mod tick;
mod verify;
mod voice;

use crate::config::ConfigError;
use crate::demo::DemoError;
use crate::domain::error::RuleError;
use crate::domain::safe_text::safe_text;
use crate::intake::IntakeError;
use crate::profiles::ProfileError;
use crate::runtime::shield;
use crate::store::StoreError;
use crate::surroundings::Surroundings;
use args::{Cli, Command};
use clap::{ArgMatches, CommandFactory, FromArgMatches};
use context::Context;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;
use voice::Streams;

/// Why a command did not end well.
pub(crate) enum Failure {
    /// Something went wrong; the sentence says what.
    Said(String),
    /// Something was found; it has been written out.
    Found,
    /// The command was not meant like this.
    Usage(String),
    /// The arguments were not understood, or asked for help.
    Arguments(Box<clap::Error>),
    /// Writing failed.
    Io(io::Error),
}

/// How a command ends.
pub(crate) type Done = Result<(), Failure>;

macro_rules! said {
    ($($error:ty),+) => {$(
        impl From<$error> for Failure {
            fn from(error: $error) -> Failure {
                Failure::Said(error.to_string())
            }
        }
    )+};
}

said!(crate::report::ReportError, StoreError, IntakeError, ProfileError, DemoError, RuleError, ConfigError, serde_json::Error);

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Io(error)
    }
}

/// Runs the program with these arguments. Exit status: 0 done, 1 found something or failed, 2 usage.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let borrowed_rights = shield::borrowed_rights();
    let surroundings = Surroundings::read(borrowed_rights);
    std::panic::set_hook(Box::new(|fault| {
        // What a damaged workbook does to its reader is caught and told as a sentence.
        if !crate::intake::is_guarded() {
            let place = fault.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
            let _ = writeln!(io::stderr(), "closeloop stopped: a fault in the program itself ({place}). Please report this line.");
        }
    }));
    // Neither is locked for the whole run: the workstation's signal thread must be able to give the terminal back.
    let mut out = io::BufWriter::new(io::stdout());
    let mut err = io::stderr();
    let mut streams = Streams::new(&mut out, &mut err);
    let done = cli_of(arguments)
        .and_then(|(cli, matches)| served::read(cli, &matches, &surroundings, borrowed_rights))
        .and_then(|cli| dispatch(cli, surroundings, &mut streams));
    let done = done.and_then(|()| streams.out.flush().map_err(Failure::Io));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Found) => {
            let _ = streams.out.flush();
            ExitCode::FAILURE
        }
        // Whoever reads has seen enough (`| head`).
        Err(Failure::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            // The buffer cannot be written any more, and dropping it would only try again.
            std::mem::forget(out);
            ExitCode::SUCCESS
        }
        Err(Failure::Io(error)) => {
            let _ = writeln!(streams.err, "closeloop: writing failed: {error}.");
            ExitCode::FAILURE
        }
        Err(Failure::Said(what)) => {
            let _ = streams.out.flush();
            let _ = writeln!(streams.err, "closeloop: {}", safe_text(&what));
            ExitCode::FAILURE
        }
        Err(Failure::Usage(what)) => {
            let _ = writeln!(streams.err, "closeloop: {}", safe_text(&what));
            ExitCode::from(2)
        }
        Err(Failure::Arguments(error)) => {
            // Help and version come this way too; clap knows which stream and which status each wants.
            let _ = error.print();
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        }
    }
}

/// Reads arguments, and keeps what was read of each.
fn cli_of(arguments: impl Iterator<Item = OsString>) -> Result<(Cli, ArgMatches), Failure> {
    let read = Cli::command().try_get_matches_from(arguments);
    let read = read.and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, matches)));
    read.map_err(|error| Failure::Arguments(Box::new(error)))
}

/// The commands that nobody's rights are asked for: whoever can run them has the files themselves. With a name they would look
/// as if that person had done it.
fn in_nobodys_name(command: &Command) -> Option<&'static str> {
    match command {
        Command::Demo(_) => Some("demo"),
        Command::Init(_) => Some("init"),
        Command::Tick(_) => Some("tick"),
        Command::Verify(_) => Some("verify"),
        Command::Doctor(_) => Some("doctor"),
        Command::Backup(_) => Some("backup"),
        Command::Restore(_) => Some("restore"),
        _ => None,
    }
}

fn dispatch(cli: Cli, surroundings: Surroundings, streams: &mut Streams<'_>) -> Done {
    match cli.command {
        // These need neither configuration nor database, and must work where both are broken.
        Some(Command::Completions(args)) => return manual::completions(&args, streams),
        Some(Command::Man) => return manual::man(streams),
        _ => {}
    }
    // The locale decides until the configuration has been read, which may decide otherwise.
    streams.keep_to_ascii(cli.globals.ascii || !surroundings.utf8);
    if cli.globals.login.is_some()
        && let Some(name) = cli.command.as_ref().and_then(in_nobodys_name)
    {
        let said = "is done by whoever looks after this machine, and in nobody's name. Leave --as out. Nothing was done.";
        return Err(Failure::Usage(format!("closeloop {name} {said}")));
    }
    if let Some(Command::Doctor(args)) = &cli.command {
        return doctor::run(&cli.globals, &surroundings, args, streams);
    }
    let context = Context::new(cli.globals, surroundings)?;
    streams.keep_to_ascii(context.look().ascii);
    shield::share_with_the_group_of(&context.db);
    shield::confine(&context.leave(cli.command.as_ref()));
    match cli.command {
        None => open::run(&context, streams),
        Some(Command::Demo(args)) => demo::run(&context, &args, streams),
        Some(Command::Init(args)) => init::run(&context, &args, streams),
        Some(Command::Framework(args)) => framework::run(&context, &args, streams),
        Some(Command::Import(args)) => import::run(&context, &args, streams),
        Some(Command::Cycle(args)) => cycle::run(&context, &args, streams),
        Some(Command::List(args)) => list::run(&context, &args, streams),
        Some(Command::Show(args)) => show::run(&context, &args, streams),
        Some(Command::Dispose(args)) => dispose::run(&context, &args, streams),
        Some(Command::Looks(args)) => looks::run(&context, &args, streams),
        Some(Command::Check(args)) => check::run(&context, &args, streams),
        Some(Command::Verify(args)) => verify::run(&context, &args, streams),
        Some(Command::Backup(args)) => backup::backup(&context, &args, streams),
        Some(Command::Restore(args)) => backup::restore(&context, &args, streams),
        Some(Command::Display(args)) => display::run(&context, &args),
        Some(Command::Actions(args)) => actions::run(&context, &args, streams),
        Some(Command::Alert(args)) => alert::run(&context, &args, streams),
        Some(Command::Tick(args)) => tick::run(&context, &args, streams),
        Some(Command::Export(args)) => export::run(&context, &args, streams),
        Some(Command::People(args)) => people::run(&context, &args, streams),
        Some(Command::Panel(args)) => panel::run(&context, &args, streams),
        Some(Command::Report(args)) => report::run(&context, &args, streams),
        Some(Command::Keys(args)) => keys::run(&context, &args, streams),
        Some(Command::Completions(_) | Command::Man | Command::Doctor(_)) => Ok(()),
    }
}
