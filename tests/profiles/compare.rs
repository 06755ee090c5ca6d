//! How two versions of a profile differ, and when the newer may be adopted.

use super::small;
use crate::support::world::{World, merton_text};
use closeloop::domain::deed::Deed;
use closeloop::profiles::{builtin, compare, parse};

/// The differences between the small profile and itself with these words replaced, as "part: what".
fn told(changes: &[(&str, &str)]) -> Vec<String> {
    let mut text = small();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    let (old, new) = (parse(&small(), "old").unwrap(), parse(&text, "new").unwrap_or_else(|error| panic!("{error}")));
    compare(&old, &new).into_iter().map(|difference| format!("{}: {}", difference.part, difference.what)).collect()
}

/// What is changed in the small profile, and what is told.
type Row<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);

#[test]
fn each_difference_is_told_in_words_under_its_part() {
    let step = "[[kinds.steps]]\nkey = \"spoken\"\nlabel = \"Speak\"\nprompt = \"Speak with the family.\"\nduty = \"family-contact\"\n\
                due = { within = \"3 weeks\", after = \"paired\" }\n\n[[kinds.steps]]\nkey = \"scaled\"";
    let table: [Row; 14] = [
        (&[], &[]),
        (
            &[("[[kinds.steps]]\nkey = \"scaled\"", step)],
            &["Plan review: Step \u{201c}Speak\u{201d} added (deadline: 3 weeks after \u{201c}Pair up\u{201d})."],
        ),
        (
            &[("within = \"10 working days\"", "within = \"15 days\"")],
            &[
                "Plan review: Step \u{201c}Scale\u{201d}: deadline changed: 10 working days after \u{201c}Pair up\u{201d} \u{2192} 15 days after \u{201c}Pair up\u{201d}.",
            ],
        ),
        (
            &[("due = { within = \"10 working days\", after = \"paired\" }\n", "")],
            &["Plan review: Step \u{201c}Scale\u{201d}: deadline changed: 10 working days after \u{201c}Pair up\u{201d} \u{2192} none."],
        ),
        (&[("reviewers = [\"FHW\", \"Lead\"]", "reviewers = [\"Lead\"]")], &["Plan review: Reviewers: FHW taken out."]),
        (
            &[("label = \"Hub lead\"", "label = \"Area lead\"")],
            &["Roles: Role \u{201c}Area lead\u{201d}: label changed: Hub lead \u{2192} Area lead."],
        ),
        (
            &[("to = 3, grade = \"inadequate\"", "to = 2, grade = \"inadequate\""), ("from = 4, to = 5", "from = 3, to = 5")],
            &[
                "Grades and bands: Grade \u{201c}Growing\u{201d}: band changed: 4 to 5 \u{2192} 3 to 5.",
                "Grades and bands: Grade \u{201c}Not there\u{201d}: band changed: 0 to 3 \u{2192} 0 to 2.",
            ],
        ),
        (
            &[("text = \"Whose plan is it?\"", "text = \"Is it theirs?\"")],
            &[
                "Plan review: Area \u{201c}The plan\u{201d}: question \u{201c}Is it theirs?\u{201d}: text reworded: \u{201c}Is it theirs?\u{201d}.",
            ],
        ),
        (
            &[("answer = \"scale\"\nrequired = true", "answer = \"scale\"")],
            &["Plan review: Area \u{201c}The plan\u{201d}: question \u{201c}Whose plan is it?\u{201d}: required: no longer."],
        ),
        (
            &[("conduct = \"pair\"", "conduct = \"workshop\""), ("why = \"joint-agreement\"", "why = \"workshop\"")],
            &[
                "Plan review: Conduct changed: pair \u{2192} workshop.",
                "Moderation: Takes: what a workshop agrees added, what a pair agrees together taken out.",
            ],
        ),
        (
            &[("urgent_due = \"48 hours\"", "urgent_due = \"24 hours\"")],
            &["Actions: Urgent ones due within changed: 48 hours \u{2192} 24 hours."],
        ),
        (
            &[(
                "{ key = \"stories\", label = \"Stories\" }",
                "{ key = \"numbers\", label = \"Numbers\" }, { key = \"stories\", label = \"Stories\" }",
            )],
            &["Reports: Report \u{201c}Termly letter\u{201d}: section \u{201c}Numbers\u{201d} added."],
        ),
        (
            &[("[actions]", "[drp]\nraised_by = [\"QA\"]\nstages = [{ key = \"talk\", label = \"Talk\", to = [\"Lead\"] }]\n\n[actions]")],
            &["Dispute resolution: There is a process: now yes.", "Dispute resolution: Stage \u{201c}Talk\u{201d} added."],
        ),
        (&[("rhythm = \"quarterly\"", "rhythm = \"monthly\"")], &["Cycle: Rhythm changed: quarterly \u{2192} monthly."]),
    ];
    for (changes, expected) in table {
        assert_eq!(told(changes), expected, "{changes:?}");
    }
}

