//! Erasing at the doorway: an approved disposal is carried out and the files are swept. What a kill leaves unswept in between says so
//! on its disposal, and the next `tick` or `closeloop dispose sweep` finishes it. T47.

use super::privacy::{no_disposal, no_review};
use super::{Receipt, refuse};
use crate::app::form::FormFor;
use crate::domain::access::Right;
use crate::domain::calendar::local_date;
use crate::domain::change::{Change, PrivacyChange, Swap};
use crate::domain::deed::{Actor, Trace};
use crate::domain::id::{DisposalId, DrpId, ReviewId};
use crate::domain::query::Viewer;
use crate::domain::retention::{Disposal, DisposalStand, may_decide, may_erase};
use crate::runtime::access;
use crate::runtime::library::Library;
use crate::store::{self, DraftStore, Reading, Store, StoreError, StoreResult, Swept};
use chrono::{DateTime, Utc};
use std::cell::Cell;
use std::path::Path;

/// What a disposal came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disposed {
    /// References of the reviews that are gone.
    pub references: Vec<String>,
    /// Rows of the journal whose details are gone.
    pub rows: usize,
    /// Whether the files were swept.
    pub swept: Swept,
}

/// Carries an approved disposal out, with the sentence for a screen.
pub fn carry_out(path: &Path, library: &mut Library, actor: &Actor, now: DateTime<Utc>, disposal: DisposalId) -> StoreResult<Receipt> {
    let done = dispose(path, library, actor, now, disposal)?;
    let left = why_unswept(&done.swept).unwrap_or_else(|| "no byte of it is left in the files of this database".into());
    let said = format!("Erased for good: {}; {left}", done.references.join(", "));
    Ok(Receipt { said, trace: Trace::ForGood, ..Receipt::default() })
}

/// Carries an approved disposal out: every rule is asked once more inside the transaction, since a hold may have come meanwhile.
pub fn dispose(path: &Path, library: &mut Library, actor: &Actor, now: DateTime<Utc>, id: DisposalId) -> StoreResult<Disposed> {
    let today = local_date(now);
    let (references, rows) = store::erase(path, |tx| {
        let reading = tx.reading();
        let framework = library.current(reading)?;
        let (actor, may) = access::standing(reading, library, actor, today)?;
        access::must(reading, library, &may, Right::Administer)?;
        may_decide(&framework, actor.person.map(|_| actor.role.as_str()))?;
        let before = reading.disposal(id)?.ok_or_else(|| no_disposal(id))?;
        if before.stand != DisposalStand::Approved {
            return Err(refuse(
                format!("Disposal {} is {}.", id.0, before.stand.label()),
                "Only one that a second person has approved is carried out.",
            ));
        }
        let viewer = access::seeing(reading, library, &Viewer::of(actor.person, now, today))?;
        let (mut rows, mut references) = (Vec::new(), Vec::new());
        for review in &before.reviews {
            reading.open_to(*review, &viewer)?;
            let ground = reading.erasure_ground(*review)?.ok_or_else(no_review)?;
            may_erase(&framework, &ground, today)?;
            // One after the other: the last review of a subject takes them along.
            let erased = reading.erasure_of(*review, id, today)?.ok_or_else(no_review)?;
            rows.extend(&erased.rows);
            references.push(ground.reference);
            tx.write(&actor, now, &[Change::Privacy(PrivacyChange::Erased(Box::new(erased)))])?;
        }
        let after = Disposal { stand: DisposalStand::Done, unswept: true, ..before.clone() };
        let done = PrivacyChange::Disposal(Swap { before: Some(before), after: Some(after) });
        tx.write(&actor, now, &[Change::Privacy(done)])?;
        let many = rows.len();
        Ok((rows, (references, many)))
    })?;
    // They are gone, whatever is in the way of sweeping: that is tried again.
    let swept = sweep_after_erasing(path, actor, now).unwrap_or_else(|error| {
        let in_use = matches!(error, StoreError::Busy(_));
        Swept { clean: false, trouble: (!in_use).then(|| error.to_string().trim_end_matches('.').to_string()) }
    });
    Ok(Disposed { references, rows, swept })
}

