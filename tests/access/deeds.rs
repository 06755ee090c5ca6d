//! One sample of every kind of deed, with the right that this test expects it to need: written by hand, not read from the program.

use crate::support::world::day;
use closeloop::domain::action::{ActionWanted, Effect, Extension, Handover, Near, Source};
use closeloop::domain::alert::{AlertTrigger, HowTold, KeptKind};
use closeloop::domain::cycle::{BesidePlanned, CyclePlanned};
use closeloop::domain::deed::*;
use closeloop::domain::drp::{DrpKind, DrpWanted, StepWanted};
use closeloop::domain::id::*;
use closeloop::domain::interest::Inference;
use closeloop::domain::joint::OwnWanted;
use closeloop::domain::named::{NamedWanted, Whom};
use closeloop::domain::panel::{DecisionWanted, SittingWanted};
use closeloop::domain::person::PersonWanted;
use closeloop::domain::plan::{Noted, PlanDeed};
use closeloop::domain::register::EntryWanted;
use closeloop::domain::review::{Chosen, StepRecord};
use closeloop::domain::revisit::RevisitDeed;
use closeloop::domain::theme::PracticeWanted;
use closeloop::domain::tracking::FollowUpOf;
use std::collections::BTreeMap;

/// Every sample: the word of the right in profiles, and the deed. What each is about need not be there: the right comes first.
pub fn samples() -> Vec<(&'static str, Deed)> {
    let (review, on) = (ReviewId(1), day("2026-11-05"));
    let (person, panel, alert) = (PersonId(1), PanelId(1), AlertId(1));
    let file = || ImportedFile { name: "x".into(), sha256: "a".repeat(64), oddities: 0 };
    let action =
        || ActionWanted { text: "Do it".into(), owner: Some(person), due_on: None, urgent: false, near: Near::Ask, kind: String::new() };
    let planned = || CyclePlanned { starts_on: on, focus: "Neglect".into(), focus_reason: String::new(), focus_note: String::new() };
    let sitting = || SittingWanted {
        on,
        at: "10:00".into(),
        chair: Some(person),
        members: vec![person],
        guests: Vec::new(),
        scoring: None,
        minutes_each: 15,
        service: String::new(),
        from: None,
    };
    let entry = || EntryWanted { register: "x".into(), on, person: None, place: "x".into(), values: BTreeMap::new() };
    let record = || StepRecord { on, values: BTreeMap::new(), not_done_because: None };
    let wanted = || PersonWanted { name: Some("Una Vale".into()), role: Some("SW".into()), ..PersonWanted::default() };
    let seen = || vec![(ActionId(1), 1)];
    let text = || "x".to_string();
    let subjects = SubjectsImport {
        list: text(),
        rows: Vec::new(),
        closed: Vec::new(),
        covered: Vec::new(),
        beyond: Default::default(),
        frame_date: None,
        file: file(),
    };
    let named = NamedWanted {
        cycle: CycleId(1),
        kind: text(),
        whom: Whom::Known(SubjectId(1)),
        how: Chosen::Showcase,
        by: None,
        why: text(),
        practitioner: None,
    };
    let follow_up =
        FollowUpWanted { review, what: FollowUpOf::Supervision, on, by: None, whom: None, team: false, improved: None, text: text() };
    let exempt = ExemptWanted {
        kind: closeloop::domain::check::FindingKind::ALL[0],
        about: closeloop::domain::check::About::Review(review),
        review: Some(review),
        reason: Some(text()),
        until: None,
    };
    let drp = DrpWanted {
        kind: DrpKind::Dispute,
        review: Some(review),
        subject: None,
        raised_by: None,
        on,
        what: text(),
        wanted: text(),
        informal: None,
    };
    let decision = DecisionWanted { scaling: Some(5), grade: None, rationale: text(), consistency: text(), themes: text() };
    let own = OwnWanted { scaling: Some(5), grade: None, areas: BTreeMap::new(), reasons: text() };
    let handover = Handover { owner: person, why: text(), despite: String::new() };
    let extension = Extension { due_on: on, reason: text(), approver: None };
    vec![
        ("administer", Deed::Set { name: text(), value: text() }),
        ("administer", Deed::AdoptFramework { text: text() }),
        ("administer", Deed::ImportFrame { rows: Vec::new(), closed: Vec::new(), covered: Vec::new(), frame_date: None, file: file() }),
        ("administer", Deed::ImportSubjects(Box::new(subjects))),
        ("administer", Deed::ImportPeople { rows: Vec::new(), file: file() }),
        ("administer", Deed::ImportHolidays { days: vec![(on, text())], file: file() }),
        ("administer", Deed::RecordAbsence { person: PersonId(9999), from: on, until: on, reason: text(), deputy: None }),
        ("administer", Deed::People(PeopleDeed::Add(wanted()))),
        ("administer", Deed::People(PeopleDeed::Change { person, seen: 0, wanted: wanted() })),
        ("administer", Deed::People(PeopleDeed::End { person, seen: 0, on })),
        ("administer", Deed::Insight(InsightDeed::ImportIndicators { rows: Vec::new(), file: file() })),
        ("administer", Deed::Privacy(PrivacyDeed::Hold { reviews: vec![review], why: text() })),
        ("administer", Deed::Privacy(PrivacyDeed::Release { review, why: text() })),
        ("administer", Deed::Privacy(PrivacyDeed::AskDisposal { reviews: vec![review], why: text() })),
        ("administer", Deed::Privacy(PrivacyDeed::SettleDisposal { disposal: DisposalId(1), refused: None })),
        (
            "plan",
            Deed::Revisit(RevisitDeed::Plan {
                first: CycleId(1),
                wanted: Box::new(BesidePlanned { planned: planned(), kind: text(), extra: None }),
            }),
        ),
        ("plan", Deed::Revisit(RevisitDeed::Link { cycle: CycleId(2), first: Some(CycleId(1)) })),
        ("plan", Deed::Revisit(RevisitDeed::LetGo { first: CycleId(1), why: Some(text()) })),
        ("plan", Deed::OpenCycle(planned())),
        ("plan", Deed::OpenBeside(BesidePlanned { planned: planned(), kind: text(), extra: None })),
        ("plan", Deed::ChangeFocus { cycle: CycleId(1), focus: text(), focus_reason: text(), focus_note: text() }),
        ("plan", Deed::TickPhase { cycle: CycleId(1), phase: text() }),
        ("draw", Deed::Draw(DrawWanted::usual(CycleId(1), 3))),
        ("draw", Deed::Substitute { review, seen: 0, incoming: None, reason: text(), approver: None }),
        ("draw", Deed::OpenNamed(named)),
        ("draw", Deed::WithdrawNamed { review, seen: 0, reason: text() }),
        ("draw", Deed::LookFurther { review, seen: 0, from: None, why: text() }),
        ("draw", Deed::SendNotices { notices: vec![(review, text())], to: None, how: text(), on }),
        ("allocate", Deed::Allocate(vec![Allocation::to(review, 0, Some(person))])),
        ("review", Deed::NameCoReviewer { review, person, despite: text() }),
        ("review", Deed::TakeCoReviewerAway { review, person }),
        ("review", Deed::DismissInference { review, person, inference: Inference::Team, because: text() }),
        ("review", Deed::RecordStep { review, seen: 0, step: text(), record: record() }),
        ("review", Deed::SaveAnswers { review, edits: Vec::new() }),
        ("review", Deed::Submit { review, seen: 0, on }),
        ("review", Deed::JudgeAlone { review, own }),
        ("review", Deed::OpenSeal { review, why: text() }),
        ("review", Deed::Panel(PanelDeed::HandInAgain { review, seen: 0 })),
        ("review", Deed::Panel(PanelDeed::Bring { review, seen: 0, reason: text() })),
        ("review", Deed::Insight(InsightDeed::Code { reviews: vec![review], wanted: Vec::new() })),
        (
            "review",
            Deed::Insight(InsightDeed::MarkPractice { review, wanted: PracticeWanted { theme: text(), place: text(), note: text() } }),
        ),
        ("review", Deed::Insight(InsightDeed::UnmarkPractice { practice: GoodPracticeId(1) })),
        ("act", Deed::RaiseAction { review, wanted: action() }),
        (
            "act",
            Deed::RaiseEach(Box::new(RaiseEach { reviews: vec![review], owner: EachOwner::One(person), wanted: action(), link: false })),
        ),
        ("act", Deed::RaiseWider { source: Source::Cycle(CycleId(1)), wanted: action() }),
        ("act", Deed::Plan(PlanDeed::Note { cycle: CycleId(1), action: None, on, what: Noted::Presented { board: text(), said: text() } })),
        ("act", Deed::WithdrawAction { action: ActionId(1) }),
        ("act", Deed::FollowUp(follow_up)),
        ("act", Deed::Exempt(exempt)),
        ("act", Deed::Undo { batch: 1 }),
        ("act", Deed::Action(ActionDeed::TakeUp(seen()))),
        ("act", Deed::Action(ActionDeed::Finish { actions: seen(), evidence: text() })),
        ("act", Deed::Action(ActionDeed::Extend { actions: seen(), wanted: extension })),
        ("act", Deed::Action(ActionDeed::Reassign { actions: seen(), wanted: handover })),
        ("act", Deed::Action(ActionDeed::Revisit { actions: seen(), effect: Effect::Sustained, seen: text() })),
        ("sign-off", Deed::Action(ActionDeed::SignOff(seen()))),
        ("act", Deed::Alert(AlertDeed::Raise(AlertWanted { review, trigger: AlertTrigger::Hand, concern: Vec::new(), told: Vec::new() }))),
        ("act", Deed::Alert(AlertDeed::Tell { alert, places: vec![0], how: HowTold::Email, at: None })),
        ("act", Deed::Alert(AlertDeed::Acknowledge { alert, place: None })),
        ("act", Deed::Alert(AlertDeed::FillGap { alert, place: 0, person })),
        ("act", Deed::Alert(AlertDeed::Follow { alert, place: 0, person, because: text() })),
        ("act", Deed::Alert(AlertDeed::ExplainGap { alert, place: 0, because: text() })),
        ("act", Deed::Alert(AlertDeed::Assure { alert, answers: Vec::new(), urgent: Vec::new() })),
        ("act", Deed::Alert(AlertDeed::Dispute { alert, because: text() })),
        ("act", Deed::Alert(AlertDeed::Decide { alert, stands: true, because: text() })),
        ("act", Deed::Alert(AlertDeed::Keep { alert, kind: KeptKind::ALL[0], on, note: text() })),
        ("act", Deed::Alert(AlertDeed::Close { alert, words: text() })),
        ("act", Deed::Drp(DrpDeed::Raise(drp))),
        ("act", Deed::Drp(DrpDeed::Note { drp: DrpId(1), seen: 0, on, wanted: StepWanted::Next, text: text() })),
        ("moderate", Deed::Panel(PanelDeed::Score { panel, review, scaling: Some(5), grade: None, note: text() })),
        ("decide", Deed::Panel(PanelDeed::Plan(sitting()))),
        ("decide", Deed::Panel(PanelDeed::Move { panel, seen: 0, wanted: sitting() })),
        ("decide", Deed::Panel(PanelDeed::Begin { panel, present: vec![person] })),
        ("decide", Deed::Panel(PanelDeed::NoteAttendance { panel, seen: 0, present: vec![person] })),
        ("decide", Deed::Panel(PanelDeed::TakeChair { panel, why: text() })),
        ("decide", Deed::Panel(PanelDeed::OrderAgenda { panel, run: Vec::new() })),
        ("decide", Deed::Panel(PanelDeed::MoveItem { review, from: panel, to: panel })),
        ("decide", Deed::Panel(PanelDeed::OpenItem { panel, review, left: Vec::new(), aside: None })),
        ("decide", Deed::Panel(PanelDeed::OpenScores { panel, review, why: text() })),
        ("decide", Deed::Panel(PanelDeed::Decide { panel, review, seen: 0, wanted: decision })),
        ("decide", Deed::Panel(PanelDeed::SendBack { panel, review, missing: text() })),
        ("decide", Deed::Panel(PanelDeed::Defer { panel, review, why: text() })),
        ("decide", Deed::Panel(PanelDeed::Close { panel })),
        ("decide", Deed::Panel(PanelDeed::AddMinute { panel, review: None, text: text() })),
        ("report", Deed::Report(ReportDeed::Build { cycle: CycleId(1), kind: text() })),
        ("report", Deed::Report(ReportDeed::Write { report: ReportId(1), seen: 0, narrative: Default::default() })),
        ("report", Deed::Report(ReportDeed::Approve { report: ReportId(1), seen: 0 })),
        ("report", Deed::Report(ReportDeed::Publish { report: ReportId(1), seen: 0 })),
        ("report", Deed::Report(ReportDeed::Present { report: ReportId(1), seen: 0, board: text(), on, note: text() })),
        ("register", Deed::RecordEntry(entry())),
        ("register", Deed::CorrectEntry { entry: EntryId(1), seen: 0, wanted: entry() }),
        ("register", Deed::TakeBackEntry { entry: EntryId(1), seen: 0 }),
        ("read", Deed::Reveal { review, why: text() }),
    ]
}
