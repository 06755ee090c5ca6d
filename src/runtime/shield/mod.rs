//! What the program gives up at its start, so that a fault in it opens nothing: no core dump, nobody who looks into its
//! memory, files for nobody else, no other program started, and, where it serves guests, no file but the few it works on.
//!
//! It never stops the program from starting: a kernel that cannot do something is told by `closeloop doctor`.

// The wrapper knows 64-bit machines alone.
#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
mod calls;
#[cfg(target_os = "linux")]
mod files;
mod worn;

pub use worn::{Worn, worn};

use crate::store::folder_of;
use rustix::fs::Mode;
use std::path::{Path, PathBuf};

/// What a run of the program may still do once it is confined.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leave {
    /// It may start another program (the machine's own `sendmail`). Everything below is given up then: a program started
    /// from a confined one would be confined as well, and mail systems need their own rights.
    pub start_programs: bool,
    /// It may reach over the network (a mail server).
    pub network: bool,
    /// The files it may use; none: all that its user may.
    pub files: Option<Files>,
}

/// The only files that a run may use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// Files and folders that may be read; none: all that its user may read.
    pub read: Option<Vec<PathBuf>>,
    /// Folders in which files may be written, made and removed.
    pub write: Vec<PathBuf>,
}

/// What belongs at the very start, before anything is read: no core dump, nobody who traces, files for nobody else.
pub fn first() {
    use rustix::process::{Resource, Rlimit, setrlimit, umask};
    umask(Mode::from_raw_mode(0o077));
    // Neither can fail for a process of our own; `doctor` reads them back.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

/// Whether the program was started with rights that its user has not: set-user-id, or set-group-id for a group that they are
/// no member of. A member gains nothing by it: they may do as much with any other program.
pub fn borrowed_rights() -> bool {
    use rustix::process::{getegid, geteuid, getgid, getuid};
    if getuid().is_root() {
        return false;
    }
    let group = getegid();
    // Where the groups cannot be read the person is taken for no member.
    let member = || rustix::process::getgroups().is_ok_and(|groups| groups.contains(&group));
    geteuid() != getuid() || group != getgid() && !member()
}

/// Lets files that are made from here on be shared with the group where the folder of the database says so: it gives its
/// own group to everything in it.
pub fn share_with_the_group_of(database: &Path) {
    let folder = folder_of(database);
    if rustix::fs::stat(folder).is_ok_and(|found| Mode::from_raw_mode(found.st_mode).contains(Mode::SGID)) {
        rustix::process::umask(Mode::from_raw_mode(0o007));
    }
}

/// Gives up everything but what is left. It holds for this thread and all that it starts: call it before any is started.
pub fn confine(leave: &Leave) {
    if leave.start_programs {
        return;
    }
    #[cfg(target_os = "linux")]
    {
        // Each is worth having without the others, and there is nobody to tell but `doctor`, which reads them back.
        let _ = rustix::thread::set_no_new_privs(true);
        if let Some(files) = &leave.files {
            let _ = files::confine(files);
        }
        #[cfg(target_pointer_width = "64")]
        let _ = calls::confine(leave.network);
    }
}
