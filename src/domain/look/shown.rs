//! What an answer shows of a child's record. Every kind of answer is named, so that whoever adds one has to say.

use super::LookKind;
use crate::domain::filter::{Filter, Term};
use crate::domain::id::ReviewId;
use crate::domain::query::{Again, Answered, Proven, Query, ReviewDetail};

/// One thing that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What it is.
    pub what: LookKind,
    /// Its row number among its kind: of a review, an alert, a dispute, an action.
    pub key: i64,
    /// Its reference; empty where the answer does not hold it and the store has to be asked.
    pub reference: String,
    /// The review it belongs to, if one.
    pub review: Option<ReviewId>,
}

fn of_review(what: LookKind, detail: &ReviewDetail) -> Shown {
    let review = &detail.facts.review;
    Shown { what, key: review.id.0, reference: review.reference.clone(), review: Some(review.id) }
}

/// What the answer to a question shows of a child's record: nothing for lists, figures and questions, which name a case by its
/// pseudonym alone.
pub fn shown_by(query: &Query, answered: &Answered) -> Option<Shown> {
    match answered {
        Answered::Review(detail) => Some(of_review(LookKind::Record, detail)),
        Answered::Earlier(earlier) => earlier.as_ref().map(|detail| of_review(LookKind::Record, detail)),
        Answered::History(_) => match query {
            Query::History(review) => {
                Some(Shown { what: LookKind::History, key: review.0, reference: String::new(), review: Some(*review) })
            }
            _ => None,
        },
        Answered::PanelItem(item) => Some(of_review(LookKind::Item, &item.review)),
        Answered::Sitting(sitting) => sitting.item.as_ref().map(|item| of_review(LookKind::Item, &item.review)),
        Answered::Alert(detail) => Some(of_alert(LookKind::Alert, detail)),
        Answered::Drp(detail) => Some(of_drp(LookKind::Dispute, detail)),
        Answered::Proof(detail) => Some(match &detail.of {
            Proven::Alert(detail) => of_alert(LookKind::Proof, detail),
            Proven::Drp(detail) => of_drp(LookKind::Proof, detail),
        }),
        // An action of no review is about no child.
        Answered::Action(life) => life.action.review().map(|review| Shown {
            what: LookKind::Action,
            key: life.action.id.0,
            reference: life.action.reference.clone(),
            review: Some(review),
        }),
        Answered::Identity(identity) => {
            let review = identity.review;
            Some(Shown { what: LookKind::Identity, key: review.0, reference: String::new(), review: Some(review) })
        }
        // Whoever types the council's own number learns which case it is.
        Answered::Queue(page) => page.rows.first().filter(|_| child_asked_for(query).is_some()).map(|row| Shown {
            what: LookKind::Search,
            key: row.id.0,
            reference: row.reference.clone(),
            review: Some(row.id),
        }),
        Answered::Panel(page) => page.rows.first().filter(|_| child_asked_for(query).is_some()).map(|row| Shown {
            what: LookKind::Search,
            key: row.id.0,
            reference: row.reference.clone(),
            review: Some(row.id),
        }),
        Answered::Alerts(page) => page.rows.first().filter(|_| child_asked_for(query).is_some()).map(|row| Shown {
            what: LookKind::Search,
            key: row.id,
            reference: row.reference.clone(),
            review: row.review,
        }),
        Answered::Actions(page) => page.rows.first().filter(|_| child_asked_for(query).is_some()).map(|row| Shown {
            what: LookKind::Search,
            key: row.id.0,
            reference: row.reference.clone(),
            review: row.review,
        }),
        Answered::Cases(rows) => rows.first().filter(|_| child_asked_for(query).is_some()).and_then(|row| {
            // Found by something its row does not show: by the council's own number.
            let typed = child_asked_for(query)?.to_lowercase();
            let shown = rows.iter().any(|row| row.label.to_lowercase().contains(&typed));
            let pseudonym = row.label.split_whitespace().next().unwrap_or_default().trim_end_matches(',').to_string();
            (!shown).then_some(Shown { what: LookKind::Search, key: 0, reference: pseudonym, review: None })
        }),
        Answered::Looks(detail) => {
            Some(Shown { what: LookKind::Log, key: 0, reference: detail.of.clone(), review: detail.wanted.review })
        }
        // A review beside its last one: as good as its record.
        Answered::ThenNow(_) => match query {
            Query::ThenNow(Again::Review(review)) => {
                Some(Shown { what: LookKind::Record, key: review.0, reference: String::new(), review: Some(*review) })
            }
            _ => None,
        },
        // The room's screen names nobody and is projected to a room that hears the case.
        Answered::Room(_)
        | Answered::Overview(_)
        | Answered::Sittings(_)
        | Answered::People(_)
        | Answered::Reports(_)
        // A report holds counts and the words of its writers; what leaves the program is written down as it leaves.
        | Answered::Report(_)
        | Answered::Cycles(_)
        | Answered::Cycle(_)
        | Answered::Frame(_)
        | Answered::Proposal(_)
        | Answered::Substitutes(_)
        | Answered::NextThing(_)
        | Answered::DueSum(_)
        | Answered::Registers(_)
        | Answered::Register(_)
        | Answered::Entries(_)
        | Answered::Plan(_)
        | Answered::Programme(_)
        | Answered::Effects(_)
        | Answered::Revisits(_)
        | Answered::ActionGroups(..)
        // What is asked before a record opens, and who is recused from it: neither tells what was found.
        | Answered::AskFirst(_)
        | Answered::Interests(_)
        | Answered::Agreement(_)
        | Answered::Insight(_)
        | Answered::Invitations(_)
        | Answered::Findings(_)
        | Answered::PracticeAlerts(_)
        | Answered::AlertMail(_) => None,
    }
}

fn of_alert(what: LookKind, detail: &crate::domain::query::AlertDetail) -> Shown {
    let alert = &detail.alert;
    Shown { what, key: alert.id.0, reference: alert.reference.clone(), review: Some(alert.review) }
}

fn of_drp(what: LookKind, detail: &crate::domain::query::DrpDetail) -> Shown {
    let drp = &detail.drp;
    Shown { what, key: drp.id.0, reference: drp.reference.clone(), review: drp.review }
}

/// The council's own number that a question looks for: of a list's filter (`child:900123`), or what was typed to find a case.
pub fn child_asked_for(query: &Query) -> Option<String> {
    let of = |filter: &Filter| {
        filter.terms.iter().find_map(|term| match term {
            Term::Child(number) => Some(number.clone()),
            _ => None,
        })
    };
    match query {
        Query::Queue(window) => of(&window.filter),
        Query::Panel(window) | Query::Alerts(window) | Query::Actions(window) => of(&window.filter),
        Query::Cases { typed, .. } | Query::AnyCases(typed) => Some(typed.trim().to_string()).filter(|typed| !typed.is_empty()),
        _ => None,
    }
}
