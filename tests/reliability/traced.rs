//! Programs under `strace`: what they open, write and sync, in the order in which they do it.

use std::path::Path;
use std::process::Command;

/// Whether system calls can be traced here. A machine without `strace`, or one that forbids it, proves nothing either way;
/// where it is known to be allowed, `CLOSELOOP_TRACE=required` says that it has to be.
pub fn at_hand() -> bool {
    let found = Command::new("strace").args(["-o", "/dev/null", "true"]).output().is_ok_and(|done| done.status.success());
    let wanted = std::env::var_os("CLOSELOOP_TRACE").is_some_and(|value| value == "required");
    assert!(found || !wanted, "CLOSELOOP_TRACE=required, but strace cannot be used here");
    found
}

/// What `strace` is started with before the program: the calls to note, into that file, with the files behind their numbers.
pub fn before(calls: &str, into: &Path) -> Vec<String> {
    let into = into.to_str().unwrap().to_string();
    ["-f", "-y", "-xx", "-s", "1000000", "-e", calls, "-o"].map(String::from).into_iter().chain([into]).collect()
}

/// One finished call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub name: String,
    /// The file behind the call's first argument, or the one that it opened.
    pub file: String,
    /// Everything in the brackets.
    pub arguments: String,
    pub result: i64,
}

/// Reads a trace; calls of several threads that were noted in two halves are put together where they ended.
pub fn calls(trace: &str) -> Vec<Call> {
    let mut begun: Vec<(String, String)> = Vec::new();
    let mut found = Vec::new();
    for line in trace.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let rest = rest.trim_start();
        let whole = if let Some(start) = rest.strip_suffix(" <unfinished ...>") {
            begun.push((thread.to_string(), start.to_string()));
            continue;
        } else if let Some((_, end)) = rest.strip_prefix("<... ").and_then(|rest| rest.split_once(" resumed>")) {
            let Some(place) = begun.iter().position(|(of, _)| of == thread) else { continue };
            format!("{}{end}", begun.remove(place).1)
        } else {
            rest.to_string()
        };
        found.extend(call(&whole));
    }
    found
}

fn call(line: &str) -> Option<Call> {
    let (name, rest) = line.split_once('(')?;
    let (arguments, result) = rest.rsplit_once(") = ")?;
    let between = |text: &str| text.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(file, _)| plain(file));
    let file = if name.starts_with("open") { between(result) } else { between(arguments) }.unwrap_or_default();
    let number: String = result.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect();
    Some(Call { name: name.to_string(), file, arguments: arguments.to_string(), result: number.parse().ok()? })
}

/// The bytes of the first string among a call's arguments, written as `\x..`.
pub fn bytes(arguments: &str) -> Vec<u8> {
    let Some(text) = arguments.split('"').nth(1) else { return Vec::new() };
    text.split("\\x").skip(1).filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect()
}

/// A name, whether written plainly or as `\x..`.
fn plain(name: &str) -> String {
    match name.contains("\\x") {
        true => String::from_utf8_lossy(&bytes(&format!("\"{name}\""))).into_owned(),
        false => name.to_string(),
    }
}

#[test]
fn a_trace_is_read_with_its_halves_put_together() {
    let trace = "12 openat(AT_FDCWD</tmp>, \"\\x61\", O_RDONLY|O_CLOEXEC) = 3</tmp/a.db>\n\
                 12 pwrite64(4</tmp/a.db-wal>, \"\\x00\\xff\", 2, 24 <unfinished ...>\n13 fsync(4</tmp/a.db-wal>) = 0\n\
                 12 <... pwrite64 resumed>) = 2\n12 openat(AT_FDCWD</tmp>, \"\\x62\", O_RDONLY) = -1 ENOENT (No such file or directory)\n";
    let found = calls(trace);
    let said: Vec<(&str, &str, i64)> = found.iter().map(|call| (call.name.as_str(), call.file.as_str(), call.result)).collect();
    assert_eq!(said, [("openat", "/tmp/a.db", 3), ("fsync", "/tmp/a.db-wal", 0), ("pwrite64", "/tmp/a.db-wal", 2), ("openat", "", -1)]);
    assert_eq!(bytes(&found[2].arguments), [0, 255]);
}
