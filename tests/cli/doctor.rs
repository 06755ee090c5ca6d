//! `closeloop doctor`: each thing that can be wrong with an installation is found and named with its file. T17, T16.

use super::place::{NOW, Place};
use serde_json::Value;
use std::fs::{self, File, FileTimes};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// A real database in a folder of its own that is closed to others, backed up a moment ago.
pub fn in_order() -> Place {
    let mut place = Place::started();
    mode(place.folder.path(), 0o700);
    let login = "ada.m";
    let people = place.file("people.csv", &format!("name,role,login\nAda Marlow,coordinator,{login}\nRuth Penn,SM,\n"));
    // The first import makes its author somebody; whoever runs the tests is not Ada.
    let me = closeloop::runtime::identity::login().unwrap_or_default();
    let people = if me == login {
        people
    } else {
        place.file("people.csv", &format!("name,role,login\nAda Marlow,coordinator,{me}\nRuth Penn,SM,\n"))
    };
    assert_eq!(place.run(&["import", "people", &people]).code, 0);
    fs::remove_file(people).unwrap();
    fs::create_dir(place.folder.path().join("backups")).unwrap();
    assert_eq!(place.run(&["backup", "--into", &place.path("backups")]).code, 0);
    place.env.push(("NO_COLOR", "1".into()));
    place
}

pub fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}

/// What doctor finds: its status, and every line as (about, stand, what was said, remedy).
pub fn doctor(place: &Place, args: &[&str]) -> (i32, Vec<[String; 4]>) {
    let said = place.run(&[&["doctor", "--json"], args].concat());
    let rows: Value = serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {} {}", said.out, said.err));
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_string();
    let lines = rows.as_array().unwrap().iter().map(|row| ["ref", "stand", "said", "remedy"].map(|key| text(row, key))).collect();
    (said.code, lines)
}

/// One thing is to be mended, it is this, and the file is named.
#[track_caller]
pub fn mends(place: &Place, about: &str, parts: &[&str]) {
    let (code, lines) = doctor(place, &[]);
    assert_eq!(code, 1, "{lines:#?}");
    let found = lines.iter().any(|[of, stand, said, _]| of == about && stand == "mend" && parts.iter().all(|part| said.contains(part)));
    assert!(found, "nothing about {parts:?} in {lines:#?}");
}

pub fn beside(place: &Place, tail: &str) -> std::path::PathBuf {
    place.folder.path().join(format!("insights.db{tail}"))
}

#[test]
fn an_installation_in_order_has_nothing_to_mend() {
    let place = in_order();
    let (code, lines) = doctor(&place, &[]);
    assert_eq!(code, 0, "{lines:#?}");
    for about in ["program", "shield", "config", "files", "disk", "database", "calendar", "backup"] {
        assert!(lines.iter().any(|[of, stand, ..]| of == about && stand == "ok"), "{about}: {lines:#?}");
    }
    assert!(lines.iter().all(|[_, stand, _, remedy]| (stand == "ok") == remedy.is_empty()), "{lines:#?}");
    let plain = place.run(&["doctor"]);
    assert!(plain.code == 0 && plain.out.trim_end().lines().last().unwrap().starts_with("Nothing to mend;"), "{}", plain.out);
}

#[test]
fn the_files_that_belong_to_the_database_are_those_that_it_makes() {
    let place = in_order();
    let db = place.db();
    for own in [closeloop::store::looks_path(&db), closeloop::store::drafts_path(&db)] {
        fs::write(&own, "").unwrap();
        mode(&own, 0o604);
        mends(&place, "files", &["Everybody on this machine may use", &own.display().to_string()]);
        fs::remove_file(own).unwrap();
    }
}

#[test]
fn it_changes_nothing() {
    let place = in_order();
    drop(closeloop::store::LookStore::open(&place.db()).unwrap());
    let before = (place.names(), fs::read(place.db()).unwrap());
    doctor(&place, &[]);
    assert_eq!((place.names(), fs::read(place.db()).unwrap()), before);
}

