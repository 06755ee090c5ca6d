//! T43: the same finer rules over a made-up year of every profile, in which everything stands somewhere: who submits, decides at the
//! panel, acknowledges, assures and closes an alert, brings a loop on, approves a report and looks up a child. Everybody of the council
//! tries each as they are and is held to a model that says it again; who sees a case is the store's own answer here, since
//! `scope` holds that to a model of its own. Every refusal names a rule or says who could.

use crate::support::rely;
use crate::support::world::World;
use closeloop::demo::{DemoWanted, build};
use closeloop::domain::access::Right;
use closeloop::domain::alert::{Alert, Written};
use closeloop::domain::deed::{AlertDeed, Deed, FollowUpWanted, PanelDeed, ReportDeed};
use closeloop::domain::filter::Filter;
use closeloop::domain::framework::Framework;
use closeloop::domain::id::{AlertId, PanelId, PersonId, ReportId, ReviewId, reference};
use closeloop::domain::line::above;
use closeloop::domain::panel::DecisionWanted;
use closeloop::domain::person::Person;
use closeloop::domain::query::{From, QueueSort, Viewer, Window};
use closeloop::domain::tracking::FollowUpOf;
use closeloop::profiles::Catalog;
use closeloop::runtime::access::seeing;
use closeloop::runtime::clerk::perform_in;
use closeloop::store::StoreError;
use serde_json::json;
use std::collections::BTreeMap;

const NOW: &str = "2026-11-19T14:06:00Z";

/// What of the year the deeds are about.
struct Ground {
    to_submit: ReviewId,
    loop_open: ReviewId,
    alert: Option<Alert>,
    waits: Option<(PanelId, ReviewId)>,
    reports: Vec<(ReportId, String)>,
}

/// One thing that is tried.
struct Tried<'a> {
    name: String,
    deed: Deed,
    /// The review by which it lies within somebody's sight; none: it is of the whole council.
    review: Option<ReviewId>,
    right: Right,
    /// Whether it is theirs, beyond role and sight.
    theirs: Box<dyn Fn(&Person) -> bool + 'a>,
    /// Words by which a refusal says that it is not theirs: any other is about the thing itself.
    refusal: &'static [&'static str],
}

fn year(id: &str) -> World {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("year.db");
    let wanted = DemoWanted { framework: id.into(), reviews: 60, seed: 3, now: NOW.parse().unwrap(), faults: false };
    build(&path, &Catalog::built_in(), &wanted, &mut |_, _| {}).unwrap();
    let mut world = World::copy_of(&path);
    world.at(NOW);
    world
}

/// Somebody of the Insights team who manages it.
fn lead(world: &World, framework: &Framework) -> String {
    let leads = |person: &Person| framework.role(&person.role).is_some_and(|role| role.insights && role.manages);
    let people = world.store.reading().people().unwrap();
    people.into_iter().find(|person| person.is_here(world.today()) && leads(person)).unwrap().name
}

fn ground(world: &mut World, framework: &Framework) -> Ground {
    let (viewer, today, insights) = (Viewer::of(None, world.now, world.today()), world.today(), lead(world, framework));
    let window = Window { filter: Filter::parse("all").0, sort: QueueSort::Due, reversed: false, from: From::Start, limit: 500 };
    let rows = world.store.reading().queue(&window, &viewer).unwrap().rows;
    let facts: Vec<_> = rows.iter().map(|row| world.facts(row.id)).collect();
    use closeloop::domain::review::ReviewState;
    let open = |facts: &&closeloop::domain::review::ReviewFacts| {
        facts.state == ReviewState::Open && facts.submitted_at.is_none() && facts.reviewer.is_some()
    };
    let to_submit = facts.iter().find(open).unwrap().review.id;
    let loop_open = rows.iter().find(|row| row.loop_open).map_or(to_submit, |row| row.id);
    let alert = (1..).map_while(|id| world.store.reading().alert(AlertId(id)).unwrap()).find(Alert::is_open);
    let waiting = world.store.reading().waiting_for_panel(&viewer).unwrap();
    let waits = waiting.iter().find_map(|one| one.sitting.map(|sitting| (sitting, one.review)));
    let cycles = world.store.reading().cycles().unwrap();
    let mut reports = Vec::new();
    for kind in framework.reports.iter().filter(|kind| !kind.for_team) {
        let draft = cycles.iter().filter(|(cycle, _)| cycle.starts_on <= today).find_map(|(cycle, _)| {
            let deed = Deed::Report(ReportDeed::Build { cycle: cycle.id, kind: kind.key.clone() });
            let built = world.try_(&insights, deed).ok()?.said;
            let all = (1..).map_while(|id| world.store.reading().report(ReportId(id)).unwrap());
            all.map(|(report, _)| report.id).find(|id| built.starts_with(&reference("RP", id.0)))
        });
        reports.extend(draft.map(|id| (id, kind.key.clone())));
    }
    Ground { to_submit, loop_open, alert, waits, reports }
}

