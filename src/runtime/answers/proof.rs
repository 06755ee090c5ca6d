//! Answers for proofs: the facts of the journal about one alert or dispute, each with whom it concerned and its rule.

use super::Answers;
use crate::domain::change::{Change, DrpChange};
use crate::domain::id::DrpId;
use crate::domain::query::{DrpDetail, ProofRow};
use crate::store::StoreResult;

/// What stands for details that were erased by law.
const ERASED: &str = "its details were erased by law";

impl Answers<'_> {
    /// A dispute with every fact about it.
    pub(in crate::runtime) fn proof_of_drp(&mut self, id: DrpId) -> StoreResult<(DrpDetail, Vec<ProofRow>)> {
        let detail = self.drp(id)?;
        let mut rows = Vec::new();
        for (seq, at, by, change) in self.reading.facts_about(&format!("drp/{}", id.0))? {
            let row = ProofRow { seq, at, by, what: ERASED.into(), to: Vec::new(), words: String::new(), rule: String::new() };
            let Some(Change::Drp(change)) = change else {
                rows.push(row);
                continue;
            };
            rows.push(self.said_of_drp(&detail, &change, row)?);
        }
        Ok((detail, rows))
    }

    fn said_of_drp(&self, detail: &DrpDetail, change: &DrpChange, row: ProofRow) -> StoreResult<ProofRow> {
        let drp = &detail.drp;
        let prefix = format!("{}: ", drp.reference);
        let what = capital(change.sentence().trim_start_matches(&prefix));
        let name = |person| self.reading.person(person).ok().flatten().map(|person| person.name).unwrap_or_default();
        let said = |list: &[crate::domain::drp::DrpAddressee]| list.iter().map(|to| to.said(&name)).collect();
        Ok(match change {
            DrpChange::Raised(swap) => {
                let new = swap.before.is_none();
                let rule = format!("M14: raised by the {}", detail.rule.raised_by.join(" or "));
                ProofRow { what, to: if new { said(&drp.first) } else { Vec::new() }, rule: if new { rule } else { String::new() }, ..row }
            }
            DrpChange::Noted { fact, .. } => match &fact.after {
                Some(fact) => ProofRow {
                    what,
                    to: said(fact.to()),
                    words: fact.text().to_string(),
                    rule: fact.step.rule(drp.kind, drp.within),
                    ..row
                },
                None => ProofRow { what, ..row },
            },
        })
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}
