//! Forms about choosing: drawing the sample, naming a case that is not drawn, looking further back, notices, absences, and what
//! allocating asks.

use super::build::{People, choice, date, date_ahead, input_for, line, new, person, plain};
use super::{Field, Form, FormFor, Input, Reads};
use crate::domain::count::counted;
use crate::domain::deed::Allocation;
use crate::domain::framework::{Conduct, FieldKind, Stratum};
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::named::ways;
use crate::domain::query::{CycleDetail, FrameDetail, NoticeRow, ProposalDetail, ReviewDetail};
use crate::domain::review::Chosen;
use crate::domain::sampling::StratumCount;
use chrono::{Datelike, NaiveDate};

/// Drawing the sample.
pub fn draw(detail: &CycleDetail, frame: &FrameDetail, seed: u64) -> Form {
    let framework = &detail.framework;
    let strata = vec![
        ("service".to_string(), "service".to_string()),
        ("case-type".to_string(), "case type".to_string()),
        ("none".to_string(), "not divided".to_string()),
    ];
    let by = match framework.sampling.stratify_by {
        Stratum::Service => "service",
        Stratum::CaseType => "case-type",
        Stratum::None => "none",
    };
    let mut beside = vec![format!("{} in the frame.", counted(frame.in_frame, "case", "cases"))];
    if frame.reviewed_lately > 0 {
        let left = counted(frame.reviewed_lately, "case is", "cases are");
        beside.push(format!("{left} left out: reviewed in the last {}.", frame.not_again_within));
    }
    if frame.skips_workers && frame.worker_lately > 0 {
        let left = counted(frame.worker_lately, "case is", "cases are");
        beside.push(format!("{left} left out while there are enough others: the worker was drawn last cycle."));
    }
    if frame.marked > 0 {
        let marked = counted(frame.marked, "case has", "cases have");
        beside.push(format!("{marked} no worker or team recorded and can be drawn."));
    }
    match frame.frame_date {
        Some(day) => beside.push(format!("The newest extract is of {}.", day.format("%-d %B %Y"))),
        None => beside.push("No extract has been imported yet. Who administers closeloop does it: `closeloop import annex-a FILE`.".into()),
    }
    match &frame.next_service {
        Some(next) => beside.push(format!("Services take turns; {next} is next. Only its cases are drawn.")),
        None if frame.takes_turns => beside.push(
            "Services take turns, but no case here belongs to a known service: `closeloop import people FILE` says which service a team belongs to."
                .into(),
        ),
        None => {}
    }
    let can_draw = frame.eligible(frame.next_service.as_deref());
    if can_draw < frame.default_size {
        let of = frame.next_service.as_ref().map(|next| format!(" of {next}")).unwrap_or_default();
        let can = counted(can_draw, "case", "cases");
        beside.push(format!("Only {can}{of} can be drawn, fewer than the usual {}.", frame.default_size));
    }
    beside.push(if frame.takes_turns { "All services together:".into() } else { String::new() });
    // The counts come first: names of strata are of any length.
    let named = |stratum: &StratumCount| framework.case_type(&stratum.name).map_or(stratum.name.clone(), |known| known.label.clone());
    beside.extend(frame.strata.iter().map(|stratum| {
        let share = if stratum.wanted > 0 { format!(" {:>3} its share", stratum.wanted) } else { String::new() };
        format!("{:>5} in frame {:>5} eligible{share}  {}", stratum.in_frame, stratum.eligible, named(stratum))
    }));
    // F05 against F03: that a share cannot be kept is said before the one draw there is, not on its card.
    let short =
        |(stratum, rested): &(&StratumCount, &u32)| stratum.eligible.min(stratum.wanted) > stratum.eligible.saturating_sub(**rested);
    let mut is_short = false;
    for (stratum, rested) in frame.strata.iter().zip(&frame.of_last_workers).filter(short) {
        is_short = true;
        let others = counted(stratum.eligible - rested, "case", "cases");
        beside.push(format!(
            "! {}: its share is {}, and only {others} without a worker of the last cycle.",
            named(stratum),
            stratum.wanted
        ));
    }
    if is_short {
        beside.push("Other strata take those places, unless workers of the last cycle are drawn too.".into());
    }
    let mut fields = vec![
        Field { fresh: true, ..plain("size", "How many cases", line(&frame.default_size.min(can_draw.max(1)).to_string()), true) },
        plain("by", "In proportion by", choice(strata, by), true),
        Field {
            hint: "leave it as it is: with this number anybody draws the same sample again".into(),
            fresh: true,
            ..plain("seed", "Number of the draw", line(&seed.to_string()), true)
        },
    ];
    if frame.skips_workers && frame.worker_lately > 0 {
        let ways = vec![("out".to_string(), "left out".to_string()), ("too".to_string(), "drawn too".to_string())];
        fields.push(plain("workers", "Last cycle\u{2019}s workers", choice(ways, "out"), true));
    }
    if let Some(next) = &frame.next_service {
        let options = frame.services.iter().map(|(name, eligible)| (name.clone(), format!("{name}, {eligible} eligible"))).collect();
        fields.push(plain("service", "From service", choice(options, next), true));
        let hint = format!("only when it is not {next}");
        fields.push(Field { hint, ..plain("why-service", "Why out of turn", line(""), false) });
    }
    for field in &mut fields {
        field.beside.clone_from(&beside);
    }
    let title = format!("Draw the sample of {}", detail.cycle.title);
    new(FormFor::Draw(detail.cycle.id), title, "A sample is drawn once. How it was chosen stays on its card.", fields, 0, "draw")
}

