//! Lists that come in again, in another order, in another encoding, cut off by a kill, or far too long: the second time changes
//! nothing, and no list is ever half in. T38.

use crate::cli::place::Place;
use crate::support::rely;
use closeloop::runtime::identity;
use closeloop::store::{Store, verify};
use std::process::{Command, Stdio};

const HEAD: &str = "name,role,team,service,e-mail,login,line manager\n";

/// So many people, two of whom share a name and nothing else.
fn rows(many: usize) -> Vec<String> {
    let mut rows = vec![format!("Ada Marlow,coordinator,Insights,Quality,ada@example.org,{},", identity::login().unwrap())];
    let trees = ["Alder", "Birch", "Cedar", "Hazel", "Larch", "Maple", "Rowan", "Willow"];
    rows.extend((0..many).map(|n| {
        let tree = trees[n % trees.len()];
        format!("Sky{n} {tree},SW,Team {},Safeguarding,sky{n}@example.org,sky{n},", n % 40)
    }));
    rows.push("Noor Twin,SW,Team 1,Safeguarding,noor1@example.org,noor1,".into());
    rows.push("Noor Twin,SW,Team 2,Safeguarding,noor2@example.org,noor2,".into());
    rows
}

fn text(rows: &[String]) -> String {
    format!("{HEAD}{}\n", rows.join("\n"))
}

fn people(place: &Place) -> usize {
    Store::open(&place.db()).unwrap().reading().people().unwrap().len()
}

fn write(place: &Place, name: &str, bytes: impl AsRef<[u8]>) -> String {
    std::fs::write(place.folder.path().join(name), bytes).unwrap();
    place.path(name)
}

#[test]
fn t38_a_list_that_comes_again_in_any_order_and_encoding_changes_nothing() {
    let place = Place::started();
    let rows = rows(120);
    let plain = text(&rows);
    let first = place.run(&["import", "people", &write(&place, "people.csv", &plain)]);
    assert_eq!(first.code, 0, "{}", first.err);
    assert_eq!(people(&place), rows.len(), "two who share a name are two people");
    let all =
        || format!("{:?} {:?}", Store::open(&place.db()).unwrap().reading().people(), Store::open(&place.db()).unwrap().reading().teams());
    let taken_in = all();
    let mut turned = rows.clone();
    let mut dice = closeloop::runtime::random::seeded(38);
    for place in (1..turned.len()).rev() {
        turned.swap(place, dice() as usize % (place + 1));
    }
    let utf16 = |unit: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(plain.encode_utf16());
        units.flat_map(unit).collect()
    };
    let again: [(&str, Vec<u8>); 9] = [
        ("again.csv", plain.clone().into_bytes()),
        ("reordered.csv", text(&turned).into_bytes()),
        ("crlf.csv", plain.replace('\n', "\r\n").into_bytes()),
        ("mark.csv", [b"\xef\xbb\xbf".as_slice(), plain.as_bytes()].concat()),
        ("utf16le.csv", utf16(u16::to_le_bytes, true)),
        ("utf16be.csv", utf16(u16::to_be_bytes, true)),
        ("utf16.csv", utf16(u16::to_le_bytes, false)),
        ("semicolons.csv", plain.replace(',', ";").into_bytes()),
        ("twice.csv", format!("{plain}{}\n", rows[5]).into_bytes()),
    ];
    for (name, bytes) in &again {
        let said = place.run(&["import", "people", &write(&place, name, bytes)]);
        // That a file came in is noted; of the people not one is touched.
        let nothing = ["Nothing was written.", "0 people added or changed."].iter().any(|words| said.out.contains(words));
        assert!(said.code == 0 && nothing, "{name}: {}{}", said.out, said.err);
        assert_eq!(all(), taken_in, "{name}");
    }
    // What holds a NUL is taken with a mark in its place, or refused whole; never by half.
    let nul = place.run(&["import", "people", &write(&place, "nul.csv", plain.replace("Sky7 ", "Sky7\0 "))]);
    assert!(nul.code == 0 || nul.err.ends_with(".\n"), "{}", nul.err);
    assert!(verify(&place.db(), None, &mut |_, _| {}).unwrap().clean());
    // Far too long a list is refused or taken, but told so, and the memory of the machine outlives it.
    let long = rely::times(2 << 20, 20 << 20);
    let mut far = String::with_capacity(long + 100);
    far.push_str(HEAD);
    for n in 0.. {
        far.push_str(&format!("Far{n} Away,SW,Team {},Safeguarding,far{n}@example.org,far{n},\n", n % 40));
        if far.len() >= long {
            break;
        }
    }
    let before = people(&place);
    let said = place.run(&["import", "people", &write(&place, "far.csv", &far), "--dry-run"]);
    assert!(said.code == 0 || said.code == 1 && said.err.ends_with(".\n"), "{}{}", said.out, said.err);
    assert_eq!(people(&place), before);
    rely::line(&serde_json::json!({"test": "T38", "again": again.len(), "rows_changed": 0, "twins_lost": 0, "mb": long >> 20}));
}

#[test]
fn t38_an_import_that_is_killed_is_in_whole_or_not_at_all() {
    let kills = rely::times(8, 60);
    let rows = rows(1_500);
    let mut dice = closeloop::runtime::random::seeded(380);
    let (mut whole, mut half, mut longest) = (0, 0, 400);
    for _ in 0..kills {
        let place = Place::started();
        let file = write(&place, "people.csv", text(&rows));
        let before = people(&place);
        let mut command = Command::new(env!("CARGO_BIN_EXE_closeloop"));
        command.args(["import", "people", &file]).env("CLOSELOOP_DB", place.db());
        let start = std::time::Instant::now();
        let mut import = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        rely::think(std::time::Duration::from_millis(dice() % longest));
        let ended = import.try_wait().unwrap().is_some();
        import.kill().ok();
        import.wait().unwrap();
        // Kills are aimed at the span in which an import is at work, however fast the machine is today.
        longest = if ended { (start.elapsed().as_millis() as u64).max(40) } else { (longest + longest / 4).min(20_000) };
        let after = people(&place);
        whole += usize::from(after == before + rows.len());
        half += usize::from(after != before && after != before + rows.len());
        assert!(verify(&place.db(), None, &mut |_, _| {}).unwrap().clean());
    }
    rely::line(&serde_json::json!({"test": "T38", "killed_imports": kills, "in_whole": whole, "half_in": half}));
    assert_eq!(half, 0);
}
