//! T27 without `sshd`: what somebody may ask for who has no shell here. What `sshd` sets for a forced command is set by hand;
//! `tests/ssh/run` does the same through a real one.

use super::place::{NOW, Place, Said};
use closeloop::surroundings::{Surroundings, Trust};
use std::ffi::OsString;
use std::io::Read;
use std::process::{Command, Stdio};

/// A made-up council whose key line names its database, as the administrator wrote it.
struct Host(Place);

impl Host {
    fn new() -> Host {
        Host(Place::council())
    }

    /// What is asked for over SSH.
    fn asked(&self, request: &str) -> (i32, Vec<u8>, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_closeloop"));
        command.arg("--db").arg(self.0.db()).env_clear().current_dir(self.0.folder.path());
        command.env("LANG", "C.UTF-8").env("HOME", self.0.folder.path()).env("SSH_ORIGINAL_COMMAND", request);
        let output = command.stdin(Stdio::null()).output().unwrap();
        (output.status.code().unwrap_or(-1), output.stdout, String::from_utf8(output.stderr).unwrap())
    }

    #[track_caller]
    fn refused(&self, request: &str, because: &str) {
        let (code, out, err) = self.asked(request);
        assert_eq!((code, out.len()), (2, 0), "{request}: {err}");
        assert!(err.contains(because), "{request}: {err}");
    }
}

#[test]
fn t27_a_list_a_record_a_report_and_the_data_set_come_to_standard_output() {
    let host = Host::new();
    let (code, out, err) = host.asked("list queue --json --filter 'cycle:2026-11'");
    assert_eq!(code, 0, "{err}");
    let rows: serde_json::Value = serde_json::from_slice(&out).unwrap();
    let reference = rows[0]["ref"].as_str().unwrap().to_string();
    let (code, out, err) = host.asked(&format!("show {reference}"));
    assert!(code == 0 && String::from_utf8(out).unwrap().contains(&reference), "{err}");
    for (request, begins) in [
        ("report 2026-08 --kind collaborative-review --format docx", &b"PK"[..]),
        ("report 2026-08 --kind collaborative-review --format xlsx", b"PK"),
        ("report 2026-08 --kind collaborative-review --format md", b"# "),
        ("panel minutes --format docx", b"PK"),
        ("export csv", b"PK"),
    ] {
        let (code, out, err) = host.asked(request);
        assert!(code == 0 && out.starts_with(begins), "{request}: {code} {err}");
    }
}

#[test]
fn the_data_set_as_one_file_holds_what_the_folder_holds_and_is_the_same_every_time() {
    let host = Host::new();
    let (code, whole, err) = host.asked("export csv");
    assert_eq!(code, 0, "{err}");
    assert_eq!(host.asked("export csv").1, whole);
    let mut place = Place::empty();
    place.env.push(("CLOSELOOP_NOW", NOW.into()));
    let folder = place.path("data");
    host.0.run(&["export", "csv", &folder]);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(whole)).unwrap();
    let mut names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    names.sort();
    let beside: Vec<String> = place.names().into_iter().filter(|name| name != "data").collect();
    assert_eq!(beside, Vec::<String>::new());
    let mut there: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    there.sort();
    assert_eq!(names, there);
    for name in names {
        let mut text = Vec::new();
        archive.by_name(&name).unwrap().read_to_end(&mut text).unwrap();
        assert_eq!(text, std::fs::read(std::path::Path::new(&folder).join(&name)).unwrap(), "{name}");
    }
}

#[test]
fn t27_no_option_that_names_a_file_is_taken() {
    let host = Host::new();
    let elsewhere = host.0.path("elsewhere");
    for request in [
        format!("report 2026-08 --kind collaborative-review --format docx --out {elsewhere}"),
        format!("export csv {elsewhere}"),
        format!("panel minutes --out {elsewhere}"),
        format!("actions print --out {elsewhere}"),
        "--db /etc/passwd list queue".into(),
        "list queue --db=/etc/passwd".into(),
        "list queue --config /etc/shadow".into(),
        "--config /etc/shadow".into(),
        "framework show --config /etc/shadow merton".into(),
    ] {
        host.refused(&request, "names a file of this machine");
    }
    assert!(!std::path::Path::new(&elsewhere).exists());
}