/// Naming a case that is not drawn: which kind of review, whom, how it came in, who proposed it and why. F03, Q02.
pub fn name_case(detail: &CycleDetail, people: People) -> Form {
    let framework = &detail.framework;
    let kinds = framework.kinds.iter().map(|kind| (kind.key.clone(), kind.label.clone())).collect();
    let how: Vec<(String, String)> = ways(framework).into_iter().map(|how| (how.key().to_string(), how.label().to_string())).collect();
    // Going back to an earlier Inadequate is the rarest of them, and asks for one.
    let usual = how.iter().find(|(key, _)| key != Chosen::Revisit.key());
    let first = usual.map(|(key, _)| key.clone()).unwrap_or_default();
    let case = Input::Case { found: Vec::new(), typed: String::new(), chosen: None, at: 0 };
    let mut fields = vec![
        plain("kind", "Kind of review", choice(kinds, &detail.cycle.kind), true),
        Field {
            hint: "type its pseudonym, team or worker, or the council\u{2019}s whole number".into(),
            ..plain("case", "Case", case, true)
        },
        plain("how", "How it comes in", choice(how, &first), true),
        person("by", "Named by", people.clone(), true),
        plain("why", "Why this one", line(""), true),
    ];
    if framework.kinds.iter().any(|kind| kind.conduct == Conduct::Observation) {
        let observed = person("practitioner", "Who is observed", people, false);
        fields.push(Field { hint: "empty: the case\u{2019}s own worker".into(), ..observed });
    }
    let intro = "Cases that are not drawn are marked everywhere, and never count in the figures of the random sample.";
    new(FormFor::NameCase(detail.cycle.id), format!("Name a case for {}", detail.cycle.title), intro, fields, 0, "open the review")
}

/// Taking a named case out again.
pub fn withdraw(detail: &ReviewDetail) -> Form {
    let facts = &detail.facts;
    let title = format!("{} \u{b7} Take {} out again", facts.review.reference, detail.case);
    let intro = "It was not drawn, so no reserve stands in for it. The review is withdrawn; its reason stays in the history.";
    let fields = vec![plain("reason", "Why", line(""), true)];
    new(FormFor::Withdraw(facts.review.id), title, intro, fields, facts.revision, "take out")
}

/// Looking further back than usual. F02.
pub fn look_further(detail: &ReviewDetail) -> Option<Form> {
    let usual = detail.looks_back_to?;
    let facts = &detail.facts;
    let stored = facts.look_back.as_ref();
    let from = stored.map(|further| further.from.format("%-d %b %Y").to_string()).unwrap_or_default();
    let fields = vec![
        Field { hint: "a date; empty: as usual".into(), ..plain("from", "Look back to", line(&from), false) },
        plain("why", "Why further", line(stored.map(|further| further.why.as_str()).unwrap_or_default()), false),
    ];
    let span = detail.framework.sampling.look_back.map(|span| span.to_string()).unwrap_or_default();
    let now = usual.format("%-d %B %Y");
    let intro = format!("Usually {span}. It looks back to {now} now; going further needs its reason, which stays with the review.");
    let title = format!("{} \u{b7} How far it looks back", facts.review.reference);
    Some(new(FormFor::LookFurther(facts.review.id), title, intro, fields, facts.revision, "save"))
}

