//! Reading several reviewers on one case for one viewer. Q03, S18: what is sealed is left out here and nowhere later.

use super::{Reading, body};
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::joint::Joint;
use crate::store::error::StoreResult;

impl Reading<'_> {
    /// The reviewers of a case beside its lead and their own judgements, as this viewer may read them: while the seal holds only
    /// the viewer's own; nobody's for a viewer who is not on the council's list.
    pub fn joint(&self, review: ReviewId, lead: Option<PersonId>, viewer: Option<PersonId>) -> StoreResult<Joint> {
        // One statement: asked with every form, and nearly always there is none of it.
        let sql = "SELECT 1, person, NULL FROM co_reviewer WHERE review = ?1 UNION ALL SELECT 2, person, NULL FROM own_judgement WHERE review = ?1
             UNION ALL SELECT 3, NULL, why FROM seal_opened WHERE review = ?1";
        let rows = self.rows(sql, &[&review.0], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?.map(PersonId), row.get::<_, Option<String>>(2)?))
        })?;
        let (mut others, mut given, mut opened) = (Vec::new(), Vec::new(), None);
        for (what, person, why) in rows {
            match what {
                1 => others.extend(person),
                2 => given.extend(person),
                _ => opened = why,
            }
        }
        others.sort_unstable();
        // Whoever was taken off later judged too, but counts no more.
        let given = given.into_iter().filter(|person| lead == Some(*person) || others.contains(person));
        let own = given.map(|person| (person, None)).collect();
        let mut joint = Joint { others, own, opened };
        let open = joint.is_open(lead);
        for (person, own) in &mut joint.own {
            if !open && viewer != Some(*person) {
                continue;
            }
            let sql = "SELECT body FROM own_judgement WHERE review = ?1 AND person = ?2";
            let text = self.one(sql, &[&review.0, &person.0], |row| row.get::<_, String>(0))?;
            *own = text.map(|text| body("own_judgement.body", &text)).transpose()?;
        }
        Ok(joint)
    }
}
