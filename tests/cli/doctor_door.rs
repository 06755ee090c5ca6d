//! What `doctor` sees of the way in: sshd's rules, the folder of keys, the program, the group that owns the data. On a machine in a folder.

use super::doctor_keys::key;
use super::place::Place;
use closeloop::config::Config;
use closeloop::runtime::doctor::{Finding, Patient, Stand, examine};
use closeloop::surroundings::Surroundings;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::PathBuf;

/// The README itself: what it says has to be what doctor calls in order.
const README: &str = include_str!("../../README.md");

fn block(name: &str) -> &'static str {
    let (_, rest) = README.split_once(&format!("<!-- host: {name} -->\n")).unwrap();
    rest.split_once('\n').and_then(|(_, rest)| rest.split_once("```")).unwrap().0
}

/// The README's rules of sshd, out of the block that writes them.
fn rules(name: &str) -> &'static str {
    let block = block(name);
    block.split_once("sshd_config.d/closeloop.conf <<'END'\n").and_then(|(_, rest)| rest.split_once("END\n")).unwrap().0
}

struct Machine {
    place: Place,
    root: PathBuf,
}

impl Machine {
    /// A machine as the README leaves it; only root can make one, because the files have to be root's.
    fn set_up(which: &str) -> Option<Machine> {
        if !rustix::process::geteuid().is_root() {
            return None;
        }
        let place = Place::empty();
        let root = place.folder.path().join("machine");
        let data = place.folder.path().join("data");
        for folder in ["etc/ssh/sshd_config.d", "etc/ssh/authorized_keys.d", "usr/local/bin"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        fs::create_dir(&data).unwrap();
        let gid = fs::metadata(&data).unwrap().gid();
        let machine = Machine { place, root };
        machine.write("etc/ssh/sshd_config", "UsePAM yes\n", 0o644);
        machine.write("etc/ssh/sshd_config.d/closeloop.conf", rules(which), 0o644);
        machine.write("etc/group", &format!("root:x:99999:\ncloseloop:x:{gid}:\n"), 0o644);
        machine.write("etc/passwd", &format!("closeloop:x:990:{gid}::/etc/closeloop:/bin/sh\nada.m:x:1001:1001::/:/bin/sh\n"), 0o644);
        machine.write("usr/local/bin/closeloop", "", 0o755);
        let db = machine.db();
        let db = db.to_str().unwrap();
        if which == "a" {
            fs::set_permissions(&data, PermissionsExt::from_mode(0o700)).unwrap();
            assert_eq!(machine.place.run(&["--db", db, "init", "--framework", "merton", "--service-account"]).code, 0);
            let line = format!("restrict,pty,command=\"/usr/local/bin/closeloop --as ada.m\" {}\n", key(0));
            let account = closeloop::runtime::identity::login().unwrap();
            machine.write(&format!("etc/ssh/authorized_keys.d/{account}"), &line, 0o644);
            let rules = rules("a").replace("Match User closeloop", &format!("Match User {account}"));
            machine.write("etc/ssh/sshd_config.d/closeloop.conf", &rules, 0o644);
        } else {
            fs::set_permissions(&data, PermissionsExt::from_mode(0o2770)).unwrap();
            machine.write("usr/local/bin/closeloop", "", 0o2755);
            assert_eq!(machine.place.run(&["--db", db, "init", "--framework", "merton"]).code, 0);
            fs::set_permissions(machine.db(), PermissionsExt::from_mode(0o660)).unwrap();
            machine.write("etc/ssh/authorized_keys.d/ada.m", &format!("{}\n", key(0)), 0o644);
        }
        Some(machine)
    }

    fn db(&self) -> PathBuf {
        self.place.folder.path().join("data/insights.db")
    }

    fn write(&self, name: &str, text: &str, mode: u32) {
        fs::write(self.root.join(name), text).unwrap();
        self.mode(name, mode);
    }

    fn mode(&self, name: &str, mode: u32) {
        fs::set_permissions(self.root.join(name), PermissionsExt::from_mode(mode)).unwrap();
    }

    fn found(&self, config: &str) -> Vec<Finding> {
        let (db, config) = (self.db(), Config::parse(config, "c.toml").unwrap());
        let surroundings = Surroundings::default();
        examine(&Patient {
            db: &db,
            config: Ok(&config),
            config_file: None,
            surroundings: &surroundings,
            keys: None,
            mail: false,
            root: &self.root,
            now: None,
        })
    }

    /// What has to be mended at the door, the keys or the files.
    fn mends(&self) -> Vec<String> {
        let about = ["door", "keys", "files"];
        let found = self.found("").into_iter().filter(|one| one.stand == Stand::Mend && about.contains(&one.about));
        found.map(|one| format!("{} -> {}", one.said, one.remedy)).collect()
    }
}

#[test]
fn both_set_ups_of_the_readme_are_in_order() {
    for which in ["a", "b"] {
        let Some(machine) = Machine::set_up(which) else { return };
        assert_eq!(machine.mends(), [""; 0], "{which}");
        let found = machine.found("");
        assert!(found.iter().filter(|one| one.about == "door" && one.stand == Stand::Ok).count() >= 2, "{which}: {found:#?}");
    }
}

#[test]
fn what_locks_out_or_lets_in_is_named_with_what_mends_it() {
    type Harm = (&'static str, fn(&Machine), &'static str, &'static str);
    // What somebody may reach through a file of their own, or without a key.
    let open: [Harm; 4] = [
        ("a", |m| m.without("AuthorizedKeysFile"), "AuthorizedKeysFile /etc/ssh/authorized_keys.d/%u", "reload ssh"),
        ("b", |m| m.without("AuthorizedKeysFile"), "AuthorizedKeysFile /etc/ssh/authorized_keys.d/%u", "reload ssh"),
        ("b", |m| m.without("AuthenticationMethods"), "AuthenticationMethods publickey", "reload ssh"),
        ("a", |m| m.says("authorized_keys.d/%u", "authorized_keys.d/%u .ssh/authorized_keys"), "AuthorizedKeysFile", "reload ssh"),
    ];
    let harms: [Harm; 11] = [
        // What `install -m 0755` does at an upgrade.
        ("b", |m| m.mode("usr/local/bin/closeloop", 0o755), "nobody can open the database", "chmod 2755"),
        ("b", |m| chown(m.root.join("usr/local/bin/closeloop"), None, Some(65_534)).unwrap(), "belongs to the group nogroup", "chgrp"),
        ("b", |m| m.mode("usr/local/bin/closeloop", 0o2777), "whoever can change it can do anything", "chmod 2755"),
        ("a", |m| m.mode("usr/local/bin/closeloop", 0o777), "whoever can change it can do anything", "chmod 0755"),
        ("b", |m| fs::set_permissions(m.db().parent().unwrap(), PermissionsExt::from_mode(0o2750)).unwrap(), "mode 2750", "chmod 2770"),
        ("b", |m| m.write("etc/group", &format!("closeloop:x:{}:tom.v\n", m.gid()), 0o644), "are tom.v", "gpasswd --delete"),
        ("b", |m| m.write("etc/passwd", &format!("eve:x:1002:{}::/:/bin/sh\n", m.gid()), 0o644), "are eve", "usermod --gid"),
        ("a", |m| m.mode("etc/ssh/authorized_keys.d", 0o777), "whoever can write there can be anybody", "chmod 0755"),
        ("a", |m| fs::remove_file(m.root.join("etc/ssh/sshd_config.d/closeloop.conf")).unwrap(), "sshd has no rules", "as in the README"),
        ("b", |m| fs::remove_file(m.root.join("etc/ssh/sshd_config.d/closeloop.conf")).unwrap(), "sshd has no rules", "as in the README"),
        (
            "b",
            |m| m.write("etc/ssh/sshd_config.d/closeloop.conf", &rules("b").replace("  DisableForwarding yes\n", ""), 0o644),
            "DisableForwarding yes",
            "reload ssh",
        ),
    ];
    for (which, harm, said, remedy) in harms.into_iter().chain(open) {
        let Some(machine) = Machine::set_up(which) else { return };
        harm(&machine);
        let mends = machine.mends();
        assert!(mends.iter().any(|line| line.contains(said) && line.contains(remedy)), "{which} {said}: {mends:#?}");
    }
}

impl Machine {
    /// The rules of sshd without one line.
    fn without(&self, setting: &str) {
        let file = self.root.join("etc/ssh/sshd_config.d/closeloop.conf");
        let text = fs::read_to_string(&file).unwrap();
        let left: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with(setting)).collect();
        assert!(left.len() < text.lines().count(), "{text}");
        fs::write(file, left.join("\n")).unwrap();
    }

    /// The rules of sshd with one piece of them said otherwise.
    fn says(&self, piece: &str, otherwise: &str) {
        let file = self.root.join("etc/ssh/sshd_config.d/closeloop.conf");
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(piece), "{text}");
        fs::write(file, text.replace(piece, otherwise)).unwrap();
    }

