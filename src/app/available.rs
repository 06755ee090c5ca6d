//! Whether a command can be carried out now, and if not, why: the same for keys, hint bar and palette.

use super::command::{Command, Scope};
use super::overlay::{Overlay, SheetBody};
use super::record::{Record, Section};
use super::{App, Pane, RegisterTab, View};
use crate::domain::access::Writers;
use crate::domain::review::ReviewState;

/// Whether a command can be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Availability {
    /// It can.
    Yes,
    /// It cannot, for this reason.
    No(String),
}

impl App {
    /// Whether a command can be carried out where the cursor is now.
    pub fn availability(&self, command: Command) -> Availability {
        match self.reason_against(command) {
            None => Availability::Yes,
            Some(why) => Availability::No(why),
        }
    }

    fn reason_against(&self, command: Command) -> Option<String> {
        self.reason_by_role(command).or_else(|| self.reason_against_here(command))
    }

    fn reason_against_here(&self, command: Command) -> Option<String> {
        let no = |why: &str| Some(why.to_string());
        let row = self.review_at_hand().is_some();
        match command {
            Command::Undo if self.undo.is_empty() => Some(match &self.for_good {
                Some(said) if self.is_own_sealed_score(said) => {
                    format!("A score is not taken back, but {} changes it while it is sealed.", self.keymap.hint(Command::ScoreItem))
                }
                Some(said) => format!("That stands for good and is not undone: {said}."),
                None => "Nothing that you did since closeloop started can be undone.".to_string(),
            }),
            Command::Drafts if self.drafts.is_empty() => Some(self.reason_against_drafts()),
            Command::NextThing if !self.overview.started => no("Choose a framework first."),
            Command::Open if self.view == View::Register => {
                self.people.current().is_none().then(|| "There is nobody in the list.".to_string())
            }
            Command::Open if self.view == View::Cycle && self.cycle.detail.is_none() => no("There is no cycle yet."),
            // Whoever presses it wants to look; a tick is asked for by its own key alone.
            Command::Open if self.view == View::Cycle && !row => Some(match self.reason_against_here(Command::TickPhase) {
                None => format!("A phase holds nothing to open; {} ticks it.", self.keymap.hint(Command::TickPhase)),
                Some(why) => why,
            }),
            Command::Open if self.view == View::Plan => self.reason_against_opening_in_plan(),
            Command::Open if self.view == View::Programme => self.reason_against_opening_a_month(),
            Command::Open if self.view == View::Reports => self.reason_against_in_reports(command),
            Command::Open if self.view == View::Insight => self.insight.reason_against_opening(),
            Command::InsightOne => self.insight.reason_against_then_now(),
            Command::InsightWords if self.insight.shown().is_none() => no("It is still being counted."),
            Command::Open if self.view == View::Registers => self.registers.reason_against_opening(),
            Command::Open if self.view == View::Sitting => self.reason_against_opening_at_panel(),
            Command::Open if self.view == View::Desk && self.focus == Pane::Alerts => match self.may_open_strip() {
                Availability::Yes => None,
                Availability::No(why) => Some(why),
            },
            Command::Open
                if self.view == View::Desk
                    && self.focus == Pane::Actions
                    && (self.action_row().is_some() || self.tracker.is_on_heading()) =>
            {
                None
            }
            Command::Open if !row && self.view != View::Cycle => no("There is no row to open."),
            Command::Agreement => match &self.framework {
                None => no("Choose a framework first: `closeloop init --framework ID`."),
                Some(framework) if !framework.grades_anything() => no("Under this framework no panel sits."),
                Some(_) => None,
            },
            // A history tells what the reviewer judged.
            Command::History if self.view == View::Sitting && self.sitting.item().is_some_and(|item| item.blind) => {
                no("Its history would tell the reviewer\u{2019}s judgement; it can be read once the scores are open.")
            }
            Command::DueSum if self.view == View::Desk && self.focus == Pane::Alerts && self.alerts.current().is_some() => None,
            Command::DueSum | Command::Reveal | Command::History if !row => no("Put the cursor on a review first."),
            Command::RaiseDispute | Command::PracticeAlerts | Command::RaiseDisputeRecord
                if self.framework.as_ref().is_none_or(|framework| framework.drp.is_none()) =>
            {
                no("This framework has no dispute resolution process.")
            }
            Command::Filter | Command::ClearFilter if self.view == View::Sitting => no("The panel room has no filter."),
            Command::Filter | Command::ClearFilter if self.view == View::Reports && self.reports.detail.is_some() => {
                no("An open report has no filter; the list of reports has one.")
            }
            Command::Filter | Command::ClearFilter if self.view == View::Insight => {
                no("Numbers are not filtered by words; choose a kind of review or a service.")
            }
            Command::Filter | Command::ClearFilter if self.view == View::Alert => no("An alert has no filter."),
            Command::Filter | Command::ClearFilter if self.view == View::Programme => no("The year has no filter."),
            Command::Filter | Command::ClearFilter if self.view == View::Plan => no("A plan has no filter."),
            Command::Filter | Command::ClearFilter if self.view == View::Registers && !self.registers.shows_entries() => {
                no("Open a register first; its entries can be filtered.")
            }
            Command::Filter | Command::ClearFilter if self.view == View::Cycle => {
                no("The cycle view has no filter; filter the queue with cycle:2026-11.")
            }
            Command::Mark
            | Command::MarkAll
            | Command::NextStep
            | Command::Substitute
            | Command::CloseLoopQueued
            | Command::BringQueued
            | Command::RaiseAlert
                if self.queue.current().is_none() =>
            {
                no("There is no row here.")
            }
            Command::Substitute => self.queue.current().filter(|row| row.is_judged() || row.state != ReviewState::Open).map(|row| {
                let verb = if row.state == ReviewState::Open { "has been judged" } else { "is no longer open" };
                format!("{} {verb}; only a case that is not yet judged can be substituted.", row.reference)
            }),
            Command::Allocate => self.reason_against_allocating(),
            Command::Zoom if self.view != View::Desk => no("Only a pane of the desk can be zoomed."),
            Command::OpenCycle if self.framework.is_none() => no("Choose a framework first: `closeloop init --framework ID`."),
            Command::Draw => match &self.cycle.detail {
                None => no("Open a cycle first."),
                Some(detail) if detail.counts.named_only => {
                    Some(format!("Nothing is drawn here: name the service it looks at with {}.", self.keymap.hint(Command::NameCase)))
                }
                Some(detail) => detail.sample.as_ref().map(|sample| {
                    format!("The sample was drawn on {}; single cases are replaced by substitution.", sample.on().format("%-d %B"))
                }),
            },
            Command::Card => match &self.cycle.detail {
                Some(detail) if detail.sample.is_some() => None,
                _ => no("No sample has been drawn yet."),
            },
            Command::ViewPlan if self.cycle.shown.is_none() => no("Open a cycle first."),
            Command::ChangeFocus if self.cycle.detail.is_none() => no("Open a cycle first."),
            Command::TickPhase => match self.cycle.detail.as_ref().and_then(|detail| detail.phases.get(self.cycle.at)) {
                None => no("Put the cursor on a phase first."),
                Some(phase) if !phase.by_hand => {
                    Some(format!("\u{201c}{}\u{201d} follows from the reviews and is not ticked by hand.", phase.label))
                }
                Some(_) => None,
            },
            Command::TakeCycleAway => match &self.cycle.detail {
                None => no("There is no cycle here."),
                Some(detail) if detail.sample.is_some() || detail.counts.reviews > 0 => {
                    Some(format!("{} has reviews: only a cycle on which nothing hangs is taken away.", detail.cycle.reference))
                }
                Some(_) => None,
            },
            Command::AllocateCycle if self.cycle.detail.as_ref().is_none_or(|detail| detail.reviews.is_empty()) => {
                no("This cycle has no reviews yet: draw its sample, or name a case.")
            }
            Command::AllocateCycle if self.unallocated().is_empty() => no("Every review of this cycle has its reviewer."),
            Command::NameCase => match &self.cycle.detail {
                None => no("Open a cycle first."),
                Some(detail) if detail.cycle.closed_on.is_some() => no("This cycle is closed; name the case in one that runs."),
                Some(_) => None,
            },
            Command::Notices => match &self.cycle.detail {
                Some(detail) if detail.framework.sampling.notice.is_none() => no("This framework asks for no notice beforehand."),
                Some(detail) if !detail.notices.is_empty() => None,
                _ => no("Nobody has to be told now: no review of this cycle waits to be done."),
            },
            Command::EarlierCycle | Command::LaterCycle if self.cycle.cycles.len() < 2 => no("There is only one cycle."),
            Command::NoteEntry if self.framework.is_none() => no("Choose a framework first: `closeloop init --framework ID`."),
            Command::NoteEntry if self.noteable().is_empty() => no("This framework keeps no registers."),
            Command::PlanCycle if self.framework.is_none() => no("Choose a framework first: `closeloop init --framework ID`."),
            Command::ExtraWork => self.reason_against_extra_work(),
            Command::HoldEvent => self.reason_against_events(),
            Command::TakeBackEntry | Command::EntryAction
                if !self.registers.shows_entries() || self.registers.entries.current().is_none() =>
            {
                no("Put the cursor on an entry of a register first.")
            }
            Command::SortStandings if self.registers.tab != RegisterTab::Behind || self.registers.open.is_none() => {
                no("Go to who is behind first.")
            }
            Command::Proof if self.strip_at_hand().is_none() => no("Put the cursor on an alert or a dispute first."),
            Command::Findings if !self.overview.started => no("Choose a framework first."),
            Command::Revisits => self.reason_against_revisits(),
            Command::ThenAndNow => self.reason_against_then_now(),
            Command::SheetExempt | Command::SheetConfirm | Command::SheetChoose | Command::SheetMark if self.shows_disposals() => {
                self.reason_against_deciding(command)
            }
            Command::SheetMark if !self.shows_attendance() => no("Nothing is marked in this list."),
            Command::SheetEvery if self.shows_notices() && !self.has_notices_left() => {
                no("Nobody is left to be told, but for gaps: roles that nobody holds.")
            }
            Command::SheetEvery if !self.shows_attendance() && !self.shows_notices() => no("Nothing is ticked in this list."),
            Command::Disposals if !self.overview.started => no("Choose a framework first."),
            Command::SheetExempt if self.shows_revisits() => self.reason_against_letting_go(),
            Command::SheetUndo if self.shows_revisits() || self.shows_notices() => self.reason_against(Command::Undo),
            Command::WhoLooked if !self.overview.started => no("Choose a framework first."),
            Command::SheetThenNow => self.reason_against_then_now_of_row(),
            Command::SheetFar if !self.shows_looks() => no("It works in the list of who looked at what."),
            Command::SheetChoose | Command::SheetConfirm if matches!(self.sheet_body(), Some(SheetBody::Person { .. })) => {
                self.reason_against_handing_over(command)
            }
            Command::SheetExempt | Command::SheetAll if !self.shows_findings() => no("It works in the look over the records."),
            Command::SheetUndo
                if !self.shows_findings()
                    && !matches!(
                        self.sheet_body(),
                        Some(SheetBody::Person { .. } | SheetBody::Disposals(_) | SheetBody::Drp(_) | SheetBody::Action(_))
                    ) =>
            {
                no("Close this list first; then what you did last can be undone.")
            }
            Command::SheetUndo => self.reason_against(Command::Undo),
            Command::SheetExempt if self.records_up_at_hand().is_some() => {
                no("Records that have come up are not set aside: in the list of them each is held, with its reason, or goes.")
            }
            Command::SheetExempt if self.finding_at_hand().is_none() => no("Nothing is amiss."),
            Command::SheetChoose if self.shows_findings() => self.records_up_at_hand().and_then(|up| up.against.clone()),
            Command::SheetSum | Command::SheetProof if self.shown_drp().is_none() && self.sheet_body().is_some() => {
                let what = if command == Command::SheetSum { "a date to explain" } else { "a proof" };
                Some(format!("Nothing in this list has {what}: close it and put the cursor on an alert or a dispute."))
            }
            Command::SheetSum | Command::SheetProof if self.shown_drp().is_none() => no("Open a dispute first."),
            Command::HelpSearch if !matches!(self.overlays.last(), Some(Overlay::Help { .. })) && !self.shows_disposals() => {
                no("This list is not searched.")
            }
            Command::UnmarkPractice if !self.insight.is_on_practice() => no("Go to a passage of the page of good practice first."),
            Command::ViewInsight if !self.overview.started => no("Choose a framework first."),
            Command::CodeThemes | Command::CodeRecord if self.framework.as_ref().is_none_or(|known| known.themes.is_empty()) => {
                no("This framework has no themes.")
            }
            Command::CodeThemes | Command::RaiseEach if self.queue.current().is_none() => no("There is no row here."),
            Command::ViewSitting if !self.overview.started => no("Choose a framework first."),
            Command::ViewReports if !self.overview.started => no("Choose a framework first."),
            _ if command.row().scope == Scope::Register => self.reason_against_in_register(command),
            _ if command.row().scope == Scope::Reports => self.reason_against_in_reports(command),
            _ if command.row().scope == Scope::Actions => self.reason_against_in_actions(command),
            _ if command.row().scope == Scope::Plan => self.reason_against_in_plan(command),
            _ if command.row().scope == Scope::Sitting => self.reason_against_at_panel(command),
            _ if command.row().scope == Scope::Alert => self.reason_against_on_alert(command),
            _ if command.row().scope == Scope::Record => self.reason_against_in_record(command),
            _ => None,
        }
    }

