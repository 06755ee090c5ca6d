//! The counts of a cycle, by which its phases stand.

use serde::Serialize;

/// How the reviews of a cycle stand: whole counts, withdrawn ones left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct CycleCounts {
    /// In the sample.
    pub reviews: u32,
    /// With a reviewer.
    pub allocated: u32,
    /// Submitted: the original judgement stands.
    pub submitted: u32,
    /// That the panel has to see.
    pub for_panel: u32,
    /// That the panel has decided.
    pub panel_decided: u32,
    /// Submitted and waiting for the workshop that moderates them without a grade (Q04).
    pub for_workshop: u32,
    /// That have been through it.
    pub workshop_held: u32,
    /// Of a kind that is not returned to anybody: a dip sample, a benchmark.
    pub not_returned: u32,
    /// Its kind looks at services, which are named and never drawn (S19, Q05).
    pub named_only: bool,
    /// Returned to the practitioner.
    pub returned: u32,
    /// Finalised on the case record.
    pub finalised: u32,
    /// Past the date of their next step.
    pub late: u32,
    /// Named and not drawn: never in the figures of the random sample (F03).
    pub named: u32,
    /// Kinds of report that are written once for each such cycle (M19, M20).
    #[serde(skip)]
    pub reports: u32,
    /// Those of them of which a version is published.
    #[serde(skip)]
    pub reports_out: u32,
}

impl CycleCounts {
    /// Reviews of the random sample.
    pub fn random(&self) -> u32 {
        self.reviews.saturating_sub(self.named)
    }

    /// Every report that such a cycle has is published.
    pub fn all_reports_out(&self) -> bool {
        self.reports > 0 && self.reports_out == self.reports
    }

    /// These, less those of some of its reviews.
    pub fn without(self, some: &CycleCounts) -> CycleCounts {
        CycleCounts {
            reviews: self.reviews.saturating_sub(some.reviews),
            allocated: self.allocated.saturating_sub(some.allocated),
            submitted: self.submitted.saturating_sub(some.submitted),
            for_panel: self.for_panel.saturating_sub(some.for_panel),
            panel_decided: self.panel_decided.saturating_sub(some.panel_decided),
            returned: self.returned.saturating_sub(some.returned),
            finalised: self.finalised.saturating_sub(some.finalised),
            named: self.named.saturating_sub(some.named),
            ..self
        }
    }
}
