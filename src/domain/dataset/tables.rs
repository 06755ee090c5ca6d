//! The tables of the data set: the closed list of what leaves, each column with its meaning.

use super::{DataColumn, DataKind, DataTable};

const fn word(name: &'static str, about: &'static str) -> DataColumn {
    DataColumn { name, kind: DataKind::Word, about }
}

const fn number(name: &'static str, about: &'static str) -> DataColumn {
    DataColumn { name, kind: DataKind::Number, about }
}

const fn day(name: &'static str, about: &'static str) -> DataColumn {
    DataColumn { name, kind: DataKind::Day, about }
}

const fn moment(name: &'static str, about: &'static str) -> DataColumn {
    DataColumn { name, kind: DataKind::Moment, about }
}

const fn yes_no(name: &'static str, about: &'static str) -> DataColumn {
    DataColumn { name, kind: DataKind::YesNo, about }
}

const REVIEW: DataColumn = word("review", "Reference of the review; joins the tables");

/// Every table, in the order of the dictionary.
pub const TABLES: [DataTable; 23] = [
    DataTable {
        name: "cycles",
        about: "A cycle of reviews",
        columns: &[
            word("cycle", "Reference of the cycle; joins the tables"),
            word("framework", "Which framework it runs under"),
            number("version", "The version of that framework"),
            word("focus", "Its area of focus, in the words it was opened with"),
            word("focus_reason", "Why that focus was chosen, as the framework's key"),
            day("starts_on", "Its first day"),
            day("ends_on", "The last day of its last phase, as planned"),
            day("closed_on", "The day it was closed; empty while it is open"),
            word("title", "What it is called"),
            word("kind", "Kind of review that it was opened for, as the framework's key"),
            word("stands", "planned; beside: next to the planned ones; extra: asked for besides, with reports of its own"),
        ],
    },
    DataTable {
        name: "reviews",
        about: "A review; those taken out of the sample are not in it",
        columns: &[
            REVIEW,
            word("cycle", "Reference of its cycle"),
            word("kind", "Kind of review, as the framework's key"),
            word("case", "Pseudonym of whom it looks at; empty once the record was erased"),
            word("subject_kind", "child, care-experienced, foster-carer, adopter or service"),
            word("case_type", "Case type when it was drawn, as the framework's key"),
            word("service", "Service that held the case when it was drawn"),
            word("team", "Team that held the case when it was drawn"),
            word("chosen", "random or substitute: the random sample; otherwise named by somebody, and kept out of the sample's figures"),
            word("state", "open or finalised"),
            day("opened_on", "The day it was drawn or named"),
            moment("submitted_at", "When the reviewer's grade was submitted; empty before that"),
            number("original_scaling", "The reviewer's scaling, 0 to 10; empty where the framework has none"),
            word("original_grade", "The reviewer's grade: outstanding, good, requires-improvement or inadequate"),
            number("moderated_scaling", "The panel's scaling, 0 to 10"),
            word("moderated_grade", "The panel's grade; empty where no panel decided"),
            word("grade", "The grade that counts: the panel's, else the reviewer's"),
            word("panel", "not-needed, waiting or decided"),
            word("loop", "open or closed, where the framework tracks the review until its loop is closed; otherwise untracked"),
            day("loop_since", "Since when it is open or closed"),
            day("supervision_due", "By when supervision of a case with an open loop is due"),
        ],
    },
    DataTable {
        name: "steps",
        about: "A step of a review that was recorded",
        columns: &[
            REVIEW,
            word("step", "Key of the step"),
            day("on", "The day it happened, or was given up"),
            yes_no("happened", "Whether it happened; 0: it could not, and the reason is on the record"),
            yes_no("said", "Whether what was said by the family is written down with it"),
        ],
    },
    DataTable {
        name: "themes",
        about: "A theme that was found in a review",
        columns: &[REVIEW, word("theme", "Key of the theme in the framework's code book"), word("found", "strength or improve")],
    },
    DataTable {
        name: "good_practice",
        about: "A passage that was marked as good practice; what it says is not in it",
        columns: &[REVIEW, word("theme", "Key of the theme it shows"), day("on", "The day it was marked")],
    },
    DataTable {
        name: "follow_ups",
        about: "What followed a review until its loop is closed; what was said there is not in it",
        columns: &[
            REVIEW,
            word("what", "supervision, assurance, reflection, oversight, support, support-progress, support-ended or longer-interval"),
            day("on", "The day it took place"),
            word("improved", "What an assurance found: yes, partly or not-yet"),
        ],
    },
    DataTable {
        name: "answers",
        about: "An answer on a scale, a grade of an area, or a yes, partly or no; no free text",
        columns: &[
            REVIEW,
            word("field", "q/ and the question's key, area/ and the area's key, or overall"),
            number("scale", "The point, 0 to 10, where the answer is one"),
            word("word", "The grade, or yes, partly, no or not-applicable, where the answer is one"),
        ],
    },
    DataTable {
        name: "panel",
        about: "A decision of the moderation panel",
        columns: &[
            REVIEW,
            day("on", "The day of the sitting"),
            word("scoring", "sealed or sighted: whether members scored before they saw the reviewer's grade"),
            word("original_grade", "The reviewer's grade"),
            word("moderated_grade", "The panel's grade"),
            word("outcome", "upheld, raised or lowered"),
            number("scores", "How many members scored"),
            yes_no("by_chance", "Whether it came before the panel by chance: only these stand for all reviews and make a coefficient"),
        ],
    },
    DataTable {
        name: "scores",
        about: "A judgement of one of several people on the same question, once it is open to all. Who gave it is not in it: the \
                judgements of a question stand from the lowest to the highest",
        columns: &[
            REVIEW,
            word("given", "panel: a member's score at the sitting; own: a reviewer's, before one was agreed"),
            word("field", "overall, or area/ and the area's key"),
            number("scale", "The point, 0 to 10, where one was given"),
            word("word", "The grade"),
        ],
    },
    DataTable {
        name: "alerts",
        about: "An alert about a review",
        columns: &[
            word("alert", "Reference of the alert"),
            REVIEW,
            word("trigger", "What opened it"),
            moment("opened_at", "When it was opened"),
            number("addressees", "How many roles had to be told"),
            number("told", "How many of them were"),
            number("acknowledged", "How many of them acknowledged it"),
            moment("first_told_at", "When the first of them was told"),
            moment("last_told_at", "When the last of them was told, so far"),
            moment("review_due_at", "By when the record had to be reviewed"),
            moment("reviewed_at", "When the assurance was complete; empty before that"),
            moment("closed_at", "When it was closed; empty before that"),
        ],
    },
    DataTable {
        name: "tellings",
        about: "Somebody who had to be told of an alert; neither who it is nor their role is in it",
        columns: &[
            word("alert", "Reference of the alert"),
            word("side", "insights: the Insights team; child: the line of management of whoever holds the case"),
            moment("since", "Since when they had to be told: mostly since the alert was opened"),
            moment("told_at", "When they were told for the first time; empty before that"),
            moment("acknowledged_at", "When they acknowledged it; empty before that"),
        ],
    },
    DataTable {
        name: "actions",
        about: "An action; one out of a plan or a register belongs to no review. What it says is not in it",
        columns: &[
            word("action", "Reference of the action"),
            REVIEW,
            yes_no("urgent", "Whether it came out of an alert, or a child's safety depended on it"),
            word("state", "open, in-progress, done, signed-off or withdrawn"),
            moment("raised_at", "When it was raised"),
            day("due_on", "By when it is to be done"),
            moment("done_at", "When its owner said that it was done"),
            moment("signed_off_at", "When somebody else had seen that it was"),
            day("revisit_on", "From when on it is looked at again"),
            word("effect", "What the revisit showed: sustained, partly, recurred or cannot-tell"),
            number("recurred", "How often what it was raised for came back"),
            word("kind", "Kind of action, as the framework's key; empty where nobody said"),
            day("reopened_on", "The day it was opened again because what it was raised for came back; empty where it never did"),
            word("cycle", "Reference of the cycle whose improvement plan it is in; empty for one that came out of a review or a register"),
            word("owner_role", "Role of whoever owns it, as the framework's key; who that is is not in it"),
        ],
    },
    DataTable {
        name: "action_links",
        about: "A further review whose findings an action answers besides its own",
        columns: &[word("action", "Reference of the action"), REVIEW],
    },
    DataTable {
        name: "plan_notes",
        about: "A note in the improvement plan of a cycle; what it says is not in it. Its wider actions are among the actions",
        columns: &[
            word("note", "Reference of the note"),
            word("cycle", "Reference of the cycle whose plan it is in"),
            word("action", "Reference of the wider action it is about; empty where it is about none"),
            word("what", "answers, presented, progress, training, narrative or concern"),
            day("on", "The day it is about"),
            word("board", "Where the plan was presented or progress was heard, as the framework's key"),
            day("ended_on", "The day a request for training was sent on, or a concern resolved; empty before that"),
            word("service", "Name of the service that its wider action is meant for; empty where it is meant for no one service"),
        ],
    },
    DataTable {
        name: "reports",
        about: "A version of a report that was kept; what it says is not in it",
        columns: &[
            word("report", "Reference of the report"),
            word("cycle", "Reference of its cycle"),
            word("report_kind", "Kind of report, as the framework's key"),
            number("version", "Which version of that cycle's report of that kind"),
            word("state", "draft, approved or published"),
            day("from", "First day of the time it speaks of"),
            day("until", "Last day of the time it speaks of"),
            day("counted_on", "The day its figures were counted"),
        ],
    },
    DataTable {
        name: "promises",
        about: "An action out of a review as a report that was kept holds it: what was promised then",
        columns: &[
            word("report", "Reference of the report"),
            word("action", "Reference of the action"),
            word("state", "Where it stood then"),
            day("due_on", "By when it was to be done, as it was promised then"),
            word("effect", "What a revisit had shown by then: sustained, partly, recurred or cannot-tell"),
            number("recurred", "How often what it was raised for had come back by then"),
            word("owner_role", "Role of whoever owned it then, as the framework's key"),
        ],
    },
    DataTable {
        name: "practitioners",
        about: "A practitioner with open cases, once for each cycle and kind in which a case of theirs was reviewed; one line without \
                either for whoever had none reviewed. Who it is, and which review, is not in it: the number stands in no other table",
        columns: &[
            number("practitioner", "A number for this table alone"),
            word("cycle", "Reference of the cycle; empty where no case of theirs was reviewed"),
            word("kind", "Kind of review, as the framework's key"),
        ],
    },
    DataTable {
        name: "entries",
        about: "An entry of a register of other activity; what it says is not in it",
        columns: &[word("register", "Key of the register"), day("on", "The day it is about")],
    },
    DataTable {
        name: "entry_answers",
        about: "A yes or no, or a choice, that an entry of a register notes; what is written there in words is not in it",
        columns: &[
            word("register", "Key of the register"),
            day("on", "The day the entry is about"),
            word("noted", "Key of what was noted"),
            word("answer", "yes, no, or the key of the choice"),
        ],
    },
    DataTable {
        name: "expected_entries",
        about: "A month of this quality assurance year of somebody of whom a register expects entries (F16); who it is is not in it",
        columns: &[
            word("register", "Key of the register"),
            number("number", "Whose month it is: a number for this table and this register alone"),
            word("role", "Their role, as the framework's key"),
            yes_no("here_today", "Whether they are here today: neither gone nor away"),
            day("month", "First day of the month"),
            number("days_here", "Days of it on which they were on the council's list and not away; days still to come as planned"),
            number("entries", "Entries about them in that month"),
            number("of_the_kind", "Of these, those that note the choice which one of the year has to have"),
        ],
    },
    DataTable {
        name: "disputes",
        about: "A dispute, or an alert of good practice (M14, C05, F18); what it says and who raised it are not in it",
        columns: &[
            word("dispute", "Its reference"),
            word("kind", "dispute or good-practice"),
            day("raised_on", "The day it was raised"),
            day("formal_on", "The day it became formal; empty before that"),
            day("due_on", "The last day of its formal part; empty where no time is set or while it is paused"),
            day("ended_on", "The day it ended; empty before that"),
        ],
    },
    DataTable {
        name: "indicators",
        about: "A performance indicator of a period, as it was brought in",
        columns: &[
            word("indicator", "Key of the indicator, as the framework's or as it came in"),
            day("from", "First day of the period"),
            day("until", "Last day of the period"),
            word("value", "The figure as it came in (87 %); empty where what came in is no short figure"),
        ],
    },
    DataTable {
        name: "caseload",
        about: "A case open in the latest extract: what the samples were drawn from",
        columns: &[
            word("case", "Pseudonym"),
            word("subject_kind", "child, care-experienced, foster-carer, adopter or service"),
            word("case_type", "Case type, as the framework's key"),
            word("service", "Service that holds it"),
            word("team", "Team that holds it"),
        ],
    },
];
