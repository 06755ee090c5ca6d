//! A balanced proposal: the case with the fewest free people first, each to the free person with the lightest load.

use super::conflict::{Lines, above_teams, enough_in_cycle, line_above, over_cap, with_the_person};
use super::first::{companion_for, needs_companion};
use super::{Candidate, CaseFacts, Conflict, Ground};
use crate::domain::id::{PersonId, ReviewId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who should review what. Nothing is allocated by it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// One for each case, by review.
    pub suggestions: Vec<Suggestion>,
}

impl Proposal {
    /// Cases nobody could be suggested for.
    pub fn unallocated(&self) -> impl Iterator<Item = &Suggestion> {
        self.suggestions.iter().filter(|suggestion| suggestion.reviewer.is_none())
    }
}

/// Who should review one case, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The review.
    pub review: ReviewId,
    /// Who; none when nobody is free.
    pub reviewer: Option<PersonId>,
    /// Why this person, or why nobody.
    pub because: String,
    /// Everybody else who was ruled out, by id, with the weightiest reason.
    pub ruled_out: Vec<(PersonId, Conflict)>,
    /// They have never completed a review (S06, F21).
    pub first: bool,
    /// Who stands beside them then; none where nobody does.
    pub companion: Option<PersonId>,
}

/// Proposes a reviewer for each case. Nobody with any conflict, hard or soft, is proposed.
///
/// Cases go in the order of how few people are free for them (ties: by review), each to the free person with the fewest
/// open reviews, those just proposed included (ties: by id). When everybody free for a case is at their cap, somebody else
/// takes one of theirs where that is possible (an augmenting path), so that a case is left over only when it has to be. In
/// the end nobody free for a case has two open reviews fewer than the one it goes to.
pub fn propose(cases: &[CaseFacts], candidates: &[Candidate], ground: &Ground) -> Proposal {
    let mut candidates: Vec<&Candidate> = candidates.iter().collect();
    candidates.sort_by_key(|candidate| candidate.person.id);
    candidates.dedup_by_key(|candidate| candidate.person.id);
    let mut cases: Vec<&CaseFacts> = cases.iter().collect();
    cases.sort_by_key(|case| case.review);
    cases.dedup_by_key(|case| case.review);

    let personal: Vec<Option<Conflict>> = candidates.iter().map(|c| with_the_person(c, ground).into_iter().next()).collect();
    // Every case is held against everybody: what is of the person or of the team alone is looked up once.
    let above: Vec<Vec<PersonId>> = candidates.iter().map(|c| line_above(c.person.id, ground.people)).collect();
    let teams = above_teams(ground);
    let against = |case: &CaseFacts| -> Vec<Option<Conflict>> {
        let team = case.team.and_then(|team| teams.get(&team)).cloned().unwrap_or_default();
        let lines = Lines::under(case, ground, team);
        let near = |(candidate, above): (&&Candidate, &Vec<PersonId>)| lines.conflicts(&candidate.person, above).into_iter().next();
        candidates.iter().zip(&above).map(near).zip(&personal).map(|(near, person)| near.or_else(|| person.clone())).collect()
    };
    let ruled_out: Vec<Vec<Option<Conflict>>> = cases.iter().map(|case| against(case)).collect();
    let free = ruled_out.iter().map(|ruled| (0..candidates.len()).filter(|&who| ruled[who].is_none()).collect()).collect();
    let load = candidates.iter().map(|c| c.load).collect();
    let mut board = Board { candidates: &candidates, ground, free, load, taken: BTreeMap::new() };

    let mut order: Vec<usize> = (0..cases.len()).collect();
    order.sort_by_key(|&case| (board.free[case].len(), case));
    for case in order {
        board.give(case, &mut vec![false; candidates.len()]);
    }
    board.level();

    let new = board.taken.values().any(|taker| needs_companion(candidates[taker.who], ground));
    let everybody: Vec<Candidate> = if new { candidates.iter().map(|candidate| (*candidate).clone()).collect() } else { Vec::new() };
    let suggestions = cases.iter().zip(ruled_out).enumerate().map(|(n, (case, ruled))| board.suggestion(n, case, ruled, &everybody));
    Proposal { suggestions: suggestions.collect() }
}

struct Board<'a> {
    candidates: &'a [&'a Candidate],
    ground: &'a Ground<'a>,
    /// For each case, who has no conflict with it but for the load.
    free: Vec<Vec<usize>>,
    /// Open reviews of each candidate, those proposed here included.
    load: Vec<u32>,
    /// Who takes which case.
    taken: BTreeMap<usize, Taker>,
}

