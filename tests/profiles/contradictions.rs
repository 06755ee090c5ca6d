//! The contradictions a council can write into a profile: each refused with its place, and many all at once.

use super::small;
use crate::support::world::merton_text;
use closeloop::profiles::{Problem, parse};

fn problems(changes: &[(&str, &str)]) -> Vec<Problem> {
    let mut text = small();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    parse(&text, "ours.toml").map_or_else(|error| error.problems, |_| Vec::new())
}

/// What takes every grade away from the one kind.
const UNGRADED: [(&str, &str); 3] = [
    ("grading = \"scaling\"", "grading = \"ungraded\""),
    ("answer = \"scale\"", "answer = \"text\""),
    ("descriptors = [\n  { from = 0, to = 5, text = \"The service's.\" },\n  { from = 6, to = 10, text = \"The family's.\" },\n]\n", ""),
];

const REGISTER: &str = "[[registers]]\nkey = \"obs\"\nlabel = \"Observations\"\nfields = [{ key = \"what\", label = \"What\" }]\n\
    expects = [{ roles = [\"Lead\"], times_a_year = 2, at_least_one = { field = \"of\", choice = \"visit\" } }]\n\n[[reports]]";

const YEARLY: &str = "[[reports]]\nkey = \"yearly\"\nlabel = \"Yearly\"\nboards = [\"partnership\"]\ntakes_in = [\"termly\"]\n\
    sections = [{ key = \"s\", label = \"S\" }]\n\n[[reports]]";

const AFTER: &str = "[[kinds.steps]]\nkey = \"after\"\nlabel = \"After\"\nprompt = \"More.\"\n\n[[kinds.areas]]";

/// One contradiction: what to change in the small profile, and the first words of what is told, with its place.
type Row = (&'static [(&'static str, &'static str)], &'static str);

const TABLE: [Row; 22] = [
    (
        &[("duty = \"finalise\"", "duty = \"record\"")],
        "kind \"plan-review\" · steps: no step has duty = \"finalise\", so no review could be carried",
    ),
    (
        &[("duty = \"allocate\"", "duty = \"allocate\"\ndue = { within = \"2 days\", after = \"scaled\" }")],
        "kind \"plan-review\" · steps: the steps \"paired\" and \"scaled\" wait for each other in a circle",
    ),
    (
        &[("after = \"paired\"", "after = \"scaled\"")],
        "kind \"plan-review\" · steps: the step \"scaled\" waits for itself, so it would never",
    ),
    (
        &[("after = \"paired\"", "after = \"filed\"")],
        "kind \"plan-review\" · step \"scaled\" · due · after: \"filed\" is not an earlier step of this kind.",
    ),
    (
        &[("[[kinds.areas]]", AFTER)],
        "kind \"plan-review\" · step \"after\" · duty: \"record\" stands after \"finalise\", when the review has ended",
    ),
    (&[("from = 4, to = 5", "from = 3, to = 5")], "bands: scale point 3 is in two bands."),
    (&[("from = 4, to = 5", "from = 5, to = 5")], "bands: scale point 4 gives no grade."),
    (&[("practitioner = true, reviews = true", "practitioner = true")], "kind \"plan-review\" · reviewers: \"FHW\" may not review"),
    (
        &[("members = [\"Lead\"]", "members = [\"Leed\"]")],
        "moderation · members: \"Leed\" is not a role of this framework. Did you mean \"Lead\"?",
    ),
    (
        &[(
            "not_again_within = \"12 months\"",
            "not_again_within = \"12 months\"\nnotice = { before = \"1 week\", to = [\"FHW\"], only_for = [{ role = \"FHW\", case_types = [\"family-hlp\"] }] }",
        )],
        "sampling · notice · role 1 · case_types: \"family-hlp\" is not a case type of this framework. Did you mean \"family-help\"?",
    ),
    (&[("tracked_by = [\"QA\"]", "tracked_by = [\"Director\"]")], "tracking · tracked_by: \"Director\" is not a role of this framework."),
    (&[("\"10 working days\"", "\"10\"")], "kind \"plan-review\" · step \"scaled\" · due · within: \"10\" has no unit."),
    (&[("\"48 hours\"", "48")], "actions · urgent_due: 48 has no unit of time."),
    (
        &[
            UNGRADED[0],
            UNGRADED[1],
            UNGRADED[2],
            ("takes = [{ why = \"joint-agreement\" }]", "kinds = [\"plan-review\"]\ntakes = [{ why = \"every\" }]"),
        ],
        "moderation · kinds: \"plan-review\" is never graded, so no grade of it can count here.",
    ),
    (
        &[
            UNGRADED[0],
            UNGRADED[1],
            UNGRADED[2],
            ("conduct = \"pair\"", "conduct = \"single\""),
            ("takes = [{ why = \"joint-agreement\" }]", "kinds = [\"plan-review\"]\ntakes = [{ why = \"joint-agreement\" }]"),
        ],
        "moderation · kinds: \"plan-review\" is never graded and neither a pair nor a workshop agrees on it",
    ),
    (
        &[("[[reports]]", REGISTER)],
        "register \"obs\" · expectation 1 · at_least_one: no field \"of\" of this register offers the choice \"visit\".",
    ),
    (
        &[(
            "sampled = true",
            "sampled = true\nreviewers_from = [{ from = 2027-01-01, reviewers = [\"Lead\"] }, { from = 2026-06-01, reviewers = [\"FHW\"] }]",
        )],
        "kind \"plan-review\" · pool 2 · from: this is not later than the pool above it.",
    ),
    (
        &[("subjects = [\"child\"]\nsmall", "subjects = [\"child\", \"foster-carer\"]\nsmall"), ("prefix = \"FP\"", "prefix = \"RF\"")],
        "kind \"plan-review\" · prefix: \"RF\" is taken, so references could be mistaken for each other.",
    ),
    (
        &[("sections = [{ key = \"stories\"", "takes_in = [\"yearly\"]\nsections = [{ key = \"stories\""), ("[[reports]]", YEARLY)],
        "reports: the report \"yearly\" takes in one that takes it in again",
    ),
    (
        &[("every = \"6 weeks\" }", "every = \"6 weeks\", extended_to = \"2 weeks\", extended_by = \"Lead\" }")],
        "case type \"family-help\" · supervision · extended_to: 2 weeks is shorter than the usual 6 weeks.",
    ),
    (
        &[("starts_day = 61, ends_day = 70", "starts_day = 61, ends_day = 7000")],
        "cycle · phase \"celebrate\" · ends_day: day 7000 is too far from the cycle. Write a day from 366 before its first to 731 after",
    ),
    (
        &[("starts_day = -3, ends_day = 0", "starts_day = -2147483648, ends_day = 0")],
        "cycle · phase \"sample\" · starts_day: day -2147483648 is too far from the cycle.",
    ),
];

