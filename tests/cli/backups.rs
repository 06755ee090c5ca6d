//! `closeloop backup`, `restore` and `verify`: never over a live file without saying so, and every refusal names its cause.

use super::place::Place;
use closeloop::runtime::who_is_in::{Inside, say, who_is_in};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

#[test]
fn a_backup_is_verified_and_restored_only_when_told() {
    let place = Place::council();
    let (db, backup) = (place.path("insights.db"), place.path("backup.db"));
    let before = place.run(&["verify"]).done();
    let said = place.run(&["backup", &backup]).done();
    assert_eq!(said, format!("Backed up into {backup}.\n{before}"));
    assert_eq!(place.names(), ["backup.db", "insights.db", "insights.db.backed-up"], "nothing else is left behind but the note for doctor");
    place.run(&["cycle", "open", "--starts", "2027-06-01", "--focus", "Neglect", "--reason", "performance-data"]).done();
    let after = place.run(&["verify"]).done();
    let refused = place.run(&["restore", &backup]).refused();
    assert!(refused.starts_with(&format!("closeloop: The file {db} is there already. Add --replace")), "{refused}");
    assert_eq!(place.run(&["verify"]).done(), after, "nothing was touched");
    let restored = place.run(&["restore", &backup, "--replace"]).done();
    assert!(
        restored
            .starts_with(&format!("Restored {db} from {backup}.\nIt holds Larkmoor (made up), under the framework of Merton (begun on "))
    );
    assert!(restored.ends_with(&format!("\nThe database that was there is now {db}.replaced.\n")), "{restored}");
    assert_eq!(place.run(&["verify"]).done(), before);
    assert_eq!(place.run(&["--db", &format!("{db}.replaced"), "verify"]).done(), after);
}

#[test]
fn a_backup_that_cannot_be_made_names_the_cause_and_leaves_nothing() {
    let place = Place::council();
    let there = place.file("mine.txt", "mine");
    let said = place.run(&["backup", &there]).refused();
    assert!(said.starts_with(&format!("closeloop: The file {there} is there already. A backup never overwrites")), "{said}");
    let nowhere = place.path("no/folder/backup.db");
    let said = place.run(&["backup", &nowhere]).refused();
    let folder = place.path("no/folder");
    assert!(said.starts_with(&format!("closeloop: There is no folder {folder}, so {nowhere} cannot be made in it.")), "{said}");
    // Nobody, not even root, can make a file there.
    let said = place.run(&["backup", "/proc/backup.db"]).refused();
    assert!(said.starts_with("closeloop: The folder /proc is read-only for you, so /proc/backup.db cannot be made in it."), "{said}");
    let said = place.run(&["--db", "/proc/insights.db", "init", "--framework", "merton"]).refused();
    assert!(said.starts_with("closeloop: The folder /proc is read-only for you"), "{said}");
    assert_eq!(place.names(), ["insights.db", "mine.txt"]);
}

#[test]
fn a_restore_that_cannot_be_made_names_the_cause() {
    let place = Place::council();
    let before = place.run(&["verify"]).done();
    let none = place.path("none.db");
    let said = place.run(&["restore", &none, "--replace"]).refused();
    assert!(said.starts_with(&format!("closeloop: There is no backup at {none}.")), "{said}");
    let text = place.file("notes.txt", &"Shopping list\n".repeat(400));
    let said = place.run(&["restore", &text, "--replace"]).refused();
    assert!(said.starts_with(&format!("closeloop: The file {text} is not a closeloop database.")), "{said}");
    assert_eq!(place.run(&["verify"]).done(), before);
}

#[test]
fn what_is_done_in_nobodys_name_takes_no_name() {
    let place = Place::council();
    let login = "amina.k".to_string();
    let before = place.names();
    let (copy, other) = (place.path("copy.db"), place.path("other.db"));
    for args in [
        &["backup", &copy][..],
        &["restore", &copy],
        &["tick"],
        &["verify"],
        &["doctor"],
        &["init", "--framework", "merton"],
        &["demo", "--out", &other],
    ] {
        let said = place.run(&[args, &["--as", &login]].concat());
        assert_eq!(said.code, 2, "{args:?}: {}", said.err);
        assert!(said.err.contains("in nobody's name. Leave --as out. Nothing was done."), "{args:?}: {}", said.err);
    }
    assert_eq!(place.names(), before);
}