fn tried<'a>(world: &'a World, framework: &'a Framework, ground: &Ground, people: &'a BTreeMap<PersonId, Person>) -> Vec<Tried<'a>> {
    let insights = |person: &Person| framework.role(&person.role).is_some_and(|role| role.insights);
    let manages = |person: &Person| framework.role(&person.role).is_some_and(|role| role.manages);
    let facts = world.facts(ground.to_submit);
    let looped = world.facts(ground.loop_open);
    let line = looped.review.practitioner.map(|worker| above(people, worker)).unwrap_or_default();
    let practitioner = looped.review.practitioner;
    let follow_up = FollowUpWanted {
        review: ground.loop_open,
        what: FollowUpOf::Supervision,
        on: world.today(),
        by: None,
        whom: None,
        team: false,
        improved: None,
        text: "We talked the findings through".into(),
    };
    let mut all = vec![
        Tried {
            name: "submit".into(),
            deed: Deed::Submit { review: ground.to_submit, seen: facts.revision, on: world.today() },
            review: Some(ground.to_submit),
            right: Right::Review,
            theirs: Box::new(move |me| {
                let beside = facts.companion == Some(me.id) || facts.joint.others.contains(&me.id);
                insights(me) || facts.reviewer == Some(me.id) || beside
            }),
            refusal: &["they write in it"],
        },
        Tried {
            name: "reveal".into(),
            deed: Deed::Reveal { review: ground.to_submit, why: "A call from the school".into() },
            review: Some(ground.to_submit),
            right: Right::Read,
            theirs: Box::new(|_| true),
            refusal: &[],
        },
        Tried {
            name: "loop".into(),
            deed: Deed::FollowUp(follow_up),
            review: Some(ground.loop_open),
            right: Right::Act,
            theirs: Box::new(move |me| practitioner != Some(me.id) && if line.is_empty() { manages(me) } else { line.contains(&me.id) }),
            refusal: &["does not supervise", "own work was reviewed"],
        },
    ];
    if let Some(alert) = &ground.alert {
        let deed = |deed: AlertDeed| Deed::Alert(deed);
        let (id, review) = (alert.id, Some(alert.review));
        let answers =
            framework.escalation.assurance.iter().map(|question| Written { key: question.key.clone(), text: "Seen, safe".into() });
        let (told, assures) = (alert.clone(), alert.clone());
        let told_too = alert.clone();
        all.push(Tried {
            name: "acknowledge".into(),
            deed: deed(AlertDeed::Acknowledge { alert: id, place: None }),
            review,
            right: Right::Act,
            theirs: Box::new(move |me| told.place_of(me.id).is_some()),
            refusal: &["is acknowledged by"],
        });
        all.push(Tried {
            name: "assure".into(),
            deed: deed(AlertDeed::Assure { alert: id, answers: answers.collect(), urgent: Vec::new() }),
            review,
            right: Right::Act,
            theirs: Box::new(move |me| {
                let named = assures.assured_by.map_or_else(|| assures.assurers(), |place| vec![place]);
                named
                    .iter()
                    .filter_map(|place| assures.at(*place))
                    .any(|one| one.person == Some(me.id) || (!one.recused && one.instead_of == Some(me.id)))
            }),
            refusal: &["is given by"],
        });
        all.push(Tried {
            name: "close".into(),
            deed: deed(AlertDeed::Close { alert: id, words: String::new() }),
            review,
            right: Right::Act,
            theirs: Box::new(move |me| insights(me) || told_too.place_of(me.id).is_some()),
            refusal: &["is closed by the Insights team or by"],
        });
    }
    if let Some((panel, review)) = ground.waits {
        let chair = world.sitting(panel).panel.chair;
        let wanted = DecisionWanted { rationale: "The evidence bears it out".into(), ..DecisionWanted::default() };
        all.push(Tried {
            name: "decide".into(),
            deed: Deed::Panel(PanelDeed::Decide { panel, review, seen: world.facts(review).revision, wanted }),
            review: Some(review),
            right: Right::Decide,
            theirs: Box::new(move |me| insights(me) || chair == Some(me.id)),
            refusal: &["Only the chair or the Insights team"],
        });
    }
    for (report, key) in &ground.reports {
        let kind = framework.reports.iter().find(|kind| kind.key == *key).unwrap();
        let seen = world.store.reading().report(*report).unwrap().unwrap().1;
        all.push(Tried {
            name: format!("approve {key}"),
            deed: Deed::Report(ReportDeed::Approve { report: *report, seen }),
            review: None,
            right: Right::Report,
            theirs: Box::new(move |me| match &kind.approved_by {
                Some(by) => framework.role(&me.role).is_some_and(|role| role.key.eq_ignore_ascii_case(by)),
                None => insights(me),
            }),
            refusal: &["is approved by the", "approves this report"],
        });
    }
    all
}

