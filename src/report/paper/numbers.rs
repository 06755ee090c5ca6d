//! The figures of a report alone, in rows that a spreadsheet or an analyst reads: allow-listed columns, nothing that anybody typed.
//! They say what the text says and no more: both take what the report tells.

use super::parts::{GRADE_ROWS, OF_GRADES, Period};
use super::suppressed::cell;
use crate::domain::action::ActionState;
use crate::domain::insight::Cell;
use crate::domain::report::Material;
use crate::domain::report::told::Kind;

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

/// The figures, small ones left out.
pub fn numbers(material: &Material) -> Vec<Number> {
    let below = material.limit;
    let told = material.told();
    let figures = &material.figures;
    let mut out = Vec::new();
    let mut put = |table: &'static str, row: &str, column: &str, one: Cell| {
        out.push(Number { table, row: row.into(), column: column.into(), value: cell(one, below) });
    };
    // The team's own work, told as it is.
    for cycle in &figures.cycles {
        let progress = cycle.progress;
        for (column, value) in [
            ("reviews", progress.sample),
            ("drawn at random", progress.drawn),
            ("completed", progress.submitted),
            ("on the record", progress.finalised),
        ] {
            put("Reviews", &cycle.title, column, Cell::Shown(value));
        }
    }
    for kind in &material.kinds {
        put("Reviews by kind", &kind.label, "reviews", Cell::Shown(kind.sample));
        put("Reviews by kind", &kind.label, "completed", Cell::Shown(kind.completed));
    }
    let period = Period::of(material, &told);
    if material.graded
        && let Some(good) = period.good
    {
        let of = if period.of.is_empty() { material.title.as_str() } else { period.of.as_str() };
        put("Good or better", of, "how many", Cell::Shown(good.n));
        put("Good or better", of, "of", Cell::Shown(good.of));
        for (row, cells) in GRADE_ROWS.iter().zip([period.own, period.counts]) {
            for (label, one) in figures.grade_labels.iter().zip(cells) {
                put("Grades of the random sample", row, label, one);
            }
        }
        for (column, one) in ["decided", "kept", "raised", "lowered"].iter().zip(period.panel) {
            put("Moderation", of, column, one);
        }
    }
    for stretch in told.series.stretches.iter().filter(|_| material.graded) {
        let title = if stretch.so_far { format!("{} so far", stretch.title) } else { stretch.title.clone() };
        put("Good or better over the cycles", &title, "how many", Cell::Shown(stretch.good.n));
        put("Good or better over the cycles", &title, "of", Cell::Shown(stretch.good.of));
    }
    for one in &told.counts {
        let grade = OF_GRADES.iter().position(|column| *column == one.column).filter(|_| one.table == Kind::Areas);
        let column = grade.and_then(|place| figures.grade_labels.get(place)).unwrap_or(&one.column);
        let row = match one.table {
            Kind::Noted => {
                let register = material.registers.iter().find(|register| register.key == one.key);
                format!("{}: {}", register.map_or(one.key.as_str(), |register| &register.label), one.label)
            }
            _ => one.label.clone(),
        };
        put(one.table.label(), &row, if column.is_empty() { "not known" } else { column }, one.cell);
    }
    let of_state = |state: ActionState| material.actions.iter().filter(|action| action.state == state).count();
    let late = material.actions.iter().filter(|action| action.is_late(material.counted_on)).count();
    for (column, value) in [
        ("all", material.actions.len()),
        ("open", of_state(ActionState::Open) + of_state(ActionState::InProgress)),
        ("overdue", late),
        ("done", of_state(ActionState::Done)),
        ("signed off", of_state(ActionState::SignedOff)),
    ] {
        put("Actions of these reviews", "actions", column, Cell::Shown(u32::try_from(value).unwrap_or(u32::MAX)));
    }
    let effects = material.effects;
    for (column, value) in [
        ("signed off", effects.signed_off),
        ("sustained", effects.sustained),
        ("partly sustained", effects.partly),
        ("recurred", effects.recurred),
        ("cannot tell", effects.cannot_tell),
        ("open", effects.open),
    ] {
        put("Actions of two years", "actions", column, Cell::Shown(value));
    }
    out
}