#[test]
fn verify_holds_the_journal_against_an_anchor() {
    let place = Place::council();
    let clean = place.run(&["verify"]).done();
    let line = clean.lines().find(|line| line.starts_with("closeloop-anchor ")).unwrap();
    let anchor = place.file("anchor.txt", &format!("kept elsewhere: {line}\n"));
    assert_eq!(place.run(&["verify", "--anchor", &anchor]).done(), clean);
    let digits = line.split(' ').nth(2).unwrap();
    let other = place.file("other.txt", &line.replace(digits, &"0".repeat(64)));
    let said = place.run(&["verify", "--anchor", &other]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.contains("the journal was written anew"), "{}", said.err);
    assert!(!said.err.contains("If a backup was restored"), "that is no restore: {}", said.err);
    let empty = place.file("empty.txt", "nothing\n");
    let said = place.run(&["verify", "--anchor", &empty]).refused();
    assert!(said.starts_with(&format!("closeloop: The anchor file {empty} has no line with closeloop-anchor")), "{said}");
}

#[test]
fn verify_says_of_an_end_that_is_missing_that_a_restore_explains_it() {
    let place = Place::council();
    let backup = place.path("good.db");
    place.run(&["backup", &backup]).done();
    let args = ["cycle", "open", "--starts", "2027-06-01", "--focus", "Neglect", "--reason", "performance-data"];
    place.run(&args).done();
    let anchors = place.file("anchors.txt", &place.run(&["verify"]).done());
    place.run(&["restore", &backup, "--replace"]).done();
    let said = place.run(&["verify", "--anchor", &anchors]);
    assert_eq!(said.code, 1);
    let (why, what) = (said.err.find("If a backup was restored after that anchor"), said.err.find("restore the newest clean backup"));
    assert!(said.err.contains("its end was cut off") && why.is_some() && why < what, "{}", said.err);
}

