//! Entries of registers: noted, put right, taken back, undone, and refused with the way out.

use crate::support::world::{World, day};
use closeloop::domain::deed::Deed;
use closeloop::domain::filter::Filter;
use closeloop::domain::id::EntryId;
use closeloop::domain::query::{Answered, EntryRow, From, Query, RegisterRow, Window};
use closeloop::domain::register::{self, EntryWanted};
use closeloop::profiles::{Catalog, builtin};

pub fn under(id: &str) -> World {
    let text = builtin().iter().find(|(known, _)| *known == id).unwrap().1;
    World::staffed(text)
}

pub fn wanted(register: &str, on: &str, values: &[(&str, &str)]) -> EntryWanted {
    EntryWanted {
        register: register.into(),
        on: day(on),
        values: values.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect(),
        ..EntryWanted::default()
    }
}

pub fn entries(world: &mut World, register: &str, filter: &str) -> Vec<EntryRow> {
    let window = Window { filter: Filter::parse(filter).0, sort: (), reversed: false, from: From::Start, limit: 100 };
    match world.ask(Query::Entries(register.into(), window)) {
        Answered::Entries(page) => page.rows,
        other => panic!("entries answer with entries, not {other:?}"),
    }
}

pub fn row(world: &mut World, register: &str) -> RegisterRow {
    match world.ask(Query::Registers) {
        Answered::Registers(rows) => rows.into_iter().find(|row| row.key == register).unwrap(),
        other => panic!("registers answer with registers, not {other:?}"),
    }
}

fn observed(world: &World, who: &str, on: &str, what: &str) -> EntryWanted {
    let person = Some(world.person(who));
    EntryWanted { person, ..wanted("practice-observations", on, &[("observed", what), ("observer", "Practice lead")]) }
}

#[test]
fn f16_an_observation_is_noted_put_right_taken_back_and_undone() {
    let mut world = under("sefton");
    world.at("2026-11-19T14:00:00Z");
    let deed = Deed::RecordEntry(observed(&world, "Noor Carter", "2026-11-17", "direct-work"));
    let noted = world.do_("Amina Khan", deed);
    let found = entries(&mut world, "practice-observations", "");
    assert_eq!((found.len(), found[0].name.as_str(), found[0].place.as_str()), (1, "Noor Carter", "North Court"));
    assert_eq!(found[0].by, "Amina Khan");

    let right = observed(&world, "Noor Carter", "2026-11-16", "supervision");
    let (entry, seen) = (found[0].id, found[0].revision);
    world.do_("Bela Novak", Deed::CorrectEntry { entry, seen, wanted: right.clone() });
    let found = entries(&mut world, "practice-observations", "");
    assert_eq!((found[0].on, found[0].values["observed"].as_str()), (day("2026-11-16"), "supervision"));
    assert_eq!(found[0].by, "Amina Khan", "who wrote it stays");
    let said = world.refused(Deed::CorrectEntry { entry, seen, wanted: right });
    assert!(said.contains("E-0001") && said.contains("Bela Novak"), "{said}");
    let said = world.refused(Deed::Undo { batch: noted.written.first });
    assert!(said.contains("has worked on it since"), "{said}");

    let back = world.do_("Amina Khan", Deed::TakeBackEntry { entry, seen: found[0].revision });
    assert!(entries(&mut world, "practice-observations", "").is_empty());
    assert_eq!(row(&mut world, "practice-observations").entries, 0, "what was taken back counts nowhere");
    world.do_("Amina Khan", Deed::Undo { batch: back.written.first });
    assert_eq!(entries(&mut world, "practice-observations", "").len(), 1);
    world.assert_verified();
}

