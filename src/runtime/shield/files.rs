//! The only files that the program may use from here on (Landlock). Whatever is open already stays open.

use super::Files;
use landlock::{
    ABI, Access, AccessFs, BitFlags, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetError, make_bitflags, path_beneath_rules,
};

/// Rights as Linux 6.2 knows them, the first with all that matter here; an older kernel is asked for what it has.
const KNOWN: ABI = ABI::V3;

/// What belongs to the machine and every program reads: its names and users, its libraries, its certificates, its time zones.
const MACHINE: [&str; 11] = [
    "/etc",
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/share/ca-certificates",
    "/usr/share/zoneinfo",
    "/run/systemd/resolve",
    "/run/nscd",
    "/proc",
    "/dev",
];

/// Where the terminal and the machine's randomness are.
const DEVICES: [&str; 1] = ["/dev"];

/// Confines this thread and every thread it starts to these files.
pub fn confine(files: &Files) -> Result<(), RulesetError> {
    let reading: BitFlags<AccessFs> = make_bitflags!(AccessFs::{ReadFile | ReadDir});
    let using: BitFlags<AccessFs> = make_bitflags!(AccessFs::{ReadFile | WriteFile});
    let working: BitFlags<AccessFs> =
        make_bitflags!(AccessFs::{ReadFile | ReadDir | WriteFile | MakeReg | MakeDir | RemoveFile | RemoveDir | Refer | Truncate});
    let rules = Ruleset::default().handle_access(AccessFs::from_all(KNOWN))?.create()?;
    let rules = match &files.read {
        Some(read) => rules.add_rules(path_beneath_rules(MACHINE, reading))?.add_rules(path_beneath_rules(read, reading))?,
        None => rules.add_rules(path_beneath_rules(["/"], reading))?,
    };
    let rules = rules.add_rules(path_beneath_rules(DEVICES, using))?.add_rules(path_beneath_rules(&files.write, working))?;
    rules.restrict_self().map(drop)
}
