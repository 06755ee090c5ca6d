//! Read-models of one record: a review with its facts, a cycle with its sample card, a proposal with its reasons.

use crate::domain::action::{Action, ActionState};
use crate::domain::allocation::{Beside, Proposal};
use crate::domain::calendar::Sum;
use crate::domain::cycle::{Cycle, CycleCounts, PhaseProgress};
use crate::domain::framework::{Framework, ReviewKind, StepField, SubjectKind};
use crate::domain::grade::Judgement;
use crate::domain::id::{ActionId, PersonId, ReviewId, SubjectId};
use crate::domain::named::Whom;
use crate::domain::notice::Notice;
use crate::domain::panel::{Panel, PanelDecision};
use crate::domain::review::{Booked, Chosen, Missing, ReviewFacts};
use crate::domain::revisit::Revisit;
use crate::domain::sample::{SampleCard, Substitution};
use crate::domain::sampling::StratumCount;
use crate::domain::theme::{Coded, GoodPractice};
use crate::domain::tracking::{FollowUp, LinkStand, LoopStand};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One review, whole, with everything its screen says.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewDetail {
    /// What the rules know of it.
    pub facts: ReviewFacts,
    /// The framework it was made under.
    pub framework: Arc<Framework>,
    /// Its kind in that framework.
    pub kind: Arc<ReviewKind>,
    /// Reference and title of its cycle.
    pub cycle: (String, String),
    /// Focus of its cycle.
    pub focus: String,
    /// The case's pseudonym.
    pub case: String,
    /// Label of the case type.
    pub case_type: String,
    /// Age in years, if known.
    pub age_years: Option<u8>,
    /// The day of the extract that the age speaks of; none where no dated extract has the case any more.
    pub age_on: Option<NaiveDate>,
    /// A disability is recorded, if known.
    pub disability: Option<bool>,
    /// Team and service.
    pub team: (String, String),
    /// Practitioner's name.
    pub practitioner: String,
    /// Reviewer's name.
    pub reviewer: String,
    /// The case's team manager's name (M07).
    pub team_manager: String,
    /// What is arranged for the next step, such as the day of a conversation.
    pub booked: Option<Booked>,
    /// The sitting of the panel that has it on its agenda.
    pub sits: Option<Panel>,
    /// Next supervision is due by (M24), if the case type has a minimum.
    pub supervision_due: Option<NaiveDate>,
    /// Names of the people told at a step, by step key (M15).
    pub told: BTreeMap<String, Vec<(String, String)>>,
    /// Actions with their owner's name.
    pub actions: Vec<ActionDetail>,
    /// Who named the case, where it was not drawn.
    pub named_by: String,
    /// Reference of the earlier review that it goes back to.
    pub revisits: Option<String>,
    /// Name of who stands beside a first-time reviewer (S06, F21).
    pub companion: String,
    /// The day from which it looks, where the framework sets a window (F02).
    pub looks_back_to: Option<NaiveDate>,
    /// Who reviews it, where several do.
    pub joint: JointDetail,
    /// What the review looks at.
    pub subject: SubjectKind,
    /// Who is most likely meant where somebody is chosen about it: its worker, their manager, its reviewer.
    pub likely: Vec<PersonId>,
    /// Open alerts by reference.
    pub alerts: Vec<String>,
    /// Open disputes and alerts of good practice that came out of it, by reference.
    pub disputes: Vec<String>,
    /// Themes that were found in it.
    pub themes: BTreeSet<Coded>,
    /// Passages of it that are marked as good practice (M22).
    pub practice: Vec<GoodPractice>,
    /// The panel's decision.
    pub decision: Option<PanelDecision>,
    /// What is missing before it can be submitted.
    pub missing: Vec<Missing>,
    /// The gentle question about its grade.
    pub tension: Option<String>,
    /// What followed it, and how its loop stands.
    pub follows: LoopDetail,
    /// There is an earlier review of the same subject.
    pub earlier: Option<(ReviewId, String, Option<Judgement>)>,
    /// How many people are recused from it.
    pub recused: u32,
    /// The reviewer's judgement is kept back from whoever looks, with what gives it away: it is to be scored blind.
    pub kept_back: bool,
}

impl ReviewDetail {
    /// What the one looked at is called in a sentence: child, young person, foster carer. S05.
    pub fn noun(&self) -> &'static str {
        self.subject.noun()
    }
}

/// What followed a review, and how its loop stands. M17.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LoopDetail {
    /// The links of its loop, each with who can bring it; none: it is not tracked.
    pub links: Vec<(LinkStand, String)>,
    /// Since when the loop is open or closed.
    pub since: Option<NaiveDate>,
    /// What followed, the newest first: with the names of who held it and whom it is for.
    pub noted: Vec<(FollowUp, String, String)>,
}