#[test]
fn verify_finds_a_table_that_was_changed_behind_the_journals_back() {
    let place = Place::council();
    let raw = rusqlite::Connection::open(place.db()).unwrap();
    raw.execute("UPDATE review SET original_grade = 3 - original_grade WHERE original_grade IS NOT NULL", []).unwrap();
    drop(raw);
    let said = place.run(&["verify"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.contains("original_grade is not what the journal says"), "{}", said.err);
    assert!(said.err.contains("restore the newest clean backup"), "{}", said.err);
}

#[test]
fn a_restore_that_is_refused_says_who_is_in_and_how_their_session_is_ended() {
    let place = Place::council();
    let backup = place.path("backup.db");
    place.run(&["backup", &backup]).done();
    let open = rusqlite::Connection::open(place.db()).unwrap();
    let _: i64 = open.query_row("SELECT count(*) FROM review", [], |row| row.get(0)).unwrap();
    let said = place.run(&["restore", &backup, "--replace"]).refused();
    let (me, process) = (closeloop::runtime::identity::login().unwrap(), std::process::id());
    let own = std::env::current_exe().unwrap().file_name().unwrap().to_os_string();
    // This is no closeloop: it keeps no draft, and is not to be ended by one's own hand.
    assert!(said.contains("is in use.") && said.contains(&format!("{me} (process {process}, {}", own.to_string_lossy())), "{said}");
    assert!(said.contains("ask whoever runs it") && !said.contains("kill -HUP"), "{said}");
    drop(open);
    // Somebody of whom only a process is seen, as sshd starts one.
    let script = "exec 3<\"$0\"; echo in; read -r _";
    let mut one = std::process::Command::new("bash");
    let one = one.args(["-c", script, place.db().to_str().unwrap(), "--as=ada.m"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut one = one.spawn().unwrap();
    BufReader::new(one.stdout.take().unwrap()).read_line(&mut String::new()).unwrap();
    let seen = Inside { login: "ada.m".into(), process: one.id(), other: Some("bash".into()) };
    assert_eq!(who_is_in(&place.db()), [seen]);
    drop(one.stdin.take());
    one.wait().unwrap();
    assert!(place.run(&["restore", &backup, "--replace"]).done().starts_with("Restored"));
}

#[test]
fn who_is_in_is_said_as_far_as_whoever_asks_may_see_it() {
    let inside = |other: Option<&str>| Inside { login: "ada.m".into(), process: 7, other: other.map(str::to_string) };
    for (seen, all, wanted) in [
        (vec![], true, "they have left by now. Do it again."),
        (vec![], false, "do it again as root."),
        (vec![inside(None)], true, "In it: ada.m (process 7). kill -HUP 7 ends closeloop as a lost line does"),
        (vec![inside(None)], false, "In it, as far as you may see: ada.m (process 7). kill -HUP 7"),
        (vec![inside(Some("sqlite3"))], true, "In it: ada.m (process 7, sqlite3). That is no closeloop"),
    ] {
        let said = say(&seen, all);
        assert!(said.contains(wanted), "{said}");
        assert!(!all || !said.contains("as root"), "nobody who is root is sent to root: {said}");
    }
}

#[test]
fn t17_the_backup_of_another_database_takes_its_place_only_when_both_were_named_and_that_was_said() {
    let place = Place::council();
    let (other, backup) = (place.path("other.db"), place.path("other-backup.db"));
    assert_eq!(place.run(&["--db", &other, "init", "--framework", "sefton"]).code, 0);
    place.run(&["--db", &other, "backup", &backup]).done();
    let before = place.run(&["verify"]).done();
    let said = place.run(&["restore", &backup, "--replace"]).refused();
    for part in
        ["The backup holds Sefton (begun on", "holds Larkmoor (made up), under the framework of Merton (begun on", "--another-database"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(place.run(&["verify"]).done(), before, "nothing was touched");
    // The same council's, and still another database: nothing of the one is in the other.
    let empty = place.path("empty.db");
    assert_eq!(place.run(&["--db", &empty, "init", "--framework", "sefton"]).code, 0);
    let said = place.run(&["--db", &empty, "restore", &backup, "--replace"]).refused();
    assert!(said.contains("is not of the database that is there") && said.matches("holds Sefton").count() == 2, "{said}");
    // Where there is none, it is said whose was put there.
    let new = place.path("new.db");
    let said = place.run(&["--db", &new, "restore", &backup]).done();
    assert!(said.contains("It holds Sefton (begun on"), "{said}");
    let said = place.run(&["restore", &backup, "--replace", "--another-database"]).done();
    assert!(said.contains("It holds Sefton (begun on") && said.contains(".replaced"), "{said}");
    assert_eq!(place.run(&["restore", &backup, "--another-database"]).code, 2, "and never without --replace");
}

/// Changes the file past the program, its own guards taken away and put back as they were.
fn damage(place: &Place, sql: &str) {
    let raw = rusqlite::Connection::open(place.db()).unwrap();
    let mut guards = raw.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
    let guards: Vec<(String, String)> =
        guards.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(|row| row.unwrap()).collect();
    for (name, _) in &guards {
        raw.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    raw.execute_batch(sql).unwrap();
    for (_, sql) in &guards {
        raw.execute_batch(sql).unwrap();
    }
}

#[test]
fn t42_text_that_is_no_text_any_more_is_told_with_its_row_and_the_backup_to_restore() {
    for (sql, said) in [
        (
            "UPDATE journal_detail SET payload = CAST(x'7bff22' AS TEXT) WHERE seq = 500",
            "Journal row 500 cannot be read: where its text was there is none any more (it was about ",
        ),
        ("UPDATE journal SET object = CAST(x'ff41' AS TEXT) WHERE seq = 500", "Journal row 500 cannot be read: where its text was"),
        (
            "UPDATE review SET ref = CAST(x'ff41' AS TEXT) WHERE id = 5",
            "Table review, row 5: ref is not what the journal says. That is CR-0005.",
        ),
        ("UPDATE setting SET name = CAST(x'ff41' AS TEXT) WHERE name = 'council'", "Table setting, row "),
    ] {
        let place = Place::council();
        let backup = place.path("good.db");
        place.run(&["backup", &backup]).done();
        damage(&place, sql);
        let refused = place.run(&["verify"]).refused();
        assert!(refused.contains(said), "{said}: {refused}");
        assert!(refused.contains("restore the newest clean backup, made on ") && refused.contains(&format!("restore {backup} --replace")));
        for word in ["utf-8", "index", "refused", "SELECT", "column"] {
            assert!(!refused.contains(word), "{word}: {refused}");
        }
        place.run(&["restore", &backup, "--replace"]).done();
        assert!(place.run(&["verify"]).done().starts_with("Clean"));
    }
}
