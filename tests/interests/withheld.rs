//! Nothing of a withheld review reaches a recused person: every question there is, asked in every way.

use crate::support::world::{World, day};
use closeloop::domain::action::ActionAct;
use closeloop::domain::deed::Deed;
use closeloop::domain::filter::Filter;
use closeloop::domain::id::{ActionId, AlertId, DrpId, PanelId, ReviewId};
use closeloop::domain::insight::pages::PageOf;
use closeloop::domain::interest::InterestKind;
use closeloop::domain::look::LooksWanted;
use closeloop::domain::query::{Again, Answered, Dated, DisposalsWanted, From, GroupBy, InsightWanted, Query, QueueSort, Window};
use closeloop::domain::review::{AnswerValue, field};
use closeloop::domain::strip::StripOf;
use closeloop::store::StoreError;

/// Whoever is recused in these tests.
const RECUSED: &str = "Bela Novak";

/// Filters by which somebody might try to find out about a review.
const PROBES: [&str; 14] = [
    "",
    "all",
    "done",
    "grade:i",
    "grade:g",
    "all grade:i",
    "all original:i",
    "late",
    "all panel",
    "all alert",
    "all urgent",
    "all team:north",
    "all worker:carter",
    "all lantern",
];

fn window<S>(filter: &str, sort: S) -> Window<S> {
    Window { filter: Filter::parse(filter).0, sort, reversed: false, from: From::Start, limit: 500 }
}

/// The question after this one, so that every kind is asked: a new kind does not compile until it has its place here, as
/// the one before `None`, with the answer to a recused person below.
fn after(query: Option<&Query>, filter: &str, review: ReviewId, cycle: closeloop::domain::id::CycleId) -> Option<Query> {
    Some(match query {
        None => Query::Overview,
        Some(Query::Overview) => Query::Queue(window(filter, QueueSort::Due)),
        Some(Query::Queue(_)) => Query::Panel(window(filter, ())),
        Some(Query::Panel(_)) => Query::Sittings,
        Some(Query::Sittings) => Query::Sitting(PanelId(1)),
        Some(Query::Sitting(_)) => Query::PanelItem(PanelId(1), review),
        Some(Query::PanelItem(..)) => Query::OpeningItem(PanelId(1), review),
        Some(Query::OpeningItem(..)) => Query::Room(PanelId(1)),
        Some(Query::Room(_)) => Query::Alerts(window(filter, ())),
        Some(Query::Alerts(_)) => Query::Alert(AlertId(1)),
        Some(Query::Alert(_)) => Query::OpeningAlert(AlertId(1)),
        Some(Query::OpeningAlert(_)) => Query::Actions(window(filter, ())),
        Some(Query::Actions(_)) => Query::People(window(filter, ())),
        Some(Query::People(_)) => Query::Person(closeloop::domain::id::PersonId(1)),
        // Everybody of the council: what each of them holds.
        Some(Query::Person(closeloop::domain::id::PersonId(last))) if *last < 27 => {
            Query::Person(closeloop::domain::id::PersonId(last + 1))
        }
        Some(Query::Person(person)) => Query::PersonChoices(Some(*person)),
        Some(Query::PersonChoices(_)) => Query::Cycles,
        Some(Query::Cycles) => Query::Cycle(cycle),
        Some(Query::Cycle(_)) => Query::Frame(cycle),
        Some(Query::Frame(_)) => Query::Review(review),
        Some(Query::Review(_)) => Query::Earlier(review),
        Some(Query::Earlier(_)) => Query::History(review),
        Some(Query::History(_)) => Query::OpeningHistory(review),
        Some(Query::OpeningHistory(_)) => Query::Proposal(vec![review]),
        Some(Query::Proposal(_)) => Query::Substitutes(review),
        Some(Query::Substitutes(_)) => Query::NextThing { skip: Vec::new(), passed: Vec::new(), actions: Vec::new(), work: Vec::new() },
        Some(Query::NextThing { .. }) => Query::Identity(review),
        Some(Query::Identity(_)) => Query::DueSum(Dated::Review(review)),
        Some(Query::DueSum(_)) => Query::Action(ActionId(1)),
        Some(Query::Action(_)) => Query::Opening(review),
        Some(Query::Opening(_)) => Query::Interests(review),
        Some(Query::Interests(_)) => Query::Registers,
        Some(Query::Registers) => Query::Register("activity".into()),
        Some(Query::Register(_)) => Query::Entries("activity".into(), window(filter, ())),
        Some(Query::Entries(..)) => Query::Programme(day("2026-11-05")),
        Some(Query::Programme(_)) => Query::Cases { cycle, kind: "collaborative-review".into(), typed: filter.into() },
        Some(Query::Cases { .. }) => Query::Agreement { seed: 7 },
        Some(Query::Agreement { .. }) => Query::Invitations(PanelId(1)),
        Some(Query::Invitations(_)) => Query::AlertMail(AlertId(1)),
        Some(Query::AlertMail(_)) => Query::Drp(DrpId(1)),
        Some(Query::Drp(_)) => Query::PracticeAlerts(12),
        Some(Query::PracticeAlerts(_)) => Query::Findings,
        Some(Query::Findings) => Query::AnyCases(filter.into()),
        Some(Query::AnyCases(_)) => Query::Proof(StripOf::Drp(DrpId(1))),
        Some(Query::Proof(_)) => Query::Plan(cycle),
        Some(Query::Plan(_)) => Query::Revisits,
        Some(Query::Revisits) => Query::ThenNow(Again::Review(review)),
        Some(Query::ThenNow(Again::Review(_))) => Query::ThenNow(Again::Before { cycle: "2026-11".into(), kind: None, service: None }),
        Some(Query::ThenNow(_)) => Query::Effects,
        Some(Query::Effects) => Query::ActionGroups(GroupBy::Owner, Filter::parse(filter).0, 400),
        Some(Query::ActionGroups(GroupBy::Owner, ..)) => Query::ActionGroups(GroupBy::Column, Filter::parse(filter).0, 400),
        Some(Query::ActionGroups(..)) => Query::MayDo(vec![ActionId(1)], ActionAct::Finish),
        Some(Query::MayDo(..)) => Query::MayCode(vec![review]),
        Some(Query::MayCode(_)) => Query::MayBuild(cycle, "collaborative-review".into()),
        Some(Query::MayBuild(..)) => Query::Reports,
        Some(Query::Reports) => Query::Report(closeloop::domain::id::ReportId(1)),
        Some(Query::Report(_)) => Query::Insight(InsightWanted::default()),
        Some(Query::Insight(wanted)) => {
            // Every page of it.
            match PageOf::ALL.into_iter().skip_while(|page| *page != wanted.page).nth(1) {
                Some(page) => Query::Insight(InsightWanted { page, ..wanted.clone() }),
                None => Query::Looks(LooksWanted::default()),
            }
        }
        Some(Query::Looks(wanted)) if wanted.review.is_none() => Query::Looks(LooksWanted { review: Some(review), ..wanted.clone() }),
        Some(Query::Looks(_)) => Query::Disposals(DisposalsWanted { by: Some(day("2040-01-01")), at_most: 100 }),
        Some(Query::Disposals(_)) => return None,
    })
}

