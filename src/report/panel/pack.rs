//! The pack for the night before: everything the panel needs in one file, in case the network fails. Children are pseudonyms, and
//! nobody who works with them is named; what is scored blind is without the reviewer's judgement.

use super::{judgement, leave, when};
use crate::domain::count::counted;
use crate::domain::framework::FieldKind;
use crate::domain::grade::Grade;
use crate::domain::query::{ItemDetail, ReviewDetail, SittingDetail};
use crate::domain::review::field;
use crate::report::Document;

/// The pack; `items` are those of the agenda that may be seen, in its order.
pub fn pack(sitting: &SittingDetail, items: &[ItemDetail]) -> Document {
    let mut paper = Document::new(format!("Pack for the moderation panel, {}", when(sitting)));
    paper.running.handling = "Confidential. For this sitting alone: destroy it afterwards.".into();
    paper.text("Confidential. Children are given by their pseudonym; destroy this file after the sitting.");
    if items.iter().any(|item| item.blind) {
        paper.text("Scores are sealed: the reviewer\u{2019}s judgement is left out, so that each member can score unseen.");
    }
    paper.heading(1, "Agenda");
    if items.is_empty() {
        paper.text("No case waits for this sitting.");
    }
    let rows = items.iter().enumerate().map(|(place, item)| {
        let row = &item.row;
        let (number, case_type) = ((place + 1).to_string(), item.review.case_type.clone());
        vec![number, row.reference.clone(), row.case.clone(), case_type, row.why.clone(), leave(sitting, row)]
    });
    paper.table(&["#", "Ref", "Case", "Type", "Why here", "Leave"], rows.collect());
    for (place, item) in items.iter().enumerate() {
        one(&mut paper, sitting, place + 1, item);
    }
    paper.heading(1, "What the grades mean");
    for grade in Grade::ALL {
        if let Some(known) = sitting.framework.descriptor(grade) {
            let band = sitting.framework.bands.iter().find(|band| band.grade == grade);
            let points = band.map(|band| format!(" ({} to {})", band.from, band.to)).unwrap_or_default();
            paper.quote(&format!("{}{points}", known.label), &known.descriptor);
        }
    }
    paper
}

fn one(paper: &mut Document, sitting: &SittingDetail, place: usize, item: &ItemDetail) {
    let (row, review) = (&item.row, &item.review);
    paper.heading(1, format!("{place}. {} ({})", row.reference, row.case));
    let said = |found| judgement(&review.framework, found);
    let earlier = review.earlier.as_ref().map(|(_, reference, found)| {
        let found = found.map(|found| format!(" ({})", said(found))).unwrap_or_default();
        format!("{reference}{found}")
    });
    let judged = if item.blind { String::new() } else { review.facts.original.map(said).unwrap_or_default() };
    paper.facts([
        ("Kind", review.kind.label.clone()),
        ("Case type", review.case_type.clone()),
        ("Age", review.age_years.map(|age| counted(age, "year", "years")).unwrap_or_default()),
        ("Service", review.team.1.clone()),
        ("Cycle", format!("{} ({})", review.cycle.1, review.cycle.0)),
        ("Focus", review.focus.clone()),
        ("Here because", row.why.clone()),
        ("Leave for it", leave(sitting, row)),
        ("Earlier review", earlier.unwrap_or_default()),
        ("Reviewer\u{2019}s judgement", judged),
    ]);
    questions(paper, review);
    for heading in &review.kind.narrative {
        if let Some(answer) = review.facts.answer(&field::narrative(&heading.key)) {
            paper.quote(&heading.label, answer.text());
        }
    }
    steps(paper, review);
}

/// The answers to the questions, area by area; those in scale points in a table.
fn questions(paper: &mut Document, review: &ReviewDetail) {
    let mut rows = Vec::new();
    let mut written = Vec::new();
    for area in &review.kind.areas {
        for question in &area.questions {
            let Some(answer) = review.facts.answer(&field::question(&question.key)) else { continue };
            if answer.text().is_empty() {
                rows.push(vec![area.title.clone(), question.text.clone(), answer.said()]);
            } else {
                written.push((question.text.clone(), answer.text().to_string()));
            }
        }
        // Where it is scored blind the areas' grades have been left out before this.
        if let Some(answer) = review.facts.answer(&field::area(&area.key)) {
            rows.push(vec![area.title.clone(), "Grade of the area".into(), answer.said()]);
        }
    }
    paper.table(&["Area", "Question", "Answer"], rows);
    for (question, answer) in written {
        paper.quote(&question, &answer);
    }
}

/// What was heard on the way: conversations and what the family said, or why that could not be.
fn steps(paper: &mut Document, review: &ReviewDetail) {
    for step in &review.kind.steps {
        let Some(record) = review.facts.steps.get(&step.key) else { continue };
        if let Some(why) = &record.not_done_because {
            paper.quote(&format!("{} was not possible", step.label), why);
            continue;
        }
        for asked in &step.fields {
            let (Some(value), FieldKind::Line | FieldKind::Text) = (record.values.get(&asked.key), &asked.kind) else { continue };
            paper.quote(&format!("{}, {}", step.label, asked.label), value);
        }
    }
}
