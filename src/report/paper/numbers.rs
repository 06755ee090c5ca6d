//! The figures of a report alone, in rows that a spreadsheet or an analyst reads: allow-listed columns, nothing that anybody typed.

use super::parts::{GRADE_ROWS, grades, pooled};
use super::suppressed::{cell, count};
use crate::domain::insight::{Share, Table};
use crate::domain::report::Material;

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
    let figures = &material.figures;
    let mut out = Vec::new();
    let mut put = |table: &'static str, row: &str, column: &str, value: String| {
        out.push(Number { table, row: row.into(), column: column.into(), value });
    };
    for cycle in &figures.cycles {
        let progress = cycle.progress;
        for (column, value) in [
            ("in the sample", progress.sample),
            ("drawn at random", progress.drawn),
            ("completed", progress.submitted),
            ("moderated", progress.moderated),
            ("finalised", progress.finalised),
        ] {
            put("Reviews", &cycle.title, column, count(value, below));
        }
    }
    let by_grade = super::suppressed::grades(&grades(material), below);
    if material.graded {
        for (row, cells) in GRADE_ROWS.iter().zip(&by_grade.cells) {
            for (label, one) in figures.grade_labels.iter().zip(cells) {
                put("Grades of the random sample", row, label, cell(*one, below));
            }
        }
        for (title, share) in pooled(&material.run, below) {
            both(&mut put, "Good or better", &title, share, below);
        }
    }
    for question in figures.questions.iter().filter(|question| question.answers.n() > 0) {
        let answers = question.answers;
        let counts: Vec<u32> = answers.points.iter().copied().chain([answers.yes, answers.partly, answers.no]).collect();
        let table = Table::suppressed(&[counts], below);
        let names = (0..=10).map(|point| point.to_string()).chain(["yes".into(), "partly".into(), "no".into()]);
        let scaled = answers.scaled() > 0;
        for (place, (name, one)) in names.zip(table.cells.first().into_iter().flatten()).enumerate() {
            if (place <= 10) == scaled {
                put("Answers", &question.text, &name, cell(*one, below));
            }
        }
    }
    for step in figures.steps.iter().filter(|step| step.in_time.of > 0) {
        both(&mut put, "Steps in time", &step.label, step.in_time, below);
    }
    // One table: of those asked for, what is small cannot be worked out from the others.
    let family = figures.family;
    let neither = family.asked_for.saturating_sub(family.contacted + family.barrier);
    let families = Table::suppressed(&[vec![family.contacted, family.barrier, neither]], below);
    if let Some([contacted, barrier, _]) = families.cells.first().map(Vec::as_slice) {
        put("Families", "asked for", "reviews", families.row_totals.first().map_or_else(String::new, |one| cell(*one, below)));
        put("Families", "spoken with", "reviews", cell(*contacted, below));
        put("Families", "could not be", "reviews", cell(*barrier, below));
    }
    let words = Table::suppressed(&[vec![family.said, family.contacted.saturating_sub(family.said)]], below);
    if let Some([said, _]) = words.cells.first().map(Vec::as_slice) {
        put("Families", "words written down", "reviews", cell(*said, below));
    }
    for theme in figures.themes.iter().filter(|theme| theme.reviews > 0) {
        put("Themes", &theme.label, "strength", count(theme.strength, below));
        put("Themes", &theme.label, "to improve", count(theme.improve, below));
    }
    for register in &material.registers {
        put("Registers", &register.label, "entries", count(register.entries, below));
    }
    let effects = material.effects;
    for (name, value) in [
        ("signed off", effects.signed_off),
        ("sustained", effects.sustained),
        ("partly sustained", effects.partly),
        ("recurred", effects.recurred),
        ("open", effects.open),
    ] {
        put("Actions of two years", name, "actions", count(value, below));
    }
    out
}

fn both(put: &mut impl FnMut(&'static str, &str, &str, String), table: &'static str, row: &str, share: Share, below: u32) {
    let rest = share.of.saturating_sub(share.n);
    let suppressed = Table::suppressed(&[vec![share.n, rest]], below);
    if let Some([n, _]) = suppressed.cells.first().map(Vec::as_slice) {
        put(table, row, "how many", cell(*n, below));
    }
    put(table, row, "of", suppressed.row_totals.first().map_or_else(String::new, |one| cell(*one, below)));
}