/// Why the files are still to be swept, what may be left in them, and who sweeps them, as the rest of a sentence; none: they are clean.
pub fn why_unswept(swept: &Swept) -> Option<String> {
    let (why, once) = match &swept.trouble {
        None => ("others were at work".to_string(), "when nobody is"),
        Some(trouble) => (format!("the files could not be swept ({trouble})"), "once that is mended"),
    };
    let said = "so bytes of what was erased may still lie in the files: closeloop tick sweeps them, or `closeloop dispose sweep`";
    (!swept.clean).then(|| format!("{why}, {said} {once}"))
}

/// Sweeps the files after an erasure: drafts about what is gone, the log, and the pages that its rows once lay in. Once all of it is
/// clean, the disposals that waited for it say so.
///
/// # Errors
/// A file cannot be opened, read or written; the disposals still wait.
pub fn sweep_after_erasing(path: &Path, actor: &Actor, now: DateTime<Utc>) -> StoreResult<Swept> {
    let (waiting, drafts) = {
        let store = Store::open(path)?;
        let unread = Cell::new(false);
        let is_gone = |form: &str| {
            let form = FormFor::of_draft(form);
            let gone = form.map_or(Ok(false), |form| is_about_what_is_gone(store.reading(), &form));
            gone.unwrap_or_else(|_| {
                unread.set(true);
                false
            })
        };
        let drafts = DraftStore::open(path)?.purge(is_gone)?;
        // Only those that wait now: somebody may erase more while this is swept.
        let waiting: Vec<DisposalId> = store.reading().unswept_disposals()?.iter().map(|one| one.id).collect();
        (waiting, Swept { clean: drafts.clean && !unread.get(), ..drafts })
    };
    let files = store::sweep(path)?;
    let swept = Swept { clean: files.clean && drafts.clean, trouble: files.trouble.or(drafts.trouble) };
    if swept.clean && !waiting.is_empty() {
        Store::open(path)?.write(|tx| {
            // Another sweep may have said so meanwhile.
            let mut still = tx.reading().unswept_disposals()?;
            still.retain(|one| waiting.contains(&one.id));
            let clean = still.into_iter().map(|before| {
                let after = Disposal { unswept: false, ..before.clone() };
                Change::Privacy(PrivacyChange::Disposal(Swap { before: Some(before), after: Some(after) }))
            });
            tx.write(actor, now, &clean.collect::<Vec<_>>()).map(drop)
        })?;
    }
    Ok(swept)
}

/// What a form is about, as far as that may be withheld from somebody or be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormIsAbout {
    /// No single case.
    NoCase,
    /// A review, or an alert of one.
    Review(ReviewId),
    /// A dispute, or an alert of good practice.
    Drp(DrpId),
    /// An alert or a dispute that is not there any more.
    Gone,
}

/// Looks up what a form is about.
pub fn form_is_about(reading: Reading<'_>, form: &FormFor) -> StoreResult<FormIsAbout> {
    if let Some(review) = form.review() {
        return Ok(FormIsAbout::Review(review));
    }
    if let Some(alert) = form.alert() {
        return Ok(reading.alert(alert)?.map_or(FormIsAbout::Gone, |alert| FormIsAbout::Review(alert.review)));
    }
    match form {
        FormFor::DrpStep(drp) => Ok(reading.drp(*drp)?.map_or(FormIsAbout::Gone, |_| FormIsAbout::Drp(*drp))),
        _ => Ok(FormIsAbout::NoCase),
    }
}

/// Whether a form is about a review that was erased, or about an alert or a dispute that went with one.
fn is_about_what_is_gone(reading: Reading<'_>, form: &FormFor) -> StoreResult<bool> {
    match form_is_about(reading, form)? {
        FormIsAbout::Review(review) => Ok(reading.erased_on(review)?.is_some()),
        FormIsAbout::Gone => Ok(true),
        FormIsAbout::NoCase | FormIsAbout::Drp(_) => Ok(false),
    }
}
