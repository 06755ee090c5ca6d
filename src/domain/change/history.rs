//! Where a change stands in the journal, and how it reads there.

use super::{Change, PersonId, Swap};
use crate::domain::action::ActionState;
use crate::domain::count::counted;
use crate::domain::review::field;

impl Change {
    /// The kind, as the journal stores it.
    pub fn kind(&self) -> &'static str {
        match self {
            Change::FrameworkFrozen { .. } => "framework-frozen",
            Change::SettingChanged { .. } => "setting-changed",
            Change::PersonRecorded(_) => "person-recorded",
            Change::TeamRecorded(_) => "team-recorded",
            Change::AbsenceRecorded(_) => "absence-recorded",
            Change::SubjectRecorded(_) => "subject-recorded",
            Change::FileImported { .. } => "file-imported",
            Change::HolidaysReplaced(_) => "holidays-replaced",
            Change::CycleRecorded(_) => "cycle-recorded",
            Change::SampleDrawn(_) => "sample-drawn",
            Change::CaseSubstituted(_) => "case-substituted",
            Change::ReviewOpened(_) => "review-opened",
            Change::ReviewWithdrawn { .. } => "review-withdrawn",
            Change::ReviewReinstated { .. } => "review-reinstated",
            Change::Allocated { .. } => "allocated",
            Change::StepRecorded { .. } => "step-recorded",
            Change::Answered(_) => "answered",
            Change::ReviewSubmitted { .. } => "review-submitted",
            Change::ReviewReturned { .. } => "review-returned",
            Change::ReviewFinalised { .. } => "review-finalised",
            Change::PanelDecided { .. } => "panel-decided",
            Change::PanelPlanned(_) => "panel-planned",
            Change::Panel(change) => change.kind(),
            Change::Drp(change) => change.kind(),
            Change::Report(change) => change.kind(),
            Change::AlertOpened(_) => "alert-opened",
            Change::AlertTold { .. } => "alert-told",
            Change::Alert(event) => event.what.kind(),
            Change::AlertClosed { .. } => "alert-closed",
            Change::ActionRecorded(_) => "action-recorded",
            Change::ActionMoved { .. } => "action-moved",
            Change::ActionStepped(_) => "action-stepped",
            Change::ActionLinked(_) => "action-linked",
            Change::Revealed { .. } => "revealed",
            Change::PhaseTicked { .. } => "phase-ticked",
            Change::EntryRecorded(_) => "entry-recorded",
            Change::PlanNoted(_) => "plan-noted",
            Change::Insight(change) => change.kind(),
            Change::LookBackSet { .. } => "look-back-set",
            Change::NoticeSent(_) => "notice-sent",
            Change::InterestRecorded(_) => "interest-recorded",
            Change::NothingDeclared { .. } => "nothing-declared",
            Change::InferenceDismissed { .. } => "inference-dismissed",
            Change::AskedWhileRecused { .. } => "asked-while-recused",
            Change::CoReviewer { .. } => "co-reviewer",
            Change::OwnJudged { .. } => "own-judged",
            Change::SealOpened { .. } => "seal-opened",
            Change::Mail(change) => change.kind(),
            Change::FollowUp(change) => change.kind(),
            Change::Exempted(_) => "finding-exempted",
            Change::Privacy(change) => change.kind(),
        }
    }

    /// The object it is about (`review/12`), by which undo sees whether somebody has worked on it since.
    pub fn object(&self) -> String {
        fn either<T>(swap: &Swap<T>, kind: &str, id: impl Fn(&T) -> i64) -> String {
            let id = swap.after.as_ref().or(swap.before.as_ref()).map(id).unwrap_or_default();
            format!("{kind}/{id}")
        }
        match self {
            Change::FrameworkFrozen { id, version, .. } => format!("framework/{id}@{version}"),
            Change::SettingChanged { name, .. } => format!("setting/{name}"),
            Change::PersonRecorded(swap) => either(swap, "person", |person| person.id.0),
            Change::TeamRecorded(swap) => either(swap, "team", |team| team.id.0),
            Change::AbsenceRecorded(swap) => either(swap, "absence", |absence| absence.id.0),
            Change::SubjectRecorded(swap) => either(swap, "subject", |subject| subject.id.0),
            Change::FileImported { sha256, .. } => format!("file/{}", sha256.get(..12).unwrap_or(sha256)),
            Change::HolidaysReplaced(_) => "holidays".to_string(),
            Change::CycleRecorded(swap) => either(swap, "cycle", |cycle| cycle.id.0),
            Change::PhaseTicked { cycle, .. } => format!("cycle/{}", cycle.0),
            Change::SampleDrawn(sample) => format!("draw/{}", sample.id.0),
            Change::CaseSubstituted(substitution) => format!("draw/{}", substitution.draw.0),
            Change::PanelPlanned(swap) => either(swap, "panel", |panel| panel.id.0),
            Change::Panel(change) => change.object(),
            Change::Drp(change) => change.object(),
            Change::Report(change) => change.object(),
            Change::Mail(change) => change.object(),
            Change::FollowUp(change) => change.object(),
            Change::Privacy(change) => change.object(),
            Change::Exempted(swap) => {
                let exemption = swap.after.as_ref().or(swap.before.as_ref());
                exemption.map_or_else(|| "finding".to_string(), |one| format!("finding/{}/{}", one.kind.key(), one.about.key()))
            }
            Change::Insight(change) => change.object(),
            Change::AlertOpened(alert) => format!("alert/{}", alert.id.0),
            Change::AlertTold { alert, .. } | Change::AlertClosed { alert, .. } => format!("alert/{}", alert.0),
            Change::Alert(event) => format!("alert/{}", event.alert.0),
            Change::ActionRecorded(swap) => either(swap, "action", |action| action.id.0),
            Change::ActionMoved { action, .. } => format!("action/{}", action.0),
            Change::ActionStepped(stepped) => format!("action/{}", stepped.action.0),
            Change::ActionLinked(linked) => format!("action/{}", linked.action.0),
            Change::Answered(saved) => saved.object(),
            Change::ReviewOpened(review) => format!("review/{}", review.id.0),
            Change::ReviewWithdrawn { review, .. }
            | Change::ReviewReinstated { review, .. }
            | Change::Allocated { review, .. }
            | Change::StepRecorded { review, .. }
            | Change::ReviewSubmitted { review, .. }
            | Change::ReviewReturned { review, .. }
            | Change::ReviewFinalised { review, .. }
            | Change::PanelDecided { review, .. } => format!("review/{}", review.0),
            Change::Revealed { review, .. } => format!("reveal/{}", review.0),
            Change::EntryRecorded(swap) => either(swap, "entry", |entry| entry.id.0),
            Change::PlanNoted(swap) => super::plan::object(swap),
            Change::LookBackSet { review, .. } => format!("look-back/{}", review.0),
            Change::CoReviewer { review, person, .. } => format!("beside/{}/{}", review.0, person.0),
            Change::OwnJudged { review, person, .. } => format!("own/{}/{}", review.0, person.0),
            Change::SealOpened { review, .. } => format!("seal/{}", review.0),
            Change::NoticeSent(swap) => {
                let notice = swap.after.as_ref().or(swap.before.as_ref());
                notice.map_or_else(|| "notice".to_string(), |notice| format!("notice/{}/{}", notice.review.0, notice.role))
            }
            Change::InterestRecorded(swap) => either(swap, "interest", |interest| interest.id.0),
            Change::NothingDeclared { subject, person, .. } => format!("asked/{}/{}", person.0, subject.0),
            Change::InferenceDismissed { subject, person, inference, .. } => {
                format!("inference/{}/{}/{}", person.0, subject.0, inference.key())
            }
            Change::AskedWhileRecused { review, .. } => format!("withheld/{}", review.0),
        }
    }

    /// The review in whose history it shows, if any.
    pub fn review(&self) -> Option<super::ReviewId> {
        match self {
            Change::ReviewOpened(review) => Some(review.id),
            Change::CaseSubstituted(substitution) => Some(substitution.out),
            Change::AlertOpened(alert) => Some(alert.review),
            Change::Alert(event) => Some(event.review),
            Change::Answered(saved) => Some(saved.review),
            Change::ActionStepped(stepped) => stepped.review,
            Change::ActionLinked(linked) => Some(linked.review),
            Change::ActionRecorded(swap) => swap.after.as_ref().or(swap.before.as_ref()).and_then(|action| action.review()),
            Change::NoticeSent(swap) => swap.after.as_ref().or(swap.before.as_ref()).map(|notice| notice.review),
            Change::ReviewWithdrawn { review, .. }
            | Change::ReviewReinstated { review, .. }
            | Change::Allocated { review, .. }
            | Change::StepRecorded { review, .. }
            | Change::ReviewSubmitted { review, .. }
            | Change::ReviewReturned { review, .. }
            | Change::ReviewFinalised { review, .. }
            | Change::PanelDecided { review, .. }
            | Change::AlertTold { review, .. }
            | Change::AlertClosed { review, .. }
            | Change::ActionMoved { review, .. }
            | Change::LookBackSet { review, .. }
            | Change::CoReviewer { review, .. }
            | Change::OwnJudged { review, .. }
            | Change::SealOpened { review, .. }
            | Change::Revealed { review, .. }
            | Change::NothingDeclared { review, .. }
            | Change::InferenceDismissed { review, .. }
            | Change::AskedWhileRecused { review, .. } => Some(*review),
            Change::InterestRecorded(swap) => swap.after.as_ref().or(swap.before.as_ref()).map(|interest| interest.review),
            Change::Panel(change) => change.review(),
            Change::Drp(change) => change.review(),
            Change::FollowUp(change) => change.review(),
            Change::Privacy(change) => change.review(),
            Change::Exempted(swap) => swap.after.as_ref().or(swap.before.as_ref()).and_then(|exemption| exemption.review),
            Change::Insight(change) => change.review(),
            Change::FrameworkFrozen { .. }
            | Change::SettingChanged { .. }
            | Change::PersonRecorded(_)
            | Change::TeamRecorded(_)
            | Change::AbsenceRecorded(_)
            | Change::SubjectRecorded(_)
            | Change::FileImported { .. }
            | Change::HolidaysReplaced(_)
            | Change::CycleRecorded(_)
            | Change::SampleDrawn(_)
            | Change::PanelPlanned(_)
            | Change::PhaseTicked { .. }
            | Change::EntryRecorded(_)
            | Change::PlanNoted(_)
            | Change::Report(_)
            // That somebody was told is a fact of its own in the review's history; how often a server was asked is not.
            | Change::Mail(_) => None,
        }
    }

    /// How the change reads in the history of its review, where people may be named: a reassignment says from whom to whom.
    pub fn sentence_naming(&self, name: &dyn Fn(PersonId) -> String) -> String {
        if let Change::CoReviewer { person, named, despite, .. } = self {
            let said = if *named { format!("{} reviews it too", name(*person)) } else { format!("{} no longer reviews it", name(*person)) };
            return if despite.is_empty() { said } else { format!("{said}, although: {despite}") };
        }
        match self {
            Change::InterestRecorded(Swap { before: None, after: Some(interest) }) => {
                let by = interest.by.filter(|_| interest.on_behalf()).map(|by| format!(", declared by {}", name(by))).unwrap_or_default();
                return format!("{} is recused: {}{by}", name(interest.person), interest.kind.label());
            }
            Change::InterestRecorded(Swap { before: Some(interest), .. }) => {
                return format!("{} is no longer recused; {}", name(interest.person), lowered(&self.sentence()));
            }
            Change::ActionStepped(stepped) => return stepped.sentence(name),
            Change::NothingDeclared { person, .. } => return format!("{} was asked and has nothing to declare", name(*person)),
            Change::InferenceDismissed { person, .. } => return format!("{}, {}", name(*person), lowered(&self.sentence())),
            _ => {}
        }
        let Change::Allocated { reviewer, despite, .. } = self else { return self.sentence() };
        let said = match (reviewer.before, reviewer.after) {
            (Some(before), Some(after)) if before != after => format!("Reviewer changed from {} to {}", name(before), name(after)),
            (None, Some(after)) => format!("Reviewer allocated: {}", name(after)),
            (Some(before), None) => format!("Allocation taken back from {}", name(before)),
            _ => return self.sentence(),
        };
        if despite.is_empty() { said } else { format!("{said}, although: {despite}") }
    }

    /// How the change reads in a history: what happened, without names or findings.
    pub fn sentence(&self) -> String {
        fn verb<T>(swap: &Swap<T>, new: &str, changed: &str, gone: &str) -> String {
            match (&swap.before, &swap.after) {
                (None, _) => new,
                (Some(_), Some(_)) => changed,
                (Some(_), None) => gone,
            }
            .to_string()
        }
        match self {
            Change::FrameworkFrozen { id, version, .. } => format!("Framework {id} frozen at version {version}"),
            Change::SettingChanged { name, .. } => format!("Setting {name} changed"),
            Change::PersonRecorded(swap) => verb(swap, "Person added", "Person changed", "Person taken back"),
            Change::TeamRecorded(swap) => verb(swap, "Team added", "Team changed", "Team taken back"),
            Change::AbsenceRecorded(swap) => verb(swap, "Absence recorded", "Absence changed", "Absence taken back"),
            Change::SubjectRecorded(swap) => match &swap.after {
                Some(subject) if !subject.open => "Case closed by an extract".to_string(),
                _ => verb(swap, "Case added", "Case changed", "Case taken back"),
            },
            Change::FileImported { kind, rows, .. } => format!("{kind} file imported, {}", counted(rows, "row", "rows")),
            Change::HolidaysReplaced(days) => format!("Bank holidays replaced, {}", counted(days.len(), "day", "days")),
            Change::CycleRecorded(swap) => super::revisit::sentence(swap),
            Change::SampleDrawn(sample) => format!("Sample of {} drawn, seed {}", sample.drawn.chosen.len(), sample.drawn.request.seed),
            Change::CaseSubstituted(substitution) => format!("Case substituted: {}", substitution.reason),
            Change::ReviewOpened(review) => match &review.named {
                Some(named) => format!("Review opened, {}: {}", review.chosen.label(), named.why),
                None => "Review opened".to_string(),
            },
            Change::ReviewWithdrawn { reason, .. } => format!("Withdrawn: {reason}"),
            Change::ReviewReinstated { .. } => "In again, as it was before it was withdrawn".to_string(),
            Change::Allocated { reviewer, despite, .. } => {
                let said = verb(reviewer, "Reviewer allocated", "Reviewer changed", "Allocation taken back");
                if despite.is_empty() { said } else { format!("{said}, although: {despite}") }
            }
            Change::StepRecorded { label, record, .. } => match &record.after {
                None => format!("{label}: taken back"),
                Some(step) => match &step.not_done_because {
                    Some(reason) => format!("{label}: not possible, {reason}"),
                    None if record.before.is_some() => format!("{label}: put right"),
                    None => format!("{label}: done {}", step.on.format("%-d %b")),
                },
            },
            Change::Answered(saved) => saved.sentence(),
            Change::ReviewSubmitted { original: None, .. } => "Submitted".to_string(),
            Change::ReviewSubmitted { for_panel, share, .. } => {
                let panel = if for_panel.is_some() { "; for the panel" } else { "" };
                // F08: the receipt, by which anybody can draw the share again.
                let receipt = share.as_ref().map(|share| format!("; {}", share.sentence())).unwrap_or_default();
                format!("Submitted; the original judgement stands{panel}{receipt}")
            }
            Change::ReviewReturned { record, .. } => verb(record, "Returned", "Return put right", "Return taken back"),
            Change::ReviewFinalised { .. } => "Finalised on the case record".to_string(),
            Change::PanelDecided { decision, .. } => format!("Panel decided: {}", decision.outcome.label()),
            Change::Panel(change) => change.sentence(),
            Change::Drp(change) => change.sentence(),
            Change::Report(change) => change.sentence(),
            Change::Privacy(change) => change.sentence(),
            Change::Insight(change) => change.sentence(),
            Change::PanelPlanned(swap) => verb(swap, "Panel planned", "Panel moved", "Panel called off"),
            Change::AlertOpened(alert) if alert.trigger.is_grade() => {
                format!("Inadequate alert {} opened, {}", alert.reference, alert.trigger.label())
            }
            Change::AlertOpened(alert) => format!("Alert {} opened, {}", alert.reference, alert.trigger.label()),
            Change::AlertTold { addressees, how, .. } => {
                let how = how.map_or_else(String::new, |how| format!(" {}", how.label()));
                format!("{} told of the alert{how}", addressees.len())
            }
            Change::Alert(event) => event.what.sentence(),
            Change::AlertClosed { .. } => "Alert closed".to_string(),
            Change::ActionRecorded(swap) => {
                let reference = swap.after.as_ref().or(swap.before.as_ref()).map(|action| action.reference.clone()).unwrap_or_default();
                match &swap.after {
                    Some(action) if action.state == ActionState::Withdrawn => format!("Took back action {reference}"),
                    _ => format!("{} {reference}", verb(swap, "Raised action", "Changed action", "Took back action")),
                }
            }
            Change::ActionMoved { action, state, .. } => {
                format!(
                    "Action {} {}",
                    crate::domain::id::reference("A", action.0),
                    state.after.map(|state| state.label()).unwrap_or("moved back")
                )
            }
            Change::ActionStepped(stepped) => stepped.sentence(&|_| "somebody".to_string()),
            Change::ActionLinked(linked) => linked.sentence(),
            Change::Revealed { why, .. } if why.is_empty() => "Looked at who the subject is".to_string(),
            Change::Revealed { why, .. } => format!("Looked at who the subject is: {why}"),
            Change::PhaseTicked { phase, on, .. } => format!("Phase {phase} {}", verb(on, "ticked", "ticked again", "no longer ticked")),
            Change::EntryRecorded(swap) => match &swap.after {
                Some(entry) if entry.taken_back => "Entry taken back".to_string(),
                _ => verb(swap, "Entry noted", "Entry put right", "Entry taken back"),
            },
            Change::PlanNoted(swap) => super::plan::sentence(swap),
            Change::LookBackSet { look_back, .. } => match &look_back.after {
                Some(further) => format!("Looks back to {}: {}", further.from.format("%-d %B %Y"), further.why),
                None => "Looks back no further than usual".to_string(),
            },
            Change::CoReviewer { named, despite, .. } => {
                let said = if *named { "Another reviewer named" } else { "A reviewer beside the lead taken away" };
                if despite.is_empty() { said.to_string() } else { format!("{said}, although: {despite}") }
            }
            // Never what was judged: the history is read by all, and a seal may hold (Q03, S18).
            Change::OwnJudged { .. } => "Judged on their own".to_string(),
            Change::SealOpened { why, .. } => format!("Own judgements opened before all were in: {why}"),
            Change::NoticeSent(swap) => match &swap.after {
                Some(notice) => format!("{} told beforehand, {}", notice.role, notice.how),
                None => "A notice was taken back".to_string(),
            },
            Change::InterestRecorded(swap) => match swap.after.as_ref().and_then(|interest| interest.withdrawn.as_ref()) {
                Some(withdrawn) => format!("Interest withdrawn: {}", withdrawn.because),
                None => verb(swap, "Interest declared", "Interest stands again", "Declaration of interest taken back"),
            },
            Change::NothingDeclared { .. } => "Asked about interests: nothing to declare".to_string(),
            Change::InferenceDismissed { inference, because, .. } => match &because.after {
                Some(because) => format!("Set aside that they {}: {because}", inference.label()),
                None => format!("It counts again that they {}", inference.label()),
            },
            Change::AskedWhileRecused { reference, .. } => format!("Asked for {reference} while recused"),
            Change::Mail(change) => change.sentence(),
            Change::FollowUp(change) => change.sentence(),
            Change::Exempted(swap) => match (&swap.before, &swap.after) {
                (_, Some(exemption)) => format!("Set aside: {}", lowered(exemption.kind.label())),
                (Some(exemption), None) => format!("No longer set aside: {}", lowered(exemption.kind.label())),
                (None, None) => "Nothing was set aside".to_string(),
            },
        }
    }

    /// Whether taking it back takes a judgement away, or puts another in its place.
    pub fn holds_judgement(&self) -> bool {
        matches!(self, Change::Answered(saved) if saved.answers.iter().any(|answer| field::is_judgement(&answer.field)))
    }
}

/// What goes on a sentence begins with a small one.
fn lowered(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}
