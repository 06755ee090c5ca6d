//! T28: whatever the umask, a council's files in set-up B (a folder of the group with its set-group-id bit) are its group's and
//! nobody else's, and a second user writes and recovers what a first one who was killed has left.

use crate::support::rely;
use closeloop::store::Store;
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

const GROUP: u32 = 64_321;
const USERS: [u32; 2] = [64_301, 64_302];

/// Whether this machine lets the test act as two users: it has to be root, and setpriv has to be there.
fn can() -> bool {
    rustix::process::getuid().is_root()
        && Command::new("setpriv").arg("--version").stdout(Stdio::null()).status().is_ok_and(|said| said.success())
}

fn as_user(uid: u32, umask: &str, script: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args([&format!("--reuid={uid}"), &format!("--regid={uid}"), &format!("--groups={GROUP}"), "sh", "-c"]);
    command.arg(format!("umask {umask}; {script}")).env_clear().env("TZ", "UTC").env("PATH", "/usr/bin:/bin").env("LANG", "C.UTF-8");
    command
}

fn world_bits(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap());
    let open = files.filter(|file| file.metadata().unwrap().mode() & 0o007 != 0);
    open.map(|file| format!("{:?} {:o}", file.file_name(), file.metadata().unwrap().mode())).collect()
}

#[test]
fn t28_no_file_is_the_world_s_and_a_second_user_writes_and_recovers_after_a_kill() {
    if !can() {
        rely::line(&json!({"test": "T28", "skipped": "needs root and setpriv"}));
        return;
    }
    let (mut kills, mut world, mut recovered) = (0, Vec::new(), 0);
    for umask in ["000", "022", "077"] {
        let place = tempfile::tempdir().unwrap();
        std::fs::set_permissions(place.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let (folder, program) = (place.path().join("council"), place.path().join("closeloop"));
        std::fs::copy(env!("CARGO_BIN_EXE_closeloop"), &program).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        std::fs::create_dir(&folder).unwrap();
        let db = folder.join("closeloop.db");
        let made = Command::new(&program)
            .args(["demo", "--reviews", "8", "--out"])
            .arg(&db)
            .env("CLOSELOOP_NOW", "2026-11-19T14:06:00Z")
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        // As the README says: the folder 2770, the file 0660, both the group's.
        let group = rustix::fs::Gid::from_raw(GROUP);
        for (path, mode) in [(&folder, 0o2770), (&db, 0o660)] {
            rustix::fs::chown(path, None, Some(group)).unwrap();
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        }
        for (turn, uid) in USERS.into_iter().chain(USERS).enumerate() {
            let reason = format!("t28-{turn}");
            let run = format!("{} --db {} ", program.display(), db.display());
            // One who is killed in the middle of writing, again and again: what they wrote stands in the log.
            let writes = format!("i=0; while :; do i=$((i+1)); {run} people add \"Kit Fall {turn}x$i\" --role SW; done");
            let mut open = as_user(uid, umask, &writes).process_group(0).stdout(Stdio::piped()).spawn().unwrap();
            let mut said = BufReader::new(open.stdout.take().unwrap()).lines();
            assert!(said.next().unwrap().unwrap().contains("added"));
            let group = rustix::process::Pid::from_child(&open);
            rustix::process::kill_process_group(group, rustix::process::Signal::KILL).unwrap();
            open.wait().unwrap();
            kills += 1;
            let wrote = as_user(uid, umask, &format!("{run} people add 'Una Vale {reason}' --role SW")).output().unwrap();
            assert!(wrote.status.success(), "{uid} under {umask}: {}", String::from_utf8_lossy(&wrote.stderr));
            world.extend(world_bits(&folder));
            recovered += 1;
        }
        drop(Store::open(&db).unwrap());
        let whole = closeloop::store::verify(&db, None, &mut |_, _| {}).unwrap();
        assert!(whole.clean(), "{:?}", whole.problems);
        let names = Store::open(&db).unwrap().reading().people().unwrap().into_iter().filter(|person| person.name.contains("t28-")).count();
        assert_eq!(names, 4, "every one of them wrote, under {umask}");
    }
    rely::line(&json!({"test": "T28", "kills": kills, "world_bits": world.len(), "recovered": recovered}));
    assert_eq!(world, Vec::<String>::new());
}
