//! Every section of every report of every framework is filled from what its heading promises: each source has a count of its own here, and the
//! section has to tell it.

use super::said;
use crate::support::world::{World, day};
use closeloop::domain::action::ActionState;
use closeloop::domain::id::{ActionId, ReviewId};
use closeloop::domain::insight::Cell;
use closeloop::domain::insight::figures::IndicatorFigure;
use closeloop::domain::report::told::{Kind, ToldCount};
use closeloop::domain::report::{
    EffectTally, JointLine, KindLine, LoopTally, Material, Narrative, Passage, PlanAction, PlanLine, PracticeTally, TakenIn, Visit,
    VisitAbout, VisitPassage,
};
use closeloop::profiles::builtin;

/// What a section has to tell, by its key; `REPORT.KEY` before `KEY`. A section that people write alone promises nothing.
const PROMISES: &[(&str, &[&str])] = &[
    ("achievements", &["NARRATIVE-WELL"]),
    ("action-plan", &["PLAN-ACTION", "ACTION-TEXT"]),
    ("actions", &["ACTION-TEXT"]),
    ("activity", &["REGISTER"]),
    ("alerts", &["Alerts opened: 71"]),
    ("allegations", &[]),
    ("attention", &["Alerts still open: 73", "ACTION-TEXT"]),
    ("benchmarking", &[]),
    ("carers", &[]),
    ("case-studies", &["GOOD-PRACTICE"]),
    ("challenges", &["NARRATIVE-HARD"]),
    ("changed", &["Sustained 61 of 67"]),
    ("changes", &[]),
    ("cohort", &["to this period"]),
    ("complaints", &["REGISTER"]),
    ("complaints-annual.changes", &[]),
    ("complaints-annual.numbers", &["REGISTER"]),
    ("complaints-annual.themes", &["REGISTER"]),
    ("complaints-compliments", &["REGISTER"]),
    ("consistency", &["CR-JOINT"]),
    ("data", &["INDICATOR"]),
    ("difference", &["Sustained 61 of 67", "Open loops"]),
    ("disputes", &["Concerns raised: 81"]),
    ("documents", &[]),
    ("done", &["REGISTER"]),
    ("enabler-report.difference", &[]),
    ("enabler-report.how-much", &["REGISTER"]),
    ("enabler-report.how-well", &[]),
    ("enabler-report.improving", &[]),
    ("explore", &[]),
    ("families", &["Spoken with: 45 of 50"]),
    ("family-feedback", &["Spoken with: 45 of 50"]),
    ("feedback", &["Spoken with: 45 of 50"]),
    ("findings", &[]),
    ("focus", &["The focus was FOCUS"]),
    ("fostering", &["TAKEN-IN", "REGISTER"]),
    ("fostering-report.difference", &[]),
    ("fostering-report.how-much", &["REGISTER"]),
    ("fostering-report.how-well", &[]),
    ("fostering-report.improving", &[]),
    ("fostering-report.themes", &[]),
    ("general-concerns", &["PLAN-CONCERN", "REGISTER"]),
    ("good-practice", &["GOOD-PRACTICE"]),
    ("grades", &[]),
    ("headlines", &[]),
    ("help", &[]),
    ("how-much", &["KIND-OF-REVIEW"]),
    ("how-well", &[]),
    ("improve", &[]),
    ("improvement", &["PLAN-ACTION", "ACTION-TEXT"]),
    ("improvement-plan", &["PLAN-ACTION", "ACTION-TEXT"]),
    ("improvements", &["ACTION-TEXT", "VISIT-WEAK"]),
    ("improving", &["Actions out of these reviews that are open: 5 of 5", "Lines of the improvement plan still open"]),
    ("indicators", &["INDICATOR"]),
    ("intervention-hub", &["REGISTER"]),
    ("key-findings", &[]),
    ("key-messages", &[]),
    ("learning", &[]),
    ("learning-reviews", &["REGISTER"]),
    ("learning-visit.feedback", &["VISIT-STRONG", "VISIT-WEAK"]),
    ("loop", &["Open loops, whichever cycle they come from: 91", "Sustained 61 of 67"]),
    ("loops", &["Open loops, whichever cycle they come from: 91", "LINK-MISSING: 30 of 91"]),
    ("mitigation", &["NARRATIVE-DONE"]),
    ("moderation", &[]),
    ("monitoring", &["REGISTER"]),
    ("multi-agency", &[]),
    ("needed", &[]),
    ("needs", &[]),
    ("newsletter.themes", &["FOCUS"]),
    ("next", &["Next we look at NEXT-FOCUS"]),
    ("numbers", &["reviews are completed"]),
    ("observations.learning", &["REGISTER"]),
    ("open-loops", &["Open loops, whichever cycle they come from: 91"]),
    ("outcomes", &[]),
    ("panel", &[]),
    ("peer-review-report.good-practice", &["VISIT-STRONG"]),
    ("plan", &["PLAN-ACTION", "ACTION-TEXT"]),
    ("plan-lines", &["PLAN-ACTION"]),
    ("practice-reviews", &["REGISTER"]),
    ("practitioner-conversations", &[]),
    ("practitioners", &[]),
    ("progress", &["PLAN-PROGRESS", "Sustained 61 of 67"]),
    ("quality", &[]),
    ("recommendations", &["SERVICE-NAME", "ACTION-TEXT", "PLAN-ACTION"]),
    ("reflective-spaces", &["REGISTER"]),
    ("requests", &["REGISTER", "PLAN-TRAINING"]),
    ("resources", &["TAKEN-IN", "REGISTER"]),
    ("resources-report.difference", &[]),
    ("resources-report.how-much", &["REGISTER"]),
    ("resources-report.how-well", &[]),
    ("resources-report.improving", &[]),
    ("safeguarding-unit.alerts", &["Concerns raised: 81", "REGISTER"]),
    ("sample", &["reviews are completed"]),
    ("scaling", &[]),
    ("seen", &["VISITED-SERVICE", "VISIT-SEEN"]),
    ("shared-in", &["REGISTER"]),
    ("strands", &["KIND-OF-REVIEW", "REGISTER"]),
    ("supervision", &["With supervision overdue: 19 of 91", "With supervision due within a fortnight: 23 of 91"]),
    ("themes", &[]),
    ("theory", &["FOCUS"]),
    ("to-try", &[]),
    ("tools", &[]),
    ("tracking.actions", &["ACTION-TEXT"]),
    ("training", &["PLAN-TRAINING"]),
    ("voice", &[]),
    ("young-people", &["REGISTER"]),
];