#[test]
fn t27_every_other_command_and_every_shell_is_refused() {
    let host = Host::new();
    let before = host.0.names();
    for request in ["bash", "/bin/sh -i", "scp -t /tmp", "/usr/lib/openssh/sftp-server", "internal-sftp", "rsync --server", "vi x", "id"] {
        host.refused(request, "From here you can open the workstation");
    }
    for request in [
        "tick",
        "demo",
        "init --framework merton",
        "import people x.csv",
        "backup /tmp/x",
        "restore /tmp/x",
        "verify",
        "cycle draw 2026-11",
    ] {
        host.refused(request, "From here you can");
    }
    for request in
        ["list queue; id", "list queue | sh", "list `id`", "list $(id)", "list queue > /tmp/x", "list queue\\ x", "() { :; }; id"]
    {
        host.refused(request, "is for a shell");
    }
    host.refused("list\nqueue", "cannot be seen");
    host.refused("list queue \u{1b}[2J", "cannot be seen");
    host.refused("list 'queue", "quotation mark");
    host.refused(&"list queue ".repeat(1_000), "too long");
    host.refused("list queue --as somebody.else", "--as is not for here");
    assert_eq!(host.0.names(), before);
}

#[test]
fn t22_without_a_terminal_and_without_a_command_one_line_and_status_2() {
    let (code, out, err) = Host::new().asked("");
    assert_eq!((code, out.len(), err.lines().count()), (2, 0, 1), "{err}");
    assert!(err.contains("ssh -t"), "{err}");
}

#[test]
fn every_argument_that_names_a_file_is_a_path_by_its_type() {
    let mut wrong = Vec::new();
    for source in crate::house_rules::source::all("src").iter().filter(|source| source.path.starts_with("src/cli/")) {
        for pair in source.text.lines().collect::<Vec<_>>().windows(3) {
            let names_a_file = pair[0].contains("value_name = \"FILE") || pair[0].contains("value_name = \"DIR");
            // `framework check` takes either, and is no command of a guest.
            let names_a_file = names_a_file && !pair[0].contains("FILE|ID");
            let typed = pair[1..].iter().find(|line| !line.trim_start().starts_with('#'));
            if names_a_file && !typed.is_some_and(|line| line.contains("PathBuf")) {
                wrong.push(format!("{}: {}", source.path, pair[0].trim()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "a guest could name a file there");
}

/// What the program takes from a hostile environment.
fn taken(borrowed_rights: bool, variables: &[(&str, &str)]) -> Surroundings {
    Surroundings::of(borrowed_rights, &|name| variables.iter().find(|(of, _)| *of == name).map(|(_, value)| OsString::from(value)))
}

#[test]
fn t27_of_a_guest_s_environment_only_what_describes_their_terminal_is_believed() {
    let hostile = [
        ("TERM", "xterm-256color"),
        ("LANG", "en_GB.UTF-8"),
        ("NO_COLOR", "1"),
        ("HOME", "/tmp/mallory"),
        ("XDG_CONFIG_HOME", "/tmp/mallory/c"),
        ("XDG_DATA_HOME", "/tmp/mallory/d"),
        ("CLOSELOOP_DB", "/tmp/mallory/x.db"),
        ("CLOSELOOP_NOW", "2020-01-01T00:00:00Z"),
        ("LD_PRELOAD", "/tmp/mallory/x.so"),
        ("EDITOR", "/bin/sh"),
        ("PAGER", "/bin/sh"),
        ("USER", "root"),
    ];
    let expected =
        Surroundings { trust: Trust::Guest, term: Some("xterm-256color".into()), no_colour: true, utf8: true, ..Surroundings::default() };
    assert_eq!(taken(true, &hostile), expected);
    let request = [&hostile[..], &[("SSH_ORIGINAL_COMMAND", "list queue")]].concat();
    assert_eq!(taken(false, &request), Surroundings { request: Some("list queue".into()), ..expected });
    let own = taken(false, &hostile);
    assert_eq!((own.trust, own.db), (Trust::Own, Some("/tmp/mallory/x.db".into())));
    assert_eq!(own.data_folder, Some("/tmp/mallory/d/closeloop".into()));
}

#[test]
fn t22_a_name_that_no_terminal_has_is_read_as_xterm() {
    for junk in ["x".repeat(10_000), "../../etc/passwd".into(), "xterm;id".into(), "\u{1b}[2J".into()] {
        assert_eq!(taken(false, &[("TERM", &junk)]).term.as_deref(), Some("xterm"), "{junk:?}");
    }
    assert_eq!(taken(false, &[("TERM", "")]).term.as_deref(), Some(""));
    assert_eq!(taken(false, &[]).term, None);
}

#[test]
fn the_configuration_is_the_key_line_s_and_nobody_s_home() {
    let host = Host::new();
    let folder = host.0.folder.path().join(".config/closeloop");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), "nonsense = true\n").unwrap();
    let own: Said = host.0.run(&["list", "queue"]);
    assert!(own.err.contains("nonsense"), "{}", own.err);
    let (code, _, err) = host.asked("list queue");
    assert_eq!(code, 0, "{err}");
}