/// Every kind of question there is about a review and a cycle.
pub fn every_question(filter: &str, review: ReviewId, cycle: closeloop::domain::id::CycleId) -> Vec<Query> {
    let mut all: Vec<Query> = Vec::new();
    while let Some(next) = after(all.last(), filter, review, cycle) {
        all.push(next);
    }
    all
}

/// What somebody is answered to every question about these reviews, as text.
fn everything(world: &mut World, who: &str, reviews: &[ReviewId]) -> Vec<(Query, String)> {
    let cycle = world.store.reading().cycles().unwrap()[0].0.id;
    let mut said = Vec::new();
    for filter in PROBES {
        for review in reviews {
            for query in every_question(filter, *review, cycle) {
                let answer = match world.answer_to(who, &query) {
                    Ok(answer) => format!("{answer:?}"),
                    Err(error) => error.to_string(),
                };
                said.push((query, answer));
            }
        }
    }
    said
}

/// Seven reviews; whoever is recused is so from every one of North Court before anything happens in them.
fn recused() -> (World, Vec<ReviewId>, Vec<ReviewId>) {
    let mut world = World::ready();
    let references = world.references();
    let (mut withheld, mut open) = (Vec::new(), Vec::new());
    for (place, reference) in references.iter().enumerate() {
        // Some by the child, some by the practitioner.
        let kind = if place % 2 == 0 { InterestKind::Family } else { InterestKind::Practitioner };
        let detail = world.detail(reference);
        if detail.team.0 == "North Court" {
            if world.store.reading().open_to(detail.facts.review.id, &world.seen_by(RECUSED)).is_ok() {
                world.declare(RECUSED, reference, kind);
            }
            withheld.push(detail.facts.review.id);
        } else {
            open.push(detail.facts.review.id);
        }
    }
    assert!(!withheld.is_empty() && open.len() >= 2, "{withheld:?} {open:?}");
    assert_eq!(world.sits(), PanelId(1));
    (world, withheld, open)
}

