//! Tells the linker to lay together what the workstation uses, so that it takes half the memory.
//!
//! The program is 19 MB of code, because it also writes Word files, reads spreadsheets and sends mail; a session at the desk runs
//! 3 MB of it. The kernel brings code in by 64 KB at a time, so that used functions strewn over the whole program make nearly
//! all of it resident, in each of a hundred sessions. `used.txt` names them; this writes a linker script of it, for release
//! builds on Linux alone. A name that is not there any more does no harm, one that is missing costs its 64 KB at most.
//! `tests/bench/used` draws the list anew.

use std::env::var;
use std::fmt::Write as _;
use std::path::PathBuf;

const LIST: &str = "assets/link/used.txt";

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed={LIST}");
    println!("cargo::rerun-if-changed=assets/link/build.rs");
    let is = |name: &str, wanted: &str| var(name).is_ok_and(|found| found == wanted);
    if !(is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu")) {
        return Ok(());
    }
    let list = std::fs::read_to_string(LIST)?;
    let mut script = String::from("SECTIONS {\n  .text.used : {\n");
    for name in list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        // What the compiler takes for rarely used lies in sections of another name.
        let _ = writeln!(script, "    *(.text.{name} .text.unlikely.{name})");
    }
    // The rest of the program follows in its usual order.
    script.push_str("  }\n}\nINSERT BEFORE .text;\n");
    let path = PathBuf::from(var("OUT_DIR").unwrap_or_default()).join("used.ld");
    std::fs::write(&path, script)?;
    println!("cargo::rustc-link-arg-bin=closeloop=-Wl,-T,{}", path.display());
    Ok(())
}
