//! How far people agree about grades, in words and one table: what moved, and two kinds of agreement that are never mixed. F08, S18.

use crate::domain::agreement::GradeShift;
use crate::domain::count::counted;
use crate::domain::query::AgreementDetail;
use crate::report::Document;

/// The figures with what they stand on. Nobody is named and nothing ranks people.
pub fn agreement(detail: &AgreementDetail) -> Document {
    let mut paper = Document::new("How far people agree about grades");
    paper.heading(1, "What moderation did to grades");
    shift(&mut paper, detail, &detail.all);
    paper.heading(1, "Moderation agreement");
    paper.text("How far the panel agreed with the reviewer whose grade it had in sight: quadratic-weighted kappa.");
    let fit = counted(detail.by_chance.pairs(), "decided review stands", "decided reviews stand");
    let left_out = match detail.left_out {
        0 => String::new(),
        1 => "; 1 more came for a reason of its own and is left out".to_string(),
        more => format!("; {more} more came for reasons of their own and are left out"),
    };
    paper.text(format!("{fit} for all reviews{left_out}."));
    if detail.left_out > 0 && detail.by_chance.pairs() > 0 {
        paper.text(format!("Of these alone: {}", detail.by_chance.sentence()));
    }
    if detail.unknown > 0 {
        let unknown = counted(detail.unknown, "older decision does", "older decisions do");
        paper.text(format!("{unknown} not say whether the reviewer\u{2019}s grade was in sight, and are in no figure."));
    }
    paper.text(detail.moderation.sentence());
    paper.heading(1, "Inter-rater reliability");
    paper.text("How far people agree who could not see one another\u{2019}s judgement: Krippendorff\u{2019}s alpha for ordered grades.");
    if detail.unseen.is_empty() {
        paper.text("No judgement has been given unseen yet.");
    }
    for figure in &detail.unseen {
        let reviews = counted(figure.reviews, "review", "reviews");
        let how = if figure.by_question { ", each question a case of its own" } else { "" };
        paper.text(format!("{}, {reviews}{how}. {}", figure.by.label(), figure.figure.sentence()));
    }
    paper.text(format!("Seed of every interval: {}. The same seed gives the same intervals.", detail.seed));
    paper
}

fn shift(paper: &mut Document, detail: &AgreementDetail, shift: &GradeShift) {
    paper.text(shift.sentence());
    let pairs = shift.pairs();
    if pairs == 0 {
        return;
    }
    let percent = |part: u32| format!("{part} of {pairs} ({} %)", (f64::from(part) * 100.0 / f64::from(pairs)).round());
    let mean = shift.mean_steps().map(|mean| format!("{mean:+.2} grades")).unwrap_or_default();
    paper.facts([
        ("Same grade", percent(shift.exact())),
        ("Within one grade", percent(shift.within_one())),
        ("Mean shift", if mean == "-0.00 grades" { "+0.00 grades".to_string() } else { mean }),
    ]);
    let head: Vec<String> =
        std::iter::once("Reviewer \u{2193} Panel \u{2192}".to_string()).chain(detail.grades.iter().map(|(_, word)| word.clone())).collect();
    let rows = detail.grades.iter().map(|(original, word)| {
        let counts = detail.grades.iter().map(|(moderated, _)| shift.count(*original, *moderated).to_string());
        std::iter::once(word.clone()).chain(counts).collect()
    });
    paper.table(&head.iter().map(String::as_str).collect::<Vec<_>>(), rows.collect());
}
