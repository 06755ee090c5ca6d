//! How far people agree about grades, in words and one table: what moved, and two kinds of agreement that are never mixed. F08, S18.

use crate::domain::agreement::GradeShift;
use crate::domain::query::{AgreementDetail, INTER_RATER_RELIABILITY, MODERATION_AGREEMENT};
use crate::report::Document;

/// The figures with what they stand on. Nobody is named and nothing ranks people.
pub fn agreement(detail: &AgreementDetail) -> Document {
    let mut paper = Document::new("How far people agree about grades");
    paper.heading(1, "What moderation did to grades");
    shift(&mut paper, detail, &detail.all);
    paper.heading(1, "Moderation agreement");
    paper.text(MODERATION_AGREEMENT);
    for said in detail.moderation_says() {
        paper.text(said);
    }
    paper.heading(1, "Inter-rater reliability");
    paper.text(INTER_RATER_RELIABILITY);
    for said in detail.unseen_says() {
        paper.text(said);
    }
    paper.text(detail.seed_says());
    paper
}

fn shift(paper: &mut Document, detail: &AgreementDetail, shift: &GradeShift) {
    paper.text(shift.sentence());
    if shift.pairs() == 0 {
        return;
    }
    paper.facts(shift.facts());
    let head: Vec<String> =
        std::iter::once("Reviewer \u{2193} Panel \u{2192}".to_string()).chain(detail.grades.iter().map(|(_, word)| word.clone())).collect();
    let rows = detail.grades.iter().map(|(original, word)| {
        let counts = detail.grades.iter().map(|(moderated, _)| shift.count(*original, *moderated).to_string());
        std::iter::once(word.clone()).chain(counts).collect()
    });
    paper.table(&head.iter().map(String::as_str).collect::<Vec<_>>(), rows.collect());
}
