//! What moderation moved in the window, beside how far people agree over everything decided.

use super::{GridCell, GridRow, InsightGrid, scope};
use crate::domain::agreement::GradeShift;
use crate::domain::framework::Framework;
use crate::domain::grade::Grade;
use crate::domain::insight::Share;
use crate::domain::insight::figures::Figures;

/// The table of original by moderated grades; `says` are the sentences about agreement over everything decided.
pub fn agreement(figures: &Figures, framework: &Framework, says: Vec<String>) -> InsightGrid {
    let all = scope(figures);
    let sum = |of: fn(&crate::domain::insight::figures::CycleFigures) -> GradeShift, original, moderated| -> u32 {
        figures.cycles.iter().map(|cycle| of(cycle).count(original, moderated)).sum()
    };
    let mut rows = Vec::new();
    for (heading, flag, of) in [
        (
            "Every review decided in this window",
            "",
            (|cycle| cycle.shift.all) as fn(&crate::domain::insight::figures::CycleFigures) -> GradeShift,
        ),
        ("Of these, those that came by chance", " bychance", |cycle| cycle.shift.by_chance),
    ] {
        let total: u32 = Grade::ALL.iter().flat_map(|a| Grade::ALL.iter().map(|b| sum(of, *a, *b))).sum();
        if total == 0 {
            continue;
        }
        rows.push(GridRow::heading(heading));
        for original in Grade::ALL {
            let cells = Grade::ALL.iter().map(|moderated| {
                let count = sum(of, original, *moderated);
                let filter = format!("{all} decided original:{} moderated:{}{flag}", original.key(), moderated.key());
                GridCell::counts(count, filter).shaded(Share::new(count, total))
            });
            rows.push(GridRow::of(format!("Reviewer said {}", framework.grade_label(original)), cells.collect()));
        }
    }
    InsightGrid {
        says,
        chart: None,
        head: "Which grade the panel gave".into(),
        columns: Grade::ALL.iter().map(|grade| framework.grade_label(*grade).to_string()).collect(),
        rows,
        empty: "The panel has decided nothing in this window.".into(),
    }
}