    fn gid(&self) -> u32 {
        fs::metadata(self.db().parent().unwrap()).unwrap().gid()
    }
}

#[test]
fn where_everybody_has_an_account_nobody_is_advised_to_write_a_command_into_a_key_line() {
    let Some(machine) = Machine::set_up("b") else { return };
    machine.write("etc/ssh/authorized_keys.d/tom.v", "ssh-ed25519 AAAA\u{2026}\n", 0o644);
    machine.write("etc/ssh/authorized_keys.d/eve", &format!("command=\"/usr/local/bin/closeloop --as tom.v\" {}\n", key(0)), 0o644);
    let keys: Vec<Finding> = machine.found("").into_iter().filter(|one| one.about == "keys").collect();
    let has = |stand, part: &str| keys.iter().any(|one| one.stand == stand && one.said.contains(part));
    assert!(has(Stand::Mend, "holds no whole key") && has(Stand::Look, "--as is refused") && has(Stand::Look, "The same key"), "{keys:#?}");
    assert!(keys.iter().all(|one| !one.remedy.contains("--as LOGIN")), "{keys:#?}");
}

#[test]
fn a_unit_that_is_there_is_asked_why_and_one_that_is_not_is_asked_for() {
    let Some(machine) = Machine::set_up("a") else { return };
    let about = |what: &str| machine.found("").into_iter().find(|one| one.about == what).unwrap();
    assert!(about("backup").remedy.contains("on a timer") && about("tick").remedy.contains("on a timer"));
    fs::create_dir_all(machine.root.join("etc/systemd/system")).unwrap();
    for unit in ["closeloop-backup.timer", "closeloop-tick.timer"] {
        machine.write(&format!("etc/systemd/system/{unit}"), "", 0o644);
    }
    assert!(about("backup").remedy.contains("systemctl status closeloop-backup.service"));
    assert!(about("tick").remedy.contains("systemctl status closeloop-tick.service"));
}

#[test]
fn of_the_parts_of_sshd_s_rules_only_those_count_that_sshd_reads() {
    let Some(machine) = Machine::set_up("b") else { return };
    let parts = machine.root.join("etc/ssh/sshd_config.d");
    fs::rename(parts.join("closeloop.conf"), parts.join("closeloop.conf.off")).unwrap();
    let mends = machine.mends();
    assert!(mends.iter().any(|line| line.contains("sshd has no rules")), "{mends:#?}");
}
