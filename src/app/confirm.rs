//! The questions before what stands for good, a submission or a draw: what will stand, and what follows from it.

use super::App;
use super::overlay::Confirm;
use crate::domain::access::{Right, who_may};
use crate::domain::calendar::say_full_date;
use crate::domain::count::counted;
use crate::domain::cycle::months;
use crate::domain::deed::{Deed, DrawWanted, InsightDeed, PeopleDeed, ReportDeed};
use crate::domain::framework::Stratum;
use crate::domain::panel::{Submitted, reasons};
use crate::domain::query::{ReportRow, ReviewDetail};
use crate::domain::report::ReportState;
use crate::domain::review::noted;
use crate::domain::theme::seems_to_name;
use chrono::{Months, NaiveDate};

impl App {
    /// The question before a review is submitted.
    pub(super) fn confirm_submit(&self, deed: Deed, from_form: bool) -> Confirm {
        let (title, says) = match &self.record {
            Some(record) => (format!("Submit {}", record.detail.facts.review.reference), consequences(&record.detail)),
            None => ("Submit".to_string(), Vec::new()),
        };
        Confirm::new(title, says, "submit", deed).from_form(from_form)
    }
}

impl App {
    /// The question before a judgement is taken back: what was written, and that what stood before stands again.
    pub(super) fn confirm_undo(&self, batch: i64, said: &str) -> Confirm {
        let says = vec![
            format!("You wrote: {said}."),
            "A judgement goes with it: what stood there before stands again. Its history shows both.".to_string(),
        ];
        Confirm::new("Take a judgement back", says, "undo", Deed::Undo { batch })
    }

    /// The question before a passage goes into the lasting library, where something in it reads like a name; none: nothing does. M22.
    pub(super) fn confirm_practice(&self, deed: &Deed) -> Option<Confirm> {
        let Deed::Insight(InsightDeed::MarkPractice { wanted, .. }) = deed else { return None };
        let named = seems_to_name(&wanted.note)?;
        let says = vec![
            format!("\u{201c}{named}\u{201d} reads like the name of somebody."),
            "The library is kept for good, and newsletters take from it: whoever reads it must not know whose case it is.".to_string(),
            "If it is no name, mark it; else go back and say what was done, not who did it.".to_string(),
        ];
        Some(Confirm::new("Does this name somebody?", says, "mark", deed.clone()).from_form(true))
    }

    /// The question before figures are counted, where it is not plain what follows: what is published gets a second version, or hardly a
    /// review is complete yet. None: nothing is to be asked.
    pub(super) fn confirm_build(&self, deed: &Deed, from_form: bool) -> Option<Confirm> {
        let Deed::Report(ReportDeed::Build { cycle, kind }) = deed else { return None };
        let of = |row: &&ReportRow| row.cycle == *cycle && row.kind == *kind && row.newest;
        let row = self.reports.all.iter().find(of)?;
        let name = format!("{}: {}", row.label, row.title);
        let says = match (row.state, row.complete) {
            (Some(ReportState::Published), _) => vec![
                format!("{} is published. Its figures are counted anew into version {}.", row.reference, row.version + 1),
                "The published one stands until the new version is published too.".to_string(),
            ],
            (Some(ReportState::Draft), _) => vec![
                format!("{} is a draft with figures of {}.", row.reference, row.built_on.map(say_full_date).unwrap_or_default()),
                "All of its figures are counted anew; the text written over them stays.".to_string(),
            ],
            (None, Some((_, 0))) => vec!["There is no review in it yet: the report will have no figures to tell.".to_string()],
            (None, Some((done, all))) if done * 2 < all => vec![
                format!("{done} of {} on the record so far.", counted(all, "review is", "reviews are")),
                "The report will be marked as provisional, and its figures will change.".to_string(),
            ],
            _ => return None,
        };
        Some(Confirm::new(name, says, "build", deed.clone()).from_form(from_form))
    }

    /// The question before a cycle is opened that is over by its own days: most often the year is mistyped. None: it is not.
    pub(super) fn confirm_long_past(&self, starts_on: NaiveDate, deed: &Deed) -> Option<Confirm> {
        let lasts = Months::new(months(self.framework.as_ref()?.cycle.rhythm));
        let over = starts_on.checked_add_months(lasts).filter(|over| *over <= self.today())?;
        let ended = say_full_date(over.pred_opt().unwrap_or(over));
        let says = vec![
            format!("It would begin on {} and was over on {ended}: all of its phases are late from the start.", say_full_date(starts_on)),
            "If it is to be entered afterwards, open it; else go back and look at the year.".to_string(),
        ];
        Some(Confirm::new("Is this cycle over already?", says, "open", deed.clone()).from_form(true))
    }