#[test]
fn a_team_is_meant_by_a_part_of_its_name_where_it_can_be_one_only() {
    let mut world = under("sefton");
    world.at("2026-11-19T14:00:00Z");
    let mut place_of = |typed: &str| {
        let noted = EntryWanted { place: typed.into(), ..observed(&world, "Noor Carter", "2026-11-17", "direct-work") };
        world.do_("Amina Khan", Deed::RecordEntry(noted));
        entries(&mut world, "practice-observations", "").into_iter().max_by_key(|row| row.id).unwrap().place
    };
    assert_eq!((place_of("north c"), place_of("NORTH COURT")), ("North Court".to_string(), "North Court".to_string()));
    // Too few letters, and what is on no list, stay as they were typed.
    assert_eq!((place_of("no"), place_of("Youth club")), ("no".to_string(), "Youth club".to_string()));
}

#[test]
fn f16_a_place_is_meant_by_its_name_or_by_a_part_that_only_one_has() {
    let known = ["Children in Care", "Duty", "Duty North", "Duty South", "North Court", "\u{c9}quipe Nord"].map(String::from);
    for (typed, meant) in [
        ("north c", "North Court"),
        ("NORTH COURT", "North Court"),
        ("court", "North Court"),
        // A whole name before any longer one, and before whatever begins with it.
        ("duty", "Duty"),
        ("duty s", "Duty South"),
        ("\u{e9}qu", "\u{c9}quipe Nord"),
        // Of two that fit neither is meant; nor is one by two letters, nor by the middle of a word.
        ("nor", "nor"),
        ("dut", "dut"),
        ("ca", "ca"),
        ("care", "Children in Care"),
        ("hildren", "hildren"),
        ("", ""),
        ("Youth club", "Youth club"),
    ] {
        assert_eq!(register::place_meant(&known, typed), meant, "{typed}");
    }
}

#[test]
fn an_entry_undone_leaves_its_number_to_nobody_else() {
    let mut world = under("merton");
    world.at("2026-11-19T14:00:00Z");
    let activity = wanted("activity", "2026-11-18", &[("kind", "dip-sample"), ("subject", "Chronologies")]);
    let noted = world.do_("Amina Khan", Deed::RecordEntry(activity.clone()));
    world.do_("Amina Khan", Deed::Undo { batch: noted.written.first });
    assert!(entries(&mut world, "activity", "").is_empty());
    world.do_("Amina Khan", Deed::RecordEntry(activity));
    assert_eq!(entries(&mut world, "activity", "")[0].reference, "E-0002");
    world.assert_verified();
}

#[test]
fn an_entry_that_cannot_be_is_refused_with_the_way_out() {
    let mut world = under("sefton");
    world.at("2026-11-19T14:00:00Z");
    let good = observed(&world, "Noor Carter", "2026-11-19", "direct-work");
    let with = |key: &str, value: &str| {
        let mut entry = good.clone();
        entry.values.insert(key.into(), value.into());
        entry
    };
    let table = [
        (EntryWanted { on: day("2026-11-20"), ..good.clone() }, "20 November 2026 lies ahead: an entry says what has happened."),
        (
            EntryWanted { person: None, ..good.clone() },
            "\u{201c}Practice observations\u{201d} is kept person by person, and nobody is named.",
        ),
        (EntryWanted { register: "weather".into(), ..good.clone() }, "There is no register \u{201c}weather\u{201d} in this framework."),
        (with("observer", "  "), "\u{201c}Observer\u{201d} is still empty in \u{201c}Practice observations\u{201d}."),
        (with("observed", "a-chat"), "\u{201c}a-chat\u{201d} is no answer to \u{201c}What was observed\u{201d}. Give one of: Direct work"),
        (with("mood", "good"), "\u{201c}Practice observations\u{201d} has no field \u{201c}mood\u{201d}."),
    ];
    for (entry, said) in table {
        let refusal = world.refused(Deed::RecordEntry(entry));
        assert!(refusal.contains(said), "{refusal}");
    }
    let late = wanted("practice-alerts", "2026-11-18", &[("raised-by", "IRO"), ("concern", "Drift"), ("resolved-on", "soon")]);
    assert!(world.refused(Deed::RecordEntry(late)).contains("Give a date such as 2026-11-19."));
    let said = world.refused(Deed::TakeBackEntry { entry: EntryId(9), seen: 1 });
    assert!(said.contains("There is no such entry any more."), "{said}");
}

