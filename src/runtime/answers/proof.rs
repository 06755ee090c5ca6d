//! Answers for proofs: the facts of the journal about one alert or dispute, each with whom it concerned and its rule.

use super::Answers;
use crate::domain::alert::AlertFact;
use crate::domain::calendar::{say_end, say_full_date, say_stamp};
use crate::domain::change::{Change, DrpChange};
use crate::domain::drp::{DrpAddressee, DrpStep};
use crate::domain::framework::within_a_sentence;
use crate::domain::id::{AlertId, DrpId, PersonId};
use crate::domain::query::{AlertDetail, DrpDetail, ProofDetail, ProofRow, Proven};
use crate::domain::strip::StripOf;
use crate::store::StoreResult;

/// What stands for details that were erased by law.
const ERASED: &str = "its details were erased by law";

impl Answers<'_> {
    /// One with every fact about it, as the journal holds them, what was taken back among them.
    pub(super) fn proof(&mut self, strip: StripOf) -> StoreResult<ProofDetail> {
        match strip {
            StripOf::Alert(id) => self.proof_of_alert(id),
            StripOf::Drp(id) => self.proof_of_drp(id),
        }
    }

    fn proof_of_alert(&mut self, id: AlertId) -> StoreResult<ProofDetail> {
        let detail = self.alert(id)?;
        // Its facts tell what was found.
        if self.reading.is_kept_back(detail.alert.review, self.viewer)? {
            return Err(StripOf::Alert(id).absent().into());
        }
        let rows = self.facts_of(StripOf::Alert(id), |answers, change, row| answers.said_of_alert(&detail, change, row))?;
        Ok(ProofDetail { of: Proven::Alert(Box::new(detail)), rows })
    }

    fn proof_of_drp(&mut self, id: DrpId) -> StoreResult<ProofDetail> {
        let detail = self.drp(id)?;
        let rows = self.facts_of(StripOf::Drp(id), |answers, change, row| answers.said_of_drp(&detail, change, row))?;
        Ok(ProofDetail { of: Proven::Drp(Box::new(detail)), rows })
    }

    fn facts_of(&self, strip: StripOf, say: impl Fn(&Answers<'_>, &Change, ProofRow) -> ProofRow) -> StoreResult<Vec<ProofRow>> {
        let found = self.reading.facts_about(&strip.object())?;
        Ok(found
            .into_iter()
            .map(|(seq, at, by, change)| {
                let row = ProofRow { seq, at, by, what: ERASED.into(), to: Vec::new(), words: String::new(), rule: String::new() };
                change.map_or(row.clone(), |change| say(self, &change, row))
            })
            .collect())
    }

    fn name_of(&self, person: PersonId) -> String {
        self.reading.person(person).ok().flatten().map(|person| person.name).unwrap_or_default()
    }

    fn said_of_alert(&self, detail: &AlertDetail, change: &Change, row: ProofRow) -> ProofRow {
        let what = change.sentence();
        let rules = &detail.framework.escalation.rules;
        let title = |key: &str| detail.framework.role_title(key).to_string();
        // By place in the list, which only ever grows at its end.
        let who = |place: usize| {
            let person = detail.alert.at(place).and_then(|one| one.person);
            let name = person.map_or_else(|| "nobody".to_string(), |person| self.name_of(person));
            format!("{name} ({})", detail.role(place))
        };
        match change {
            Change::AlertOpened(alert) => ProofRow {
                what,
                to: (0..alert.addressees.len()).map(who).collect(),
                words: alert.concern.iter().map(|written| written.text.clone()).collect::<Vec<_>>().join("\n"),
                rule: alert.trigger.rule(rules),
                ..row
            },
            Change::AlertTold { addressees, at, how, .. } => {
                let how = how.map(|how| format!(", {}", how.label())).unwrap_or_default();
                let what = format!("Told{how}, {}", say_stamp(*at));
                ProofRow { what, to: addressees.iter().map(|place| who(*place)).collect(), rule: rules.of_telling(), ..row }
            }
            Change::Alert(event) => {
                let (to, words) = match &event.what {
                    AlertFact::Acknowledged { place, .. } => (vec![who(*place)], String::new()),
                    AlertFact::AcknowledgementTakenBack { place, .. } => (vec![who(*place)], String::new()),
                    AlertFact::TellingTakenBack { places, .. } => (places.iter().map(|(place, _)| who(*place)).collect(), String::new()),
                    AlertFact::GapFilled { place, person, .. } => {
                        (vec![format!("{} ({})", self.name_of(*person), detail.role(*place))], String::new())
                    }
                    AlertFact::Followed { addressee, because, .. } => {
                        let name = addressee.person.map_or_else(|| "nobody".to_string(), |person| self.name_of(person));
                        (vec![format!("{name} ({})", title(&addressee.role))], because.clone())
                    }
                    AlertFact::FollowingTakenBack { place } => (vec![who(*place)], String::new()),
                    AlertFact::GapExplained { place, because } => (vec![detail.role(*place)], because.clone()),
                    AlertFact::AddresseeAdded { addressee, .. } => {
                        let name = addressee.person.map_or_else(|| "nobody".to_string(), |person| self.name_of(person));
                        (vec![format!("{name} ({})", title(&addressee.role))], String::new())
                    }
                    AlertFact::Assured { answers, .. } => {
                        let questions = &detail.framework.escalation.assurance;
                        let said = answers.iter().map(|answer| {
                            let asked = questions.iter().find(|question| question.key == answer.key);
                            format!("{}: {}", asked.map_or(answer.key.as_str(), |question| question.label.as_str()), answer.text)
                        });
                        (Vec::new(), said.collect::<Vec<_>>().join("\n"))
                    }
                    AlertFact::Disputed { because, decider, .. } => {
                        (decider.iter().map(|person| self.name_of(*person)).collect(), because.clone())
                    }
                    AlertFact::DisputeDecided { because, .. } => (Vec::new(), because.clone()),
                    AlertFact::Kept { note, .. } => (Vec::new(), note.clone()),
                    AlertFact::Overdue { .. } | AlertFact::StepNeedless { .. } => (Vec::new(), String::new()),
                };
                // The journal knows a role by its key.
                let what = match &event.what {
                    AlertFact::Followed { addressee, .. } | AlertFact::AddresseeAdded { addressee, .. } => {
                        what.replacen(&addressee.role, &within_a_sentence(&title(&addressee.role)), 1)
                    }
                    _ => what,
                };
                ProofRow { what, to, words, rule: event.what.rule(rules), ..row }
            }
            Change::AlertClosed { assurance, .. } => ProofRow { what, words: assurance.clone(), rule: rules.of_closing(), ..row },
            _ => ProofRow { what, ..row },
        }
    }

    fn said_of_drp(&self, detail: &DrpDetail, change: &Change, row: ProofRow) -> ProofRow {
        let Change::Drp(change) = change else { return row };
        let drp = &detail.drp;
        let title = |key: &str| detail.framework.role_title(key).to_string();
        let said = |list: &[DrpAddressee]| list.iter().map(|to| to.said(&|person| self.name_of(person), &title)).collect();
        match change {
            DrpChange::Raised(swap) if swap.before.is_none() => ProofRow {
                what: format!("Raised, {}", say_full_date(drp.raised_on)),
                to: said(&drp.first),
                rule: format!(
                    "M14, C05: raised by the {}",
                    detail.rule.raised_by.iter().map(|key| within_a_sentence(&title(key))).collect::<Vec<_>>().join(" or ")
                ),
                words: drp.facts.first().filter(|fact| fact.at == row.at).map(|fact| fact.text().to_string()).unwrap_or_default(),
                ..row
            },
            DrpChange::Noted { fact, .. } => match &fact.after {
                Some(fact) => ProofRow {
                    what: match &fact.step {
                        DrpStep::Senior { to, .. } => {
                            format!("To the {}, {}", within_a_sentence(&title(&to.role)), say_full_date(fact.on))
                        }
                        _ => format!("{}, {}", fact.heading(), say_full_date(fact.on)),
                    },
                    to: said(fact.to()),
                    words: fact.text().to_string(),
                    rule: fact.step.rule(drp.kind, drp.within),
                    ..row
                },
                None => ProofRow { what: change.sentence(), ..row },
            },
            DrpChange::Overdue { due_at, .. } => {
                let what = format!("Over its time since {}", say_end(*due_at));
                ProofRow { what, rule: drp.within.map(|within| format!("M14: {within} for the formal part")).unwrap_or_default(), ..row }
            }
            DrpChange::Raised(_) | DrpChange::AskedWhileRecused { .. } => ProofRow { what: change.sentence(), ..row },
        }
    }
}
