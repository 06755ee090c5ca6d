//! The answers, one for each question: the closed list of what a query may give.

use super::{
    ActionLife, ActionRow, AgreementDetail, AlertDetail, CaseRow, CycleDetail, CycleRow, DisposalsDetail, DrpDetail, DueSum, EntryRow,
    FrameDetail, GroupBy, GroupRow, HistoryRow, Identity, InsightDetail, InterestQuestion, InterestsDetail, InvitationsDetail, ItemDetail,
    MailRow, NextThing, Overview, Page, PanelRow, PersonChoices, PersonDetail, PersonRow, PlanDetail, ProofDetail, ProposalDetail,
    QueueRow, RecordsUp, RegisterDetail, RegisterRow, ReportDetail, ReportRow, ReviewDetail, RevisitRow, Room, SittingDetail, SittingRow,
    StripRow, SubstituteRow,
};
use crate::domain::action::Ledger;
use crate::domain::check::Finding;
use crate::domain::drp::PracticeCount;
use crate::domain::id::ReviewId;
use crate::domain::look::LooksDetail;
use crate::domain::programme::Programme;
use crate::domain::revisit::ThenNow;
use crate::domain::theme::Coded;
use std::collections::BTreeSet;

/// The answer to a query.
#[derive(Debug, Clone, PartialEq)]
pub enum Answered {
    /// To [`super::Query::Overview`].
    Overview(Box<Overview>),
    /// To [`super::Query::Queue`].
    Queue(Page<QueueRow>),
    /// To [`super::Query::Panel`].
    Panel(Page<PanelRow>),
    /// To [`super::Query::Sittings`].
    Sittings(Vec<SittingRow>),
    /// To [`super::Query::Sitting`].
    Sitting(Box<SittingDetail>),
    /// To [`super::Query::PanelItem`].
    PanelItem(Box<ItemDetail>),
    /// To [`super::Query::Room`].
    Room(Box<Room>),
    /// To [`super::Query::Alerts`].
    Alerts(Page<StripRow>),
    /// To [`super::Query::Alert`].
    Alert(Box<AlertDetail>),
    /// To [`super::Query::Actions`].
    Actions(Page<ActionRow>),
    /// To [`super::Query::People`].
    People(Page<PersonRow>),
    /// To [`super::Query::Disposals`].
    Disposals(Box<DisposalsDetail>),
    /// To [`super::Query::Person`].
    Person(Box<PersonDetail>),
    /// To [`super::Query::PersonChoices`].
    PersonChoices(Box<PersonChoices>),
    /// To [`super::Query::Reports`].
    Reports(Vec<ReportRow>),
    /// To [`super::Query::Report`].
    Report(Box<ReportDetail>),
    /// To [`super::Query::Cycles`].
    Cycles(Vec<CycleRow>),
    /// To [`super::Query::Cycle`].
    Cycle(Box<CycleDetail>),
    /// To [`super::Query::Frame`].
    Frame(Box<FrameDetail>),
    /// To [`super::Query::Review`].
    Review(Box<ReviewDetail>),
    /// To [`super::Query::Earlier`]; none: this is the first.
    Earlier(Option<Box<ReviewDetail>>),
    /// To [`super::Query::History`].
    History(Vec<HistoryRow>),
    /// To [`super::Query::Proposal`].
    Proposal(Box<ProposalDetail>),
    /// To [`super::Query::Substitutes`].
    Substitutes(Vec<SubstituteRow>),
    /// To [`super::Query::NextThing`]; none: nothing needs this person.
    NextThing(Option<NextThing>),
    /// To [`super::Query::Identity`].
    Identity(Identity),
    /// To [`super::Query::Action`].
    Action(Box<ActionLife>),
    /// To [`super::Query::DueSum`].
    DueSum(Box<DueSum>),
    /// To [`super::Query::Registers`].
    Registers(Vec<RegisterRow>),
    /// To [`super::Query::Register`].
    Register(Box<RegisterDetail>),
    /// To [`super::Query::Entries`].
    Entries(Page<EntryRow>),
    /// To [`super::Query::Plan`].
    Plan(Box<PlanDetail>),
    /// To [`super::Query::Revisits`].
    Revisits(Vec<RevisitRow>),
    /// To [`super::Query::ThenNow`]; none: nothing was looked at before.
    ThenNow(Option<Box<ThenNow>>),
    /// To [`super::Query::Effects`].
    Effects(Box<Ledger>),
    /// To [`super::Query::MayDo`] and [`super::Query::MayBuild`].
    MayDo(MayDo),
    /// To [`super::Query::MayCode`]; of one review with the themes that are coded for it now.
    MayCode(MayDo, Option<(ReviewId, BTreeSet<Coded>)>),
    /// To [`super::Query::ActionGroups`], and whether there are more.
    ActionGroups(GroupBy, Vec<GroupRow>, bool),
    /// To [`super::Query::Programme`].
    Programme(Box<Programme>),
    /// To [`super::Query::Cases`] and [`super::Query::AnyCases`].
    Cases(Vec<CaseRow>),
    /// To [`super::Query::Opening`] and [`super::Query::OpeningItem`], for somebody who has to be asked first.
    AskFirst(Box<InterestQuestion>),
    /// To [`super::Query::Interests`].
    Interests(Box<InterestsDetail>),
    /// To [`super::Query::Agreement`].
    Agreement(Box<AgreementDetail>),
    /// To [`super::Query::Insight`].
    Insight(Box<InsightDetail>),
    /// To [`super::Query::Invitations`].
    Invitations(Box<InvitationsDetail>),
    /// To [`super::Query::Drp`].
    Drp(Box<DrpDetail>),
    /// To [`super::Query::Findings`].
    Findings {
        /// What is amiss.
        found: Vec<Finding>,
        /// Records that have come up for disposal, for the Insights team; none: none has, or nobody looks who would decide or ask.
        due: Option<Box<RecordsUp>>,
    },
    /// To [`super::Query::PracticeAlerts`].
    PracticeAlerts(Vec<PracticeCount>),
    /// To [`super::Query::Proof`].
    Proof(Box<ProofDetail>),
    /// To [`super::Query::AlertMail`]; empty where there is none, or none that the viewer may know of.
    AlertMail(Vec<MailRow>),
    /// To [`super::Query::Looks`].
    Looks(Box<LooksDetail>),
}

/// Whether something is for whoever asks to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MayDo {
    /// It is.
    Yes,
    /// It is not, and why; of several, why the first of them.
    No(String),
    /// Of several it is for some alone.
    Others {
        /// Why it is not for the first of the others.
        why: String,
        /// Those, by their row numbers.
        not: Vec<i64>,
    },
}
