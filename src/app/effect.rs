//! Everything the program wants done: the output of [`super::App::update`]. Only the runtime carries it out.

use super::command::Command;
use super::form::PersonForm;
use super::list::Fill;
use super::msg::Draft;
use crate::domain::action::ActionAct;
use crate::domain::deed::Deed;
use crate::domain::filter::Filter;
use crate::domain::id::{AlertId, CycleId, EntryId, PanelId, PersonId, ReportId, ReviewId};
use crate::domain::query::Query;

/// One thing to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask the store; the answer comes back with the same purpose.
    Ask(For, Query),
    /// Do a deed.
    Do(Box<Deed>, After),
    /// Keep a draft, soon.
    KeepDraft(Draft),
    /// The draft's text was saved or thrown away.
    DropDraft {
        /// Which form.
        key: String,
        /// The run that kept it; none: this one.
        session: Option<String>,
    },
    /// Write a report as a Word file with this name, in the folder of the program.
    WriteReport(ReportId, String),
    /// Write the actions that the tracker shows into a file with this name, in the folder of the program: a calendar where it ends in
    /// `.ics`, else a list. With what is typed in the filter.
    WriteActions(Filter, String, String),
    /// Go on with the form that was refused because somebody else saved first: what was asked for before this has been read by then.
    MeetStored,
    /// Draw the whole screen again.
    Redraw,
    /// Throw away keys that were pressed before now: a dialog has opened.
    FlushInput,
    /// Ring the bell of the terminal, once.
    Ring,
    /// Leave.
    Quit,
}

/// What a question is asked for: where its answer goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// The header.
    Header,
    /// One alert; the command runs once it is read.
    Alert(AlertId, Option<Command>),
    /// The alert on the screen, read again.
    AlertAgain,
    /// The queue.
    Queue(Fill),
    /// The panel's list.
    Panel(Fill),
    /// The alerts.
    Alerts(Fill),
    /// The actions.
    Actions(Fill),
    /// One action, over the view.
    Action,
    /// The register.
    People(Fill),
    /// One person, over the view.
    Person,
    /// What a form about somebody is made from.
    PersonForm(PersonForm),
    /// The list of cycles.
    Cycles,
    /// The cycle view.
    Cycle,
    /// The form for drawing.
    DrawForm,
    /// The record view.
    Record(Then),
    /// The review beside the record.
    Earlier,
    /// The history sheet.
    History,
    /// The allocation sheet.
    Proposal,
    /// The form for substituting.
    SubstituteForm,
    /// The next thing that needs somebody.
    NextThing,
    /// Who a subject is.
    Identity,
    /// The sum behind a date.
    DueSum,
    /// People for a form that is about to open.
    PeopleOf(PeopleFor),
    /// The list of reports.
    Reports,
    /// The report that is open.
    Report,
    /// The list of registers.
    Registers,
    /// The register that is open.
    Register,
    /// Its entries.
    Entries(Fill),
    /// The year's programme.
    Programme,
    /// The improvement plan of a cycle.
    Plan,
    /// Cases that fit what is typed in a form.
    Cases,
    /// The sheet of interests.
    Interests,
    /// The sheet of agreement.
    Agreement,
    /// The sheet of a dispute; with the form of what followed on it where true.
    Drp(bool),
    /// The sheet of practice alerts by month.
    PracticeAlerts,
    /// Whether the form about the actions at hand may be filled in at all.
    MayDo(ActionAct),
    /// Whether the themes of the reviews at hand are for whoever sits here to name, or a passage of good practice where true.
    MayCode {
        /// The passage.
        practice: bool,
        /// How many reviews are at hand.
        of: usize,
    },
    /// Whether the report at hand is for whoever sits here to build.
    MayBuild,
    /// The groups of the tracker, or the columns of its board.
    ActionGroups,
    /// The effect ledger, over the view.
    Effects,
    /// The sheet of findings.
    Findings,
    /// The sheet of revisits.
    Revisits,
    /// Then and now side by side.
    ThenNow,
    /// The proof of an alert or a dispute.
    Proof,
    /// The sheet of keeping and erasing.
    Disposals,
    /// The sheet of who looked at what.
    Looks,
    /// The page of the insight view.
    Insight,
    /// The list of sittings.
    Sittings,
    /// The sitting that is shown.
    Sitting,
    /// An item of it that is not on the table.
    PanelItem,
    /// The earlier review of an item.
    PanelEarlier,
}

/// What happens once a record has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Its view is shown.
    Show,
    /// Its view is shown with the form of the next step.
    NextStep,
    /// It is read again under the view that is shown.
    Again,
    /// The form for substituting opens.
    Substitute,
    /// The draft that waits is opened.
    Draft,
    /// What its loop still misses is said.
    CloseLoop,
    /// The form for bringing it before the panel opens.
    Bring,
    /// No record is opened: it is an item of the panel that is read, and the command that was asked for goes on.
    InRoom(Command),
    /// No record is opened, but the sheet of its history.
    History,
    /// No record is opened, but an alert on it; the command runs once it is read.
    Alert(AlertId, Option<Command>),
}

/// Which form wants people to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeopleFor {
    /// Writing down what followed a review.
    FollowUp,
    /// An action's owner.
    Action,
    /// The owner of an action out of each marked review.
    ActionEach,
    /// Those whom a form of the tracker asks for.
    Tracker(ActionAct),
    /// A substitution's approver.
    Substitute,
    /// Who reviews beside the lead.
    CoReviewer,
    /// The person an entry of a register is about.
    Entry,
    /// Who owns an action out of an entry of a register.
    EntryAction(EntryId),
    /// Who owns a wider action of a cycle's plan.
    Plan(CycleId),
    /// Who names a case that is looked at again.
    Revisit,
    /// Who proposed a case that is not drawn.
    NameCase,
    /// Who stands in for somebody away.
    Absence(PersonId),
    /// Who was told beforehand, for a place in the list of notices where the role does not say it.
    Notice(usize),
    /// Whoever has an interest.
    Interest,
    /// Who raises a dispute, out of a review or about any case.
    Drp(Option<ReviewId>),
    /// Who hears of an alert where nobody holds the role.
    AlertGap,
    /// Who does what has to happen at once.
    Assurance,
    /// Who sits on a panel: a new sitting, or one that is changed.
    Sitting(Option<PanelId>),
}

/// What comes after a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// Only its sentence is shown.
    Nothing,
    /// It came to an end beside whatever is open by now, which stays as it is.
    Beside,
    /// It was an undo: the next one goes further back instead of doing it again.
    Undone,
    /// Actions came a step further: their form closes, if it was one, and their marks go.
    Actions,
    /// The form that asked for it closes.
    CloseForm,
    /// The sheet that asked for it closes.
    CloseSheet,
    /// The form that asked for it closes, with the sheet below it.
    CloseAll,
    /// The form closes and the identity is shown for a while.
    Show(ReviewId),
    /// The form closes and one for the next entry of the same register opens.
    NextEntry,
    /// The form closes, and the sheet below it.
    CloseBoth,
    /// Whatever is open closes: whoever sits here may no longer see this review.
    Recused(ReviewId),
    /// Whoever sits here has ended themselves: nothing is theirs to see any more, and the program closes.
    Leave,
    /// The question about interests closes and the record opens, as it was asked for.
    Open(ReviewId, Then),
}
