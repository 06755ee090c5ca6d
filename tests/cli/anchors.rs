//! The head of the journal kept elsewhere: sent by `tick`, read by `verify`, missed by `doctor`. T42's half that needs an anchor.

use super::place::Place;
use closeloop::config::{Anchor, Config};
use closeloop::runtime::anchor::{into_log, send_if_due};
use closeloop::runtime::notes::Kind;
use closeloop::store::{Store, parse_anchors};
use std::os::unix::net::UnixDatagram;

/// A database whose configuration says where anchors go.
fn anchored() -> (Place, String, String) {
    let place = Place::started();
    let file = place.path("anchors");
    let config = place.file("config.toml", &format!("[host]\nanchor = \"{file}\"\n[mail]\nsend = false\n"));
    (place, config, file)
}

#[test]
fn t42_tick_sends_each_head_once_and_verify_holds_all_of_them_against_the_journal() {
    let (place, config, file) = anchored();
    place.run(&["tick", "--config", &config]).done();
    let once = std::fs::read_to_string(&file).unwrap();
    assert_eq!(parse_anchors(&once).len(), 1, "{once}");
    place.run(&["tick", "--config", &config]).done();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), once, "nothing was written since");
    assert!(place.run(&["verify", "--anchor", &file]).done().contains("Clean"));
    // The journal written anew by somebody who may write the file: its own new head is sent as well, and the older one tells.
    std::fs::remove_file(place.db()).unwrap();
    std::fs::remove_file(Kind::Anchored.place(&place.db())).unwrap();
    let again = place.run(&["init", "--framework", "sefton"]);
    assert_eq!(again.code, 0, "{}", again.err);
    place.run(&["tick", "--config", &config]).done();
    let both = std::fs::read_to_string(&file).unwrap();
    assert!(both.starts_with(&once) && parse_anchors(&both).len() == 2, "{both}");
    let said = place.run(&["verify", "--anchor", &file]);
    assert!(said.code == 1 && said.err.contains("the journal was written anew"), "{}", said.err);
}

#[test]
fn t42_an_end_that_was_cut_off_shows_in_verify_and_in_doctor() {
    let (place, config, file) = anchored();
    let early = place.path("early.db");
    assert_eq!(place.run(&["backup", &early]).code, 0);
    let people = place.file("people.csv", "name,role,login\nRuth Penn,SM,\n");
    assert_eq!(place.run(&["import", "people", &people]).code, 0);
    place.run(&["tick", "--config", &config]).done();
    assert_eq!(place.run(&["restore", &early, "--replace"]).code, 0);
    let said = place.run(&["verify", "--anchor", &file]);
    assert!(said.code == 1 && said.err.contains("its end was cut off"), "{}", said.err);
    let said = place.run(&["doctor", "--config", &config]);
    assert!(said.out.contains("its end was cut off, or an older copy was restored"), "{}", said.out);
}

#[test]
fn a_head_goes_after_a_hundred_rows_or_five_minutes_and_not_before() {
    let place = Place::council();
    let to = Anchor::File(place.path("anchors").into());
    let store = Store::open(&place.db()).unwrap();
    let now = chrono::Utc::now();
    assert!(send_if_due(&store, &to, now).unwrap());
    let sent = Kind::Anchored.read(&place.db()).unwrap();
    let note = |back: i64| {
        let mut note = sent.clone();
        note.seq -= back;
        Kind::Anchored.write(&place.db(), &note).unwrap();
    };
    for (back, minutes, due) in [(0, 60, false), (99, 4, false), (100, 0, true), (1, 5, true), (1, 4, false), (-1, 0, true)] {
        note(back);
        let then = now + chrono::TimeDelta::minutes(minutes);
        assert_eq!(send_if_due(&store, &to, then).unwrap(), due, "{back} rows and {minutes} minutes later");
    }
}

#[test]
fn the_machine_s_log_gets_one_line_and_one_that_is_not_there_or_full_is_said_so() {
    let place = Place::empty();
    let path = place.folder.path().join("log");
    let log = UnixDatagram::bind(&path).unwrap();
    into_log(&path, "closeloop-anchor 7 ab").unwrap();
    let mut bytes = [0; 200];
    let length = log.recv(&mut bytes).unwrap();
    assert_eq!(&bytes[..length], b"<85>closeloop: closeloop-anchor 7 ab");
    // Nobody reads: what is sent has to end all the same.
    while into_log(&path, "closeloop-anchor 7 ab").is_ok() {}
    assert!(into_log(&place.folder.path().join("nowhere"), "x").is_err());
}