/// Brings the withheld reviews to their end, scaled so, with words, actions and a panel's decision.
fn go_on(world: &mut World, withheld: &[ReviewId], scaling: u8) {
    for review in withheld {
        let reference = world.facts(*review).review.reference;
        world.through(&reference, "family-contact");
        let deed = world.edit(&reference, &field::narrative("strengths"), AnswerValue::Text("A quixotic lantern".into()));
        let _ = world.try_("Ida Ross", deed);
        world.through_as(&reference, "completed", scaling);
        let deed = world.action(&reference, "Paul Obi", "Bring the lantern");
        world.do_("Ida Ross", deed);
        world.do_("Amina Khan", Deed::Reveal { review: *review, why: "lantern".into() });
        world.raises("Ian Reid", &reference, "The lantern is out");
    }
    world.at("2026-11-19T14:06:00Z");
    // A report that freezes all of it.
    let cycle = world.store.reading().cycles().unwrap()[0].0.id;
    let build = closeloop::domain::deed::ReportDeed::Build { cycle, kind: "collaborative-review".into() };
    world.do_("Amina Khan", Deed::Report(build));
}

#[test]
fn no_answer_names_anything_of_a_withheld_review() {
    let (mut world, withheld, open) = recused();
    go_on(&mut world, &withheld, 1);
    let mut words = vec!["North Court".to_string(), "lantern".into()];
    let mut of_register = words[..1].to_vec();
    for review in &withheld {
        let facts = world.facts(*review);
        let detail = world.detail(&facts.review.reference);
        let names = world.store.reading().names_of(*review).unwrap().unwrap();
        let short = closeloop::domain::person::short_name(&detail.practitioner);
        of_register.extend([detail.practitioner.clone(), short.clone()]);
        words.extend([facts.review.reference, detail.case, detail.practitioner, short, names.council_id]);
    }
    let mut asked = 0;
    for (query, answer) in everything(&mut world, RECUSED, &open) {
        // The register names everybody who works here, and their teams; that is no one's secret.
        if matches!(query, Query::People(_)) {
            continue;
        }
        asked += 1;
        for word in &words {
            // Cases that could be named, and the caseload, are of every team, the withheld ones' own among them.
            let every_team = |query: &Query| match query {
                Query::Insight(wanted) => wanted.page == PageOf::Coverage,
                query => matches!(query, Query::Cases { .. } | Query::AnyCases(_)),
            };
            // Of somebody who works here their own name and team may be read, and nothing of a case.
            let of_somebody = matches!(query, Query::Person(_) | Query::PersonChoices(_));
            if (every_team(&query) && word == "North Court") || (of_somebody && of_register.contains(word)) {
                continue;
            }
            assert!(!answer.contains(word), "{word} is in the answer to {query:?}:\n{answer}");
        }
    }
    assert!(asked > 500);
    // The words are such as the answers would hold: somebody who is not recused finds every one of them.
    let all: String = everything(&mut world, "Ivo Smith", &withheld).into_iter().map(|(_, answer)| answer).collect();
    for word in &words {
        assert!(all.contains(word), "{word} is in no answer at all");
    }
}

#[test]
fn a_question_about_a_withheld_review_is_answered_with_four_words() {
    let (mut world, withheld, _) = recused();
    for (query, answer) in everything(&mut world, RECUSED, &withheld) {
        if !query.reviews().is_empty() {
            assert_eq!(answer, "withheld: you are recused", "{query:?}");
        }
    }
    let error = world.answer_to(RECUSED, &Query::Review(withheld[0])).unwrap_err();
    assert!(matches!(error, StoreError::Withheld { review } if review == withheld[0]));
}

#[test]
fn what_a_recused_person_sees_is_the_same_whatever_the_grade() {
    let seen = |scaling: u8| {
        let (mut world, withheld, open) = recused();
        go_on(&mut world, &withheld, scaling);
        everything(&mut world, RECUSED, &[withheld, open].concat())
    };
    let (inadequate, good) = (seen(1), seen(7));
    for ((query, one), (_, other)) in inadequate.iter().zip(&good) {
        assert_eq!(one, other, "{query:?}");
    }
    assert_eq!(inadequate.len(), good.len());
}

