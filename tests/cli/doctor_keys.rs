//! `closeloop doctor --keys`: a line that leads anywhere but into the program, in one person's name, is named with its number.

use super::doctor::{doctor, in_order};
use super::place::Place;

/// A whole ed25519 key; the number makes it another one.
pub fn key(number: u8) -> String {
    let digit = char::from(b'a' + number);
    format!("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{}", digit.to_string().repeat(43))
}

/// What doctor says of a file with these lines: its stands and sentences about keys.
fn said_of(place: &Place, lines: &[String]) -> Vec<(String, String)> {
    let keys = place.file("keys", &format!("{}\n", lines.join("\n")));
    let (_, found) = doctor(place, &["--keys", &keys]);
    let about = found.into_iter().filter(|[about, ..]| about == "keys");
    about.map(|[_, stand, said, _]| (stand, said)).filter(|(_, said)| !said.contains("others than the administrator")).collect()
}

fn me() -> String {
    closeloop::runtime::identity::login().unwrap()
}

#[test]
fn keys_that_lead_elsewhere_or_to_nobody_are_named() {
    let (place, me) = (in_order(), me());
    let text = format!(
        "# two people\nrestrict,pty,command=\"/usr/local/bin/closeloop --as {me}\" {} one\n\
         restrict,pty,command=\"/usr/local/bin/closeloop --as gone.g\" {} two\n{} three\n",
        key(1),
        key(2),
        key(3)
    );
    let keys = place.file("keys", &text);
    let (code, lines) = doctor(&place, &["--keys", &keys]);
    let mended = |part: &str| lines.iter().any(|[_, stand, said, _]| stand == "mend" && said.contains(part));
    assert_eq!(code, 1);
    assert!(mended("Line 4") && mended("forces no closeloop") && mended("logins that nobody here has: gone.g"), "{lines:#?}");
    assert!(!mended("Line 2") && !mended("Line 3"), "{lines:#?}");
}

#[test]
fn t27_a_line_that_gives_more_than_the_program_in_one_name_is_never_in_order() {
    let (place, me) = (in_order(), me());
    let good = format!("restrict,pty,command=\"/usr/local/bin/closeloop --as {me}\" {}", key(0));
    let only = said_of(&place, std::slice::from_ref(&good));
    assert!(only.iter().all(|(stand, _)| stand == "ok"), "{only:#?}");
    let no_terminal = said_of(&place, &[good.replace("restrict,pty,", "restrict,no-pty,")]);
    assert!(no_terminal.iter().all(|(stand, _)| stand != "mend"), "a line for exports closes something: {no_terminal:#?}");
    let limited = format!("from=\"10.0.0.0/8, 192.168.*\",{good}");
    assert!(said_of(&place, &[limited]).iter().all(|(stand, _)| stand == "ok"));
    let command = |text: &str| format!("restrict,pty,command=\"{text}\" {}", key(0));
    let lead = format!("/usr/local/bin/closeloop --as {me}");
    for (line, stand, words) in [
        (command(&format!("{lead} && bash")), "mend", "forces more or other"),
        (command(&format!("{lead} || bash")), "mend", "forces more or other"),
        (command(&format!("{lead};bash")), "mend", "forces more or other"),
        (command(&format!("{lead} --db /tmp/x")), "mend", "forces more or other"),
        (command(&format!("/usr/local/bin/closeloop --db /tmp/x --as {me}")), "mend", "forces more or other"),
        (command(&format!("/tmp/../bin/closeloop --as {me}")), "mend", "forces more or other"),
        (command("/usr/local/bin/closeloop --as $USER"), "mend", "forces more or other"),
        (command(&format!("sh -c \\\"{lead}\\\"")), "mend", "forces more or other"),
        (command("/usr/local/bin/closeloop"), "mend", "forces more or other"),
        (format!("restrict,pty {}", key(0)), "mend", "forces no closeloop"),
        (format!("pty,command=\"{lead}\" {}", key(0)), "mend", "does not begin with restrict"),
        (good.replace("pty,", "pty,port-forwarding,agent-forwarding,user-rc,"), "mend", "port-forwarding, agent-forwarding, user-rc"),
        (good.replace("pty,", "pty,environment=\"LD_PRELOAD=/x\","), "mend", "environment"),
        (good.replace("restrict,pty,", "restrict,"), "look", "leaves out pty"),
        (good.replace("restrict,pty,", "pty,restrict,"), "look", "leaves out pty"),
        (good.replace("restrict,pty,", "restrict,pty,no-pty,"), "look", "has no-pty"),
        (format!("restrict,pty,command=\"{lead}\" ssh-ed25519 AAAA\u{2026} ada"), "mend", "holds no whole key"),
        (good.replace("ssh-ed25519", "ssh-rsa"), "mend", "holds no whole key"),
        (good[..good.len() - 4].to_string(), "mend", "holds no whole key"),
    ] {
        let said = said_of(&place, std::slice::from_ref(&line));
        assert!(said.iter().any(|(is, said)| is == stand && said.contains("Line 1 of") && said.contains(words)), "{line}: {said:#?}");
    }
}

