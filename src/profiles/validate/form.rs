//! Kinds of review: how they are graded and conducted, their areas, questions and narrative.

use super::super::raw::Table;
use super::super::words;
use super::keys::Keys;
use super::links::{Links, Need, Target};
use super::people::small;
use super::steps;
use crate::domain::framework::{
    AnswerKind, Area, Conduct, FirstReview, GateRule, Grading, Independence, Narrative, NarrativePurpose, PointDescriptor, Question,
    ReviewKind, ReviewerPool, StepDuty, SubjectKind,
};

/// What the rest of the profile has said before its kinds of review are read.
pub(super) struct Given<'a> {
    /// Whether the framework has bands, so that scaling gives a grade.
    pub(super) bands: bool,
    /// Whom it looks at.
    pub(super) subjects: &'a [SubjectKind],
    /// Letters before a subject's pseudonym.
    pub(super) case_prefix: &'a str,
}

/// Reads the kinds of review: at least one.
pub(super) fn kinds(top: &Table<'_>, links: &Links, given: &Given<'_>) -> Vec<ReviewKind> {
    let mut keys = Keys::new();
    // The letters of references must not be those of a pseudonym, a carer's included.
    let mut prefixes: Vec<String> = given.subjects.iter().map(|subject| subject.pseudonym_prefix(given.case_prefix)).collect();
    prefixes.push(given.case_prefix.to_string());
    let kinds = top.each("kinds", "kind", |table| {
        let kind = kind(table, links, &mut keys);
        check_prefix(table, &kind.prefix, &mut prefixes);
        check_grading(table, &kind, given);
        check_gate(table, &kind);
        // A framework whose own subjects could not be read was told so already.
        let strange = |subject: &&SubjectKind| !given.subjects.is_empty() && !given.subjects.contains(subject);
        for subject in kind.subjects.iter().filter(strange) {
            let word = words::word_of(words::SUBJECTS, subject);
            table
                .note_at("subjects", format!("\"{word}\" is not among the subjects of the framework. Add it there, or leave it out here."));
        }
        kind
    });
    if kinds.is_empty() {
        top.note_at("kinds", "there are no kinds of review. Write at least one [[kinds]].");
    }
    kinds
}

fn kind(table: &Table<'_>, links: &Links, keys: &mut Keys) -> ReviewKind {
    let mut questions = Keys::new();
    let kind = ReviewKind {
        key: keys.take(table),
        label: table.text("label"),
        prefix: table.text("prefix"),
        summary: table.text("summary"),
        grading: table.choice("grading", words::GRADINGS, Grading::Ungraded),
        conduct: table.choice_or("conduct", words::CONDUCTS, Conduct::Single),
        reviewers: reviewers(table, links),
        partners: links.many(table, "partners", Target::Role(Need::Reviews)),
        reviewers_from: pools(table, links),
        independence: table.choice_or("independence", words::INDEPENDENCE, Independence::OwnTeam),
        first_review: table.inner("first_review", |first| first_review(first, links)).flatten(),
        per_reviewer: table.maybe_number("per_reviewer", 1..=50),
        commissioned_by: links.many(table, "commissioned_by", Target::Board),
        subjects: table.choices("subjects", words::SUBJECTS),
        sampled: table.flag("sampled"),
        steps: steps::read(table, links),
        areas: areas(table, &mut questions),
        narrative: narrative(table),
        gate: table.choices("gate", words::GATES),
    };
    if !kind.partners.is_empty() && !kind.is_joint() {
        let what = "partners go with a conduct of several reviewers (\"pair\", \"all-on-one\", \"team\", \"workshop\"). Leave them out, or set the conduct.";
        table.note_at("partners", what);
    }
    if kind.subjects.is_empty() {
        table.note_at("subjects", "this looks at nobody. Name at least one subject.");
    }
    if kind.areas.is_empty() && kind.narrative.is_empty() {
        table.note("this asks nothing. Write at least one area with a question, or one narrative heading.");
    }
    kind
}

fn reviewers(table: &Table<'_>, links: &Links) -> Vec<String> {
    links.some(table, "reviewers", Target::Role(Need::Reviews), "nobody could review. Name at least one role that has reviews = true.")
}

fn pools(table: &Table<'_>, links: &Links) -> Vec<ReviewerPool> {
    let mut last = None;
    table.each("reviewers_from", "pool", |pool| {
        let from = pool.date("from");
        if last.is_some_and(|before| before >= from) {
            pool.note_at("from", "this is not later than the pool above it. Put the pools in order of their dates.");
        }
        last = Some(from);
        ReviewerPool { from, reviewers: reviewers(pool, links) }
    })
}

fn first_review(table: &Table<'_>, links: &Links) -> Option<FirstReview> {
    let together = links.maybe(table, "together_with", Target::Role(Need::Any));
    let helped = table.flag("helped_by_line_manager");
    if together.is_some() == helped {
        table.note("this needs one of the two: helped_by_line_manager = true, or together_with and a role.");
    }
    together.map(FirstReview::Together).or(helped.then_some(FirstReview::LineManager))
}