#[test]
fn counts_agree_with_what_is_listed() {
    let (mut world, withheld, open) = recused();
    go_on(&mut world, &withheld, 1);
    for filter in PROBES {
        let mut lists = Vec::new();
        for query in every_question(filter, open[0], world.store.reading().cycles().unwrap()[0].0.id) {
            // The one action there is belongs to what is withheld.
            if matches!(query, Query::Action(_)) {
                continue;
            }
            // The log of looks, and what is erased, are not theirs.
            if matches!(query, Query::Looks(_) | Query::Disposals(_)) {
                assert!(world.answer_to(RECUSED, &query).is_err());
                continue;
            }
            // The one report there is counts what is withheld, and has not gone out.
            if matches!(query, Query::Report(_)) {
                assert!(world.answer_to(RECUSED, &query).unwrap_err().to_string().starts_with("This report counts reviews that are kept"));
                continue;
            }
            // To the recused there is no dispute about a withheld case.
            if matches!(query, Query::Drp(_) | Query::Proof(_) | Query::MayDo(..)) {
                assert!(world.answer_to(RECUSED, &query).is_err());
                continue;
            }
            // The one alert there is belongs to a withheld review: it is as if it were not there.
            if matches!(query, Query::Alert(_) | Query::OpeningAlert(_)) {
                assert!(world.answer_to(RECUSED, &query).unwrap_err().to_string().starts_with("There is no such alert"));
                continue;
            }
            match world.answer_to(RECUSED, &query).unwrap() {
                Answered::Queue(page) => lists.push((page.rows.len(), page.total.n, "queue")),
                Answered::Panel(page) => lists.push((page.rows.len(), page.total.n, "panel")),
                Answered::Alerts(page) => lists.push((page.rows.len(), page.total.n, "alerts")),
                Answered::Actions(page) => lists.push((page.rows.len(), page.total.n, "actions")),
                _ => {}
            }
        }
        assert_eq!(lists.len(), 4);
        for (rows, total, list) in lists {
            assert_eq!(rows as u64, total, "{list} filtered by {filter:?}");
        }
    }
    let Answered::Overview(overview) = world.answer_to(RECUSED, &Query::Overview).unwrap() else { panic!() };
    assert_eq!((overview.open.n, overview.alerts, overview.for_panel, overview.actions.n), (open.len() as u64, 0, 0, 0));
    assert_eq!((overview.withheld, overview.nearest), (withheld.len() as u64, None));
    let cycle = world.store.reading().cycles().unwrap()[0].0.id;
    let Answered::Cycle(detail) = world.answer_to(RECUSED, &Query::Cycle(cycle)).unwrap() else { panic!() };
    let counts = detail.counts;
    assert_eq!((counts.reviews as usize, detail.reviews.len()), (open.len(), open.len()));
    assert_eq!((counts.allocated as usize, counts.submitted, counts.for_panel), (open.len(), 0, 0));
    let Answered::People(people) = world.answer_to(RECUSED, &Query::People(window("", ()))).unwrap() else { panic!() };
    assert_eq!(people.rows.iter().map(|row| row.reviewing as usize).sum::<usize>(), open.len());
    let Answered::People(people) = world.answer_to("Ivo Smith", &Query::People(window("", ()))).unwrap() else { panic!() };
    assert_eq!(people.rows.iter().map(|row| row.reviewing as usize).sum::<usize>(), open.len() + withheld.len());
}

#[test]
fn the_counts_of_a_cycle_leave_out_a_withheld_review_at_every_step() {
    let (mut world, withheld, open) = recused();
    let reference = world.facts(withheld[0]).review.reference;
    let cycle = world.store.reading().cycles().unwrap()[0].0.id;
    for step in ["contact", "completed", "returned", "finalised"] {
        world.through_as(&reference, step, 9);
        let viewer = world.seen_by(RECUSED);
        let (_, counts) = world.store.reading().cycle_for(cycle, &viewer).unwrap().unwrap();
        let found = (counts.reviews as usize, counts.allocated as usize, counts.submitted, counts.for_panel, counts.panel_decided);
        assert_eq!(found, (open.len(), open.len(), 0, 0, 0), "after {step}");
        assert_eq!((counts.returned, counts.finalised), (0, 0), "after {step}");
    }
}
