//! What is never graded shows nothing of a grade: no column, no section, no word, no glyph. Q02.

mod everywhere;

use crate::support::driver::Robot;
use crate::support::world::{DRAWN_AT, World, merton_text};
use closeloop::domain::deed::{Allocation, Deed};
use closeloop::domain::grade::{Grade, Judgement};
use closeloop::domain::panel::{Submitted, WhyHere, reasons};
use closeloop::domain::review::PanelStand;

/// Merton's first kind as it would be if it were never graded.
fn text() -> String {
    let mut text = merton_text().replace("grading = \"scaling\"", "grading = \"ungraded\"").replace("\"actions-below-good\", ", "");
    text = text.replace("answer = \"scale\"", "answer = \"yes-partly-no\"");
    // What describes scale points goes with them.
    let mut kept = String::new();
    let mut skipping = false;
    for line in text.lines() {
        if line.trim_start().starts_with("descriptors = [") {
            skipping = !line.trim_end().ends_with(']');
            continue;
        }
        if skipping {
            skipping = !line.trim().starts_with(']');
            continue;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    kept.replace("kinds = [\"collaborative-review\"]", "")
}

/// A council that grades nothing, with one review that is being worked on.
fn council() -> World {
    let mut world = World::under(&text());
    let cycle = world.at(DRAWN_AT).open_cycle("2026-11-01");
    world.draw(cycle, 1, 7);
    let facts = world.review("CR-0001");
    let lead = Some(world.person("Ida Ross"));
    world.do_("Amina Khan", Deed::Allocate(vec![Allocation::to(facts.review.id, facts.revision, lead)]));
    world
}

/// Words and glyphs of grades, as any screen or line would show them.
const OF_GRADES: [&str; 9] =
    ["Grade", "grade", "Judgement", "judgement", "Outstanding", "Requires improvement", "\u{25c6}", "\u{25b2}", "\u{25bc}"];

#[test]
fn q02_no_screen_says_anything_of_a_grade() {
    for size in [(80, 24), (120, 40), (160, 48)] {
        let mut robot = Robot::sits_down(council(), size);
        let mut frames = vec![robot.press("1 1").frame(), robot.press("/").frame(), robot.press("esc").frame()];
        robot.opens("CR-0001");
        for _ in 0..5 {
            frames.push(robot.frame());
            robot.press("l");
        }
        frames.push(robot.press("f").frame());
        for frame in frames {
            for word in OF_GRADES {
                assert!(!frame.contains(word), "\u{201c}{word}\u{201d} at {size:?}:\n{frame}");
            }
        }
    }
}

#[test]
fn q02_a_review_that_is_never_graded_is_submitted_without_one_and_waits_for_no_panel() {
    let mut world = council();
    world.at("2026-11-06T10:00:00Z");
    for step in ["contact", "learning-conversation", "family-contact"] {
        let deed = world.step("CR-0001", step);
        world.do_("Ida Ross", deed);
    }
    let detail = world.detail("CR-0001");
    assert!(detail.missing.iter().all(|missing| !missing.what.contains("grade") && !missing.what.contains("scaling")));
    let questions = detail.kind.areas.iter().flat_map(|area| &area.questions);
    use closeloop::domain::framework::AnswerKind;
    use closeloop::domain::review::{AnswerValue, field};
    let answers: Vec<(String, AnswerValue)> = questions
        .map(|question| {
            let value = if question.answer == AnswerKind::Text { AnswerValue::Text("Seen".into()) } else { AnswerValue::Yes };
            (field::question(&question.key), value)
        })
        .chain(detail.kind.narrative.iter().map(|heading| (field::narrative(&heading.key), AnswerValue::Text("Seen".into()))))
        .collect();
    for (name, value) in answers {
        let deed = world.edit("CR-0001", &name, value);
        world.do_("Ida Ross", deed);
    }
    let overall = world.edit("CR-0001", field::OVERALL, AnswerValue::Scale(7));
    assert!(world.refused(overall).contains("no answer"), "nor can one be given");
    let deed = world.submit("CR-0001");
    world.do_("Ida Ross", deed);
    let facts = world.review("CR-0001");
    assert_eq!((facts.original, facts.panel), (None, PanelStand::NotNeeded));
    assert_eq!(world.history("CR-0001")[0].what, "Submitted");
    world.assert_verified();
}

#[test]
fn q02_a_moderation_cannot_name_a_kind_that_is_never_graded() {
    let text =
        merton_text().replacen("\nkinds = [\"collaborative-review\"]", "\nkinds = [\"collaborative-review\", \"thematic-review\"]", 1);
    let refused = closeloop::profiles::parse(&text, "the test's profile").unwrap_err();
    assert!(format!("{refused:?}").contains("never graded"), "{refused:?}");
}

#[test]
fn q02_every_review_is_moderated_but_those_that_are_never_graded() {
    let text = merton_text().replacen("takes = [{ why = \"grades\"", "takes = [{ why = \"every\" }, { why = \"grades\"", 1);
    let framework = closeloop::profiles::parse(&text, "the test's profile").unwrap();
    let kind = framework.main_kind().unwrap();
    let submitted = |judgement| Submitted { framework: &framework, kind, judgement, first_review: false, tension: false, drawn: false };
    let good = Judgement { scaling: Some(7), grade: Grade::Good };
    assert_eq!(reasons(&submitted(Some(good))), [WhyHere::Every]);
    assert_eq!(reasons(&submitted(None)), []);
}
