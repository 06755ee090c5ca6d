//! What an answer shows of a child's record. Every kind of answer is named, so that whoever adds one has to say.

use super::LookKind;
use crate::domain::filter::{Filter, Term};
use crate::domain::id::{DrpId, ReviewId};
use crate::domain::query::{Again, AlertDetail, Answered, DrpDetail, Proven, Query, ReviewDetail};

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
    /// The dispute or alert of good practice that it is or proves, if one.
    pub drp: Option<DrpId>,
}

impl Shown {
    /// One thing of a kind, by its number and reference.
    pub fn new(what: LookKind, key: i64, reference: &str, review: Option<ReviewId>) -> Shown {
        Shown { what, key, reference: reference.to_string(), review, drp: None }
    }
}

fn of_review(what: LookKind, detail: &ReviewDetail) -> Shown {
    let review = &detail.facts.review;
    Shown::new(what, review.id.0, &review.reference, Some(review.id))
}

/// What the answer to a question shows of a child's record: nothing for lists, figures and questions, which name a case by its
/// pseudonym alone.
pub fn shown_by(query: &Query, answered: &Answered) -> Option<Shown> {
    match answered {
        Answered::Review(detail) => Some(of_review(LookKind::Record, detail)),
        Answered::Earlier(earlier) => earlier.as_ref().map(|detail| of_review(LookKind::Record, detail)),
        Answered::History(_) => match query {
            Query::History(review) | Query::OpeningHistory(review) => {
                Some(Shown::new(LookKind::History, review.0, "", Some(*review)))
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
        // Two lookings at one case, side by side, show both records.
        Answered::ThenNow(found) => match query {
            Query::ThenNow(Again::Review(review)) if found.is_some() => Some(Shown::new(LookKind::Record, review.0, "", Some(*review))),
            _ => None,
        },
        // An action of no review is about no child.
        Answered::Action(life) => {
            let action = &life.action;
            action.review().map(|review| Shown::new(LookKind::Action, action.id.0, &action.reference, Some(review)))
        }
        Answered::Identity(identity) => {
            let review = identity.review;
            Some(Shown::new(LookKind::Identity, review.0, "", Some(review)))
        }
        // Whoever types the council's own number learns which case it is. One that finds nobody shows nothing.
        Answered::Queue(page) => of_search(query, page.rows.first().map(|row| (row.id.0, row.reference.as_str(), Some(row.id)))),
        Answered::Panel(page) => of_search(query, page.rows.first().map(|row| (row.id.0, row.reference.as_str(), Some(row.id)))),
        Answered::Alerts(page) => of_search(query, page.rows.first().map(|row| (row.id, row.reference.as_str(), row.review))),
        Answered::Actions(page) => of_search(query, page.rows.first().map(|row| (row.id.0, row.reference.as_str(), row.review))),
        Answered::Cases(rows) => rows.first().filter(|_| child_asked_for(query).is_some()).and_then(|row| {
            // Found by something its row does not show: by the council's own number.
            let typed = child_asked_for(query)?.to_lowercase();
            let shown = rows.iter().any(|row| row.label.to_lowercase().contains(&typed));
            let pseudonym = row.label.split_whitespace().next().unwrap_or_default().trim_end_matches(',').to_string();
            (!shown).then(|| Shown::new(LookKind::Search, 0, &pseudonym, None))
        }),
        Answered::Looks(detail) => Some(Shown::new(LookKind::Log, 0, &detail.of, detail.wanted.review)),
        // The room's screen names nobody and is projected to a room that hears the case.
        Answered::Room(_)
        | Answered::Overview(_)
        | Answered::Sittings(_)
        | Answered::People(_)
        // A person of the council, with what is theirs to do as lists name it.
        | Answered::Person(_)
        | Answered::PersonChoices(_)
        // References and days of records, as lists have them.
        | Answered::Disposals(_)
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
        | Answered::Revisits(_)
        | Answered::Programme(_)
        | Answered::Effects(_)
        | Answered::ActionGroups(..)
        | Answered::MayDo(_)
        // Which themes show in a review any filter of the queue tells as well.
        | Answered::MayCode(..)
        // What is asked before a record opens, and who is recused from it: neither tells what was found.
        | Answered::AskFirst(_)
        | Answered::Interests(_)
        | Answered::Agreement(_)
        | Answered::Insight(_)
        | Answered::Invitations(_)
        | Answered::Findings { .. }
        | Answered::PracticeAlerts(_)
        | Answered::AlertMail(_) => None,
    }
}

fn of_alert(what: LookKind, detail: &AlertDetail) -> Shown {
    let alert = &detail.alert;
    Shown::new(what, alert.id.0, &alert.reference, Some(alert.review))
}

fn of_drp(what: LookKind, detail: &DrpDetail) -> Shown {
    let drp = &detail.drp;
    Shown { drp: Some(drp.id), ..Shown::new(what, drp.id.0, &drp.reference, drp.review) }
}

/// What the first row of a list shows that was looked for by the council's own number: key, reference, review.
fn of_search(query: &Query, first: Option<(i64, &str, Option<ReviewId>)>) -> Option<Shown> {
    child_asked_for(query)?;
    first.map(|(key, reference, review)| Shown::new(LookKind::Search, key, reference, review))
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