fn promise(report: &str, key: &str) -> &'static [&'static str] {
    let own = format!("{report}.{key}");
    let found = PROMISES.iter().find(|(known, _)| *known == own).or(PROMISES.iter().find(|(known, _)| *known == key));
    found.unwrap_or_else(|| panic!("{report}/{key}: say what this section promises")).1
}

/// A line of the plan of this kind.
fn line(kind: &str, text: &str, notes: &[&str]) -> PlanLine {
    PlanLine {
        kind: kind.into(),
        reference: "PN-1".into(),
        text: text.into(),
        answers: String::new(),
        service: String::new(),
        who: "Team".into(),
        on: day("2026-11-02"),
        stands: "open".into(),
        open: true,
        late: false,
        carried_from: String::new(),
        notes: notes.iter().map(ToString::to_string).collect(),
    }
}

/// Every source with a count or a word that stands nowhere else.
fn marked(mut facts: Material) -> Material {
    facts.public = false;
    facts.focus = "FOCUS".into();
    facts.next_focus = "NEXT-FOCUS".into();
    facts.good_practice = vec![Passage { review: ReviewId(1), text: "GOOD-PRACTICE".into() }];
    facts.effects = EffectTally { signed_off: 89, sustained: 61, partly: 3, recurred: 2, cannot_tell: 1, open: 7 };
    // Out of so many reviews that their service may be named.
    let action = |review: i64| PlanAction {
        id: ActionId(review),
        review: ReviewId(review),
        reference: "A-1".into(),
        text: "ACTION-TEXT".into(),
        owner: "Role".into(),
        due_on: day("2026-10-01"),
        urgent: false,
        state: ActionState::Open,
        done_on: None,
        effect: None,
        recurred: 0,
        service: "SERVICE-NAME".into(),
    };
    facts.actions = (1..=5).map(action).collect();
    let narrative = ["Went well: NARRATIVE-WELL", "Challenges: NARRATIVE-HARD", "What is done about them: NARRATIVE-DONE"];
    facts.plan = vec![
        line("action", "PLAN-ACTION", &[]),
        line("training", "PLAN-TRAINING", &[]),
        line("concern", "PLAN-CONCERN", &[]),
        line("progress", "PLAN-PROGRESS", &[]),
        line("narrative", "x", &narrative),
    ];
    facts.loops = LoopTally {
        open: 91,
        looked_through: 91,
        long: 11,
        oldest: Some(day("2026-02-03")),
        missing: vec![("LINK-MISSING".into(), 30)],
        supervision_due: 23,
        supervision_late: 19,
        tracked: 40,
        closed: 20,
        list: Vec::new(),
    };
    facts.practice = PracticeTally { raised: 81, ..PracticeTally::default() };
    for cycle in &mut facts.figures.cycles {
        (cycle.progress.sample, cycle.progress.submitted) = (9, 8);
    }
    facts.kinds = vec![KindLine { key: String::new(), label: "KIND-OF-REVIEW".into(), sample: 9, completed: 8 }];
    facts.joint = vec![JointLine { review: ReviewId(1), reference: "CR-JOINT".into(), grades: [1, 2, 0, 0], agreed: "Good".into() }];
    let passage = |about, text: &str| VisitPassage { about, label: "Heading".into(), text: text.into() };
    facts.visits = vec![Visit {
        review: ReviewId(1),
        service: "VISITED-SERVICE".into(),
        passages: vec![
            passage(VisitAbout::Seen, "VISIT-SEEN"),
            passage(VisitAbout::Strengths, "VISIT-STRONG"),
            passage(VisitAbout::Improve, "- VISIT-WEAK\n- and more"),
        ],
    }];
    facts.taken_in = vec![TakenIn { label: "TAKEN-IN".into(), reference: "RP-1".into(), sections: Vec::new() }];
    facts.registers.iter_mut().for_each(|register| register.label = "REGISTER".into());
    facts.figures.indicators = vec![IndicatorFigure {
        key: "i".into(),
        label: "INDICATOR".into(),
        from: day("2026-11-01"),
        until: day("2026-11-30"),
        value: "87 %".into(),
        source: "s".into(),
    }];
    let mut told = facts.told().into_owned();
    told.counts.retain(|one| !matches!(one.table, Kind::Alerts | Kind::Families));
    for (table, column, count) in
        [(Kind::Alerts, "opened", 71), (Kind::Alerts, "open", 73), (Kind::Families, "asked for", 50), (Kind::Families, "spoken with", 45)]
    {
        told.counts.push(ToldCount { table, key: String::new(), label: String::new(), column: column.into(), cell: Cell::Shown(count) });
    }
    facts.told = Some(Box::new(told));
    facts
}

#[test]
fn m20_s17_f17_f18_c09_q02_every_section_is_filled_from_what_its_heading_promises() {
    for (id, text) in builtin() {
        let mut world = World::under(text);
        world.at("2026-11-19T14:00:00Z");
        let cycle = super::content::opened(&mut world);
        let framework = closeloop::profiles::parse(text, id).unwrap();
        for kind in &framework.reports {
            let facts = marked(super::material(&mut world, cycle, &kind.key));
            for (key, heading) in facts.sections.clone() {
                let alone = Material { sections: vec![(key.clone(), heading.clone())], ..facts.clone() };
                let text = said(&alone, &Narrative::new()).replace("  ", " ");
                // Only what stands under the heading itself.
                let under = text.split(&format!("\n{heading}\n")).nth(1).unwrap_or_default();
                let under = under.split("About these figures").next().unwrap_or_default();
                let plain: String = under.split_whitespace().collect::<Vec<_>>().join(" ");
                for promised in promise(&kind.key, &key) {
                    assert!(plain.contains(promised), "{id}/{}/{key} does not tell {promised}:\n{under}", kind.key);
                }
            }
        }
    }
}
