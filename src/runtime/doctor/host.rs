//! The machine and how the program runs on it.

use super::files::user;
use super::{Findings, Patient};
use crate::domain::outbox::{Settings, Way};
use crate::notify::Post;
use crate::runtime::idle::Idle;
use crate::runtime::shield::worn;
use crate::store;
use crate::surroundings::Trust;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Less free than this, and the log may not find room.
const LITTLE: u64 = 256 << 20;
const TOO_LITTLE: u64 = 64 << 20;

/// A file that can be deleted when the disk is full, so that the log finds room again.
const BALLAST: u64 = 64 << 20;

/// The program itself: which SQLite, and that there is no second one.
pub fn program(found: &mut Findings) {
    let said = format!("closeloop {} with SQLite {} of its own.", env!("CARGO_PKG_VERSION"), rusqlite::version());
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap_or_default();
    match maps.lines().find(|line| line.contains("libsqlite3")) {
        Some(line) => {
            let path = line.split_whitespace().last().unwrap_or_default();
            let said = format!("A second SQLite is loaded into the program ({path}); two of them do not see each other's locks.");
            found.mend("program", said, "Install a closeloop built with the SQLite that it brings, and take out LD_PRELOAD.");
        }
        None => found.ok("program", said),
    }
}

/// What the program has given up.
pub fn shield(found: &mut Findings) {
    let worn = worn();
    let parts = [
        (worn.closed_memory, "no core dump and no tracing"),
        (worn.no_new_rights, "no new rights"),
        (worn.calls, "calls refused (seccomp)"),
        (worn.no_program, "no other program started"),
        (worn.files, "files confined where it serves (Landlock)"),
    ];
    let said = |wanted: bool| parts.iter().filter(|(is, _)| *is == wanted).map(|(_, what)| *what).collect::<Vec<_>>().join(", ");
    match said(false).as_str() {
        "" => found.ok("shield", format!("In force: {}.", said(true))),
        missing => found.look(
            "shield",
            format!("Not in force here: {missing}."),
            "Use a kernel that has them (Linux 5.13 or later with seccomp and Landlock), or in a container one that lets them through; until then the \
             rules of sshd_config alone keep people in.",
        ),
    }
}

/// The configuration and what it names.
pub fn configuration(found: &mut Findings, patient: &Patient<'_>) {
    let about = "config";
    let config = match &patient.config {
        Ok(config) => *config,
        Err(error) => return found.mend(about, error.to_string(), "Correct that line."),
    };
    match &patient.config_file {
        None => found.ok(about, "There is none; everything is as it is by default."),
        Some(path) => match std::fs::metadata(path) {
            Err(error) => found.mend(about, format!("{} cannot be read: {error}.", path.display()), "Give it to this user to read."),
            Ok(meta) if meta.mode() & 0o022 != 0 || !(meta.uid() == 0 || meta.uid() == rustix::process::getuid().as_raw()) => {
                let said = format!(
                    "{} belongs to {} and has mode {:04o}: others may say where the data and the mail go.",
                    path.display(),
                    user(meta.uid()),
                    meta.mode() & 0o777
                );
                found.mend(about, said, format!("chown root {0} && chmod go-w {0}", path.display()));
            }
            Ok(_) => found.ok(about, format!("{} can be changed by its owner alone.", path.display())),
        },
    }
    if let Err(said) = Idle::after(config.blank_after, config.leave_after) {
        found.mend(about, said, "Until then nobody can open the workstation.");
    }
    if patient.surroundings.trust == Trust::Own && patient.surroundings.db.is_some() && config.db.is_some() {
        found.look(about, "CLOSELOOP_DB is set and goes before the database that the configuration names.", "Unset one of them.");
    }
    if let Some(Settings { way: Way::Server(server), .. }) = &config.mail
        && let Some((_, path)) = &server.login
    {
        secret(found, path);
    }
    match (&config.mail, config.no_mail) {
        (None, false) => found.look(
            "mail",
            "E-mail is not set up: alerts say whom to telephone.",
            "Add [mail] to the configuration, or send = false in it.",
        ),
        (None, true) => found.ok("mail", "Nothing is sent by e-mail, as the configuration says."),
        (Some(settings), _) if !patient.mail => {
            let way = match &settings.way {
                Way::Server(server) => format!("by {}", server.host),
                Way::Sendmail(path) => format!("by {}, from closeloop tick alone", path.display()),
            };
            found.ok("mail", format!("It goes {way}; closeloop doctor --mail tries it."));
        }
        (Some(_), _) => {}
    }
}

/// The file with the password of the mail server.
fn secret(found: &mut Findings, path: &Path) {
    match std::fs::metadata(path) {
        Err(error) => found.mend(
            "mail",
            format!("The password file {} cannot be read: {error}.", path.display()),
            "Make it, or give it to this user to read.",
        ),
        Ok(meta) if meta.mode() & 0o027 != 0 => {
            let said = format!("The password file {} has mode {:04o}.", path.display(), meta.mode() & 0o777);
            found.mend("mail", said, format!("chmod 0640 {}", path.display()));
        }
        Ok(_) => {}
    }
}

/// Speaks to the mail server, without sending anything.
pub fn mail(found: &mut Findings, patient: &Patient<'_>) {
    let Some(settings) = patient.config.as_ref().ok().and_then(|config| config.mail.as_ref()) else { return };
    match Post::open(settings).and_then(|post| post.line().greet()) {
        Ok(said) => found.ok("mail", said),
        Err(trouble) => found.mend("mail", format!("Mail cannot be sent: {}.", trouble.because()), trouble.kind.remedy()),
    }
}

/// Where the database lies, and how much room is left.
pub fn disk(found: &mut Findings, db: &Path) {
    let folder = store::folder_of(db);
    let Some(disk) = store::disk(folder) else {
        return found.look(
            "disk",
            format!("{} cannot be asked about its file system.", folder.display()),
            "Run doctor as a user who may see it.",
        );
    };
    let (kind, free) = (if disk.kind.is_empty() { "a local file system" } else { disk.kind }, disk.free >> 20);
    if disk.network {
        let said = format!("{} lies on a network file system ({kind}), where two people write over each other.", folder.display());
        found.mend("disk", said, "Move it to a disk of this machine.");
    } else if disk.memory {
        found.mend(
            "disk",
            format!("{} lies in memory ({kind}) and is gone when the machine stops.", folder.display()),
            "Move it to a disk.",
        );
    } else if disk.free < TOO_LITTLE {
        found.mend(
            "disk",
            format!("{} has {free} MB free: the next save may be refused.", folder.display()),
            "Delete the ballast file and make room.",
        );
    } else if disk.free < LITTLE {
        found.look("disk", format!("{} has {free} MB free.", folder.display()), "Make room before it is full.");
    } else {
        found.ok("disk", format!("{} lies on {kind} with {free} MB free.", folder.display()));
    }
    let ballast = folder.join("ballast");
    match std::fs::metadata(&ballast) {
        Ok(meta) if meta.blocks() * 512 >= BALLAST => {
            found.ok("disk", format!("{} can be deleted when the disk is full.", ballast.display()))
        }
        _ => {
            let said = "There is no ballast: on a full disk nothing could be saved until somebody finds what to delete.";
            found.look("disk", said, format!("fallocate -l 64M {}", ballast.display()));
        }
    }
}