#[test]
fn the_other_way_round_the_same_places_are_told() {
    let frameworks: Vec<_> = builtin().iter().map(|(id, text)| parse(text, id).unwrap()).collect();
    for old in &frameworks {
        assert_eq!(compare(old, old), [], "{} is as it is", old.id);
        for new in &frameworks {
            let there = compare(old, new);
            // Two facts that only one side has are told with what they belong to, so the counts need not agree; but neither is silent.
            assert_eq!(there.is_empty(), compare(new, old).is_empty());
            assert!(there.iter().all(|difference| difference.what.ends_with('.') && !difference.what.contains("..")), "{there:#?}");
        }
    }
}

/// Merton's second version: another letter for its main kind, one step fewer, and an area added.
fn second(version: &str) -> String {
    let text = merton_text().replacen("version = 1", version, 1);
    let kind = text.find("key = \"collaborative-review\"").unwrap();
    let text = format!("{}{}", &text[..kind], text[kind..].replacen("label = \"Collaborative review\"", "label = \"Joint review\"", 1));
    text.replacen("prefix = \"CR\"", "prefix = \"JR\"", 1)
}

fn adopt(text: &str) -> Deed {
    Deed::AdoptFramework { text: crate::support::council::seeing_all(text) }
}

#[test]
fn a_new_version_is_for_new_cycles_and_what_was_begun_keeps_its_own() {
    let mut world = World::ready();
    let said = world.do_("Amina Khan", adopt(&second("version = 2"))).said;
    assert_eq!(said, "New cycles run under merton version 2; those already open keep version 1");
    let old = world.detail("CR-0001");
    assert_eq!((old.kind.label.as_str(), old.framework.version), ("Collaborative review", 1));
    // The old cycle goes on under its own rules: a substitute comes in as CR, and a step is recorded.
    let step = world.step("CR-0001", "contact");
    world.at("2026-11-06T10:00:00Z").do_("Amina Khan", step);
    let cycle = world.open_cycle("2026-12-01");
    world.draw(cycle, 3, 9);
    let references = world.references();
    let new: Vec<&String> = references.iter().filter(|reference| reference.starts_with("JR-")).collect();
    assert_eq!(new.len(), 3, "{references:?}");
    let fresh = world.detail(new[0]);
    assert_eq!((fresh.kind.label.as_str(), fresh.framework.version), ("Joint review", 2));
    assert_eq!(world.detail("CR-0001").kind.label, "Collaborative review");
    world.assert_verified();
}

#[test]
fn an_adoption_that_would_rewrite_what_is_in_force_is_refused() {
    let mut world = World::council();
    assert_eq!(world.do_("Amina Khan", adopt(merton_text())).written.first, 0, "what is in force already changes nothing");
    let other = second("version = 1");
    let said = world.refused(adopt(&other));
    assert!(said.contains("still calls itself version 1, which is frozen with another text"), "{said}");
    assert!(said.contains("give it version 2"), "{said}");
    world.do_("Amina Khan", adopt(&second("version = 3")));
    let said = world.refused(adopt(&second("version = 2")));
    assert!(said.contains("The profile is version 2 of merton; version 3 is in force"), "{said}");
    let said = world.refused(adopt(merton_text()));
    assert!(said.contains("Versions only go up"), "{said}");
    let said = world.refused(adopt(&small()));
    assert!(said.contains("is of another, riverside"), "{said}");
    let said = world.refused(adopt(&merton_text().replacen("rhythm = \"monthly\"", "rhythm = \"wekly\"", 1)));
    assert!(said.contains("\"wekly\" is not known here"), "{said}");
    let (framework, version, text) = ("merton".to_string(), 2, second("version = 2"));
    let said = world.refused(Deed::Start { framework, version, text, holidays: Vec::new() });
    assert!(said.contains("Versions only go up"), "starting again is no way round: {said}");
}

#[test]
fn the_command_line_tells_differences_by_part_and_refuses_before_it_tells() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let old = write("old.toml", &small());
    let new = write("new.toml", &small().replace("version = 3", "version = 4").replace("\"10 working days\"", "\"8 working days\""));
    let run = |args: &[&std::ffi::OsStr]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_closeloop"));
        let out = command.env("CLOSELOOP_DB", folder.path().join("none.db")).args(["framework", "check"]).args(args).output().unwrap();
        (out.status.code(), String::from_utf8(out.stdout).unwrap(), String::from_utf8(out.stderr).unwrap())
    };
    let (status, told, _) = run(&[new.as_os_str(), "--against".as_ref(), old.as_os_str()]);
    let after = "From riverside version 3 to riverside version 4, 1 difference:\n\nPlan review\n  \
        Step \u{201c}Scale\u{201d}: deadline changed: 10 working days after \u{201c}Pair up\u{201d} \u{2192} 8 working days after \u{201c}Pair up\u{201d}.\n\n";
    assert_eq!(status, Some(0));
    assert!(told.ends_with(after), "{told}");
    let (status, told, _) = run(&[new.as_os_str(), "--against".as_ref(), new.as_os_str()]);
    assert_eq!((status, told.lines().last()), (Some(0), Some("riverside version 4 says the same as riverside version 4.")));
    let (status, told, said) = run(&[new.as_os_str(), "--against".as_ref(), "mertn".as_ref()]);
    assert_eq!(status, Some(1));
    assert!(said.contains("Did you mean \"merton\"?") && !told.contains("From"), "{said}");
}