    /// The question before somebody takes their own right to keep the list of people away, or ends themselves: afterwards only another
    /// can put it right. None: it is about somebody else, or nothing is lost. T43.
    pub(super) fn confirm_of_self(&self, deed: &Deed) -> Option<Confirm> {
        let framework = self.framework.as_ref()?;
        let others = format!("You cannot take it back yourself. Who can: another {}.", who_may(framework, Right::Administer));
        let (title, says) = match deed {
            Deed::People(PeopleDeed::End { person, on, .. }) if self.overview.access.is(*person) => {
                let then = match self.ends_now(deed) {
                    true => "That day is past: this is the last thing you do here, and closeloop closes.".to_string(),
                    false => format!("From the day after {} you come in no more.", on.format("%-d %B %Y")),
                };
                let others = if self.ends_now(deed) { others } else { format!("Until then you can take it back. {others}") };
                ("This is you: your own last day".to_string(), vec![then, others])
            }
            Deed::People(PeopleDeed::Change { person, wanted, .. }) if self.overview.access.is(*person) => {
                let loses = |key: &String| framework.role(key).is_some_and(|role| !role.rights.has(Right::Administer));
                let role = wanted.role.as_ref().filter(|key| loses(key) && self.overview.access.may(Right::Administer));
                let role = framework.role(role?)?;
                let says = format!("As {} you will no longer be able to {}.", role.label, Right::Administer.words());
                ("This is you: what you may do".to_string(), vec![says, others])
            }
            _ => return None,
        };
        Some(Confirm::new(title, says, "myself", deed.clone()).from_form(true))
    }

    /// Whether a deed ends whoever sits here on a day that is past: nothing is open to them any more.
    pub(super) fn ends_now(&self, deed: &Deed) -> bool {
        matches!(deed, Deed::People(PeopleDeed::End { person, on, .. }) if self.overview.access.is(*person) && *on < self.today())
    }

    /// The question before a sample is drawn: how many, of how many, and that it stands.
    pub(super) fn confirm_draw(&self, wanted: &DrawWanted) -> Confirm {
        let cycle = self.cycle.detail.as_ref().map(|detail| detail.cycle.reference.clone()).unwrap_or_default();
        let by = match wanted.stratify_by {
            Some(Stratum::Service) => ", in proportion to the services",
            Some(Stratum::CaseType) => ", in proportion to the case types",
            Some(Stratum::None) | None => "",
        };
        let can = self.cycle.frame.as_ref().map(|frame| frame.eligible(wanted.service.as_deref()));
        let fewer = can.filter(|can| *can < wanted.size);
        let mut says = vec![
            match fewer {
                Some(can) => format!("Only {can} of the {} wanted can be drawn for {cycle}{by}.", wanted.size),
                None => format!("{} will be drawn for {cycle}{by}.", counted(wanted.size, "case", "cases")),
            },
            "A sample is drawn once: afterwards single cases can be replaced, each with a reason.".into(),
        ];
        let begins = self.cycle.detail.as_ref().map(|detail| detail.cycle.begins_on()).filter(|begins| *begins > self.today());
        if let Some(begins) = begins {
            let early = "closer to its time the caseload will be another.";
            says.push(format!("This is early: the cycle\u{2019}s first phase begins on {}, and {early}", begins.format("%-d %B %Y")));
        }
        let deed = Deed::Draw(wanted.clone());
        Confirm::new(format!("Draw the sample of {cycle}"), says, "draw", deed).from_form(true)
    }
}

/// What submitting a review as it stands will do, in sentences. Asks the framework what the doorway asks it, so that
/// nobody is told of an alert or a panel that does not follow.
fn consequences(detail: &ReviewDetail) -> Vec<String> {
    let mut says = Vec::new();
    let (framework, kind) = (&detail.framework, &detail.kind);
    match noted(framework, kind, &detail.facts) {
        Some(judged) => {
            let label = framework.grade_label(judged.grade);
            let point = judged.scaling.map(|point| format!(", scaling {point}")).unwrap_or_default();
            says.push(format!("The original judgement will be {label}{point}. It stands for good."));
            if framework.escalation.opens(&kind.key, judged.grade) {
                says.push(format!("An {label} alert opens at this moment, addressed as the framework says."));
            }
            let submitted = Submitted {
                framework,
                kind,
                judgement: Some(judged),
                first_review: detail.facts.companion.is_some(),
                tension: detail.tension.is_some(),
                // Chance decides when it is submitted, and nobody is told before.
                drawn: false,
            };
            if !reasons(&submitted).is_empty() {
                says.push("The panel sees it before it goes back.".into());
            }
        }
        None => says.push("The form will be closed as it stands.".into()),
    }
    if let Some(tension) = &detail.tension {
        says.push(tension.clone());
        says.push("You may answer that in the judgement, or submit as it is.".into());
    }
    says
}