#[test]
fn every_register_of_every_framework_takes_an_entry_and_counts_it() {
    for (id, _) in builtin() {
        let framework = Catalog::built_in().framework(id).unwrap();
        let mut world = under(id);
        world.at("2026-11-19T14:00:00Z");
        for register in register::all(&framework) {
            use closeloop::domain::framework::FieldKind;
            let values = register.fields.iter().map(|field| {
                let value = match &field.kind {
                    FieldKind::Line | FieldKind::Text => "As it was".to_string(),
                    FieldKind::Date => "2026-11-18".into(),
                    FieldKind::YesNo => "yes".into(),
                    FieldKind::Choice(choices) => choices[0].key.clone(),
                    FieldKind::Cycles => "2026-11".into(),
                };
                (field.key.clone(), value)
            });
            if register::looks_at_cycles(&register) {
                let focus_reason = framework.cycle.focus_reasons[0].key.clone();
                let starts_on = day("2026-11-01");
                let planned =
                    closeloop::domain::cycle::CyclePlanned { starts_on, focus: "Neglect".into(), focus_reason, focus_note: String::new() };
                world.do_("Amina Khan", Deed::OpenCycle(planned));
            }
            let person = (!register.expects.is_empty()).then(|| world.person("Noor Carter"));
            let (key, on) = (register.key.clone(), day("2026-11-18"));
            let entry = EntryWanted { register: key.clone(), on, person, place: String::new(), values: values.collect() };
            world.do_("Amina Khan", Deed::RecordEntry(entry));
            let counted = row(&mut world, &key);
            assert_eq!((counted.entries, counted.newest), (1, Some(day("2026-11-18"))), "{id} {key}");
        }
        world.assert_verified();
    }
}

#[test]
fn entries_are_found_by_words_and_by_year() {
    let mut world = under("merton");
    world.at("2026-11-19T14:00:00Z");
    for (on, kind, subject) in
        [("2026-11-18", "dip-sample", "Chronologies"), ("2026-05-02", "live-audit", "Neglect"), ("2026-03-31", "takeover-day", "Voice")]
    {
        world.do_("Amina Khan", Deed::RecordEntry(wanted("activity", on, &[("kind", kind), ("subject", subject)])));
    }
    let mut found = |filter: &str| entries(&mut world, "activity", filter).iter().map(|row| row.on.to_string()).collect::<Vec<_>>();
    assert_eq!(found(""), ["2026-11-18", "2026-05-02"], "newest first, and this year only");
    assert_eq!(found("all"), ["2026-11-18", "2026-05-02", "2026-03-31"]);
    assert_eq!(found("multi-agency"), ["2026-05-02"], "by the words of a choice");
    assert_eq!(found("chrono"), ["2026-11-18"]);
    assert_eq!(found("all amina"), ["2026-11-18", "2026-05-02", "2026-03-31"]);
    assert_eq!(found("nothing"), Vec::<String>::new());
}

#[test]
fn c08_when_the_next_entry_is_due_follows_from_the_last() {
    let mut world = under("central-bedfordshire");
    world.at("2026-11-19T14:00:00Z");
    assert_eq!(row(&mut world, "liaison-meetings").due, Some(day("2026-05-31")), "two months into the year, and none yet");
    let meeting = [("service", "Family support"), ("themes", "Late reports"), ("actions", "A reminder")];
    world.do_("Amina Khan", Deed::RecordEntry(wanted("liaison-meetings", "2026-10-06", &meeting)));
    assert_eq!(row(&mut world, "liaison-meetings").due, Some(day("2026-12-31")));
    assert_eq!(row(&mut world, "audit-champions").due, None, "champions meet as they meet (C12)");

    let mut world = under("sandwell");
    world.at("2026-11-19T14:00:00Z");
    assert_eq!(row(&mut world, "practice-review-learning").due, Some(day("2027-04-30")), "S20: April and October");
    let mut world = under("sefton");
    world.at("2026-11-19T14:00:00Z");
    assert_eq!(row(&mut world, "practice-observations").due, Some(day("2027-01-31")), "F16: returns in January and July");
}