impl LoopDetail {
    /// How the loop stands.
    pub fn stand(&self) -> LoopStand {
        match self.links.as_slice() {
            [] => LoopStand::Untracked,
            links if links.iter().all(|(link, _)| link.done_on.is_some()) => LoopStand::Closed,
            _ => LoopStand::Open,
        }
    }

    /// In a line: `open since 3 Nov: assurance, actions missing`.
    pub fn say(&self) -> String {
        let since = self.since.map(|day| format!(" since {}", day.format("%-d %b %Y"))).unwrap_or_default();
        match self.stand() {
            LoopStand::Untracked => String::new(),
            LoopStand::Closed => format!("closed{since}"),
            LoopStand::Open => {
                let missing = self.links.iter().filter(|(link, _)| link.done_on.is_none());
                let missing: Vec<&str> = missing.map(|(link, _)| link.link.label()).collect();
                format!("open{since}: {} missing", missing.join(", "))
            }
        }
    }
}

/// The reviewers of one case, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JointDetail {
    /// The lead first, then those beside them.
    pub reviewers: Vec<(PersonId, String)>,
    /// Who looks, where they are on the council's list.
    pub me: Option<PersonId>,
}

impl JointDetail {
    /// Names of those beside the lead; empty where there are none.
    pub fn others(&self, lead: Option<PersonId>) -> String {
        let names = self.reviewers.iter().filter(|(person, _)| Some(*person) != lead).map(|(_, name)| name.as_str());
        names.collect::<Vec<_>>().join(", ")
    }
}

/// An action of a review.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionDetail {
    /// The action.
    pub id: ActionId,
    /// `A-0183`.
    pub reference: String,
    /// What needs to happen.
    pub text: String,
    /// Owner's name.
    pub owner: String,
    /// By when.
    pub due_on: NaiveDate,
    /// A child's safety depends on it.
    pub urgent: bool,
    /// Where it stands.
    pub state: ActionState,
}

impl ActionDetail {
    /// An action as a record or an alert shows it, with its owner's name.
    pub fn of(action: &Action, owner: String) -> ActionDetail {
        let Action { id, reference, text, due_on, urgent, state, .. } = action.clone();
        ActionDetail { id, reference, text, owner, due_on, urgent, state }
    }
}

/// One cycle, whole.
#[derive(Debug, Clone, PartialEq)]
pub struct CycleDetail {
    /// As stored.
    pub cycle: Cycle,
    /// Words of its focus reason.
    pub focus_reason: String,
    /// Reference and area of the earlier cycle at which it looks again (F14).
    pub again: Option<(String, String)>,
    /// How its own area stands in the programme of revisits, where it is in it (F14).
    pub revisit: Option<Revisit>,
    /// How its reviews stand.
    pub counts: CycleCounts,
    /// Its phases and what blocks them.
    pub phases: Vec<PhaseProgress>,
    /// The draw's card as its viewer may read it, when it was drawn.
    pub sample: Option<SampleCard>,
    /// Substitutions, with the references out and in and the approver's name.
    pub substitutions: Vec<(Substitution, String, String, String)>,
    /// The sample: reference, case, stratum, reviewer, next step.
    pub reviews: Vec<CycleReview>,
    /// Who hears of it beforehand, where the framework asks for it (F04).
    pub notices: Vec<NoticeRow>,
    /// The framework it runs under.
    pub framework: Arc<Framework>,
}

/// A review in its cycle.
#[derive(Debug, Clone, PartialEq)]
pub struct CycleReview {
    /// The review.
    pub id: ReviewId,
    /// `CR-0412`.
    pub reference: String,
    /// The case's pseudonym.
    pub case: String,
    /// Short case type.
    pub case_type: String,
    /// Service.
    pub service: String,
    /// Reviewer, short.
    pub reviewer: String,
    /// Next step, or where it ended.
    pub next_step: String,
    /// By when.
    pub due: Option<NaiveDate>,
    /// Not before.
    pub opens: Option<NaiveDate>,
    /// How the case came in.
    pub chosen: Chosen,
    /// Its details were erased by law: that it took place is all that is known of it (T47).
    pub erased: bool,
}

/// What the frame holds before a draw.
#[derive(Debug, Clone, PartialEq)]
pub struct FrameDetail {
    /// Strata as the framework divides them, with what is eligible.
    pub strata: Vec<StratumCount>,
    /// Of each of these strata, those eligible whose worker was drawn in the last cycle; noughts where the framework does not mind.
    pub of_last_workers: Vec<u32>,
    /// In the frame at all.
    pub in_frame: u32,
    /// Left out because they were reviewed lately.
    pub reviewed_lately: u32,
    /// Left out because their worker was drawn in the cycle before.
    pub worker_lately: u32,
    /// Without a worker or team.
    pub marked: u32,
    /// The day of the newest extract.
    pub frame_date: Option<NaiveDate>,
    /// The framework's usual size.
    pub default_size: u32,
    /// The framework leaves out workers of the cycle before while there are enough others (F05).
    pub skips_workers: bool,
    /// How long a reviewed case rests, in words (`12 months`).
    pub not_again_within: String,
    /// Services take turns in this cycle (Q03).
    pub takes_turns: bool,
    /// The services that do, each with how many of its cases can be drawn; empty where no case is of a known service.
    pub services: Vec<(String, u32)>,
    /// The one whose turn it is.
    pub next_service: Option<String>,
}

