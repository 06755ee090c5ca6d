//! A small made-up council, built through the doorway: everything a test sees, a person could have done.
//!
//! Tests name people by their full name and reviews by their reference, move the clock by hand, and ask for refusals as
//! sentences. Nothing here writes but deeds.

use super::council::{FRAME_DAY, PEOPLE, people_under, seeing_all};
pub use super::council::{cases, file};
use chrono::{DateTime, NaiveDate, Utc};
use closeloop::domain::action::{ActionWanted, Near};
use closeloop::domain::calendar::local_date;
use closeloop::domain::cycle::CyclePlanned;
use closeloop::domain::deed::{Actor, Allocation, AnswerEdit, Deed, DrawWanted};
use closeloop::domain::framework::AnswerKind;
use closeloop::domain::id::{CycleId, PersonId, ReviewId};
use closeloop::domain::interest::InterestKind;
use closeloop::domain::query::{Answered, HistoryRow, Query, ReviewDetail, Viewer};
use closeloop::domain::review::{AnswerValue, ReviewFacts, StepRecord, field};
use closeloop::runtime::answers::answer;
use closeloop::runtime::clerk::{Receipt, perform};
use closeloop::runtime::library::Library;
use closeloop::store::{Store, StoreError, StoreResult, Verified, verify};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;

/// When the sample of the ready council was drawn and allocated.
pub const DRAWN_AT: &str = "2026-11-05T09:30:00Z";

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The built-in profile of Merton.
pub fn merton_text() -> &'static str {
    closeloop::profiles::builtin().iter().find(|(id, _)| *id == "merton").unwrap().1
}

pub fn bank_holidays() -> Vec<(NaiveDate, String)> {
    closeloop::intake::holidays::parse_json(include_str!("../../assets/bank-holidays.json")).unwrap()
}

/// A council in a folder of its own, which goes away with it.
pub struct World {
    pub folder: TempDir,
    pub store: Store,
    pub library: Library,
    pub now: DateTime<Utc>,
}

impl World {
    /// The council with its people and cases, on Merton's framework; nothing has been drawn.
    pub fn council() -> World {
        static MADE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
        let (_, template) = MADE.get_or_init(|| World::under(merton_text()).into_template());
        World::copy_of(template)
    }

    /// The council in November 2026, seven reviews drawn and allocated on the 5th.
    pub fn ready() -> World {
        static MADE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
        let (_, template) = MADE.get_or_init(|| {
            let mut world = World::council();
            world.now = utc(DRAWN_AT);
            let cycle = world.open_cycle("2026-11-01");
            world.draw(cycle, 7, 7);
            world.allocate_all();
            world.into_template()
        });
        World::copy_of(template)
    }

    /// The council under another framework's text.
    pub fn under(text: &str) -> World {
        World::staffed(text).with_cases()
    }

    /// The same under a framework's text word for word, with every scope as it is written there.
    pub fn as_written_with_cases(text: &str) -> World {
        World::as_written(text).with_cases()
    }

    fn with_cases(mut self) -> World {
        let world = &mut self;
        let covered = ["cic", "cp", "cin", "cwd", "assessment", "care-experienced"].map(String::from).to_vec();
        let frame_date = Some(day(FRAME_DAY));
        world.do_(
            "Amina Khan",
            Deed::ImportFrame { rows: cases(), closed: Vec::new(), covered, frame_date, file: file("annex-a.xlsx", 'b') },
        );
        self
    }

    /// A council that another process made.
    pub fn open(path: &Path) -> World {
        World { folder: tempfile::tempdir().unwrap(), store: Store::open(path).unwrap(), library: Library::default(), now: utc(DRAWN_AT) }
    }