fn areas(table: &Table<'_>, questions: &mut Keys) -> Vec<Area> {
    let mut keys = Keys::new();
    table.each("areas", "area", |item| Area {
        key: keys.take(item),
        title: item.text("title"),
        guidance: item.text("guidance"),
        graded: item.flag("graded"),
        questions: item.each("questions", "question", |asked| question(asked, questions)),
    })
}

fn question(table: &Table<'_>, keys: &mut Keys) -> Question {
    let read = table.choice_if_right("answer", words::ANSWERS);
    let answer = read.unwrap_or(AnswerKind::Text);
    let mut taken: Vec<u8> = Vec::new();
    let descriptors = table.each("descriptors", "descriptor", |item| {
        let before = item.faults();
        let described =
            PointDescriptor { from: small(item.number("from", 0..=10)), to: small(item.number("to", 0..=10)), text: item.text("text") };
        if item.faults() > before {
            return described;
        }
        if described.from > described.to {
            item.note(format!("this runs from {} down to {}. Write the lower point first.", described.from, described.to));
        }
        if let Some(point) = (described.from..=described.to).find(|point| taken.contains(point)) {
            item.note(format!("scale point {point} is described twice."));
        }
        taken.extend(described.from..=described.to);
        described
    });
    if !descriptors.is_empty() && read.is_some_and(|answer| answer != AnswerKind::Scale) {
        table.note_at("descriptors", "these belong to scale points. Set answer = \"scale\", or leave them out.");
    }
    Question {
        key: keys.take(table),
        text: table.text("text"),
        descriptors,
        answer,
        required: table.flag("required"),
        may_not_apply: table.flag("may_not_apply"),
    }
}

fn narrative(table: &Table<'_>) -> Vec<Narrative> {
    let mut keys = Keys::new();
    table.each("narrative", "narrative", |item| Narrative {
        key: keys.take(item),
        label: item.text("label"),
        prompt: item.text("prompt"),
        required: item.flag("required"),
        purpose: item.choice_or("purpose", words::PURPOSES, NarrativePurpose::Other),
    })
}

fn check_prefix(table: &Table<'_>, prefix: &str, taken: &mut Vec<String>) {
    if prefix.is_empty() {
        return;
    }
    if prefix.len() > 4 || !prefix.chars().all(|c| c.is_ascii_uppercase()) {
        table.note_at("prefix", format!("\"{prefix}\" is not a prefix. Use one to four capital letters, such as \"CR\"."));
    } else if prefix == "A" {
        table.note_at("prefix", "\"A\" is kept for actions. Use other letters.");
    } else if taken.iter().any(|other| other == prefix) {
        table.note_at("prefix", format!("\"{prefix}\" is taken, so references could be mistaken for each other. Use other letters."));
    }
    taken.push(prefix.to_string());
}

fn check_grading(table: &Table<'_>, kind: &ReviewKind, given: &Given<'_>) {
    let graded_areas = kind.areas.iter().filter(|area| area.graded).count();
    match kind.grading {
        Grading::Scaling if !given.bands => {
            table.note_at("grading", "this scales, but the framework has no bands that turn a scale point into a grade. Write [[bands]].");
        }
        Grading::ByArea if graded_areas == 0 => {
            table.note_at("grading", "this grades by area, but no area has graded = true.");
        }
        Grading::Scaling | Grading::Direct | Grading::Ungraded if graded_areas > 0 => {
            table.note_at("areas", "an area has graded = true, which goes with grading = \"by-area\" only.");
        }
        Grading::Scaling | Grading::Direct | Grading::ByArea | Grading::Ungraded => {}
    }
    let scaled = kind.areas.iter().flat_map(|area| &area.questions).find(|question| question.answer == AnswerKind::Scale);
    if let Some(question) = scaled {
        if kind.grading == Grading::Ungraded {
            let what = format!("question \"{}\" is scaled, but the kind is never graded. Use \"yes-partly-no\" or \"text\".", question.key);
            table.note_at("areas", what);
        } else if !given.bands {
            let what =
                format!("question \"{}\" is scaled, but the framework has no bands. Write [[bands]], or ask otherwise.", question.key);
            table.note_at("areas", what);
        }
    }
}

fn check_gate(table: &Table<'_>, kind: &ReviewKind) {
    for rule in &kind.gate {
        match rule {
            GateRule::ActionsBelowGood if kind.grading == Grading::Ungraded => {
                table.note_at("gate", "\"actions-below-good\" needs a grade, but the kind is never graded. Leave it out.");
            }
            GateRule::FamilyContact if kind.step_of(StepDuty::FamilyContact).is_none() => {
                table.note_at("gate", "\"family-contact\" needs a step with duty = \"family-contact\".");
            }
            GateRule::LearningConversation if kind.step("learning-conversation").is_none() => {
                table.note_at("gate", "\"learning-conversation\" needs a step with the key \"learning-conversation\".");
            }
            GateRule::ActionsBelowGood | GateRule::FamilyContact | GateRule::LearningConversation => {}
        }
    }
}