impl FrameDetail {
    /// How many cases can be drawn: of a service, or of all where services take no turns.
    pub fn eligible(&self, service: Option<&str>) -> u32 {
        match service {
            Some(service) => self.services.iter().find(|(name, _)| name == service).map_or(0, |(_, eligible)| *eligible),
            None => self.strata.iter().map(|stratum| stratum.eligible).sum(),
        }
    }
}

/// Somebody to be told beforehand that a case will be reviewed. F04.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NoticeRow {
    /// Reference of the review.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The case's pseudonym.
    pub case: String,
    /// The role, in words.
    #[serde(rename = "role")]
    pub label: String,
    /// Who holds it; empty is a gap.
    pub name: String,
    /// Late, or sent late.
    pub late: bool,
    /// Last day on which it is in time.
    pub due: NaiveDate,
    /// When they were told.
    pub told_on: Option<NaiveDate>,
    /// How, or why nobody had to be told.
    pub how: String,
    /// The notice itself.
    #[serde(skip)]
    pub notice: Notice,
}

/// Somebody or something that a named review may look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// Whom.
    pub whom: Whom,
    /// Pseudonym, type and team.
    pub label: String,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryRow {
    /// Place in the journal.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// What.
    pub what: String,
    /// What stood before and after, for a text that was changed.
    pub texts: Option<(String, String)>,
}

/// Who should review which, and why.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProposalDetail {
    /// The proposal.
    pub proposal: Proposal,
    /// The reviews with their revision as seen, in the order asked.
    pub reviews: Vec<(ReviewId, i64, String, String)>,
    /// Everybody who may be chosen, with the conflicts for each review.
    pub candidates: Vec<CandidateRow>,
    /// Names of those proposed to stand beside a first-time reviewer (S06, F21).
    pub companions: BTreeMap<PersonId, String>,
    /// Who is proposed beside the lead, for reviews that several do together (Q03-Q05, S18, S19).
    pub beside: BTreeMap<ReviewId, BesideRow>,
    /// Who may be chosen to stand beside a first-time reviewer, where the framework names a role (F21), with what stands
    /// against each for each review.
    pub companions_of: Vec<CandidateRow>,
    /// What the step of allocating still asks, by review.
    pub asks: BTreeMap<ReviewId, Vec<StepField>>,
}

/// Who reviews one case beside its lead, as proposed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BesideRow {
    /// What they are called (`Partner`, `Team`).
    pub label: &'static str,
    /// How many there should be.
    pub wanted: usize,
    /// There can be no more than that (Q03: a pair is two).
    pub exactly: bool,
    /// Who is named already, and stays unless they are taken away in the record.
    pub named: Vec<PersonId>,
    /// Who is proposed, and why.
    pub proposal: Beside,
    /// Everybody who may be chosen, with the conflicts for this review.
    pub candidates: Vec<CandidateRow>,
}

/// Somebody who might review.
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateRow {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: String,
    /// Open reviews.
    pub load: u32,
    /// Has never completed a review, where the framework asks for somebody beside them (S06, F21).
    pub first: bool,
    /// Conflicts by review, as sentences; hard ones first.
    pub conflicts: BTreeMap<ReviewId, Vec<(bool, String)>>,
}

/// A case that could stand in for another.
#[derive(Debug, Clone, PartialEq)]
pub struct SubstituteRow {
    /// The subject.
    pub subject: SubjectId,
    /// Its pseudonym.
    pub case: String,
    /// Case type.
    pub case_type: String,
    /// Team.
    pub team: String,
    /// It is next in the drawn reserve of the same stratum.
    pub next_in_reserve: bool,
}

/// Who a subject is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The review.
    pub review: ReviewId,
    /// The council's own number.
    pub council_id: String,
    /// Practitioner's full name.
    pub practitioner: String,
}

/// The sum behind a due date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueSum {
    /// `CR-0412 · Finalised`.
    pub title: String,
    /// How the date comes about, in a sentence.
    pub because: String,
    /// Day by day; none where the date is the end of a phase.
    pub sum: Option<Sum>,
    /// The date.
    pub due: Option<NaiveDate>,
    /// The sums of the other clocks that run beside it.
    pub beside: Vec<DueSum>,
}
