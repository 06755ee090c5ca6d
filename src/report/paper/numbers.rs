//! The figures of a report alone, in rows that a spreadsheet or an analyst reads: allow-listed columns, nothing that anybody typed.
//! They say what the text says and no more: both take what the report tells, and of that what its sections ask for.

use super::asked::Asked;
use super::context::part_of;
use super::parts::{GRADE_ROWS, OF_GRADES, Period, asks_for, is_asked};
use super::suppressed::cell;
use crate::domain::action::ActionState;
use crate::domain::insight::Cell;
use crate::domain::report::told::{Kind, ToldCount};
use crate::domain::report::{Material, PlanLine, TO_DO, Told};

/// The columns.
pub const COLUMNS: [&str; 4] = ["Table", "Row", "Column", "Value"];

/// One figure; its value is a whole number, or says why it is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Which table it belongs to.
    pub table: &'static str,
    /// Its row.
    pub row: String,
    /// Its column.
    pub column: String,
    /// Its value.
    pub value: String,
}

/// The figures that a report asks for, small ones left out.
pub(super) fn numbers(material: &Material, asked: &Asked) -> Vec<Number> {
    let told = material.told();
    let mut rows = Rows { below: material.limit, out: Vec::new() };
    reviews(material, asked, &mut rows);
    if material.graded {
        grades(material, &told, asked, &mut rows);
    }
    for one in told.counts.iter().filter(|one| tells(one, material, asked)) {
        let (row, column) = named(one, material);
        rows.put(one.table.label(), &row, if column.is_empty() { "not known" } else { column }, one.cell);
    }
    if asked.shows("table", &["joint"]) {
        joint(material, &mut rows);
    }
    work(material, asked, &mut rows);
    rows.out
}

struct Rows {
    below: u32,
    out: Vec<Number>,
}

impl Rows {
    fn put(&mut self, table: &'static str, row: &str, column: &str, one: Cell) {
        self.out.push(Number { table, row: row.into(), column: column.into(), value: cell(one, self.below) });
    }

    /// Counts of the team's own work, told as they are.
    fn all(&mut self, table: &'static str, row: &str, counts: &[(&str, u32)]) {
        for (column, count) in counts {
            self.put(table, row, column, Cell::Shown(*count));
        }
    }

    /// A count by itself.
    fn alone(&mut self, table: &'static str, row: &str, column: &str, count: u32) {
        let small = (1..self.below).contains(&count);
        self.put(table, row, column, if small { Cell::Small } else { Cell::Shown(count) });
    }
}

fn reviews(material: &Material, asked: &Asked, rows: &mut Rows) {
    if asked.is_of_reviews() {
        for cycle in &material.figures.cycles {
            let progress = cycle.progress;
            let counts = [
                ("reviews", progress.sample),
                ("drawn at random", progress.drawn),
                ("completed", progress.submitted),
                ("on the record", progress.finalised),
            ];
            rows.all("Reviews", &cycle.title, &counts);
        }
    }
    for kind in material.kinds.iter().filter(|_| asked.shows("table", &["kinds"])) {
        rows.all("Reviews by kind", &kind.label, &[("reviews", kind.sample), ("completed", kind.completed)]);
    }
}

fn grades(material: &Material, told: &Told, asked: &Asked, rows: &mut Rows) {
    let by_grade = asked.shows("table", &["grades"]) || asked.shows("chart", &["grades"]);
    let period = Period::of(material, told);
    if let Some(good) = period.good {
        let of = if period.of.is_empty() { material.title.as_str() } else { period.of.as_str() };
        if by_grade || asked.names(&["good"]) {
            rows.all("Good or better", of, &[("how many", good.n), ("of", good.of)]);
        }
        for (row, cells) in GRADE_ROWS.iter().zip([period.own, period.counts]).filter(|_| by_grade) {
            for (label, one) in material.figures.grade_labels.iter().zip(cells) {
                rows.put("Grades of the random sample", row, label, one);
            }
        }
        if asked.names(&["pairs", "kept", "raised", "lowered"]) {
            for (column, one) in ["decided", "kept", "raised", "lowered"].iter().zip(period.panel) {
                rows.put("Moderation", of, column, one);
            }
        }
    }
    for stretch in told.series.stretches.iter().filter(|_| asked.shows("chart", &["run"])) {
        let title = if stretch.so_far { format!("{} so far", stretch.title) } else { stretch.title.clone() };
        rows.all("Good or better over the cycles", &title, &[("how many", stretch.good.n), ("of", stretch.good.of)]);
    }
}

/// Whether a section of the report shows a count that it tells.
fn tells(one: &ToldCount, material: &Material, asked: &Asked) -> bool {
    let table = |which: &str| asked.shows("table", &[which]);
    match one.table {
        Kind::Scaled | Kind::Short => {
            let question = material.figures.questions.iter().find(|question| format!("{}/{}", question.kind, question.key) == one.key);
            let of = asked.arguments("table").filter(|of| of.first().is_some_and(|first| first == "questions"));
            of.into_iter().any(|of| question.is_none_or(|question| is_asked(question, of.get(1..).unwrap_or_default())))
        }
        Kind::Steps => table("steps"),
        Kind::Families => asked.names(&["family"]),
        Kind::Themes => table("themes") || asked.shows("chart", &["themes"]),
        Kind::Services => table("services"),
        Kind::CaseTypes => table("case-types"),
        Kind::Areas => table("areas"),
        Kind::Alerts => asked.names(&["alerts"]),
        Kind::Registers => asked.arguments("registers").any(|of| asks_for(of, &one.key, None)),
        Kind::Noted => asked.arguments("registers").any(|of| asks_for(of, &one.key, Some(&one.column))),
    }
}

