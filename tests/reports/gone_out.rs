//! A council's own text that tells more than the framework's reports did when one of them went out.

use super::{material, reviewed, seen};
use crate::support::world::World;
use closeloop::domain::deed::{Deed, InsightDeed, ReportDeed};
use closeloop::domain::id::{CycleId, ReviewId};
use closeloop::domain::insight::Cell;
use closeloop::domain::report::Narrative;
use closeloop::domain::report::told::Kind;
use closeloop::domain::theme::ThemeWanted;
use closeloop::report::paper::{Stage, Templates, compose};
use closeloop::report::plain::plain;
use closeloop::runtime::library::Library;
use std::path::Path;

/// What the cohort of the review report asks for here, which counts one kind of review alone.
const NARROW: (&str, &str) = ("collaborative-review.cohort.md", "{{ table(\"themes\") }}");

/// What the report on open loops asks for here, which counts every kind.
const WIDE: (&str, &str) = ("tracking.alerts.md", "{{ table(\"themes\") }}");

fn own_texts(world: &mut World, folder: &Path, texts: &[(&str, &str)]) {
    for (name, text) in texts {
        std::fs::write(folder.join(name), text).unwrap();
    }
    world.library = Library::with(Templates::of(Some(folder)));
}

fn coded() -> (World, CycleId) {
    let (mut world, cycle) = reviewed();
    let framework = world.library.current(world.store.reading()).unwrap();
    let theme = framework.themes[0].key.clone();
    let reviews: Vec<ReviewId> = world.references()[..2].iter().map(|reference| world.id(reference)).collect();
    let wanted = vec![ThemeWanted { theme, strength: true, improve: false }];
    world.do_("Amina Khan", Deed::Insight(InsightDeed::Code { reviews, wanted }));
    (world, cycle)
}

fn publish(world: &mut World, cycle: CycleId) {
    let report = super::build(world, "Amina Khan", cycle, "tracking");
    let seen = seen(world, report.id);
    world.do_("Amina Khan", Deed::Report(ReportDeed::Publish { report: report.id, seen }));
}

#[test]
fn s28_a_table_that_only_a_councils_own_text_asks_for_is_left_out_beside_a_wider_report_that_had_gone_out() {
    let folder = tempfile::tempdir().unwrap();
    let (mut world, cycle) = coded();
    own_texts(&mut world, folder.path(), &[WIDE]);
    publish(&mut world, cycle);
    assert!(material(&mut world, cycle, "collaborative-review").left_out.is_empty(), "its own text asks for nothing more");
    own_texts(&mut world, folder.path(), &[NARROW]);
    let facts = material(&mut world, cycle, "collaborative-review");
    assert_eq!(facts.left_out.iter().map(|one| one.table).collect::<Vec<_>>(), [Kind::Themes]);
    let told = facts.told().into_owned();
    assert!(told.counts.iter().filter(|one| one.table == Kind::Themes).all(|one| one.cell == Cell::Beside), "{told:?}");
    let paper = compose(&facts, &Narrative::new(), Stage::Now { in_part: false }, &world.library.templates).unwrap();
    let text = plain(&paper).join(" ");
    assert!(text.contains("Themes: left out here") && text.contains("Open loops and escalations: November 2026"), "{text}");
    // Frozen, it says what own texts told, for whatever is built later.
    assert_eq!(facts.own_tells.len(), 2);
    world.assert_verified();
}

#[test]
fn s28_a_wider_report_that_reckoned_with_the_own_text_leaves_it_its_table() {
    let folder = tempfile::tempdir().unwrap();
    let (mut world, cycle) = coded();
    own_texts(&mut world, folder.path(), &[WIDE, NARROW]);
    publish(&mut world, cycle);
    assert!(material(&mut world, cycle, "collaborative-review").left_out.is_empty());
    // With the built-in texts alone nothing of it is kept.
    world.library = Library::default();
    let facts = material(&mut world, cycle, "collaborative-review");
    assert!(facts.own_tells.is_empty() && facts.left_out.is_empty());
    assert!(!serde_json::to_string(&facts).unwrap().contains("own_tells"));
}
