//! Visits to services (S19, Q05) for a report: who was met and what was seen, what is strong and what is not, as the review has it.

use super::Answers;
use crate::domain::framework::{FieldKind, Framework, NarrativePurpose, ReportKind, ReviewKind, StepDuty};
use crate::domain::id::CycleId;
use crate::domain::insight::figures::FiguresWanted;
use crate::domain::report::{Visit, VisitAbout, VisitPassage};
use crate::domain::review::{AnswerValue, ReviewFacts, field};
use crate::store::StoreResult;

impl Answers<'_> {
    /// The visits of these cycles that are written up, where the report is about a kind of review that looks at services alone: what is
    /// written there speaks of no child.
    pub(super) fn visits(&self, framework: &Framework, kind: &ReportKind, cycles: &[CycleId]) -> StoreResult<Vec<Visit>> {
        let of = kind.kind.as_deref().and_then(|key| framework.kind(key));
        let Some(of) = of.filter(|of| of.is_named_only()) else { return Ok(Vec::new()) };
        let wanted = FiguresWanted { cycles: cycles.to_vec(), kind: Some(of.key.clone()), ..FiguresWanted::default() };
        let mut visits = Vec::new();
        for counted in self.reading.counted_reviews(&wanted, self.viewer)?.into_iter().filter(|review| review.submitted) {
            let (Some(facts), Some(case)) = (self.reading.review(counted.id)?, self.reading.line_of(counted.id)?) else { continue };
            visits.push(Visit { review: counted.id, service: case.case, passages: passages(of, &facts) });
        }
        Ok(visits)
    }
}

fn passages(kind: &ReviewKind, facts: &ReviewFacts) -> Vec<VisitPassage> {
    let mut found = Vec::new();
    let mut add = |about: VisitAbout, label: &str, text: &str| {
        if !text.trim().is_empty() {
            found.push(VisitPassage { about, label: label.to_string(), text: text.trim().to_string() });
        }
    };
    // Why the service is visited is the allocation's; what came of it is told by the steps from there to the writing up.
    let before = kind.steps.iter().take_while(|step| step.duty != StepDuty::Submit).filter(|step| step.duty != StepDuty::Allocate);
    for step in before {
        for asked in step.fields.iter().filter(|asked| asked.kind == FieldKind::Text) {
            let said = facts.steps.get(&step.key).and_then(|record| record.values.get(&asked.key));
            add(VisitAbout::Seen, &asked.label, said.map_or("", String::as_str));
        }
    }
    for heading in &kind.narrative {
        let about = match heading.purpose {
            NarrativePurpose::Strengths => VisitAbout::Strengths,
            NarrativePurpose::AreasForImprovement => VisitAbout::Improve,
            _ => VisitAbout::Seen,
        };
        if let Some(AnswerValue::Text(text)) = facts.answers.get(&field::narrative(&heading.key)).map(|answer| &answer.value) {
            add(about, &heading.label, text);
        }
    }
    found
}