#[test]
fn t43_the_finer_rules_hold_over_a_made_up_year_of_every_profile_and_each_refusal_says_who_could() {
    let (mut cells, mut wrong, mut names) = (0, Vec::new(), std::collections::BTreeSet::new());
    for (id, text) in closeloop::profiles::builtin() {
        let framework = closeloop::profiles::parse(text, id).unwrap();
        let mut world = year(id);
        let ground = ground(&mut world, &framework);
        let today = world.today();
        let people = world.store.reading().people_by_id().unwrap();
        // Whoever stands in for somebody today plays two parts: that is tested by itself.
        let alone = |person: &&Person| world.store.reading().stands_in_for(person.id, today).unwrap().is_empty();
        let council: Vec<Person> = people.values().filter(|person| person.is_here(today)).filter(alone).cloned().collect();
        let mut other = World::open(&world.path());
        other.at(NOW);
        let mut allowed: BTreeMap<String, u32> = BTreeMap::new();
        for Tried { name, deed, review, right, theirs, refusal } in tried(&other, &framework, &ground, &people) {
            names.insert(name.split(' ').next().unwrap_or_default().to_string());
            for me in &council {
                let Some(role) = framework.role(&me.role) else { continue };
                let viewer = Viewer::of(Some(me.id), world.now, today);
                let viewer = seeing(world.store.reading(), &mut world.library, &viewer).unwrap();
                let sees = review.is_none_or(|review| world.store.reading().is_open_to(review, &viewer).unwrap());
                let may = sees && role.rights.has(right) && theirs(me);
                *allowed.entry(name.clone()).or_default() += u32::from(may);
                // Interests have tests of their own.
                if world.store.reading().withheld(&viewer).unwrap() > 0 {
                    continue;
                }
                let (library, now) = (&mut world.library, world.now);
                let outcome = world.store.try_out(|tx| {
                    let actor = World::acting(tx, me, now);
                    perform_in(tx, library, &actor, now, deed.clone())
                });
                cells += 1;
                let said = outcome.as_ref().err().map(ToString::to_string).unwrap_or_default();
                let refused = match &outcome {
                    Err(StoreError::Beyond) => true,
                    Err(StoreError::Refused(_)) => said.contains("no right to") || refusal.iter().any(|words| said.contains(words)),
                    _ => false,
                };
                // Who has still to score blind counts nothing of it, whatever their role.
                if review.is_none() && said.contains("are kept from you") {
                    continue;
                }
                match (may, refused) {
                    (true, true) => wrong.push(format!("{id} {} ({}) {name}: refused: {said}", me.name, me.role)),
                    (false, false) => wrong.push(format!("{id} {} ({}) {name}: allowed: {said}", me.name, me.role)),
                    (false, true) if !["Ask", "can", "could", "does, or"].iter().any(|word| said.contains(word)) => {
                        wrong.push(format!("{id} {} ({}) {name}: nobody is named: {said}", me.name, me.role));
                    }
                    _ => {}
                }
            }
        }
        // Not every made-up council has somebody in the role that approves a kind of report.
        let mut approved = 0;
        for (name, many) in &allowed {
            approved += if name.starts_with("approve") { *many } else { 0 };
        }
        assert!(approved > 0 || ground.reports.is_empty(), "{id}: nobody at all approves a report");
        for (name, many) in allowed.iter().filter(|(name, _)| !name.starts_with("approve")) {
            assert!(*many > 0, "{id}: nobody at all may {name}, so that nothing is tested");
        }
    }
    rely::line(&json!({"test": "T43", "finer_year": cells, "wrong": wrong.len()}));
    assert_eq!(wrong, Vec::<String>::new());
    for name in ["submit", "reveal", "loop", "acknowledge", "assure", "close", "decide", "approve"] {
        assert!(names.contains(name), "{name} was tried under no framework");
    }
}