#[test]
fn t17_files_beside_the_database_that_nobody_can_write_are_named() {
    for tail in ["-wal", "-shm"] {
        let place = in_order();
        fs::write(beside(&place, tail), "").unwrap();
        mode(&beside(&place, tail), 0o400);
        mends(&place, "files", &[&format!("insights.db{tail}"), "0400"]);
    }
    let place = in_order();
    mode(&place.db(), 0o400);
    mends(&place, "files", &["insights.db cannot be written", "0400"]);
}

#[test]
fn t17_rights_for_everybody_are_named() {
    let place = in_order();
    mode(&place.db(), 0o644);
    mends(&place, "files", &["insights.db (mode 0644)"]);
    let place = in_order();
    mode(place.folder.path(), 0o777);
    mends(&place, "files", &["Everybody on this machine may enter"]);
}

#[test]
fn t17_another_owner_is_named() {
    if !rustix::process::geteuid().is_root() {
        // Only an administrator can give files away.
        return;
    }
    let place = in_order();
    chown(place.db(), Some(65_534), None).unwrap();
    mends(&place, "files", &["insights.db belongs to nobody, and its folder to root"]);
    let place = in_order();
    fs::write(beside(&place, "-wal"), "").unwrap();
    mode(&beside(&place, "-wal"), 0o600);
    chown(beside(&place, "-wal"), Some(65_534), None).unwrap();
    mends(&place, "files", &["insights.db-wal belongs to nobody, and the database to root"]);
    let place = in_order();
    mode(place.folder.path(), 0o2770);
    mode(&place.db(), 0o660);
    chown(place.db(), None, Some(65_534)).unwrap();
    mends(&place, "files", &["insights.db belongs to the group nogroup"]);
}

/// The log of a database that was in use when it was killed.
fn leave_a_log(place: &Place) -> Vec<u8> {
    let connection = rusqlite::Connection::open(place.db()).unwrap();
    connection.execute_batch("PRAGMA wal_autocheckpoint = 0; CREATE TABLE x (y); INSERT INTO x VALUES (1); DROP TABLE x").unwrap();
    let log = fs::read(beside(place, "-wal")).unwrap();
    assert!(log.len() > 100);
    log
}

#[test]
fn t17_a_log_that_was_left_beside_a_copied_file_is_named_before_it_is_opened() {
    let place = in_order();
    let copy = fs::read(place.db()).unwrap();
    let log = leave_a_log(&place);
    fs::write(beside(&place, "-wal"), log).unwrap();
    mode(&beside(&place, "-wal"), 0o600);
    let long_ago = SystemTime::now() - Duration::from_secs(7_200);
    File::options().write(true).open(beside(&place, "-wal")).unwrap().set_times(FileTimes::new().set_modified(long_ago)).unwrap();
    // As somebody does it who knows nothing of the log.
    fs::write(place.db(), &copy).unwrap();
    mends(&place, "files", &["insights.db-wal is older than the database"]);
    assert_eq!(fs::read(place.db()).unwrap(), copy, "it was not opened, so the log was not brought into it");
    // With the times of the copy kept (cp -p), the moment at which it was put there still tells.
    let older = long_ago - Duration::from_secs(7_200);
    File::options().write(true).open(place.db()).unwrap().set_times(FileTimes::new().set_modified(older)).unwrap();
    let (_, lines) = doctor(&place, &[]);
    assert!(lines.iter().any(|[_, stand, said, _]| stand == "look" && said.contains("insights.db-wal was last written")), "{lines:#?}");
    assert_eq!(fs::read(place.db()).unwrap(), copy);
}

#[test]
fn t17_the_log_of_another_database_is_named() {
    let place = in_order();
    let other = place.folder.path().join("other.sqlite");
    let connection = rusqlite::Connection::open(&other).unwrap();
    connection.execute_batch("PRAGMA page_size = 1024; PRAGMA journal_mode = WAL; CREATE TABLE x (y)").unwrap();
    fs::copy(place.folder.path().join("other.sqlite-wal"), beside(&place, "-wal")).unwrap();
    mode(&beside(&place, "-wal"), 0o600);
    mends(&place, "files", &["insights.db-wal is the log of another database"]);
}

