//! The one table of commands: everything a person can invoke, with its words, its scope and its danger.
//!
//! The hint bar, `?`, the palette, `closeloop keys`, the README's key table and the config example are all made from
//! it; keys are data beside it (`assets/keymap.toml`).

/// Where a command can be invoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everywhere but inside a form.
    Global,
    /// In every list.
    List,
    /// In the queue.
    Queue,
    /// In the actions, or over one of them.
    Actions,
    /// In the cycle view.
    Cycle,
    /// In the record of a review.
    Record,
    /// On an alert, and in the list of alerts.
    Alert,
    /// In the register of people.
    Register,
    /// In the year's programme.
    Programme,
    /// In the improvement plan of a cycle.
    Plan,
    /// In the registers of other activity.
    Registers,
    /// In the reports.
    Reports,
    /// In the panel room.
    Sitting,
    /// In the insight view.
    Insight,
    /// Inside a form.
    Form,
    /// In a list that is shown over the view: proposal, substitutes, history, help.
    Sheet,
}

impl Scope {
    /// Every scope, in the order of the help.
    pub const ALL: [Scope; 16] = [
        Scope::Global,
        Scope::List,
        Scope::Queue,
        Scope::Actions,
        Scope::Record,
        Scope::Alert,
        Scope::Cycle,
        Scope::Plan,
        Scope::Programme,
        Scope::Register,
        Scope::Registers,
        Scope::Reports,
        Scope::Sitting,
        Scope::Insight,
        Scope::Form,
        Scope::Sheet,
    ];

    /// The word in the keymap file.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Global => "global",
            Scope::List => "list",
            Scope::Queue => "queue",
            Scope::Actions => "actions",
            Scope::Cycle => "cycle",
            Scope::Record => "record",
            Scope::Alert => "alert",
            Scope::Register => "register",
            Scope::Plan => "plan",
            Scope::Programme => "programme",
            Scope::Registers => "registers",
            Scope::Reports => "reports",
            Scope::Sitting => "sitting",
            Scope::Insight => "insight",
            Scope::Form => "form",
            Scope::Sheet => "sheet",
        }
    }

    /// The heading in help.
    pub fn heading(self) -> &'static str {
        match self {
            Scope::Global => "Everywhere",
            Scope::List => "In lists",
            Scope::Queue => "Queue",
            Scope::Actions => "Actions",
            Scope::Cycle => "Cycle",
            Scope::Record => "Record of a review",
            Scope::Alert => "Alerts",
            Scope::Register => "Register",
            Scope::Plan => "Improvement plan",
            Scope::Programme => "The year",
            Scope::Registers => "Registers of activity",
            Scope::Reports => "Reports",
            Scope::Sitting => "Panel room",
            Scope::Insight => "Insight",
            Scope::Form => "Forms",
            Scope::Sheet => "Lists over the view",
        }
    }

    /// Where its commands work, to go on a sentence.
    pub fn place(self) -> &'static str {
        match self {
            Scope::Global => "everywhere",
            Scope::List => "in lists",
            Scope::Queue => "in the queue",
            Scope::Actions => "in the actions",
            Scope::Cycle => "in the cycle view",
            Scope::Record => "in the record of a review",
            Scope::Alert => "on an alert",
            Scope::Register => "in the register of people",
            Scope::Plan => "in the improvement plan",
            Scope::Programme => "in the year's programme",
            Scope::Registers => "in the registers",
            Scope::Reports => "in the reports",
            Scope::Sitting => "in the panel room",
            Scope::Insight => "in the insight view",
            Scope::Form => "in forms",
            Scope::Sheet => "in lists over the view",
        }
    }
}

macro_rules! commands {
    ($($command:ident, $name:literal, $label:literal, $scope:ident, $help:literal;)+) => {
        /// What a person can invoke.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command {
            $(#[doc = $help] $command,)+
        }

        /// The table, in the order of the help.
        pub const TABLE: &[Row] = &[
            $(Row { command: Command::$command, name: $name, label: $label, scope: Scope::$scope, help: $help },)+
        ];
    };
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The command.
    pub command: Command,
    /// Its name in keymap files.
    pub name: &'static str,
    /// Two or three words for the hint bar.
    pub label: &'static str,
    /// Where it can be invoked.
    pub scope: Scope,
    /// What it does, in a sentence.
    pub help: &'static str,
}