#[test]
fn no_head_is_added_to_a_file_that_holds_something_else() {
    let place = Place::started();
    let (db, heads) = (place.db(), place.folder.path().join("heads"));
    let before = std::fs::read(&db).unwrap();
    let said = place.run(&["verify", "--anchor-out", db.to_str().unwrap()]);
    assert!(said.code != 0 && said.err.contains("it holds something else than such lines"), "{}", said.err);
    assert!(std::fs::read(&db).unwrap() == before, "something was written into the database");
    for lines in 1..=2 {
        place.run(&["verify", "--anchor-out", heads.to_str().unwrap()]).done();
        assert_eq!(std::fs::read_to_string(&heads).unwrap().lines().count(), lines);
    }
}

#[test]
fn the_configuration_of_the_machine_is_checked() {
    for (text, because) in [
        ("[host]\nanchor = \"relative\"\n", "wants a whole path"),
        ("[host]\nbackups = 3\n", "wants a text"),
        ("[host]\nancor = \"syslog\"\n", "Did you mean anchor?"),
    ] {
        let error = Config::parse(text, "c.toml").unwrap_err().to_string();
        assert!(error.contains(because), "{error}");
    }
    let read = Config::parse("[host]\nanchor = \"syslog\"\nbackups = \"/var/backups/closeloop\"\n", "c.toml").unwrap();
    assert_eq!(read.host.anchor, Some(Anchor::Syslog));
}

#[test]
fn t16_backups_named_by_their_time_are_thinned_out_and_nothing_else_is_touched() {
    let place = Place::started();
    let folder = place.folder.path().join("backups");
    std::fs::create_dir(&folder).unwrap();
    for name in [
        "insights-2020-01-01T000000Z.db",
        "insights-2020-01-01T000000Z.looks.db",
        "insights-2020-01-02T000000Z.db",
        "insights-by-hand.db",
        "other-2020-01-01T000000Z.db",
    ] {
        std::fs::write(folder.join(name), "").unwrap();
    }
    let said = place.run(&["backup", "--into", folder.to_str().unwrap(), "--keep", "2"]);
    assert!(said.code == 0 && said.out.contains("Removed 1 older backup and kept the newest 2."), "{}{}", said.out, said.err);
    let mut names: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names.len(), 4, "{names:?}");
    assert!(!names.contains(&"insights-2020-01-01T000000Z.db".to_string()));
    assert!(names.contains(&"insights-by-hand.db".to_string()) && names.contains(&"other-2020-01-01T000000Z.db".to_string()));
    let note = Kind::BackedUp.read(&place.db()).unwrap();
    assert!(std::path::Path::new(&note.what).is_file(), "{note:?}");
    let second = place.folder.path().join("second");
    std::fs::create_dir(&second).unwrap();
    let config = place.file("config.toml", &format!("[host]\nbackups = \"{}\"\n", second.display()));
    assert_eq!(place.run(&["backup", "--config", &config]).code, 0);
    let said = place.run(&["backup"]);
    assert!(said.code == 2 && said.err.contains("--into DIR"), "{}", said.err);
}

#[test]
fn t16_besides_the_newest_the_last_backup_of_each_day_is_kept_with_its_log() {
    let place = Place::started();
    let folder = place.folder.path().join("backups");
    std::fs::create_dir(&folder).unwrap();
    // Three a day on four days in two weeks; nothing was made on the days between.
    let days = ["2020-01-01", "2020-01-02", "2020-01-09", "2020-01-10"];
    for name in days.iter().flat_map(|day| ["0600", "1200", "1800"].map(|time| format!("insights-{day}T{time}00Z"))) {
        std::fs::write(folder.join(format!("{name}.db")), "").unwrap();
        std::fs::write(folder.join(format!("{name}.looks.db")), "").unwrap();
    }
    let said = place.run(&["backup", "--into", folder.to_str().unwrap(), "--keep", "3", "--keep-days", "4"]);
    assert!(said.code == 0 && said.out.contains("and the last one of each of 4 days"), "{}{}", said.out, said.err);
    let mut names: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name.starts_with("insights-2020"));
    names.sort();
    let kept = ["2020-01-02T1800", "2020-01-09T1800", "2020-01-10T1200", "2020-01-10T1800"];
    let wanted: Vec<String> = kept.iter().flat_map(|at| ["db", "looks.db"].map(|tail| format!("insights-{at}00Z.{tail}"))).collect();
    assert_eq!(names, wanted, "today's is one of the three newest and of the four days");
    assert_eq!(place.run(&["backup", "--into", folder.to_str().unwrap(), "--keep-days", "4"]).code, 2, "and only with --keep");
}

#[test]
fn t17_a_restored_file_belongs_to_whom_the_one_before_it_did() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let place = Place::started();
    let copy = place.path("copy.db");
    assert_eq!(place.run(&["backup", &copy]).code, 0);
    std::fs::set_permissions(place.db(), PermissionsExt::from_mode(0o640)).unwrap();
    let given = rustix::process::geteuid().is_root();
    if given {
        chown(place.db(), Some(65_534), Some(65_534)).unwrap();
    }
    assert_eq!(place.run(&["restore", &copy, "--replace"]).code, 0);
    let meta = std::fs::metadata(place.db()).unwrap();
    assert_eq!(meta.mode() & 0o777, 0o640);
    assert!(!given || (meta.uid(), meta.gid()) == (65_534, 65_534));
}