    fn reason_against_allocating(&self) -> Option<String> {
        if self.view != View::Desk || self.focus != Pane::Queue {
            return Some("Go to the queue first.".into());
        }
        let chosen = self.queue.chosen();
        if chosen.is_empty() {
            return Some("There is no review to allocate.".into());
        }
        let closed = self.queue.rows.iter().find(|row| chosen.contains(&row.id.0) && (row.state != ReviewState::Open || row.is_judged()));
        closed.map(|row| format!("{} has been completed; its reviewer stays.", row.reference))
    }

    /// Why a review is not theirs to write in; none where it is.
    pub(super) fn reason_against_writing(&self, record: &Record) -> Option<String> {
        let facts = &record.detail.facts;
        let beside: Vec<_> = facts.joint.others.iter().copied().chain(facts.companion).collect();
        let lead = facts.reviewer.map(|lead| (lead, record.detail.reviewer.as_str()));
        let review = Writers { reference: &facts.review.reference, lead, beside: &beside };
        self.overview.access.may_write_in(&review).err().map(|refused| refused.to_string())
    }

    fn reason_against_in_record(&self, command: Command) -> Option<String> {
        let no = |why: &str| Some(why.to_string());
        let Some(record) = &self.record else { return no("Open a review first.") };
        let facts = &record.detail.facts;
        let writes = match command {
            Command::RecordNext => facts.state == ReviewState::Open,
            // What can only be read is left as it is; the key says so.
            Command::Edit => match record.section {
                Section::Steps => true,
                Section::Questions | Section::Narrative | Section::Judgement => record.writable(),
                Section::Actions | Section::Loop | Section::History => false,
            },
            Command::NoAction => record.writable(),
            _ => false,
        };
        if writes && let Some(why) = self.reason_against_writing(record) {
            return Some(why);
        }
        match command {
            Command::Edit if record.section == Section::History => no("The history cannot be edited."),
            Command::RecordNext if facts.state != ReviewState::Open => no("Nothing is left to do here."),
            // Q02: where nothing is judged, nothing is said of a judgement.
            Command::Finish if facts.submitted_at.is_some() && !record.detail.kind.is_graded() => no("It has been submitted."),
            Command::Finish if facts.submitted_at.is_some() => no("It has been submitted; the original judgement stands."),
            Command::Finish if facts.state != ReviewState::Open => no("It is no longer open."),
            Command::BringToPanel | Command::HandInAgain => self.reason_against_before_panel(command),
            Command::RaiseAction if facts.state == ReviewState::Withdrawn => no("It was withdrawn."),
            Command::FollowUp | Command::CloseLoop if facts.submitted_at.is_none() => no("Nothing follows it before it is submitted."),
            Command::FollowUp | Command::CloseLoop if record.detail.kept_back => {
                no("It is scored blind first: what follows would tell the grade.")
            }
            Command::NameReviewer | Command::TakeReviewerAway if !record.detail.kind.is_joint() => {
                no("This kind of review has one reviewer.")
            }
            Command::NameReviewer | Command::TakeReviewerAway | Command::OpenSeal
                if facts.state != ReviewState::Open || (record.detail.kind.judged_apart() && !record.writable()) =>
            {
                no("It has been completed; its reviewers stay.")
            }
            Command::TakeReviewerAway if facts.joint.others.is_empty() => no("Nobody stands beside the lead reviewer."),
            Command::OpenSeal if !record.detail.kind.judged_apart() => no("Nobody judges this kind of review alone."),
            Command::OpenSeal if facts.joint.is_open(facts.reviewer) => no("The own judgements are open."),
            Command::OpenSeal if record.detail.joint.me.is_none() || record.detail.joint.me != facts.reviewer => {
                no("Only the lead reviewer opens the own judgements.")
            }
            Command::NoAction if !record.writable() => no("The review was submitted: its answers stay as they are."),
            Command::NoAction if !record.detail.kind.is_graded() => {
                no("No reason is asked for here: an action is raised where one is needed.")
            }
            Command::NoAction if !record.detail.actions.is_empty() => no("Something has to happen already: there is an action."),
            Command::WithdrawAction if record.section != Section::Actions => no("Go to what needs to happen first."),
            Command::WithdrawAction if record.detail.actions.is_empty() => no("There is no action to take back."),
            Command::Beside if record.detail.earlier.is_none() => {
                Some(format!("This is the first review of this {}.", record.detail.noun()))
            }
            Command::AllocateRecord if facts.submitted_at.is_some() || facts.state != ReviewState::Open => {
                no("It has been completed; its reviewer stays.")
            }
            Command::LookFurther if record.detail.looks_back_to.is_none() => {
                no("This framework does not limit how far a review looks back.")
            }
            Command::LookFurther if facts.submitted_at.is_some() || facts.state != ReviewState::Open => {
                no("It has been completed; how far it looked back stays.")
            }
            Command::SubstituteRecord if facts.submitted_at.is_some() || facts.state != ReviewState::Open => {
                no("Only a case that is not yet judged can be substituted.")
            }
            _ => None,
        }
    }

    /// Whether an overlay lies over the view.
    pub fn covered(&self) -> bool {
        self.overlays.iter().any(|overlay| !matches!(overlay, Overlay::Palette { .. }))
    }
}