/// A count's row and column in the words that people read.
fn named<'a>(one: &'a ToldCount, material: &'a Material) -> (String, &'a str) {
    let figures = &material.figures;
    let grade = OF_GRADES.iter().position(|column| *column == one.column);
    let column = match one.table {
        Kind::Areas => grade.and_then(|place| figures.grade_labels.get(place)).unwrap_or(&one.column),
        Kind::CaseTypes => {
            figures.coverage.case_types.iter().find(|known| known.key == one.column).map_or(&one.column, |known| &known.name)
        }
        _ => &one.column,
    };
    let row = match one.table {
        Kind::Noted => {
            let register = material.registers.iter().find(|register| register.key == one.key);
            format!("{}: {}", register.map_or(one.key.as_str(), |register| &register.label), one.label)
        }
        // Kinds of review share names of steps: a row that stands twice would say two numbers of one thing.
        Kind::Steps => of_its_kind(one, material),
        _ => one.label.clone(),
    };
    (row, column)
}

/// A step's name, behind that of its kind of review where another kind has one of the same name.
fn of_its_kind(one: &ToldCount, material: &Material) -> String {
    let kind = one.key.split('/').next().unwrap_or_default();
    let shared = material.figures.steps.iter().any(|step| step.label == one.label && step.kind != kind);
    match material.kinds.iter().find(|line| shared && line.key == kind) {
        Some(line) => format!("{}: {}", line.label, one.label),
        None => one.label.clone(),
    }
}

/// Lines of the improvement plan: all of them, or those of the kinds that are shown.
fn plan(material: &Material, asked: &Asked, rows: &mut Rows) {
    let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let mut put = |row: &str, of: &dyn Fn(&PlanLine) -> bool| {
        let lines = || material.plan_to_do().filter(|line| of(line));
        rows.all("Improvement plan", row, &[("all", count(lines().count())), ("open", count(lines().filter(|line| line.open).count()))]);
    };
    let shown: Vec<&[String]> = asked.arguments("table").filter(|of| of.first().is_some_and(|first| first == "plan")).collect();
    if asked.names(&["plan"]) || shown.iter().any(|of| of.len() == 1) {
        put("lines", &|_| true);
        return;
    }
    for kind in TO_DO.iter().filter(|kind| shown.iter().any(|of| of.iter().any(|one| one == *kind))) {
        put(kind, &|line| line.kind == *kind);
    }
}

/// How many reviewers gave a file each grade (S18). It counts reviewers and no children.
fn joint(material: &Material, rows: &mut Rows) {
    for one in &material.joint {
        let labels = material.figures.grade_labels.iter().map(String::as_str);
        let counts: Vec<(&str, u32)> = labels.zip(one.grades).chain([("reviewers", one.grades.iter().sum())]).collect();
        rows.all("Files graded by several reviewers", &one.reference, &counts);
    }
}

/// What was to be done, and what became of it.
fn work(material: &Material, asked: &Asked, rows: &mut Rows) {
    let below = material.limit;
    let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    if asked.names(&["actions"]) || asked.shows("table", &["actions", "overdue", "by-service"]) {
        let of_state = |state: ActionState| count(material.actions.iter().filter(|action| action.state == state).count());
        let counts = [
            ("all", count(material.actions.len())),
            ("open", of_state(ActionState::Open) + of_state(ActionState::InProgress)),
            ("overdue", count(material.actions.iter().filter(|action| action.is_late(material.counted_on)).count())),
            ("done", of_state(ActionState::Done)),
            ("signed off", of_state(ActionState::SignedOff)),
        ];
        rows.all("Actions of these reviews", "actions", &counts);
    }
    plan(material, asked, rows);
    if asked.names(&["effects"]) {
        let effects = material.effects;
        let counts = [
            ("signed off", effects.signed_off),
            ("sustained", effects.sustained),
            ("partly sustained", effects.partly),
            ("recurred", effects.recurred),
            ("cannot tell", effects.cannot_tell),
            ("open", effects.open),
        ];
        rows.all("Actions of two years", "actions", &counts);
    }
    if asked.names(&["loops", "waits"]) {
        let loops = &material.loops;
        rows.alone("Open loops", "loops", "open", loops.open);
        for (column, many) in
            [("open for long", loops.long), ("supervision due", loops.supervision_due), ("supervision overdue", loops.supervision_late)]
        {
            rows.put("Open loops", "loops", column, part_of(many, loops.open, below));
        }
        if !(1..below).contains(&loops.open) {
            for (label, many) in loops.missing.iter().filter(|_| asked.names(&["waits"])) {
                rows.put("Open loops", "they wait for", label, part_of(*many, loops.looked_through, below));
            }
        }
        rows.alone("Open loops", "of these reviews", "tracked", loops.tracked);
        rows.put("Open loops", "of these reviews", "closed", part_of(loops.closed, loops.tracked, below));
    }
    if asked.names(&["practice"]) {
        let practice = material.practice;
        for (column, many) in [
            ("raised", practice.raised),
            ("formal", practice.formal),
            ("ended", practice.ended),
            ("open", practice.open),
            ("over their time", practice.late),
            ("good practice", practice.good_practice),
        ] {
            rows.alone("Disputes and practice alerts", "in the period", column, many);
        }
    }
}
