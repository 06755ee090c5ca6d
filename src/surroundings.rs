//! What the program takes from its environment: these variables and no other, read once at the start.
//!
//! Nothing else of the program may read the environment (a house rule tests it), so that there is one place to see what
//! a stranger's variable can do. Where the person at the other end is not trusted with the machine ([`Trust::Guest`]) only
//! what describes their terminal is believed.

use std::ffi::OsString;
use std::path::PathBuf;

/// Longer names of terminals are nobody's.
const LONGEST_TERM: usize = 64;

/// The command that `sshd` was asked for and has put aside for a forced one.
const REQUEST: &str = "SSH_ORIGINAL_COMMAND";

/// How far whoever started the program is trusted with this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Trust {
    /// They use their own rights, at a shell of theirs.
    #[default]
    Own,
    /// The program has rights that they have not (set-group-id), or is all they may run here (a forced command).
    Guest,
}

/// The part of the environment that is believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// How far the person is trusted.
    pub trust: Trust,
    /// The name of the terminal; none where there is none. One that no terminal has is read as `xterm`.
    pub term: Option<String>,
    /// The terminal says that it has all colours.
    pub all_colours: bool,
    /// No colours are wanted.
    pub no_colour: bool,
    /// The locale can show more than ASCII.
    pub utf8: bool,
    /// The person's home folder; not believed of a guest.
    pub home: Option<PathBuf>,
    /// Where configuration lies, by the XDG rules; not believed of a guest.
    pub config_folder: Option<PathBuf>,
    /// Where data lies, by the XDG rules; not believed of a guest.
    pub data_folder: Option<PathBuf>,
    /// The database that `CLOSELOOP_DB` names; not believed of a guest.
    pub db: Option<PathBuf>,
    /// The moment that `CLOSELOOP_NOW` names, for demo databases; not believed of a guest.
    pub now: Option<String>,
    /// The person is at the other end of an SSH connection.
    pub over_ssh: bool,
    /// What was asked for over SSH where another command is forced; it may be no text.
    pub request: Option<OsString>,
}

impl Surroundings {
    /// Reads the environment. `borrowed_rights`: the program was started with rights that the person has not.
    pub fn read(borrowed_rights: bool) -> Surroundings {
        Surroundings::of(borrowed_rights, &|name| std::env::var_os(name))
    }

    /// The same from any source of variables.
    pub fn of(borrowed_rights: bool, variable: &dyn Fn(&str) -> Option<OsString>) -> Surroundings {
        let text = |name: &str| variable(name).and_then(|value| value.into_string().ok()).unwrap_or_default();
        let request = variable(REQUEST);
        let trust = if borrowed_rights || request.is_some() { Trust::Guest } else { Trust::Own };
        let own = |name: &str| variable(name).filter(|value| trust == Trust::Own && !value.is_empty());
        // By the XDG rules a relative path in the variable is to be ignored.
        let folder = |name: &str, below: &str| {
            let named = own(name).map(PathBuf::from).filter(|path| path.is_absolute());
            named.or_else(|| own("HOME").map(|home| PathBuf::from(home).join(below)))
        };
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().map(text).find(|value| !value.is_empty()).unwrap_or_default();
        Surroundings {
            trust,
            term: variable("TERM").map(|term| known_term(term.to_str().unwrap_or("?"))),
            all_colours: !text("COLORTERM").is_empty(),
            no_colour: !text("NO_COLOR").is_empty(),
            utf8: locale.to_lowercase().replace('-', "").contains("utf8"),
            home: own("HOME").map(PathBuf::from),
            config_folder: folder("XDG_CONFIG_HOME", ".config"),
            data_folder: folder("XDG_DATA_HOME", ".local/share").map(|folder| folder.join("closeloop")),
            db: own("CLOSELOOP_DB").map(PathBuf::from),
            now: own("CLOSELOOP_NOW").map(|value| value.to_string_lossy().into_owned()),
            over_ssh: variable("SSH_CONNECTION").is_some(),
            request,
        }
    }
}

/// A name that a terminal may have, or `xterm`, which every terminal of today understands.
fn known_term(term: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '+');
    if term.len() <= LONGEST_TERM && term.chars().all(plain) { term.to_string() } else { "xterm".to_string() }
}