struct Taker {
    who: usize,
    because: String,
}

impl Board<'_> {
    fn full(&self, who: usize) -> bool {
        self.against_one_more(who).is_some()
    }

    /// What speaks against one more for somebody, those proposed here included.
    fn against_one_more(&self, who: usize) -> Option<Conflict> {
        let candidate = self.candidates[who];
        let more = self.load[who].saturating_sub(candidate.load);
        over_cap(candidate, self.load[who]).or_else(|| enough_in_cycle(candidate, more, self.ground))
    }

    // `asked` are the people already asked on this path to pass a case on.
    fn give(&mut self, case: usize, asked: &mut [bool]) -> bool {
        if let Some(who) = self.lightest(case) {
            self.hand(case, who);
            return true;
        }
        for who in self.free[case].clone() {
            if std::mem::replace(&mut asked[who], true) {
                continue;
            }
            let theirs: Vec<usize> = self.taken.iter().filter(|(_, taker)| taker.who == who).map(|(case, _)| *case).collect();
            // Somebody at their cap passes a case on and takes this one: their load stays as it is.
            if theirs.into_iter().any(|other| self.give(other, asked)) {
                self.load[who] -= 1;
                self.hand(case, who);
                return true;
            }
        }
        false
    }

    fn lightest(&self, case: usize) -> Option<usize> {
        self.free[case].iter().copied().filter(|&who| !self.full(who)).min_by_key(|&who| (self.load[who], who))
    }

    fn hand(&mut self, case: usize, who: usize) {
        let open = self.load[who];
        let free: Vec<usize> = self.free[case].iter().copied().filter(|&other| !self.full(other)).collect();
        let place = match free.len() {
            1 => "the only one free".to_string(),
            of if free.iter().all(|&other| self.load[other] >= open) => format!("lightest of {of} free"),
            of => format!("one of {of} free"),
        };
        self.taken.insert(case, Taker { who, because: format!("{open} open, {place}; not in the case's team or line") });
        self.load[who] += 1;
    }

    // Cases given early may have made somebody heavier than they need be. Every move makes the sum of squared loads
    // smaller, so this ends.
    fn level(&mut self) {
        let mut moved = true;
        while moved {
            moved = false;
            for case in 0..self.free.len() {
                let Some(who) = self.taken.get(&case).map(|taker| taker.who) else { continue };
                if let Some(other) = self.lightest(case).filter(|&other| self.load[other] + 1 < self.load[who]) {
                    self.load[who] -= 1;
                    self.hand(case, other);
                    moved = true;
                }
            }
        }
    }

    fn suggestion(&self, place: usize, case: &CaseFacts, ruled: Vec<Option<Conflict>>, everybody: &[Candidate]) -> Suggestion {
        let taker = self.taken.get(&place);
        let mut ruled_out = Vec::new();
        for (who, conflict) in ruled.into_iter().enumerate().filter(|(who, _)| taker.is_none_or(|taker| taker.who != *who)) {
            let conflict = conflict.or_else(|| self.against_one_more(who));
            ruled_out.extend(conflict.map(|conflict| (self.candidates[who].person.id, conflict)));
        }
        let because = match taker {
            Some(taker) => taker.because.clone(),
            None => nobody(&ruled_out),
        };
        let reviewer = taker.map(|taker| self.candidates[taker.who]);
        Suggestion {
            review: case.review,
            reviewer: reviewer.map(|reviewer| reviewer.person.id),
            because,
            ruled_out,
            first: reviewer.is_some_and(|reviewer| needs_companion(reviewer, self.ground)),
            companion: reviewer.and_then(|reviewer| companion_for(case, reviewer, everybody, self.ground)),
        }
    }
}

fn nobody(ruled_out: &[(PersonId, Conflict)]) -> String {
    if ruled_out.is_empty() {
        return "Nobody is free: there is no reviewer yet.".to_string();
    }
    let words = ["with no reviewing role", "gone or leaving", "away", "at their cap", "in the case's team or line", "recused"];
    let mut counts = [0u32; 6];
    for (_, conflict) in ruled_out {
        counts[match conflict {
            Conflict::RoleMayNotReview { .. } => 0,
            Conflict::Left { .. } => 1,
            Conflict::Away { .. } => 2,
            Conflict::OverCap { .. } | Conflict::EnoughInCycle { .. } => 3,
            Conflict::Recused => 5,
            _ => 4,
        }] += 1;
    }
    let said: Vec<String> = words.iter().zip(counts).filter(|(_, n)| *n > 0).map(|(words, n)| format!("{n} {words}")).collect();
    format!("Nobody is free: {}.", said.join(", "))
}
