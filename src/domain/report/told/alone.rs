//! What a report tells that was built before the program reckoned with other reports: its own figures, each table by itself.

use super::tables::{Noted, Part};
use super::{Series, Stretch, Stretches, Told, may_be_told};
use crate::domain::insight::figures::ByGrade;
use crate::domain::insight::labels::labels_tell;
use crate::domain::insight::{Cell, Share, Table};
use crate::domain::report::Material;

impl Told {
    /// Decides from the figures of one report alone.
    pub fn alone(material: &Material) -> Told {
        let below = material.limit;
        let part = Part { kind: String::new(), months_from_start: 0, figures: material.figures.clone() };
        let noted: Vec<Noted> = material
            .registers
            .iter()
            .map(|register| Noted {
                register: (register.key.clone(), register.label.clone()),
                own_work: register.own_work,
                month: 0,
                entries: register.entries,
                answers: register.answers.clone(),
            })
            .collect();
        let stretches = Stretches { year_starts_in: 1, shortest: 1, longer: Vec::new(), today: material.counted_on, others: None };
        Told::of(&[part], None, &noted, series(material), &stretches, below)
    }
}

fn series(material: &Material) -> Series {
    let below = material.limit;
    let mut stretches: Vec<Stretch> = material.run.iter().map(|(title, share)| bare(title, *share, material)).collect();
    stretches.retain(|one| may_be_told(one.good, below));
    let mut sums = [ByGrade::default(); 2];
    let mut moved = [0; 3];
    for cycle in &material.figures.cycles {
        for (sum, one) in sums.iter_mut().zip([cycle.original.drawn, cycle.final_grades.drawn]) {
            sum.0.iter_mut().zip(one.0).for_each(|(sum, more)| *sum += more);
        }
        let shift = &cycle.shift.all;
        moved.iter_mut().zip([shift.exact(), shift.raised(), shift.lowered()]).for_each(|(sum, more)| *sum += more);
    }
    let good = sums[1].good_or_better();
    if may_be_told(good, below) {
        let panel = Table::suppressed(&[moved.to_vec()], below);
        let cell = |at: usize| panel.cells.first().and_then(|cells| cells.get(at)).copied().unwrap_or(Cell::Beside);
        let all = panel.row_totals.first().copied().unwrap_or(Cell::Beside);
        stretches.retain(|one| one.title != material.title);
        stretches.push(Stretch {
            own: grades(sums[0], below),
            counts: grades(sums[1], below),
            panel: unlabelled([all, cell(0), cell(1), cell(2)], &moved, below),
            last_from: material.until,
            ..bare(&material.title, good, material)
        });
    }
    Series { stretches, ..Series::default() }
}

fn bare(title: &str, good: Share, material: &Material) -> Stretch {
    Stretch {
        cycles: Vec::new(),
        title: title.to_string(),
        last_from: material.from.pred_opt().unwrap_or(material.from),
        good,
        own: [Cell::Beside; 4],
        counts: [Cell::Beside; 4],
        panel: [Cell::Beside; 4],
        so_far: false,
    }
}

/// Counts by grade, best first, as they may be told beside the total and the share of Good or better: that share is the sum of the
/// first two, so none of a pair is told where the other is small.
fn grades(counts: ByGrade, below: u32) -> [Cell; 4] {
    let small = |count: u32| (1..below).contains(&count);
    let mut cells = counts.0.map(|count| if small(count) { Cell::Small } else { Cell::Shown(count) });
    for pair in [0, 2] {
        if counts.0[pair..pair + 2].iter().any(|count| small(*count)) {
            // Their sum is told: where the label of the small one would tell it, none is given.
            let tells = labels_tell(2, counts.0[pair..pair + 2].iter().sum(), below);
            cells[pair..pair + 2].iter_mut().filter(|cell| tells || **cell != Cell::Small).for_each(|cell| *cell = Cell::Beside);
        }
    }
    cells
}

/// A whole and its parts, without the labels of parts that they would tell.
fn unlabelled(mut cells: [Cell; 4], parts: &[u32; 3], below: u32) -> [Cell; 4] {
    let hidden: Vec<usize> = (1..4).filter(|at| cells[*at].count().is_none()).collect();
    let sum = hidden.iter().map(|at| parts[at - 1]).sum();
    if cells[0].count().is_some() && labels_tell(hidden.len(), sum, below) {
        hidden.into_iter().for_each(|at| cells[at] = Cell::Beside);
    }
    cells
}
