//! What reviewers see together: files that several of them graded (S18), and services they visited (S19, Q05).

use super::{said, table};
use crate::domain::count::counted;
use crate::domain::report::{JointLine, Material, VisitAbout};
use crate::report::Block;

/// How far reviewers who graded the same file agreed (S18). It counts reviewers.
pub(super) fn joint(material: &Material) -> Vec<Block> {
    if material.joint.is_empty() {
        return said("No file has been graded by several reviewers on their own in this period.");
    }
    let labels = &material.figures.grade_labels;
    let head: Vec<&str> = std::iter::once("File").chain(labels.iter().map(String::as_str)).chain(["Reviewers", "Agreed grade"]).collect();
    let rows = material.joint.iter().map(|one| {
        let counts = one.grades.iter().map(u32::to_string);
        let all = one.grades.iter().sum::<u32>().to_string();
        let agreed = if one.agreed.is_empty() { "none yet".into() } else { one.agreed.clone() };
        std::iter::once(one.reference.clone()).chain(counts).chain([all, agreed]).collect()
    });
    let mut blocks =
        said("Each reviewer graded the same file without knowing the others\u{2019} grades. Reviewers are counted here, not children.");
    blocks.extend(table(&head, rows.collect()));
    blocks.extend(material.joint.iter().map(|one| Block::Text(agreement(one, labels))));
    blocks
}

/// How far the reviewers of one file agreed, in a sentence.
fn agreement(one: &JointLine, labels: &[String]) -> String {
    let given: Vec<usize> = (0..one.grades.len()).filter(|place| one.grades.get(*place).is_some_and(|count| *count > 0)).collect();
    let (Some(best), Some(worst)) = (given.first(), given.last()) else { return format!("{}: nobody has graded it yet.", one.reference) };
    let all: u32 = one.grades.iter().sum();
    let label = |place: usize| labels.get(place).map_or("", String::as_str);
    if best == worst {
        return format!("{}: all {all} reviewers gave the same grade, {}.", one.reference, label(*best));
    }
    let most = one.grades.iter().max().copied().unwrap_or_default();
    let usual: Vec<&str> = given.iter().filter(|place| one.grades.get(**place) == Some(&most)).map(|place| label(*place)).collect();
    let span = counted((worst - best) as u32, "step", "steps");
    let gave = match usual.split_first() {
        Some((first, others)) => {
            let others: Vec<String> = others.iter().map(|label| format!(", {most} gave {label}")).collect();
            format!("{most} of {all} reviewers gave {first}{}", others.concat())
        }
        None => String::new(),
    };
    if usual == [one.agreed.as_str()] {
        return format!("{}: {gave}, which was agreed in the end as well. The grades lie {span} apart.", one.reference);
    }
    let agreed = match labels.iter().position(|known| *known == one.agreed).and_then(|place| one.grades.get(place)) {
        Some(same) => format!(" {same} of {all} had given the grade that was agreed in the end, {}.", one.agreed),
        None => String::new(),
    };
    format!("{}: {gave}, and the grades lie {span} apart.{agreed}", one.reference)
}

/// The passages of visits about one thing, in the words of whoever led them.
pub(super) fn visits(material: &Material, arguments: &[&str]) -> Vec<Block> {
    // Where the section's own heading says it already, the form's is left out.
    let bare = arguments.contains(&"bare") && material.visits.len() == 1;
    let about = match arguments.first().copied().unwrap_or_default() {
        "seen" => VisitAbout::Seen,
        "strengths" => VisitAbout::Strengths,
        _ => VisitAbout::Improve,
    };
    let several = material.visits.len() > 1;
    let mut blocks = Vec::new();
    if about == VisitAbout::Seen && !material.visits.is_empty() {
        let services: Vec<&str> = material.visits.iter().map(|visit| visit.service.as_str()).collect();
        blocks.extend(said(format!("Visited: {}.", services.join("; "))));
    }
    for visit in &material.visits {
        for passage in visit.passages.iter().filter(|passage| passage.about == about) {
            let heading = if several { format!("{}: {}", visit.service, passage.label) } else { passage.label.clone() };
            if !bare {
                blocks.push(Block::Heading(2, heading));
            }
            let lines: Vec<&str> = passage.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            let points: Vec<String> = lines.iter().filter_map(|line| line.strip_prefix("- ")).map(ToString::to_string).collect();
            // As it was written: a list where every line is a point of one.
            if points.len() == lines.len() {
                blocks.push(Block::Items(points));
            } else {
                blocks.extend(lines.into_iter().map(|line| Block::Text(line.to_string())));
            }
        }
    }
    blocks
}