#[test]
fn t27_one_key_in_two_lines_is_named_because_the_first_decides() {
    let (place, me) = (in_order(), me());
    let line = |login: &str, number| format!("restrict,pty,command=\"/usr/local/bin/closeloop --as {login}\" {}", key(number));
    let said = said_of(&place, &[line(&me, 0), line("ada.m", 1), line("tom.v", 0)]);
    let twice = said.iter().find(|(stand, said)| stand == "mend" && said.contains("The same key")).unwrap_or_else(|| panic!("{said:#?}"));
    assert!(twice.1.contains("line 1 of") && twice.1.contains("line 3 of") && twice.1.contains(&format!("works as {me}")), "{twice:?}");
    // Of one person it changes nothing who they are.
    let same = said_of(&place, &[line(&me, 0), line(&me, 0)]);
    let [(stand, said)] = same.iter().filter(|(_, said)| said.contains("The same key")).collect::<Vec<_>>()[..] else {
        panic!("{same:#?}")
    };
    assert!(stand == "look" && said.contains("for the same login"), "{said}");
    assert!(!said_of(&place, &[line(&me, 0), line("ada.m", 1)]).iter().any(|(_, said)| said.contains("The same key")));
}

#[test]
fn a_line_without_a_whole_key_is_no_key_of_a_login() {
    let (place, me) = (in_order(), me());
    let half = format!("restrict,pty,command=\"/usr/local/bin/closeloop --as {me}\" ssh-ed25519 AAAA\u{2026} ada");
    let keys = place.file("keys", &format!("{half}\n"));
    let (_, lines) = doctor(&place, &["--keys", &keys]);
    assert!(lines.iter().any(|[_, _, said, _]| said.starts_with("0 keys in ")), "{lines:#?}");
    assert!(lines.iter().any(|[_, _, said, _]| said.contains(&format!("No key leads to these logins: {me}"))), "{lines:#?}");
}

#[test]
fn who_works_and_has_no_login_is_told_by_which_command_they_get_one() {
    let place = in_order();
    let (_, lines) = doctor(&place, &[]);
    let [.., remedy] = lines.iter().find(|[about, _, said, _]| about == "people" && said.contains("Ruth Penn")).unwrap();
    assert!(remedy.contains("closeloop people change \"NAME\" --login LOGIN"), "{remedy}");
    assert_eq!(place.run(&["people", "change", "Ruth Penn", "--login", "ruth.p"]).code, 0, "and that command is one");
    let keys = place.file("keys", &format!("restrict,pty,command=\"/usr/local/bin/closeloop --as {}\" {}\n", me(), key(0)));
    let (_, lines) = doctor(&place, &["--keys", &keys]);
    assert!(lines.iter().any(|[_, _, said, _]| said.contains("No key leads to these logins: ruth.p")), "{lines:#?}");
}

#[test]
fn t27_who_leaves_is_missed_by_nobody_once_their_key_was_taken_out() {
    let place = in_order();
    let keys = place.file("keys", &format!("restrict,pty,command=\"/usr/local/bin/closeloop --as {}\" {}\n", me(), key(0)));
    let people = || -> Vec<(String, String)> {
        let (_, lines) = doctor(&place, &["--keys", &keys]);
        lines.into_iter().filter(|[about, ..]| about == "people").map(|[_, stand, said, _]| (stand, said)).collect()
    };
    assert_eq!(place.run(&["people", "change", "Ruth Penn", "--login", "ruth.p"]).code, 0);
    assert!(people().iter().any(|(_, said)| said.contains("No key leads to these logins: ruth.p")), "{:#?}", people());
    // On their last day, and after it.
    for day in ["today", "yesterday"] {
        let on = chrono::Utc::now().date_naive() - chrono::TimeDelta::days(i64::from(day == "yesterday"));
        let said = place.run(&["people", "end", "ruth.p", "--on", &on.to_string()]);
        assert_eq!(said.code, 0, "{day}: {}", said.err);
        assert!(people().iter().all(|(stand, said)| stand == "ok" && !said.contains("ruth.p")), "{day}: {:#?}", people());
    }
    // Where a key of theirs is still there, that is to be mended; where no keys are seen, they are named.
    let both =
        format!("{}restrict,pty,command=\"/usr/local/bin/closeloop --as ruth.p\" {}\n", std::fs::read_to_string(&keys).unwrap(), key(1));
    std::fs::write(&keys, both).unwrap();
    assert!(people().iter().any(|(stand, said)| stand == "mend" && said.contains("nobody here has: ruth.p")), "{:#?}", people());
    let (_, lines) = doctor(&place, &[]);
    assert!(lines.iter().any(|[_, stand, said, _]| stand == "look" && said.contains("these logins are refused: ruth.p")), "{lines:#?}");
}