    /// A database that nobody has chosen a framework for.
    pub fn empty() -> World {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("council.db")).unwrap();
        World { folder, store, library: Library::default(), now: utc("2026-11-02T09:00:00Z") }
    }

    /// The council on the 5th, five reviews drawn that nobody has been given yet.
    pub fn drawn() -> World {
        let mut world = World::council();
        let cycle = world.at(DRAWN_AT).open_cycle("2026-11-01");
        world.draw(cycle, 5, 7);
        world
    }

    /// The people of the council alone: no case is known yet.
    ///
    /// Everybody sees every case here, so that a test of another rule may take whoever is at hand; who sees what is tested by itself
    /// (`tests/access`).
    pub fn staffed(text: &str) -> World {
        World::as_written(&seeing_all(text))
    }

    /// The people of the council under a framework's text, word for word.
    pub fn as_written(text: &str) -> World {
        let mut world = World::empty();
        let framework = closeloop::profiles::parse(text, "the test's profile").unwrap();
        let (id, version) = (&framework.id, framework.version);
        let rows = people_under(&framework);
        world.do_("Amina Khan", Deed::Start { framework: id.clone(), version, text: text.into(), holidays: bank_holidays() });
        world.do_("Amina Khan", Deed::ImportPeople { rows, file: file("people.csv", 'a') });
        world
    }

    pub fn into_template(self) -> (TempDir, PathBuf) {
        let World { folder, store, .. } = self;
        let path = store.path().to_path_buf();
        // The last connection to close moves the log into the file, so that the file can be copied whole.
        drop(store);
        (folder, path)
    }

    pub fn copy_of(template: &Path) -> World {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("council.db");
        std::fs::copy(template, &path).unwrap();
        World { folder, store: Store::open(&path).unwrap(), library: Library::default(), now: utc(DRAWN_AT) }
    }

    /// Where the council's database lies.
    pub fn path(&self) -> PathBuf {
        self.store.path().to_path_buf()
    }

    /// The folder it lies in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Moves the clock.
    pub fn at(&mut self, moment: &str) -> &mut World {
        self.now = utc(moment);
        self
    }

    pub fn today(&self) -> NaiveDate {
        local_date(self.now)
    }

    /// The person of this full name.
    pub fn person(&self, name: &str) -> PersonId {
        let everybody = self.store.reading().people().unwrap();
        everybody.iter().find(|person| person.name == name).unwrap_or_else(|| panic!("nobody is called {name}")).id
    }

    pub fn actor(&self, name: &str) -> Actor {
        let listed = PEOPLE.iter().find(|person| person.0 == name);
        let known = self.store.reading().people().unwrap().into_iter().find(|person| person.name == name);
        let has = known.as_ref().map(|person| person.login.as_str()).filter(|login| !login.is_empty());
        let login = has.or(listed.map(|person| person.4)).unwrap_or_default().to_string();
        let (person, role) = match known {
            Some(person) => (Some(person.id), person.role),
            None => (None, listed.unwrap().1.to_string()),
        };
        Actor { login, person, name: name.into(), role, session: "0123456789abcdef".into() }
    }

    pub fn viewer(&self) -> Viewer {
        Viewer::of(None, self.now, self.today())
    }

    /// Somebody of the council who looks now.
    pub fn seen_by(&self, name: &str) -> Viewer {
        Viewer { person: Some(self.person(name)), ..self.viewer() }
    }

    /// What somebody is answered.
    pub fn answer_to(&mut self, name: &str, query: &Query) -> StoreResult<Answered> {
        let viewer = self.seen_by(name);
        answer(&self.store, &mut self.library, query, &viewer)
    }

    /// Somebody declares an interest of their own.
    pub fn declare(&mut self, who: &str, reference: &str, kind: InterestKind) -> Receipt {
        let review = self.id(reference);
        self.do_(who, Deed::DeclareInterest { review, person: None, kind, note: "As they said".into() })
    }

    /// Does a deed as somebody, or says how it was refused.
    pub fn try_(&mut self, who: &str, deed: Deed) -> StoreResult<Receipt> {
        let actor = self.actor(who);
        perform(&mut self.store, &mut self.library, &actor, self.now, deed)
    }

    /// Does a deed as somebody; it has to succeed.
    #[track_caller]
    pub fn do_(&mut self, who: &str, deed: Deed) -> Receipt {
        let said = format!("{deed:?}");
        self.try_(who, deed).unwrap_or_else(|error| panic!("{who} was refused: {error}\n{}", &said[..said.len().min(300)]))
    }

    /// Does a deed as whoever reviews a case; nobody else writes in it but the Insights team.
    #[track_caller]
    pub fn by_reviewer(&mut self, reference: &str, deed: Deed) -> Receipt {
        let reviewer = self.review(reference).reviewer.and_then(|id| self.store.reading().person(id).unwrap());
        // Whoever has left does nothing any more; the Insights team writes down what is still to be written.
        let who = reviewer.filter(|person| person.is_here(self.today())).map_or_else(|| "Bela Novak".to_string(), |person| person.name);
        self.do_(&who, deed)
    }

    /// Tries a deed as the coordinator; it has to be refused by a rule, and nothing may have been written.
    #[track_caller]
    pub fn refused(&mut self, deed: Deed) -> String {
        self.refused_to("Amina Khan", deed)
    }

    /// Tries a deed as somebody; it has to be refused by a rule, and nothing may have been written.
    #[track_caller]
    pub fn refused_to(&mut self, who: &str, deed: Deed) -> String {
        let before = self.store.reading().tail().unwrap();
        let error = match self.try_(who, deed) {
            Err(error @ (StoreError::Refused(_) | StoreError::Stale { .. } | StoreError::Beyond)) => error,
            Err(other) => panic!("refused by no rule but by the store: {other}"),
            Ok(receipt) => panic!("it was not refused: {}", receipt.said),
        };
        assert_eq!(self.store.reading().tail().unwrap(), before, "something was written although it was refused");
        error.to_string()
    }

    pub fn open_cycle(&mut self, starts_on: &str) -> CycleId {
        let planned = CyclePlanned {
            starts_on: day(starts_on),
            focus: "Neglect".into(),
            focus_reason: "performance-data".into(),
            focus_note: "Repeat plans are rising".into(),
        };
        self.do_("Amina Khan", Deed::OpenCycle(planned));
        self.store.reading().cycles().unwrap()[0].0.id
    }

    pub fn draw(&mut self, cycle: CycleId, size: u32, seed: u64) -> Receipt {
        self.do_("Amina Khan", Deed::Draw(DrawWanted { seed: Some(seed), ..DrawWanted::usual(cycle, size) }))
    }

    /// References of every review, in order.
    pub fn references(&self) -> Vec<String> {
        let cycles = self.store.reading().cycles().unwrap();
        let mut all: Vec<_> =
            cycles.iter().flat_map(|(cycle, _)| self.store.reading().cycle_reviews(cycle.id, &self.viewer()).unwrap()).collect();
        all.sort_by_key(|review| review.id);
        all.into_iter().map(|review| review.reference).collect()
    }

    /// Gives every review without a reviewer to whom the program proposes.
    pub fn allocate_all(&mut self) -> Receipt {
        let open = self.references().iter().map(|r| self.id(r)).filter(|id| self.facts(*id).reviewer.is_none()).collect();
        self.allocate(open)
    }

    /// Gives these reviews to whom the program proposes.
    pub fn allocate(&mut self, reviews: Vec<ReviewId>) -> Receipt {
        let Answered::Proposal(proposal) = self.ask(Query::Proposal(reviews)) else { panic!("a proposal answers with a proposal") };
        assert_eq!(proposal.proposal.unallocated().count(), 0, "somebody can review every case of the made-up council");
        let given = proposal
            .proposal
            .suggestions
            .iter()
            .map(|suggestion| Allocation::to(suggestion.review, self.facts(suggestion.review).revision, suggestion.reviewer));
        let deed = Deed::Allocate(given.collect());
        self.do_("Amina Khan", deed)
    }

    pub fn id(&self, reference: &str) -> ReviewId {
        self.store.reading().review_by_reference(reference).unwrap().unwrap_or_else(|| panic!("there is no {reference}"))
    }

    pub fn facts(&self, id: ReviewId) -> ReviewFacts {
        self.store.reading().review(id).unwrap().unwrap()
    }

    /// What the rules know of a review.
    pub fn review(&self, reference: &str) -> ReviewFacts {
        self.facts(self.id(reference))
    }

    pub fn ask(&mut self, query: Query) -> Answered {
        let viewer = self.viewer();
        answer(&self.store, &mut self.library, &query, &viewer).unwrap()
    }

    /// What the screen of a review shows.
    pub fn detail(&mut self, reference: &str) -> ReviewDetail {
        let id = self.id(reference);
        match self.ask(Query::Review(id)) {
            Answered::Review(detail) => *detail,
            other => panic!("a review answers with a review, not {other:?}"),
        }
    }

    pub fn history(&self, reference: &str) -> Vec<HistoryRow> {
        self.store.reading().history(self.id(reference), None, None).unwrap()
    }

    /// The deed that records a step today, filled in as its form asks.
    pub fn step(&mut self, reference: &str, step: &str) -> Deed {
        let detail = self.detail(reference);
        let (_, form) = detail.kind.step(step).unwrap_or_else(|| panic!("there is no step {step}"));
        let values = form.fields.iter().filter(|field| field.required).map(|field| {
            use closeloop::domain::framework::FieldKind;
            let value = match &field.kind {
                FieldKind::Line | FieldKind::Text | FieldKind::Cycles => "As they said it".to_string(),
                FieldKind::Date => self.today().to_string(),
                FieldKind::YesNo => "yes".into(),
                FieldKind::Choice(choices) => choices[0].key.clone(),
            };
            (field.key.clone(), value)
        });
        let record = StepRecord { on: self.today(), values: values.collect(), not_done_because: None };
        Deed::RecordStep { review: detail.facts.review.id, seen: detail.facts.revision, step: step.into(), record }
    }

    /// The deed that records that a step cannot happen.
    pub fn not_possible(&self, reference: &str, step: &str, reason: &str) -> Deed {
        let facts = self.review(reference);
        let record = StepRecord { on: self.today(), values: BTreeMap::new(), not_done_because: Some(reason.into()) };
        Deed::RecordStep { review: facts.review.id, seen: facts.revision, step: step.into(), record }
    }

    /// The deed that saves one answer over what is there now.
    pub fn edit(&self, reference: &str, name: &str, answer: impl Into<Option<AnswerValue>>) -> Deed {
        let facts = self.review(reference);
        let seen = facts.answers.get(name).map_or(0, |answer| answer.revision);
        let edits = vec![AnswerEdit { field: name.into(), seen, answer: answer.into() }];
        Deed::SaveAnswers { review: facts.review.id, edits }
    }

    /// Fills in the whole form: every question scaled alike, every heading written, and the overall scaling.
    pub fn fill(&mut self, reference: &str, scaling: u8) {
        let detail = self.detail(reference);
        let mut answers: Vec<(String, AnswerValue)> = Vec::new();
        for question in detail.kind.areas.iter().flat_map(|area| &area.questions) {
            let value = match question.answer {
                AnswerKind::Scale => AnswerValue::Scale(scaling),
                AnswerKind::YesPartlyNo => AnswerValue::Yes,
                AnswerKind::Text => AnswerValue::Text("What the case teaches".into()),
            };
            answers.push((field::question(&question.key), value));
        }
        for heading in &detail.kind.narrative {
            answers.push((field::narrative(&heading.key), AnswerValue::Text("Seen in the record".into())));
        }
        answers.push((field::OVERALL.into(), AnswerValue::Scale(scaling)));
        if scaling < 6 {
            answers.push((field::WHY_NO_ACTIONS.into(), AnswerValue::Text("All of it was put right in the conversation".into())));
        }
        let seen = |name: &str| detail.facts.answers.get(name).map_or(0, |answer| answer.revision);
        let edits = answers.into_iter().map(|(field, answer)| AnswerEdit { seen: seen(&field), field, answer: Some(answer) });
        let deed = Deed::SaveAnswers { review: detail.facts.review.id, edits: edits.collect() };
        self.by_reviewer(reference, deed);
    }

    /// The deed that submits a review today.
    pub fn submit(&self, reference: &str) -> Deed {
        let facts = self.review(reference);
        Deed::Submit { review: facts.review.id, seen: facts.revision, on: self.today() }
    }

    pub fn action(&self, reference: &str, owner: &str, text: &str) -> Deed {
        let wanted = ActionWanted {
            text: text.into(),
            owner: Some(self.person(owner)),
            due_on: None,
            urgent: false,
            kind: String::new(),
            near: Near::Ask,
        };
        Deed::RaiseAction { review: self.id(reference), wanted }
    }

    /// Brings a review through its steps up to and with this one, scaled 7, each on a day of its own.
    pub fn through(&mut self, reference: &str, last: &str) -> &mut World {
        self.through_as(reference, last, 7)
    }

    /// The same with another scaling; the panel upholds what it has to see.
    pub fn through_as(&mut self, reference: &str, last: &str, scaling: u8) -> &mut World {
        let days = [
            ("contact", "2026-11-06T10:00:00Z"),
            ("learning-conversation", "2026-11-09T10:00:00Z"),
            ("family-contact", "2026-11-10T10:00:00Z"),
            ("completed", "2026-11-12T10:00:00Z"),
            ("returned", "2026-11-16T10:00:00Z"),
            ("finalised", "2026-11-21T10:00:00Z"),
        ];
        for (step, moment) in days {
            if !self.review(reference).passed(step) {
                self.at(moment);
                let deed = match step {
                    "completed" => {
                        self.fill(reference, scaling);
                        self.submit(reference)
                    }
                    "returned" => {
                        if matches!(self.review(reference).panel, closeloop::domain::review::PanelStand::Waiting(_)) {
                            let deed = self.decide(reference, scaling, "The evidence bears it out");
                            self.do_("Iris Tamm", deed);
                        }
                        self.step(reference, step)
                    }
                    _ => self.step(reference, step),
                };
                self.by_reviewer(reference, deed);
            }
            if step == last {
                return self;
            }
        }
        panic!("there is no step {last}");
    }

    /// Verifies the database; it has to be clean.
    #[track_caller]
    pub fn assert_verified(&self) -> Verified {
        let found = verify(&self.path(), None, &mut |_, _| {}).unwrap();
        assert!(found.clean() && found.looks.is_empty(), "{:#?}{:#?}", found.problems, found.looks);
        found
    }
}
