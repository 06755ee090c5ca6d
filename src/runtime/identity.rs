//! Who sits at this terminal: the user of the operating system, looked up in the council's list of people.
//!
//! The kernel says which user runs this process, and the machine's own list of users (or the directory behind it) what they are
//! called. The environment is asked for neither: whoever has a login could write anybody's name there. Where all sessions run as one
//! service account, the line of the key that somebody logged in with says who it is (`--as`), and that is believed of nobody else.

use super::library::Library;
use super::{access, random};
use crate::domain::deed::Actor;
use crate::domain::error::RuleError;
use crate::store::{Reading, StoreError, StoreResult};
use chrono::NaiveDate;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Role of somebody who works before anybody has a login.
const FIRST: &str = "coordinator";

/// Who keeps the machine.
const ROOT: &str = "root";

/// The setting that names the account under which every session runs, where there is one. It is set when the database is made.
pub const SERVICE_ACCOUNT: &str = "service-account";

/// The login of the user who started this process, whatever rights the program has besides; none where the machine has no name for
/// them.
pub fn login() -> Option<String> {
    let user = uzers::get_user_by_uid(rustix::process::getuid().as_raw())?;
    user.name().to_str().filter(|login| !login.is_empty()).map(str::to_string)
}

/// Whether this process runs as the user whose file that is, and as nobody else besides.
fn is_owner_of(file: &Path) -> bool {
    let (real, effective) = (rustix::process::getuid().as_raw(), rustix::process::geteuid().as_raw());
    real == effective && std::fs::metadata(file).is_ok_and(|file| file.uid() == real)
}

/// Under which login somebody works in a real database.
///
/// `asked` is what `--as` says. It is honoured only where the database names a service account, this process runs as that account,
/// and the database's file belongs to it: then nobody but a key line of that account, or whoever administers the machine, can have
/// written it. Everybody else works under their own login.
pub fn login_for(reading: Reading<'_>, file: &Path, asked: Option<&str>) -> StoreResult<String> {
    let service = reading.setting(SERVICE_ACCOUNT)?;
    claimed(asked, service.as_deref(), login().as_deref(), is_owner_of(file)).map_err(StoreError::Refused)
}

/// The rule of [`login_for`], by what is known: what `--as` says, the service account of the database, the user of this process, and
/// whether the file is theirs.
pub fn claimed(asked: Option<&str>, service: Option<&str>, user: Option<&str>, owns: bool) -> Result<String, RuleError> {
    let serves = service.is_some() && service == user && owns;
    match (asked, service) {
        (Some(name), _) if serves => Ok(name.to_string()),
        (None, Some(account)) if service == user => Err(RuleError::under(
            "T43",
            format!("{account} is the service account: it is nobody, and does nothing in its own name."),
            "The line of each key says who logs in with it (`--as LOGIN`); who keeps the machine adds it there.",
        )),
        (Some(_), Some(account)) => Err(RuleError::under(
            "T43",
            format!(
                "--as is for the lines of the service account\u{2019}s keys: it works for {account} alone, with a database of its own."
            ),
            "Leave it out, and work under your own login.",
        )),
        (Some(_), None) => Err(RuleError::under(
            "T43",
            "--as is for demo databases and for a service account; in this one everybody works under their own login.",
            "Leave it out; who keeps the machine can make a database with a service account: `closeloop init --service-account`.",
        )),
        (None, _) => user.map(str::to_string).ok_or_else(|| {
            RuleError::under(
                "T43",
                "This machine does not say who you are: your user number has no name.",
                "Ask who keeps the machine to give your account a name.",
            )
        }),
    }
}

/// Who acts under a login: the person who has it; before anybody has one, a coordinator without a row.
pub fn actor(reading: Reading<'_>, login: &str, today: NaiveDate) -> StoreResult<Actor> {
    let session = random::session_name();
    if let Some(person) = reading.person_by_login(login)? {
        if !person.is_here(today) {
            return Err(access::gone(&person));
        }
        return Ok(Actor { login: login.to_string(), person: Some(person.id), name: person.name, role: person.role, session });
    }
    if reading.anybody_has_a_login()? {
        return Err(match login {
            ROOT => access::root_is_nobody(reading.setting(SERVICE_ACCOUNT)?.as_deref()),
            _ => access::unknown(login),
        });
    }
    Ok(Actor { login: login.to_string(), person: None, name: login.to_string(), role: FIRST.to_string(), session })
}

/// The role of an actor in the words of the framework in force.
pub fn role_in_words(reading: Reading<'_>, library: &mut Library, actor: &Actor) -> String {
    let framework = library.current(reading).ok();
    let label = framework.as_ref().and_then(|framework| framework.role(&actor.role)).map(|role| role.label.clone());
    label.unwrap_or_else(|| actor.role.clone())
}
