//! What a workbook says about its figures, on its first sheet: what it is, how far it may be relied on, and what is left out and why.

use super::context::full;
use super::numbers::Number;
use super::suppressed::{is_guarded, is_left_out};
use super::{Stage, edges, first};
use crate::domain::count::counted;
use crate::domain::report::Material;
use crate::domain::report::told::Kind;

/// Names with what there is to say, in order.
pub fn about(material: &Material, stage: Stage<'_>, numbers: &[Number]) -> Vec<(String, String)> {
    let mut rows = vec![("Framework", material.council.clone()), ("Period", first::period(material))];
    let has = |begins: &str| numbers.iter().any(|number| number.table.starts_with(begins));
    // What is of registers alone says nothing of how far reviews are.
    let of_reviews = numbers.iter().any(|number| ![Kind::Registers, Kind::Noted].map(Kind::label).contains(&number.table));
    let visited: Vec<&str> = material.visits.iter().map(|visit| visit.service.as_str()).collect();
    if !visited.is_empty() {
        rows.push(("Visited", visited.join("; ")));
    } else if !material.focus.is_empty() && of_reviews {
        rows.push(("Focus", material.focus.clone()));
    }
    rows.push(("Stands", format!("{}.", edges::stands(material, stage))));
    rows.push(("Figures counted on", full(material.counted_on)));
    let open = if of_reviews { material.still_open() } else { 0 };
    if open > 0 {
        // What has been published stands as it was frozen: its first page says so in the same words.
        rows.push((
            "Provisional",
            match stage.is_published() {
                true => format!("{} still under way when the figures were counted.", counted(open, "review was", "reviews were")),
                false => format!("{} still under way. These figures will change.", counted(open, "review is", "reviews are")),
            },
        ));
    } else if material.grows {
        rows.push(("Provisional", format!("The time they speak of goes on until {}. These figures will change.", full(material.until))));
    }
    rows.push(("How to read it", "Each row is one figure: the table it belongs to, its row and its column there, and its value.".into()));
    let left_out = numbers.iter().filter(|number| is_left_out(&number.value)).count();
    rows.push((
        "Left out",
        match (material.for_team, left_out) {
            (true, _) => "Nothing: this is for the Insights team alone. Do not pass it on.".to_string(),
            (false, 0) if !numbers.iter().any(|number| is_guarded(number, material)) => {
                "Nothing: these count the team\u{2019}s own work, which is told as it is.".to_string()
            }
            (false, 0) => format!("Nothing. Counts from 1 to {} would be, and there are none.", material.limit.saturating_sub(1)),
            (false, many) => format!(
                "{} of {}. Counts from 1 to {} are left out so that no child can be known from them (\u{201c}under {}\u{201d}), and a \
                 larger one only where this report, or another that goes out, would otherwise give a small one away (\u{201c}left \
                 out\u{201d}). Counts of the team\u{2019}s own work are told as they are.",
                many,
                counted(numbers.len(), "figure", "figures"),
                material.limit.saturating_sub(1),
                material.limit
            ),
        },
    ));
    if material.graded && (has("Good or better") || has("Grades")) {
        rows.push(("Grades", "Those of the random sample alone; cases that were chosen by hand would tilt them.".into()));
    }
    rows.into_iter().map(|(name, said)| (name.to_string(), said)).collect()
}
