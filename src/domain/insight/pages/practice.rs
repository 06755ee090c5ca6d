//! Themes by cycle, and the library of good practice. M22.

use super::{GridCell, GridRow, InsightGrid, Opens, scope, scope_of};
use crate::domain::framework::Framework;
use crate::domain::insight::Share;
use crate::domain::insight::figures::Figures;
use crate::domain::query::PracticeRow;

pub(super) fn themes(figures: &Figures) -> InsightGrid {
    let all = scope(figures);
    let of: u32 = figures.cycles.iter().map(|cycle| cycle.progress.sample).sum();
    let mut columns = vec!["Reviews".to_string(), "Strength".to_string(), "To improve".to_string(), "Passages".to_string()];
    // Newest first: those are what people come for, and what does not fit falls off the far end.
    columns.extend(figures.cycles.iter().rev().map(|cycle| cycle.reference.clone()));
    // What was seen most stands first; what was seen equally often stays in the framework's order.
    let mut themes: Vec<_> = figures.themes.iter().collect();
    themes.sort_by_key(|theme| std::cmp::Reverse(theme.reviews));
    let rows = themes.into_iter().map(|theme| {
        let key = &theme.key;
        let mut cells = vec![
            GridCell::counts(theme.reviews, format!("{all} theme:{key}")).shaded(Share::new(theme.reviews, of)),
            GridCell::counts(theme.strength, format!("{all} strength:{key}")),
            GridCell::counts(theme.improve, format!("{all} improve:{key}")),
            GridCell::says(theme.good_practice.to_string()),
        ];
        cells.extend(figures.cycles.iter().rev().map(|cycle| {
            let here = cycle.themes.iter().find(|one| one.key == *key);
            let count = here.map_or(0, |one| one.reviews);
            let filter = format!("{} theme:{key}", scope_of(figures, &[cycle]));
            GridCell::counts(count, filter).shaded(Share::new(count, cycle.progress.sample))
        }));
        GridRow::of(&theme.label, cells)
    });
    let most = |by: fn(&crate::domain::insight::figures::ThemeFigures) -> u32| {
        figures.themes.iter().filter(|theme| by(theme) > 0).max_by_key(|theme| by(theme))
    };
    let mut says = Vec::new();
    if let Some(theme) = most(|theme| theme.strength) {
        says.push(format!("Most often a strength: {}, in {} reviews.", theme.label, theme.strength));
    }
    if let Some(theme) = most(|theme| theme.improve) {
        says.push(format!("Most often to improve: {}, in {} reviews.", theme.label, theme.improve));
    }
    InsightGrid {
        says,
        chart: None,
        head: "Theme".into(),
        columns,
        rows: rows.collect(),
        empty: "No theme has been coded in this window. Themes are coded in a review's record, or in the queue on all marked rows.".into(),
    }
}

/// The library of good practice as a page.
pub fn library(rows: &[PracticeRow], framework: &Framework) -> InsightGrid {
    let label = |key: &str| framework.themes.iter().find(|theme| theme.key == key).map_or(key, |theme| &theme.label).to_string();
    let cells = rows.iter().map(|row| {
        let practice = &row.practice;
        let opens = |text: String| GridCell { text, opens: Some(Opens::Practice(practice.review, practice.id)), ..GridCell::default() };
        let cells = vec![opens(row.reference.clone()), opens(row.cycle.clone()), opens(label(&practice.theme))];
        let mut line = GridRow::of(&practice.note, cells);
        line.whole = format!("{} Marked by {} on {}.", practice.note, practice.by, practice.on.format("%-d %B %Y"));
        line
    });
    InsightGrid {
        says: vec![format!("{} passages that show good practice, newest first. They are kept for good and name nobody.", rows.len())],
        chart: None,
        head: "What was good".into(),
        columns: ["Review", "Cycle", "Theme"].map(str::to_string).to_vec(),
        rows: cells.collect(),
        empty: "Nothing has been marked as good practice in this window. It is marked in a review's record.".into(),
    }
}
