//! Who should review beside the lead: the partner of a pair, the others on one file, the members of a team or workshop.
//!
//! As free of conflict as the lead, and the lightest first; the leads just proposed count as theirs. Nothing is allocated
//! by it, and every name can be changed by hand.

use super::conflict::{Lines, line_above, with_the_person};
use super::{Candidate, CaseFacts, Ground};
use crate::domain::framework::{Conduct, ReviewKind};
use crate::domain::id::{PersonId, ReviewId};
use std::collections::BTreeMap;

/// A case that several review: its lead, as proposed or allocated, and who has been named beside them.
#[derive(Debug, Clone)]
pub struct Shared<'a> {
    /// What independence is judged by.
    pub case: &'a CaseFacts,
    /// Who leads; none: nobody is free, so nobody stands beside them either.
    pub lead: Option<PersonId>,
    /// Who stands beside the lead already.
    pub named: Vec<PersonId>,
}

/// Who should stand beside the lead of one case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// Who, and why they.
    pub people: Vec<(PersonId, String)>,
    /// Why they are fewer than there should be; empty: they are not.
    pub short: String,
}

impl ReviewKind {
    /// How many are proposed beside the lead. Q03: a pair is two. The frameworks set no size for the others: a visit or
    /// workshop begins with three in all, a benchmark (S18) with four, and more are added by hand.
    pub fn others_proposed(&self) -> usize {
        match self.conduct {
            Conduct::Pair => 1,
            Conduct::Team | Conduct::Workshop => 2,
            Conduct::AllOnOne => 3,
            Conduct::Single | Conduct::Observation | Conduct::Dip => 0,
        }
    }
}

/// Proposes who stands beside the lead of each case. Q03-Q05, S18, S19.
///
/// `ground` holds the kind as it judges those beside the lead ([`ReviewKind::for_others`]); `leads` are the reviews that the
/// same proposal gives to each lead, on top of their load. The case with the fewest free people goes first; each takes the
/// free people with the fewest open reviews (ties: by id). Nobody with any conflict is proposed.
pub fn propose_beside(
    shared: &[Shared<'_>],
    candidates: &[Candidate],
    leads: &BTreeMap<PersonId, u32>,
    ground: &Ground,
) -> BTreeMap<ReviewId, Beside> {
    let mut load: BTreeMap<PersonId, u32> =
        candidates.iter().map(|one| (one.person.id, one.load + leads.get(&one.person.id).copied().unwrap_or_default())).collect();
    let able: Vec<&Candidate> = candidates.iter().filter(|one| with_the_person(one, ground).is_empty()).collect();
    let mut waiting: Vec<(&Shared<'_>, Vec<PersonId>)> = shared
        .iter()
        .map(|shared| {
            let lines = Lines::of(shared.case, ground);
            let free = able.iter().map(|one| &one.person).filter(|person| {
                let taken = shared.lead == Some(person.id) || shared.named.contains(&person.id);
                !taken && lines.conflicts(person, &line_above(person.id, ground.people)).is_empty()
            });
            (shared, free.map(|person| person.id).collect())
        })
        .collect();
    waiting.sort_by_key(|(shared, free)| (free.len(), shared.case.review));
    let mut found = BTreeMap::new();
    for (shared, mut free) in waiting {
        let wanted = ground.kind.others_proposed().saturating_sub(shared.named.len());
        if wanted == 0 {
            continue;
        }
        if shared.lead.is_none() {
            let short = "Nobody stands beside a lead who is not found yet.".to_string();
            found.insert(shared.case.review, Beside { people: Vec::new(), short });
            continue;
        }
        let of = free.len();
        free.sort_by_key(|person| (load.get(person).copied().unwrap_or_default(), *person));
        free.truncate(wanted);
        let short = match (free.len(), wanted) {
            (had, wanted) if had >= wanted => String::new(),
            (0, _) => "Nobody else is free of conflict for this case.".to_string(),
            (had, wanted) => format!("Only {had} of {wanted} are free of conflict for this case."),
        };
        let mut people = Vec::new();
        for person in free {
            let open = load.entry(person).or_default();
            let place = if of == 1 { "the only one free".to_string() } else { format!("among the lightest of {of} free") };
            people.push((person, format!("{open} open, {place}; not in the case's team or line")));
            *open += 1;
        }
        found.insert(shared.case.review, Beside { people, short });
    }
    found
}