commands! {
    Findings, "findings", "findings", Global, "Shows what cannot be right and what has come to a halt, each one key away from its record.";
    NextThing, "next-thing", "next thing", Global, "Opens the next thing that needs you, the most urgent first, at the right form.";
    Revisits, "revisits", "revisits", Global, "Shows what was audited and is due to be looked at again, planned or done: areas and cases. Enter plans it, or shows then and now.";
    ThenAndNow, "then-and-now", "then and now", Global, "Sets what an earlier review or cycle found beside what this one finds, down to each question, theme and action.";
    Palette, "palette", "commands", Global, "Finds any command by a few letters, and says why one is not available.";
    Help, "help", "help", Global, "Shows the keys that work here.";
    Undo, "undo", "undo", Global, "Takes back what you did last, a whole batch at once.";
    Back, "back", "back", Global, "Goes back: closes what is open, clears the filter, leaves the view.";
    NextPane, "next-pane", "next pane", Global, "Goes to the next pane.";
    PreviousPane, "previous-pane", "previous pane", Global, "Goes to the pane before.";
    ViewQueue, "view-queue", "queue", Global, "Goes to the queue: every review with something left to do. Pressed again it fills the screen.";
    ViewPanel, "view-panel", "panel", Global, "Goes to what the moderation panel has to see. Pressed again it fills the screen.";
    ViewAlerts, "view-alerts", "alerts", Global, "Goes to the alerts. Pressed again it fills the screen.";
    ViewActions, "view-actions", "actions", Global, "Goes to the actions. Pressed again it fills the screen.";
    ViewCycle, "view-cycle", "cycle", Global, "Shows the cycle: its phases, what blocks each, its sample. Pressed again it shows the year.";
    ViewReports, "view-reports", "reports", Global, "Shows the reports: what is due next, what was built, approved and published, and where it went.";
    ViewInsight, "view-insight", "insight", Global, "Shows what the reviews say together, cycle by cycle: questions, themes, time, coverage. Any number opens the records behind it.";
    ViewRegister, "view-register", "register", Global, "Shows the people: roles, teams, who is away, how much they review.";
    ViewRegisters, "view-registers", "registers", Global, "Shows the registers of other activity: what was noted this year, what is due, who is behind.";
    ViewSitting, "view-sitting", "panel room", Global, "Enters the panel room: the sitting under way, or the sittings to choose from.";
    NoteEntry, "note-entry", "note an entry", Global, "Notes an entry in a register: the one in view, or one chosen by its letter. After each save the next one opens.";
    Zoom, "zoom", "zoom", Global, "Lets the pane fill the screen, and back.";
    Refresh, "refresh", "refresh", Global, "Reads everything anew and takes the marks off what others changed.";
    Redraw, "redraw", "redraw", Global, "Draws the whole screen again, after another program has written over it.";
    WhoLooked, "who-looked", "who looked", Global, "Shows who looked at what: at the record that is open, what the person under the cursor of the register looked at, else all of it. For the managers of the Insights team.";
    Disposals, "disposals", "keeping, erasing", Global, "Shows which records have come up to be decided about, what is held, and disposals: one manager of the Insights team asks, a second approves, then it is erased.";
    Drafts, "drafts", "drafts", Global, "Lists text that was typed and not saved, to be opened again or thrown away.";
    Quit, "quit", "quit", Global, "Leaves closeloop. Unsaved text is kept as a draft.";

    Up, "up", "up", List, "One row up.";
    Down, "down", "down", List, "One row down.";
    PageUp, "page-up", "page up", List, "One page up.";
    PageDown, "page-down", "page down", List, "One page down.";
    Top, "top", "first", List, "To the first row.";
    Bottom, "bottom", "last", List, "To the last row.";
    Open, "open", "open", List, "Opens the record under the cursor.";
    Filter, "filter", "filter", List, "Filters while you type: words, fields (worker:carter, cycle:2026-11) and flags (late, mine, all).";
    ClearFilter, "clear-filter", "all rows", List, "Takes the filter away.";
    DueSum, "due-sum", "why this date", List, "Shows how a due date comes about, day by day, holidays named.";
    Reveal, "reveal", "reveal", List, "Shows for 10 seconds who it is about in the council's own system. That you looked is written down.";
    Agreement, "agreement", "agreement", List, "Shows how far reviewers and panel agree, over everything decided, and plainly where there is too little to say so.";
    RaiseDispute, "raise-dispute", "raise dispute", List, "Raises a dispute or an alert of good practice: about the review under the cursor, in the alerts about any case.";
    Proof, "proof", "proof", List, "In the alerts: shows every fact of the row with its time, its person and its rule, and how to print that.";
    PracticeAlerts, "practice-alerts", "practice alerts", List, "Counts disputes and practice alerts by month, service and team, for the monthly unit report.";
    History, "history", "history", List, "Shows everything that happened to a review: what, who, when.";

    Sort, "sort", "sort", Queue, "Sorts by the next column.";
    ReverseSort, "reverse-sort", "reverse", Queue, "Turns the order round.";
    Mark, "mark", "mark", Queue, "Marks the row; commands then work on all marked rows.";
    MarkAll, "mark-all", "mark all", Queue, "Marks every row of the list, or none.";
    Allocate, "allocate", "allocate", Queue, "Proposes a reviewer for the row or for all marked ones, balanced and independent, and lets you change it.";
    NextStep, "next-step", "do next step", Queue, "Opens the form of the review's next step.";
    CloseLoopQueued, "close-loop-queued", "close the loop", Queue, "Says which link of the loop is still missing and who can bring it: a loop closes by itself with its last link.";
    Substitute, "substitute", "substitute", Queue, "Replaces a drawn case by another, with the reason and who approved it; a named one is taken out.";
    RaiseAlert, "raise-alert", "raise alert", Queue, "Raises an alert on the review at once: an immediate concern, or by hand with a reason.";
    BringQueued, "bring", "bring to panel", Queue, "Brings the review before the panel by hand, with the reason.";

    RaiseEach, "raise-each", "actions", Queue, "Raises an action out of the review, or the same one out of each marked review: one owner, or each case's own worker or manager. Undone at once.";
    CodeThemes, "code-themes", "themes", Queue, "Says which themes show in the review, or in all marked ones: as a strength, as an area to improve.";

    TakeUp, "take-up", "take up", Actions, "Takes the action up: its owner has begun. Works on all marked rows.";
    ReportDone, "report-done", "done", Actions, "Says that the action is done, and where that can be seen. Somebody else signs it off.";
    SignOff, "sign-off", "sign off", Actions, "Signs off what you have seen to be done: never your own, never without evidence.";
    GiveLonger, "give-longer", "give longer", Actions, "Gives a later date with the reason; past the framework's limit only with approval.";
    Reassign, "reassign", "give away", Actions, "Gives the action to another owner, with the reason; says when they are away.";
    Revisit, "revisit", "revisit", Actions, "Says months later whether it helped: sustained, partly, recurred, cannot tell. What recurred is open again.";
    ActionReview, "action-review", "open review", Actions, "Opens the review the action comes from.";
    MarkAction, "mark-action", "mark action", Actions, "Marks the action; commands then work on all marked ones, undone at once.";
    MarkActions, "mark-actions", "mark all actions", Actions, "Marks every action of the list, or none.";
    WhoseActions, "whose-actions", "whose", Actions, "Shows mine, then my team's, then everybody's.";
    GroupActions, "group-actions", "groups", Actions, "Groups the actions by owner, then team, theme, review, each with its counts; then shows them in one list again.";
    Board, "board", "board", Actions, "Shows the actions as a board by where they stand: open, in progress, to sign off, signed off, looked at; or in one list again.";
    PrintActions, "print-actions", "print", Actions, "Writes the actions that are shown into a file for a meeting (.docx, .html): late ones first, then what is to be signed off, then by day.";
    CalendarOfActions, "actions-calendar", "calendar", Actions, "Writes the due days of the open actions that are shown into a calendar file (.ics), without what is to happen.";
    Unfold, "unfold", "right", Actions, "Unfolds the group, or goes one column to the right on the board; on an action of the list opens it.";
    Fold, "fold", "left", Actions, "Folds the group, or goes one column to the left on the board.";
    Effects, "effects", "what lasted", Actions, "Shows the effect ledger: of what was looked at again, what had lasted, by kind of action and by theme.";
    WhichActions, "which-actions", "which", Actions, "Shows what is late, due within a week, to be signed off, to be looked at again, then all of it.";

    NextSection, "next-section", "next section", Record, "Goes to the next section.";
    PreviousSection, "previous-section", "previous section", Record, "Goes to the section before.";
    Edit, "edit", "edit", Record, "Opens the form for the row under the cursor.";
    RecordNext, "record-next", "do next step", Record, "Opens the form of the review's next step.";
    Finish, "finish", "finish list", Record, "Shows what is still missing, and submits when nothing is.";
    RaiseAction, "raise-action", "raise action", Record, "Writes down what needs to happen, with an owner and a date.";
    NoAction, "no-action", "no action needed", Record, "Says why nothing needs to happen, where a review raises no action.";
    WithdrawAction, "withdraw-action", "take action back", Record, "Takes back the action under the cursor before anybody has worked on it.";
    NameReviewer, "name-reviewer", "name reviewer", Record, "Names who reviews beside the lead: the partner of a pair, those of a benchmark, a team or a workshop.";
    TakeReviewerAway, "take-reviewer-away", "take reviewer away", Record, "Takes somebody away from beside the lead reviewer, before anybody has judged.";
    OpenSeal, "open-seal", "open the seal", Record, "Lets the lead open what each has judged alone before all are in, with the reason.";
    Beside, "beside", "last review beside", Record, "Opens the last review of the same case beside this one.";
    AllocateRecord, "allocate-record", "allocate", Record, "Proposes a reviewer for this review and lets you change it.";
    SubstituteRecord, "substitute-record", "substitute", Record, "Replaces this case by another, with the reason and who approved it; a named one is taken out.";
    RevealRecord, "reveal-record", "reveal", Record, "Shows for 10 seconds who it is about in the council's own system. That you looked is written down.";
    DueSumRecord, "due-sum-record", "why this date", Record, "Shows how the due date comes about, day by day, holidays named.";
    ScrollDown, "scroll-down", "scroll down", Record, "Scrolls the text down.";
    ScrollUp, "scroll-up", "scroll up", Record, "Scrolls the text up.";
    LookFurther, "look-further", "look further back", Record, "Lets the review look further back than usual, with the reason.";
    Interests, "interests", "interests", Record, "Shows who is recused and what the lists suggest: declare an interest, withdraw one, or set a suggestion aside.";
    FollowUp, "follow-up", "what followed", Record, "Writes down what followed: supervision, assurance that it has improved, a reflective discussion, a manager's decision, targeted support.";
    CloseLoop, "close-loop", "close the loop", Record, "Says which link of the loop is still missing and who can bring it: a loop closes by itself with its last link.";
    RaiseDisputeRecord, "raise-dispute-record", "raise dispute", Record, "Raises a dispute or an alert of good practice about this review.";
    BringToPanel, "bring-to-panel", "bring to panel", Record, "Brings this review before the panel by hand, with the reason.";
    HandInAgain, "hand-in-again", "hand in again", Record, "Hands a review in again that the panel sent back, once it is complete.";

    RaiseAlertRecord, "raise-alert-record", "raise alert", Record, "Raises an alert on this review at once: an immediate concern, or by hand with a reason.";

    CodeRecord, "code-record", "themes", Record, "Says which themes show in this review: as a strength, as an area to improve.";
    MarkPractice, "mark-practice", "good practice", Record, "Marks a passage as good practice, with a short note without names; it goes into the lasting library.";

    TellAlert, "tell-alert", "told", Alert, "Writes down who was told of the alert, how and when.";
    AcknowledgeAlert, "acknowledge-alert", "acknowledge", Alert, "Acknowledges the alert, for yourself alone: you know of it and you act.";
    AssureAlert, "assure-alert", "assurance", Alert, "Records what was found when the record was reviewed, and raises what has to happen at once.";
    FillGap, "fill-gap", "fill gap", Alert, "Names somebody where nobody holds the role or its holder has left, or says why nobody does.";
    DisputeAlert, "dispute-alert", "dispute", Alert, "Disputes the level of concern, with the reason.";
    DecideDispute, "decide-dispute", "decide dispute", Alert, "Decides the dispute about the level of concern, finally.";
    OpenUrgent, "open-urgent", "urgent action", Alert, "Opens the urgent action that is to be done next, where it is reported as done or given to somebody else.";
    KeepWithAlert, "keep-with-alert", "what followed", Alert, "Records what the framework asks for afterwards: sign-off, supervision, the reflective discussion.";
    CloseAlert, "close-alert", "close alert", Alert, "Closes the alert; says what is still missing where it cannot close.";

    ViewYear, "view-year", "the year", Cycle, "Shows the year's programme: what is planned, running, late and done, month by month.";
    ViewPlan, "view-plan", "plan", Cycle, "Shows the cycle's improvement plan: wider actions, training, where it was presented, what earlier plans left open.";
    OpenCycle, "open-cycle", "open cycle", Cycle, "Opens a cycle with its focus and the reason for it.";
    Draw, "draw", "draw sample", Cycle, "Draws the sample: by chance, in proportion, with a card that anybody can check.";
    ChangeFocus, "change-focus", "change focus", Cycle, "Changes the focus of the cycle.";
    TickPhase, "tick-phase", "tick phase", Cycle, "Ticks the phase under the cursor, where the program cannot see it done.";
    TakeCycleAway, "take-cycle-away", "take away", Cycle, "Takes a cycle away that was opened or planned by mistake, as long as nothing hangs on it. Asks first.";
    Card, "card", "sample card", Cycle, "Shows how the sample was chosen: from whom, in which shares, who was left out and why.";
    AllocateCycle, "allocate-cycle", "allocate all", Cycle, "Proposes reviewers for every review of the cycle that has none.";
    EarlierCycle, "earlier-cycle", "earlier cycle", Cycle, "Goes to the cycle before.";
    LaterCycle, "later-cycle", "later cycle", Cycle, "Goes to the cycle after.";
    NameCase, "name-case", "name a case", Cycle, "Opens a review of a case that is not drawn: proposed, a showcase, a revisit, or added by hand.";
    Notices, "notices", "notices", Cycle, "Shows who hears of the reviews beforehand, who was told, and who is a gap.";

    PlanAction, "plan-action", "wider action", Plan, "Writes down what the findings lead to beyond one case: with the finding, one owner and a day.";
    PlanPresented, "plan-presented", "presented", Plan, "Notes at which board the plan was presented, when, and what was said.";
    PlanProgress, "plan-progress", "progress", Plan, "Notes how the action under the cursor stands, as a meeting heard it.";
    PlanTraining, "plan-training", "training", Plan, "Notes training that findings ask for; it stays until it was sent on.";
    PlanSettle, "plan-settle", "sent, resolved", Plan, "Says that the request for training under the cursor was sent on, or how the general concern was resolved.";
    PlanConcern, "plan-concern", "concern", Plan, "Notes a general concern; it stands in every later plan until it is resolved.";
    PlanNarrative, "plan-narrative", "a service's month", Plan, "Notes what a team or service tells of its month: what went well, what is hard, what is done about it.";

    PlanCycle, "plan-cycle", "plan a cycle", Programme, "Plans a cycle of any kind in the month under the cursor, with its focus and why; its sample is drawn later.";
    ExtraWork, "extra-work", "extra work", Programme, "Opens work outside the plan that a board asks for: by whom, why, and when that board wants it.";
    HoldEvent, "hold-event", "event held", Programme, "Notes that an event of the year was held, and what came of it.";
    EarlierYear, "earlier-year", "earlier year", Programme, "Goes to the year before.";
    LaterYear, "later-year", "later year", Programme, "Goes to the year after.";

    SortStandings, "sort-standings", "sort people", Registers, "Sorts who is behind by the next column.";
    EntryAction, "entry-action", "raise action", Registers, "Raises an action out of the entry under the cursor: what was agreed, with one owner and a date.";
    TakeBackEntry, "take-back-entry", "take entry back", Registers, "Takes back the entry under the cursor: it counts no more; the journal keeps it.";

    BuildReport, "build-report", "build", Reports, "Counts the figures of the report as they are now: a new one, a draft counted anew, or a new version of one that is published. Asks first where that is not plain.";
    AnotherReport, "another-report", "other cycle", Reports, "Builds a report of any kind about any cycle that has begun, closed ones too.";
    ReportKinds, "report-kinds", "kind", Reports, "Shows one kind of report alone; again the next kind, and after the last one all.";
    WriteReport, "write-report", "write", Reports, "Opens the report\u{2019}s text: one field for each section, over the frozen figures.";
    ApproveReport, "approve-report", "approve", Reports, "Approves the report, for whoever the framework names; asks first.";
    PublishReport, "publish-report", "publish", Reports, "Publishes the report: it stands for good. Asks first.";
    PresentReport, "present-report", "presented", Reports, "Writes down to which board or forum it went and when, or that each practitioner had their feedback.";
    ExportReport, "export-report", "export", Reports, "Writes the report as a Word file into the folder closeloop was started in; `closeloop report` writes the other forms.";

    AddPerson, "add-person", "add somebody", Register, "Adds somebody to the list of people: role, team, login, line manager. For those who keep the list.";
    ChangePerson, "change-person", "change", Register, "Changes what is written of the person: name, role, team, service, login, e-mail, line manager; somebody who has left is taken back there.";
    EndPerson, "end-person", "last day", Register, "Notes the person's last day, and shows what is theirs so that each thing can be given to somebody else.";
    RecordAbsence, "record-absence", "record absence", Register, "Records that the person is away and who stands in: they get no new reviews. Anybody may record their own.";

    PlanSitting, "plan-sitting", "plan a sitting", Sitting, "Plans a sitting of the panel: day, chair, members, guests, how it scores.";
    ChangeSitting, "change-sitting", "change sitting", Sitting, "Changes a planned sitting: its day, its chair, who sits on it.";
    CallOffSitting, "call-off-sitting", "call off", Sitting, "Calls a sitting off that was never begun, with the reason: its cases wait for another one, and whoever was to come is told by e-mail.";
    BeginSitting, "begin-sitting", "begin", Sitting, "Begins the sitting: tick who is there.";
    Attendance, "attendance", "attendance", Sitting, "Notes who has come later, or left.";
    TakeChair, "take-chair", "take the chair", Sitting, "Takes the chair over from somebody who cannot go on, with the reason.";
    PutOnTable, "put-on-table", "put on the table", Sitting, "Puts the item under the cursor on the table; whoever has to leave for it is named at the door first.";
    ScoreItem, "score", "score", Sitting, "Scores the item on the table: sealed until all are in, and anew once the scores are open.";
    OpenScores, "open-scores", "open the scores", Sitting, "Opens the scores before all are in, with the reason.";
    DecideItem, "decide", "decide", Sitting, "Writes down what the panel decided, with its reason, points for consistency and themes.";
    SendBack, "send-back", "send back", Sitting, "Sends the item on the table back to its reviewer, with what is missing.";
    DeferItem, "defer", "put off", Sitting, "Puts the item on the table off to another sitting, with the reason.";
    Follow, "follow", "follow the chair", Sitting, "Goes back to the item on the chair's table, and follows it again.";
    EarlierItem, "earlier-review", "earlier review", Sitting, "Shows the earlier review of the same child in the item's place, and back.";
    ItemUp, "item-up", "item up", Sitting, "Moves the item under the cursor up in the agenda.";
    ItemDown, "item-down", "item down", Sitting, "Moves the item under the cursor down in the agenda.";
    MoveItem, "move-item", "to another sitting", Sitting, "Moves the item under the cursor to the agenda of another sitting; its history says so.";
    AsProposed, "as-proposed", "as proposed", Sitting, "Puts the agenda back into the order that needs the fewest comings and goings.";
    CloseSitting, "close-sitting", "close sitting", Sitting, "Closes the sitting; what has no outcome waits for another one.";
    ActionOfItem, "item-action", "action", Sitting, "Raises an action out of the item under the cursor once it has its outcome, apart from the decision.";
    AddMinute, "add-minute", "add a minute", Sitting, "Adds a dated minute, about the item under the cursor where it has its outcome.";

    CellLeft, "cell-left", "left", Insight, "One column to the left.";
    CellRight, "cell-right", "right", Insight, "One column to the right.";
    InsightWindow, "insight-window", "how far back", Insight, "Looks at the last 12 cycles, the last 24, or this year's.";
    InsightOne, "insight-one", "this cycle alone", Insight, "Counts the cycle under the cursor alone, on every page; again all of them.";
    InsightKind, "insight-kind", "kind of review", Insight, "Counts one kind of review after the other, then all of them.";
    InsightService, "insight-service", "service", Insight, "Counts one service after the other, then all of them.";
    InsightWords, "insight-words", "in full", Insight, "Shows in full what the page says above its numbers, and what is said of the row under the cursor.";
    UnmarkPractice, "unmark-practice", "take mark away", Insight, "Takes the passage under the cursor out of the library of good practice; undone like anything else.";

    Save, "save", "save", Form, "Saves the form.";
    NextField, "next-field", "next field", Form, "Goes to the next field.";
    PreviousField, "previous-field", "previous field", Form, "Goes to the field before.";
    LeaveForm, "leave-form", "leave", Form, "Leaves the form; what was typed is kept as a draft.";

    SheetUp, "sheet-up", "up", Sheet, "One row up.";
    SheetDown, "sheet-down", "down", Sheet, "One row down.";
    SheetPageUp, "sheet-page-up", "page up", Sheet, "One page up.";
    SheetPageDown, "sheet-page-down", "page down", Sheet, "One page down.";
    SheetTop, "sheet-top", "first", Sheet, "To the first row.";
    SheetBottom, "sheet-bottom", "last", Sheet, "To the last row.";
    SheetUndo, "sheet-undo", "undo", Sheet, "Takes back what you did last, without leaving the list or the sheet.";
    SheetChoose, "sheet-choose", "choose", Sheet, "Takes the row under the cursor.";
    SheetBeside, "sheet-beside", "who else", Sheet, "Changes who reviews beside the lead of the row: the partner of a pair, a team, whoever helps with a first review.";
    SheetMark, "sheet-mark", "mark", Sheet, "In keeping and erasing: marks the record; its erasure is then asked for with all marked ones. In who is there: ticks the row.";
    SheetEvery, "sheet-every", "all at once", Sheet, "In who hears beforehand: writes down that everybody who is left was told, after asking how. In who is there: ticks everybody, or nobody.";
    SheetConfirm, "sheet-confirm", "confirm all", Sheet, "Does what the list proposes.";
    SheetExempt, "sheet-exempt", "set aside", Sheet, "In the look over the records: sets a finding aside with the reason, or no longer. In keeping and erasing: holds the record or all marked ones, releases one, or refuses a disposal.";
    SheetAll, "sheet-all", "all findings", Sheet, "In the look over the records: shows what was set aside as well, or hides it.";
    SheetThenNow, "sheet-then-now", "then and now", Sheet, "In the revisits: sets what was found then beside what was found when it was looked at again.";
    SheetFar, "sheet-far", "no tie", Sheet, "In who looked at what: only those who had no tie to the case, or everybody again.";
    SheetProof, "sheet-proof", "proof", Sheet, "In a dispute: shows every fact with its time, its person and its rule, and how to print that.";
    SheetSum, "sheet-sum", "why this date", Sheet, "In a dispute: shows how its last day comes about, day by day, holidays named.";
    SheetDiscard, "sheet-discard", "throw away", Sheet, "Throws away the draft under the cursor.";
    CloseSheet, "close-sheet", "close", Sheet, "Closes the list.";
    HelpSearch, "help-search", "search", Sheet, "In help, and in keeping and erasing: narrows it, while you type, to what matches.";
}

impl Command {
    /// The row of the table.
    pub fn row(self) -> &'static Row {
        // The table is made from the same list as the enum, in the same order.
        &TABLE[self as usize]
    }

    /// The command with this name.
    pub fn named(name: &str) -> Option<Command> {
        TABLE.iter().find(|row| row.name == name).map(|row| row.command)
    }
}