#[test]
fn t17_on_a_new_machine_both_restored_files_belong_to_whom_the_folder_does() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let place = Place::started();
    drop(closeloop::store::LookStore::open(&place.db()).unwrap());
    let copy = place.path("copy.db");
    assert_eq!(place.run(&["backup", &copy]).code, 0);
    let given = rustix::process::geteuid().is_root();
    for (shared, mode) in [(0o700, 0o600), (0o2770, 0o660)] {
        let folder = place.folder.path().join(format!("disk-{shared:o}"));
        std::fs::create_dir(&folder).unwrap();
        if given {
            chown(&folder, Some(65_534), Some(65_534)).unwrap();
        }
        std::fs::set_permissions(&folder, PermissionsExt::from_mode(shared)).unwrap();
        let db = folder.join("insights.db");
        assert_eq!(place.run(&["--db", &db.display().to_string(), "restore", &copy]).code, 0);
        for file in [db.clone(), closeloop::store::looks_path(&db)] {
            let meta = std::fs::metadata(&file).unwrap();
            assert_eq!(meta.mode() & 0o777, mode, "{}", file.display());
            assert!(!given || (meta.uid(), meta.gid()) == (65_534, 65_534), "{} belongs to {}", file.display(), meta.uid());
        }
    }
}

#[test]
fn a_head_that_went_to_another_place_than_the_one_that_is_named_is_not_called_sent() {
    let (place, config, _) = anchored();
    place.run(&["tick", "--config", &config]).done();
    let nowhere = place.path("no-such-folder/anchors");
    let other = place.file("other.toml", &format!("[host]\nanchor = \"{nowhere}\"\n[mail]\nsend = false\n"));
    let said = place.run(&["tick", "--config", &other]);
    assert!(said.code == 1 && said.err.contains("no-such-folder"), "a unit has to fail: {} {}", said.code, said.err);
    let said = place.run(&["doctor", "--config", &other]);
    assert!(said.code == 1 && said.out.contains(&format!("mend  anchor    There is no file {nowhere}")), "{}", said.out);
    // The folder is made, and a file is there that got nothing yet.
    std::fs::create_dir(place.folder.path().join("no-such-folder")).unwrap();
    std::fs::write(&nowhere, "").unwrap();
    let said = place.run(&["doctor", "--config", &other]);
    assert!(
        said.code == 1 && said.out.contains(&format!("mend  anchor    Nothing has been sent to {nowhere} yet; the last went to")),
        "{}",
        said.out
    );
    place.run(&["tick", "--config", &other]).done();
    assert_eq!(parse_anchors(&std::fs::read_to_string(&nowhere).unwrap()).len(), 1, "a new place gets the head at once");
    let said = place.run(&["doctor", "--config", &other]);
    assert!(said.out.contains(&format!("ok    anchor    The last went to {nowhere}")), "{}", said.out);
}

#[test]
fn a_tick_that_runs_no_more_is_named_though_nothing_was_written_since() {
    let (place, config, _) = anchored();
    let tick = |out: &str| out.lines().find(|line| line.split_whitespace().nth(1) == Some("tick")).unwrap().to_string();
    let said = place.run(&["doctor", "--config", &config]);
    assert!(tick(&said.out).starts_with("look") && tick(&said.out).contains("has not run here yet"), "{}", said.out);
    place.run(&["tick", "--config", &config]).done();
    let said = place.run(&["doctor", "--config", &config]);
    assert!(tick(&said.out).starts_with("ok"), "{}", said.out);
    let note = Kind::Ticked.read(&place.db()).unwrap();
    let quiet = closeloop::runtime::notes::Note { at: note.at - chrono::TimeDelta::hours(50), ..note };
    Kind::Ticked.write(&place.db(), &quiet).unwrap();
    let said = place.run(&["doctor", "--config", &config]);
    assert!(said.code == 1 && tick(&said.out).starts_with("mend") && tick(&said.out).contains("last ran 2 days ago"), "{}", said.out);
}

#[test]
fn a_file_of_heads_that_cannot_be_looked_at_is_not_called_missing() {
    let (place, _, _) = anchored();
    let (round, in_round) = (place.path("round"), place.path("insights.db/anchors"));
    std::os::unix::fs::symlink(&round, &round).unwrap();
    for (file, stand, said) in [(&round, "look", "cannot be looked at"), (&in_round, "mend", "There is no file")] {
        let config = place.file("round.toml", &format!("[host]\nanchor = \"{file}\"\n[mail]\nsend = false\n"));
        let found = place.run(&["doctor", "--config", &config]).out;
        let line = found.lines().find(|line| line.split_whitespace().nth(1) == Some("anchor")).unwrap_or_default();
        assert!(line.starts_with(stand) && line.contains(said), "{found}");
    }
}
