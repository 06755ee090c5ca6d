//! What of it holds for this very process, as the kernel says.

use rustix::process::{Resource, getrlimit};

/// What the kernel says about this process. Where it says nothing, nothing is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Worn {
    /// A fault leaves no core file, and nobody but the administrator can look into its memory.
    pub closed_memory: bool,
    /// It can gain no right by starting another program.
    pub no_new_rights: bool,
    /// Calls are refused (seccomp).
    pub calls: bool,
    /// This kernel can confine a program to some files (Landlock).
    pub files: bool,
    /// A program was tried to be started, and was refused.
    pub no_program: bool,
}

/// Asks the kernel, and tries.
pub fn worn() -> Worn {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let says = |name: &str, value: &str| status.lines().any(|line| line.strip_prefix(name).is_some_and(|rest| rest.trim() == value));
    let no_core = getrlimit(Resource::Core).current == Some(0);
    // Nothing is run where it works: `true` does nothing.
    let tried = std::process::Command::new("/bin/true").stdin(std::process::Stdio::null()).status();
    Worn {
        closed_memory: no_core && untraceable(),
        no_new_rights: says("NoNewPrivs:", "1"),
        calls: says("Seccomp:", "2"),
        files: can_confine_files(),
        no_program: tried.is_err_and(|error| error.kind() == std::io::ErrorKind::PermissionDenied),
    }
}

#[cfg(target_os = "linux")]
fn untraceable() -> bool {
    use rustix::process::{DumpableBehavior, dumpable_behavior};
    dumpable_behavior().is_ok_and(|behaviour| behaviour != DumpableBehavior::Dumpable)
}

#[cfg(target_os = "linux")]
fn can_confine_files() -> bool {
    // In a thread of its own, which ends with it.
    let tried = std::thread::spawn(|| {
        let nothing = super::Files { read: Some(Vec::new()), write: Vec::new() };
        super::files::confine(&nothing).is_ok() && std::fs::read_dir("/").is_err()
    });
    tried.join().unwrap_or(false)
}

#[cfg(not(target_os = "linux"))]
fn untraceable() -> bool {
    false
}

#[cfg(not(target_os = "linux"))]
fn can_confine_files() -> bool {
    false
}
