//! The README's jump host on a machine of its own, through a real `sshd`: `tests/ssh/run` carries it out and tries to get out of it.

use std::io::Write;
use std::path::Path;
use std::process::Command;

/// What the script ends with where it cannot be tried: no administrator, no `sshd`, no mounts of its own.
const NOT_HERE: i32 = 3;

#[test]
fn t16_t22_t26_t27_the_readmes_jump_host_works_as_written_and_nobody_gets_a_shell_out_of_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut run = Command::new(root.join("tests/ssh/run"));
    run.arg(env!("CARGO_BIN_EXE_closeloop"));
    if std::env::var_os("CLOSELOOP_RELY").is_some_and(|value| value == "full") {
        run.arg("--full");
    }
    let output = run.output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.code() == Some(NOT_HERE) {
        assert!(std::env::var_os("CLOSELOOP_ORACLE").is_none_or(|value| value != "required") || !rustix::process::geteuid().is_root(), "{err}");
        return;
    }
    // Past the harness, which would hold the lines back: the card of reliability is made of them.
    std::io::stdout().lock().write_all(format!("\n{out}").as_bytes()).unwrap();
    assert!(output.status.success(), "{out}\n{err}");
    for test in ["T16", "T22", "T26", "T27"] {
        for setup in ["a", "b"] {
            let told = out.lines().any(|line| line.contains(&format!("\"test\": \"{test}\", \"setup\": \"{setup}\"")));
            assert!(told, "{test} of set-up {setup} was not tried:\n{out}\n{err}");
        }
    }
}
