//! How far people agree about grades: decisions and own judgements, put before the statistics of `domain/agreement`.
//!
//! Only what stands for all reviews makes a coefficient (F08), and what was given with a grade in sight never meets what was
//! given unseen.

use super::Answers;
use crate::domain::agreement::{
    FEWEST_CASES, GradeShift, Pair, Resampling, Scored, fit_for_figures, inter_rater_reliability, moderation_agreement,
};
use crate::domain::framework::Conduct;
use crate::domain::grade::{Grade, Judgement};
use crate::domain::joint::OwnJudgement;
use crate::domain::panel::{PanelDecision, Scoring};
use crate::domain::query::{AgreementDetail, UnseenBy, UnseenFigure};
use crate::runtime::random;
use crate::store::StoreResult;
use std::collections::{BTreeMap, BTreeSet};

impl Answers<'_> {
    pub(super) fn agreement(&mut self, seed: u64) -> StoreResult<AgreementDetail> {
        let framework = self.library.current(self.reading)?;
        let decided = self.reading.decided(self.viewer)?;
        let pair = |(original, decision): (Judgement, &PanelDecision)| Pair::of(original, decision.moderated);
        let all: Vec<Pair> = decided.iter().map(|(original, decision, _)| pair((*original, decision))).collect();
        let fit = fit_for_figures(decided, |(_, _, reasons)| reasons.iter().any(|why| why.stands_for_all()));
        let by_chance: Vec<Pair> = fit.items.iter().map(|(original, decision, _)| pair((*original, decision))).collect();
        let scored_as = |scoring: Option<Scoring>| fit.items.iter().filter(move |(_, decision, _)| decision.scoring == scoring);
        let sighted: Vec<[Pair; 1]> =
            scored_as(Some(Scoring::Sighted)).map(|(original, decision, _)| [pair((*original, decision))]).collect();
        let sealed: Vec<Vec<Vec<Judgement>>> = scored_as(Some(Scoring::Sealed))
            .filter(|(_, decision, _)| decision.scores.len() > 1)
            .map(|(_, decision, _)| vec![decision.scores.clone()])
            .collect();
        let mut unseen = BTreeMap::from([(UnseenBy::Panel, sealed)]);
        for review in self.reading.judged_apart(self.viewer)? {
            let Some((by, questions)) = self.judged_unseen(review)? else { continue };
            unseen.entry(by).or_default().push(questions);
        }
        let resampling = Resampling::seeded(seed);
        Ok(AgreementDetail {
            grades: Grade::ALL.into_iter().map(|grade| (grade, framework.grade_label(grade).to_string())).collect(),
            all: GradeShift::of(&all),
            by_chance: GradeShift::of(&by_chance),
            left_out: fit.left_out,
            unknown: scored_as(None).count() as u32,
            moderation: moderation_agreement(&sighted, resampling, &mut random::seeded(seed)),
            unseen: unseen.into_iter().filter(|(_, reviews)| !reviews.is_empty()).map(|(by, reviews)| figure(by, &reviews, seed)).collect(),
            seed,
        })
    }

    /// What the reviewers of one case judged on their own, question by question; none while they are sealed.
    fn judged_unseen(&mut self, review: crate::domain::id::ReviewId) -> StoreResult<Option<(UnseenBy, Vec<Vec<Judgement>>)>> {
        let Some(facts) = self.reading.review_without_form(review)? else { return Ok(None) };
        let (_, _, kind) = self.rules_of(&facts)?;
        let by = match kind.conduct {
            Conduct::Pair => UnseenBy::Pair,
            Conduct::AllOnOne => UnseenBy::Benchmarking,
            _ => return Ok(None),
        };
        let joint = self.reading.joint(review, facts.reviewer, None)?;
        if !kind.judged_apart() || !joint.is_open(facts.reviewer) {
            return Ok(None);
        }
        let own: Vec<&OwnJudgement> = joint.readable().collect();
        let areas: BTreeSet<&String> = own.iter().flat_map(|own| own.areas.keys()).collect();
        let overall = own.iter().map(|own| own.judgement).collect();
        let of_area =
            |area: &String| own.iter().filter_map(|own| Some(Judgement { scaling: None, grade: *own.areas.get(area)? })).collect();
        Ok(Some((by, std::iter::once(overall).chain(areas.into_iter().map(of_area)).collect())))
    }
}

/// One figure from the judgements of each question of each review. A review is a case, since its scores hang together; where
/// there are too few of them, each question is one.
fn figure(by: UnseenBy, reviews: &[Vec<Vec<Judgement>>], seed: u64) -> UnseenFigure {
    let questions = || reviews.iter().flatten();
    // All questions share one scale: scale points where every judgement has one, else grades.
    let scaled = questions().flatten().all(|judgement| judgement.scaling.is_some());
    let place = |judgement: &Judgement| match judgement.scaling.filter(|_| scaled) {
        Some(point) => Some(point),
        None => u8::try_from(judgement.grade.rank()).ok(),
    };
    let scored =
        |questions: &[Vec<Judgement>]| Scored::of_places(questions.iter().map(|given| given.iter().map(place).collect()).collect());
    let by_question = reviews.len() < FEWEST_CASES as usize && questions().count() > reviews.len();
    let cases: Vec<Scored> = match by_question {
        true => questions().map(|question| scored(std::slice::from_ref(question))).collect(),
        false => reviews.iter().map(|review| scored(review)).collect(),
    };
    let figure = inter_rater_reliability(&cases, Resampling::seeded(seed), &mut random::seeded(seed));
    UnseenFigure { by, reviews: reviews.len() as u32, by_question, figure }
}