/// Writing down who was told beforehand. F04.
pub fn notices(rows: &[&NoticeRow], today: NaiveDate) -> Form {
    let ways = [("by e-mail", "by e-mail"), ("in person", "in person"), ("by telephone", "by telephone"), ("by letter", "by letter")];
    let ways = ways.iter().map(|(key, label)| (key.to_string(), label.to_string())).collect();
    let mut fields = vec![plain("how", "How", choice(ways, "by e-mail"), true), date("on", "When", today)];
    let beside: Vec<String> = rows.iter().map(|row| format!("{} {}: {}, {}", row.reference, row.case, row.name, row.label)).collect();
    for field in &mut fields {
        field.beside.clone_from(&beside);
    }
    let title = match rows {
        [row] => format!("{} \u{b7} {} was told", row.reference, row.name),
        rows => {
            // One person may hear of several cases.
            let people: std::collections::BTreeSet<_> = rows.iter().filter_map(|row| row.notice.person).collect();
            let people = match people.len() {
                1 => "1 person was told".to_string(),
                many => format!("{many} people were told"),
            };
            format!("{} notices: {people}", rows.len())
        }
    };
    let intro = "Written down with the person it went to. Tell them first; this sends nothing.";
    new(FormFor::Notices(told(rows)), title, intro, fields, 0, "write down")
}

/// The same where the record does not say who holds the role: who was told, or why nobody has to be. F04.
pub fn gap(row: &NoticeRow, people: People, today: NaiveDate) -> Form {
    let who = person("who", "Who was told", people, false);
    let fields = vec![
        Field { hint: "type part of the name; empty when nobody has to be told".into(), ..who },
        plain("how", "How, or why nobody", line(""), true),
        date("on", "When", today),
    ];
    let intro = "It is not on record who holds this role for the case. Say who was told, or that nobody is involved.";
    new(FormFor::Notices(told(&[row])), format!("{} \u{b7} {}", row.reference, row.label), intro, fields, 0, "write down")
}

fn told(rows: &[&NoticeRow]) -> Vec<(ReviewId, String)> {
    rows.iter().map(|row| (row.notice.review, row.notice.role.clone())).collect()
}

/// What allocating asks of the reviews that are about to be allocated. Q02.
pub fn allocating(detail: &ProposalDetail, allocations: Vec<Allocation>) -> Form {
    let mut fields = Vec::new();
    for allocation in &allocations {
        let reference =
            detail.reviews.iter().find(|(id, ..)| *id == allocation.review).map(|(_, _, reference, case)| format!("{reference} {case}"));
        for asked in detail.asks.get(&allocation.review).into_iter().flatten() {
            let label = format!("{}: {}", reference.clone().unwrap_or_default(), asked.label);
            let hint = if asked.kind == FieldKind::Date { "a date, or: today, -3, mon" } else { "" };
            let key = format!("v/{}/{}", allocation.review.0, asked.key);
            let reads = Reads::of(asked);
            fields.push(Field { hint: hint.into(), reads, ..plain(&key, label, input_for(&asked.kind, ""), asked.required) });
        }
    }
    let intro = "The framework asks for this when a review is allocated; it stays with the step.";
    new(FormFor::Allocating(allocations), "Before they are allocated", intro, fields, 0, "allocate")
}

/// Recording an absence.
pub fn absence(who: PersonId, name: &str, people: People, today: NaiveDate) -> Form {
    let others = people.into_iter().filter(|(id, _)| *id != who).collect();
    let deputy = person("deputy", "Who stands in", others, false);
    let fields = vec![
        date("from", "First day", today),
        date_ahead(
            "until",
            "Last day",
            today + chrono::Duration::days(i64::from(4 - today.weekday().num_days_from_monday() as i32).max(0)),
        ),
        plain("reason", "Why", line("leave"), false),
        Field { hint: "hears of alerts meanwhile; may stay empty".into(), ..deputy },
    ];
    let intro = "Somebody who is away when the review phase starts, or for most of it, is not proposed.";
    new(FormFor::Absence(who), format!("{name} is away"), intro, fields, 0, "record")
}
