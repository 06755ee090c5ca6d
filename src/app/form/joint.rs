//! Forms of several reviewers on one case: naming them, judging alone, opening the seal. Q03, S18.

use super::build::{People, choice, line, new, person, plain, text};
use super::{Field, Form, FormFor, Input};
use crate::domain::deed::Deed;
use crate::domain::framework::{Conduct, Grading};
use crate::domain::grade::Grade;
use crate::domain::id::ReviewId;
use crate::domain::joint::OwnWanted;
use crate::domain::query::ReviewDetail;

/// Naming somebody beside the lead reviewer.
pub fn co_reviewer(detail: &ReviewDetail, people: People) -> Form {
    let facts = &detail.facts;
    let named = facts.joint.reviewers(facts.reviewer);
    let others = people.into_iter().filter(|(id, _)| !named.contains(id)).collect();
    let fields = vec![
        person("person", "Who", others, true),
        Field { hint: "only where something speaks against them".into(), ..plain("despite", "Why all the same", line(""), false) },
    ];
    let intro = match detail.kind.conduct {
        Conduct::Pair => "The partner is as independent of the case as the lead. Both judge on their own before they agree.",
        Conduct::AllOnOne => "Everybody named judges the same file on their own; nobody reads another\u{2019}s before all are in.",
        _ => "Whoever takes part is as independent of it as the lead.",
    };
    let title = format!("{} \u{b7} {}", facts.review.reference, detail.kind.others_label());
    new(FormFor::CoReviewer(facts.review.id), title, intro, fields, facts.revision, "name")
}

/// Taking somebody away from beside the lead reviewer.
pub fn take_away(detail: &ReviewDetail) -> Form {
    let facts = &detail.facts;
    let others: Vec<(String, String)> = detail
        .joint
        .reviewers
        .iter()
        .filter(|(person, _)| facts.joint.others.contains(person))
        .map(|(person, name)| (person.0.to_string(), name.clone()))
        .collect();
    let first = others.first().map(|(key, _)| key.clone()).unwrap_or_default();
    let fields = vec![plain("person", "Who", choice(others, &first), true)];
    let title = format!("{} \u{b7} Take a reviewer away", facts.review.reference);
    let intro = "They no longer review it. Once anybody has judged, the reviewers stay.";
    new(FormFor::TakeAway(facts.review.id), title, intro, fields, facts.revision, "take away")
}

/// Judging on one's own, as it stands so far.
pub fn own_judgement(detail: &ReviewDetail) -> Form {
    let (facts, framework, kind) = (&detail.facts, &detail.framework, &detail.kind);
    let stored = detail.joint.me.and_then(|me| facts.joint.own.get(&me)).and_then(Option::as_ref);
    let graded = |key: &str, label: &str, given: Option<Grade>| {
        let options = Grade::ALL.iter().map(|grade| (grade.key().to_string(), framework.grade_label(*grade).to_string()));
        let beside = framework.grades.iter().map(|grade| format!("{}: {}", grade.label, grade.descriptor)).collect();
        Field { beside, ..plain(key, label, choice(options.collect(), given.map(Grade::key).unwrap_or_default()), true) }
    };
    let mut fields = Vec::new();
    if kind.grading == Grading::ByArea {
        for area in kind.areas.iter().filter(|area| area.graded) {
            let given = stored.and_then(|own| own.areas.get(&area.key)).copied();
            fields.push(graded(&format!("area/{}", area.key), &area.title, given));
        }
    }
    if kind.grading == Grading::Scaling {
        let typed = stored.and_then(|own| own.judgement.scaling).map(|point| point.to_string()).unwrap_or_default();
        let input = Input::Scale { typed, may_not_apply: false };
        fields.push(Field { hint: "0 to 10".into(), fresh: true, ..plain("scaling", "Your overall scaling", input, true) });
    } else {
        fields.push(graded("grade", "Your overall grade", stored.map(|own| own.judgement.grade)));
    }
    fields.push(plain("reasons", "Why", text(stored.map(|own| own.reasons.as_str()).unwrap_or_default()), true));
    let title = format!("{} \u{b7} Your own judgement", facts.review.reference);
    let intro = "Nobody else reads it before all are in. Until then you can change it; then it stands.";
    new(FormFor::OwnJudgement(facts.review.id), title, intro, fields, facts.revision, "seal")
}

/// Opening the own judgements before all are in.
pub fn open_seal(detail: &ReviewDetail) -> Form {
    let facts = &detail.facts;
    let waited = facts.joint.missing(facts.reviewer);
    let names: Vec<&str> =
        detail.joint.reviewers.iter().filter(|(person, _)| waited.contains(person)).map(|(_, name)| name.as_str()).collect();
    let fields = vec![plain("why", "Why you do not wait", line(""), true)];
    let title = format!("{} \u{b7} Open the own judgements", facts.review.reference);
    let intro = format!("Not in yet: {}. Once open, nobody can judge on their own any more. It is not undone.", names.join(", "));
    new(FormFor::OpenSeal(facts.review.id), title, intro, fields, facts.revision, "open")
}

impl Form {
    /// What a form of several reviewers asks for; none: it is another form, or its person is not chosen.
    pub(super) fn joint_deed(&self, kind: &FormFor) -> Result<Deed, (String, String)> {
        let somebody = || self.person("person").ok_or_else(|| ("person".to_string(), "Choose somebody.".to_string()));
        Ok(match kind {
            FormFor::CoReviewer(review) => Deed::NameCoReviewer { review: *review, person: somebody()?, despite: self.value("despite") },
            FormFor::TakeAway(review) => Deed::TakeCoReviewerAway { review: *review, person: somebody()? },
            FormFor::OpenSeal(review) => Deed::OpenSeal { review: *review, why: self.value("why") },
            other => self.judge_deed(other.review().unwrap_or(ReviewId(0)))?,
        })
    }

    fn judge_deed(&self, review: ReviewId) -> Result<Deed, (String, String)> {
        let mut own = OwnWanted { reasons: self.value("reasons"), grade: Grade::parse(&self.value("grade")), ..OwnWanted::default() };
        let typed = self.value("scaling");
        if !typed.is_empty() {
            let point = typed.parse().map_err(|_| ("scaling".to_string(), "Give a whole number from 0 to 10.".to_string()))?;
            own.scaling = Some(point);
        }
        for field in &self.fields {
            if let (Some(area), Some(grade)) = (field.key.strip_prefix("area/"), Grade::parse(&field.input.value())) {
                own.areas.insert(area.to_string(), grade);
            }
        }
        Ok(Deed::JudgeAlone { review, own })
    }
}
