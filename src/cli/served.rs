//! What somebody may ask for who has no shell on this machine: `ssh host list queue`, and a few commands more.
//!
//! A forced command leaves what was asked for in `SSH_ORIGINAL_COMMAND`. No shell ever reads it: it is taken apart here, into
//! words, and has to be one of a closed list of commands. No path is taken from whoever asks: every option and argument whose
//! value is a path is refused, by its type, so that one which is added later is refused as well. What a file would hold is
//! streamed to standard output.

use super::args::Cli;
use super::{Failure, cli_of};
use crate::surroundings::{Surroundings, Trust};
use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory};
use std::any::TypeId;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// The commands that may be asked for; of those in the second list only these parts.
const COMMANDS: [&str; 9] = ["list", "show", "report", "export", "check", "keys", "display", "actions", "panel"];
const PARTS: [(&str, &[&str]); 4] =
    [("cycle", &["list", "card"]), ("alert", &["proof"]), ("framework", &["list", "show"]), ("people", &["list"])];

/// Longer requests are nobody's.
const LONGEST: usize = 2_048;

/// Letters that mean something to a shell. There is none here, and whoever writes one should hear so.
const SHELLS: &str = ";|&$`<>(){}[]\\*?~!#";

/// Reads the arguments as a guest may give them: those of the key line or of `sshd_config` are the administrator's, what was
/// asked for over SSH is the guest's, and so are the arguments where the program has rights that its user has not.
pub(super) fn read(cli: Cli, matches: &ArgMatches, surroundings: &Surroundings, borrowed_rights: bool) -> Result<Cli, Failure> {
    if surroundings.trust == Trust::Own {
        return Ok(cli);
    }
    if borrowed_rights {
        allowed(&cli, matches)?;
    }
    // A forced command that says what it does stands as it is.
    let Some(request) = surroundings.request.as_deref().filter(|_| cli.command.is_none()) else { return Ok(cli) };
    let words = words(request).map_err(Failure::Usage)?;
    if words.is_empty() {
        return Ok(cli);
    }
    let known = |word: &String| word.starts_with('-') || COMMANDS.contains(&word.as_str()) || PARTS.iter().any(|(of, _)| of == word);
    if !words.first().is_some_and(known) {
        return Err(Failure::Usage(only_these()));
    }
    let (asked, matches) = cli_of(std::iter::once("closeloop".into()).chain(words.into_iter().map(OsString::from)))?;
    allowed(&asked, &matches)?;
    // Without a command these are options alone, and of those only how the screen looks is left: `ssh -t HOST -- --ascii`.
    let mut whole = cli;
    whole.command = asked.command;
    whole.globals.ascii |= asked.globals.ascii;
    whole.globals.no_color |= asked.globals.no_color;
    Ok(whole)
}

/// Refuses what a guest may not ask for.
fn allowed(cli: &Cli, matches: &ArgMatches) -> Result<(), Failure> {
    if let Some((name, inside)) = matches.subcommand() {
        let part = inside.subcommand_name().unwrap_or_default();
        let some = PARTS.iter().any(|(of, parts)| *of == name && parts.contains(&part));
        if !some && !COMMANDS.contains(&name) {
            return Err(Failure::Usage(only_these()));
        }
    }
    if let Some(option) = a_path(&Cli::command(), matches) {
        let said = format!(
            "{option} names a file of this machine, and from here none is read or written. Leave it out: what would be in a file comes to \
             standard output (ssh HOST … > FILE). Whoever looks after this machine can work with files."
        );
        return Err(Failure::Usage(said));
    }
    if cli.globals.login.is_some() {
        let said = "--as is not for here: you work under the name that your key or your login stands for.";
        return Err(Failure::Usage(said.into()));
    }
    Ok(())
}

fn only_these() -> String {
    let parts = PARTS.iter().flat_map(|(of, parts)| parts.iter().map(move |part| format!("{of} {part}")));
    let all: Vec<String> = COMMANDS.iter().map(|name| (*name).to_string()).chain(parts).collect();
    format!("From here you can open the workstation (ssh -t, and no command) or ask for: {}. Nothing was done.", all.join(", "))
}

/// The first option or argument that was given and whose value is a path, as the help names it.
fn a_path(command: &clap::Command, matches: &ArgMatches) -> Option<String> {
    let given = |argument: &&clap::Arg| {
        argument.get_value_parser().type_id() == TypeId::of::<PathBuf>()
            && matches.try_contains_id(argument.get_id().as_str()).unwrap_or(false)
            && matches.value_source(argument.get_id().as_str()) == Some(ValueSource::CommandLine)
    };
    let found = command.get_arguments().find(given).map(|argument| match argument.get_long() {
        Some(long) => format!("--{long}"),
        None => argument.get_value_names().and_then(|names| names.first()).map_or("An argument".into(), |name| name.to_string()),
    });
    found.or_else(|| {
        let (name, inside) = matches.subcommand()?;
        a_path(command.find_subcommand(name)?, inside)
    })
}

/// Takes a request apart: words between spaces, quotes keep them together, nothing else means anything.
pub fn words(request: &OsStr) -> Result<Vec<String>, String> {
    let Some(text) = request.to_str().filter(|text| text.len() <= LONGEST) else {
        return Err("The command is too long, or no text. Nothing was done.".into());
    };
    if text.chars().any(char::is_control) {
        return Err("The command holds characters that cannot be seen. Nothing was done.".into());
    }
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for letter in text.chars() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (Some(_), _) => word.get_or_insert_default().push(letter),
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (None, _) if SHELLS.contains(letter) => {
                return Err(format!("\u{201c}{letter}\u{201d} is for a shell, and there is none here. Nothing was done."));
            }
            (None, _) => word.get_or_insert_default().push(letter),
        }
    }
    if quote.is_some() {
        return Err("A quotation mark is open. Nothing was done.".into());
    }
    words.extend(word);
    Ok(words)
}