#[test]
fn t17_the_mark_of_another_program_and_another_schema_are_named() {
    for (pragma, words) in
        [("application_id = 7", "a database of another program"), ("user_version = 999", "was written by a newer closeloop")]
    {
        let place = in_order();
        let connection = rusqlite::Connection::open(place.db()).unwrap();
        connection.execute_batch(&format!("PRAGMA {pragma}")).unwrap();
        drop(connection);
        mends(&place, "files", &["insights.db", words]);
    }
    let place = in_order();
    fs::write(place.db(), "no database at all, but long enough to have a head of a hundred bytes, which is what is read first of it")
        .unwrap();
    mends(&place, "files", &["insights.db is no database"]);
    fs::remove_file(place.db()).unwrap();
    mends(&place, "files", &["There is no file", "insights.db"]);
}

#[test]
fn t17_two_names_for_one_file_are_named() {
    let place = in_order();
    fs::hard_link(place.db(), place.folder.path().join("second.db")).unwrap();
    mends(&place, "files", &["is no plain file with one name"]);
}

#[test]
fn what_was_begun_and_never_finished_is_named() {
    let place = in_order();
    let half = place.file("insights.db.making-0", "");
    let long_ago = SystemTime::now() - Duration::from_secs(7_200);
    File::options().write(true).open(&half).unwrap().set_times(FileTimes::new().set_modified(long_ago)).unwrap();
    mends(&place, "files", &["insights.db.making-0 was begun 2 hours ago"]);
}

#[test]
fn t16_a_backup_that_is_late_missing_or_gone_is_named() {
    let place = in_order();
    let note = beside(&place, ".backed-up");
    let text = fs::read_to_string(&note).unwrap();
    let (_, rest) = text.split_once(' ').unwrap();
    let at = |hours| (chrono::Utc::now() - chrono::TimeDelta::hours(hours)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    fs::write(&note, format!("{} {rest}", at(30))).unwrap();
    mends(&place, "backup", &["30 hours ago"]);
    fs::write(&note, format!("{} {rest}", at(3))).unwrap();
    let (code, lines) = doctor(&place, &[]);
    assert!(code == 0 && lines.iter().any(|[of, stand, ..]| of == "backup" && stand == "look"), "{lines:#?}");
    fs::remove_file(&note).unwrap();
    mends(&place, "backup", &["No backup of this database is known"]);
}

#[test]
fn a_configuration_that_others_may_change_and_an_open_password_are_named() {
    let place = in_order();
    let password = place.file("password", "secret\n");
    mode(Path::new(&password), 0o644);
    let text = format!("[mail]\nfrom = \"a@b.example\"\nhost = \"mail.b.example\"\nuser = \"u\"\npassword_file = \"{password}\"\n");
    let config = place.file("config.toml", &text);
    mode(Path::new(&config), 0o666);
    let (code, lines) = doctor(&place, &["--config", &config]);
    let mended = |of: &str, part: &str| lines.iter().any(|[about, stand, said, _]| about == of && stand == "mend" && said.contains(part));
    assert!(code == 1 && mended("config", "0666") && mended("mail", "password file"), "{lines:#?}");
    fs::write(&config, "nonsense = 1\n").unwrap();
    let (code, lines) = doctor(&place, &["--config", &config]);
    assert!(code == 1 && lines.iter().any(|[about, stand, said, _]| about == "config" && stand == "mend" && said.contains("nonsense")));
}

#[test]
fn a_made_up_council_is_called_one() {
    let place = Place::council();
    let said = place.run(&["doctor"]);
    assert!(said.out.contains("made-up council"), "{}", said.out);
    assert!(!said.out.contains("Ada") && NOW.starts_with("2026"), "{}", said.out);
}
