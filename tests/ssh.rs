//! The README's jump host on a machine of its own, through a real `sshd`: `tests/ssh/run` carries it out and tries to get out of it.

use crate::support::rely;
use std::path::Path;
use std::process::Command;

/// What the script ends with where it cannot be tried: no administrator, no `sshd`, no mounts of its own.
const NOT_HERE: i32 = 3;

#[test]
fn t16_t22_t26_t27_the_readmes_jump_host_works_as_written_and_nobody_gets_a_shell_out_of_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut run = Command::new(root.join("tests/ssh/run"));
    run.arg(rely::program());
    if rely::full() {
        run.arg("--full");
    }
    let output = run.output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.code() == Some(NOT_HERE) {
        assert!(
            std::env::var_os("CLOSELOOP_ORACLE").is_none_or(|value| value != "required") || !rustix::process::geteuid().is_root(),
            "{err}"
        );
        return;
    }
    for told in out.lines().filter_map(|line| serde_json::from_str(line).ok()) {
        rely::line(&told);
    }
    assert!(output.status.success(), "{out}\n{err}");
    for test in ["T16", "T22", "T26", "T27"] {
        for setup in ["a", "b"] {
            let told = out.lines().any(|line| line.contains(&format!("\"test\": \"{test}\", \"setup\": \"{setup}\"")));
            assert!(told, "{test} of set-up {setup} was not tried:\n{out}\n{err}");
        }
    }
}