fn says(problems: &[Problem], wanted: &str) -> bool {
    problems.iter().any(|problem| Problem { line: None, ..problem.clone() }.to_string().starts_with(wanted))
}

#[test]
fn each_contradiction_is_refused_with_its_place_and_its_line() {
    for (changes, wanted) in TABLE {
        let problems = problems(changes);
        assert!(says(&problems, wanted), "{wanted}\n{problems:#?}");
        assert!(problems.iter().all(|problem| problem.line.is_some()), "{problems:#?}");
    }
    assert_eq!(problems(&[]), [], "the profile that they are written into is sound");
}

#[test]
fn many_contradictions_are_told_all_at_once() {
    let many = [1, 6, 8, 10, 11, 14, 15, 17, 18];
    let changes: Vec<(&str, &str)> = many.iter().rev().flat_map(|row| TABLE[*row].0.iter().copied()).collect();
    // The register and the yearly report are both written before the first report.
    let problems = problems(&changes);
    for row in many {
        assert!(says(&problems, TABLE[row].1), "{}\n{problems:#?}", TABLE[row].1);
    }
    let lines: Vec<_> = problems.iter().map(|problem| problem.line).collect();
    assert!(lines.is_sorted(), "{lines:?}");
}

#[test]
fn a_text_that_would_command_the_terminal_is_refused_with_its_line() {
    for hidden in ["\\u001b[31m", "\\u202e", "\\u200b", "\\r"] {
        let text = merton_text().replacen("label = \"Collaborative review\"", &format!("label = \"Collaborative{hidden} review\""), 1);
        assert_ne!(text, merton_text());
        let refused = closeloop::profiles::parse(&text, "the test's profile").unwrap_err();
        assert!(format!("{refused:?}").contains("a character that cannot be shown"), "{hidden}: {refused:?}");
    }
}
