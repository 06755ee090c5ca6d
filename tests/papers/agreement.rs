//! Figures about agreement stand on what stands for all reviews, and never mix what was seen with what was not. F08, M08, S18.

use crate::support::sat::Sat;
use closeloop::demo::{DemoWanted, build};
use closeloop::domain::agreement::{Counted, Estimate, Measure};
use closeloop::domain::panel::Scoring;
use closeloop::domain::query::{AgreementDetail, Answered, Query, UnseenBy, Viewer};
use closeloop::profiles::Catalog;
use closeloop::report::panel::agreement;
use closeloop::report::plain::plain;
use closeloop::runtime::answers::answer;
use closeloop::store::Store;

const NOW: &str = "2026-11-19T14:06:00Z";

/// A made-up council with what its panel decided.
fn council(framework: &str) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.db");
    let wanted = DemoWanted { framework: framework.into(), reviews: 120, seed: 7, now: NOW.parse().unwrap(), faults: false };
    build(&path, &Catalog::built_in(), &wanted, &mut |_, _| {}).unwrap();
    (folder, Store::open(&path).unwrap())
}

fn viewer() -> Viewer {
    Viewer::of(None, NOW.parse().unwrap(), "2026-11-19".parse().unwrap())
}

fn read(store: &Store, seed: u64) -> AgreementDetail {
    match answer(store, &mut Default::default(), &Query::Agreement { seed }, &viewer()).unwrap() {
        Answered::Agreement(detail) => *detail,
        other => panic!("{other:?}"),
    }
}

#[test]
fn m08_the_table_counts_every_decision_and_the_figures_only_what_came_by_chance() {
    let mut sat = Sat::closed();
    let Answered::Agreement(detail) = sat.world.ask(Query::Agreement { seed: 7 }) else { panic!() };
    assert_eq!(
        (detail.all.pairs(), detail.all.exact(), detail.by_chance.pairs(), detail.left_out),
        (2, 2, 0, 2),
        "M06: both came by grade"
    );
    assert_eq!(detail.moderation.measure, Measure::ModerationAgreement);
    assert_eq!(detail.moderation.estimate, Estimate::TooFew { n: 0, needed: 20, of: Counted::Pairs });
    assert!(detail.unseen.is_empty());
    let said = plain(&agreement(&detail)).join("\n");
    assert!(said.contains("0 of 2 decisions so far are on reviews that came to the panel by chance; only such speak for all."), "{said}");
}

#[test]
fn f08_sealed_scores_of_the_random_share_make_alpha_and_no_kappa() {
    let (_folder, store) = council("sefton");
    let detail = read(&store, 7);
    let decided = store.reading().decided(&viewer()).unwrap();
    let fit: Vec<_> = decided.iter().filter(|(.., reasons)| reasons.iter().any(|why| why.stands_for_all())).collect();
    assert!(fit.len() < decided.len(), "disputed ones are decided too");
    assert_eq!((detail.all.pairs() as usize, detail.by_chance.pairs() as usize), (decided.len(), fit.len()));
    assert_eq!(detail.left_out as usize, decided.len() - fit.len());
    assert!(fit.iter().all(|(_, decision, _)| decision.scoring == Some(Scoring::Sealed)));
    assert_eq!(detail.moderation.estimate, Estimate::TooFew { n: 0, needed: 20, of: Counted::Pairs });
    let [only] = detail.unseen.as_slice() else { panic!("{:?}", detail.unseen) };
    assert_eq!((only.by, only.figure.measure, only.reviews as usize), (UnseenBy::Panel, Measure::InterRaterReliability, fit.len()));
    assert!(matches!(only.figure.estimate, Estimate::Value { seed: 7, .. }), "{:?}", only.figure);
    assert_eq!(read(&store, 7), detail, "the same seed gives the same intervals");
    assert_ne!(read(&store, 8).unseen, detail.unseen);
    let said = plain(&agreement(&detail)).join("\n");
    assert!(said.contains("seed 7") && said.contains("Sealed scores of the panel"), "{said}");
}

#[test]
fn s07_sighted_decisions_over_every_review_make_kappa_and_benchmarking_stays_apart() {
    let (_folder, store) = council("sandwell");
    let detail = read(&store, 7);
    assert_eq!((detail.left_out, detail.by_chance.pairs()), (0, detail.all.pairs()));
    assert!(matches!(detail.moderation.estimate, Estimate::Value { .. }), "{:?}", detail.moderation);
    for figure in &detail.unseen {
        assert_eq!(figure.by, UnseenBy::Benchmarking, "S18");
        assert!(matches!(figure.figure.estimate, Estimate::TooFew { .. }), "one file says little: {:?}", figure.figure);
    }
}

#[test]
fn q03_pairs_that_judged_on_their_own_are_inter_rater_reliability() {
    let (_folder, store) = council("quarterly-learning");
    let detail = read(&store, 7);
    assert_eq!(detail.all.pairs(), 0, "no panel decides there");
    assert!(detail.unseen.iter().any(|figure| figure.by == UnseenBy::Pair && figure.reviews > 0));
}

#[test]
fn nobody_is_named_or_ranked_by_the_figures() {
    let (_folder, store) = council("sandwell");
    let said = plain(&agreement(&read(&store, 7))).join("\n");
    let words: Vec<&str> = said.split(|letter: char| !letter.is_alphanumeric()).collect();
    for person in store.reading().people().unwrap() {
        let surname = person.name.split(' ').next_back().unwrap().to_string();
        assert!(!words.contains(&surname.as_str()), "{surname}");
    }
}
