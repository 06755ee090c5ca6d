//! How long things took, and how much was looked at.

use super::{GridCell, GridRow, InsightGrid, Opens, scope};
use crate::domain::count::counted;
use crate::domain::framework::Framework;
use crate::domain::insight::Share;
use crate::domain::insight::figures::{Covered, Figures};

fn days(value: Option<f64>) -> String {
    value.map_or("-".to_string(), |value| if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") })
}

pub(super) fn time(figures: &Figures, framework: &Framework) -> InsightGrid {
    let all = scope(figures);
    let mut rows = Vec::new();
    let mut kind = "";
    for step in &figures.steps {
        if kind != step.kind {
            if !kind.is_empty() {
                let label = framework.kind(&step.kind).map_or(step.kind.as_str(), |kind| kind.label.as_str());
                rows.push(GridRow::heading(label));
            }
            kind = &step.kind;
        }
        let base = format!("{all} kind:{}", step.kind);
        let key = &step.key;
        let late = step.in_time.of - step.in_time.n;
        let timed = |count: u32, word: &str| match step.in_time.of {
            0 => GridCell::says("-"),
            _ => GridCell::counts(count, format!("{base} {word}:{key}")).shaded(Share::new(count, step.in_time.of)),
        };
        let in_time = timed(step.in_time.n, "intime");
        let in_time = match step.in_time.percent() {
            Some(percent) => in_time.with_text(format!("{}, {percent} %", step.in_time.n)),
            None => in_time,
        };
        let cells = vec![
            GridCell::counts(step.done, format!("{base} did:{key}")),
            in_time,
            timed(late, "overran"),
            GridCell::says(days(step.days.median)),
            GridCell::says(step.days.most.map_or("-".to_string(), |most| most.to_string())),
            GridCell::counts(step.barrier, format!("{base} barrier:{key}")),
            GridCell::counts(step.to_come, format!("{base} before:{key}")),
        ];
        let mut row = GridRow::of(&step.label, cells);
        let after = if step.after.is_empty() { "the review was opened".to_string() } else { format!("\u{201c}{}\u{201d}", step.after) };
        row.whole = match step.within.as_str() {
            "" => format!("{}: days counted from when {after}; it has no time limit of its own.", step.label),
            within => format!("{}: within {within} after {after}.", step.label),
        };
        if !step.after.is_empty() && step.within.is_empty() {
            row.whole = format!("{}: days counted from {after}; it has no time limit of its own.", step.label);
        }
        rows.push(row);
    }
    let alerts = &figures.alerts;
    let says = vec!["Days are calendar days from the step before; in time is by the framework's own limit.".to_string()];
    if alerts.opened > 0 {
        rows.push(GridRow::heading("Alerts"));
        let filter = format!("{all} alert");
        let count = GridCell { opens: Some(Opens::Alerts(filter)), ..GridCell::counts(alerts.opened, String::new()) };
        rows.push(GridRow::of("Alerts opened", vec![count]));
        let part = |of: Share| of.percent().map_or("-".to_string(), |percent| format!("{} of {}, {percent} %", of.n, of.of));
        let cells = |cells: [String; 4]| cells.into_iter().map(GridCell::says).collect::<Vec<_>>();
        let middle = |value: Option<f64>, unit: &str| value.map_or("-".to_string(), |_| format!("{} {unit}", days(value)));
        let none = || "-".to_string();
        rows.push(GridRow::of("People told", cells([part(alerts.told), none(), none(), middle(alerts.minutes_to_told.median, "min")])));
        rows.push(GridRow::of("People who acknowledged", cells([part(alerts.acknowledged), none(), none(), none()])));
        let reviewed = alerts.reviewed_in_time;
        let late = (reviewed.of - reviewed.n).to_string();
        let hours = middle(alerts.hours_to_review.median, "h");
        rows.push(GridRow::of("Record reviewed", cells([alerts.hours_to_review.n.to_string(), part(reviewed), late, hours])));
    }
    InsightGrid {
        says,
        chart: None,
        head: "Step".into(),
        columns: ["Done", "In time", "Late", "Median days", "Longest", "Barrier", "To come"].map(str::to_string).to_vec(),
        rows,
        empty: "No review lies in this window.".into(),
    }
}

pub(super) fn coverage(figures: &Figures, seen: Option<&str>) -> InsightGrid {
    let all = scope(figures);
    let mut rows = Vec::new();
    // Whoever sees a part of the council is told of that part's caseload alone.
    let (cases, of_whom) = match seen {
        Some(_) => ("today\u{2019}s open cases that you see", "Workers you see with open cases"),
        None => ("today\u{2019}s open cases", "Workers with open cases"),
    };
    let mut part = |heading: &str, covered: &[Covered], field: &str| {
        rows.push(GridRow::heading(heading));
        let every = covered.iter().fold((0, 0), |sum, one| (sum.0 + one.reviews, sum.1 + one.cases));
        for one in covered {
            let reviews = GridCell::counts(one.reviews, format!("{all} \"{field}:={}\"", one.key));
            let percent = |of: Share| GridCell::says(of.percent().map_or("-".to_string(), |percent| format!("{percent} %"))).shaded(of);
            let (of_reviews, of_cases) = (Share::new(one.reviews, every.0), Share::new(one.cases, every.1));
            let mut row = GridRow::of(
                if one.name.is_empty() { "none known" } else { &one.name },
                vec![reviews, percent(of_reviews), GridCell::says(one.cases.to_string()), percent(of_cases)],
            );
            row.whole = format!("{}: {} of the reviews, {} of {cases}.", row.label, of_reviews.say(), of_cases.say());
            rows.push(row);
        }
    };
    part("Services", &figures.coverage.services, "service");
    part("Case types", &figures.coverage.case_types, "type");
    part("Teams", &figures.coverage.teams, "team");
    let mut says = vec![
        format!("Whether each part is reviewed as often as it stands among {cases}."),
        format!("{of_whom} of whom a case was reviewed: {}. Nobody is listed by name.", figures.coverage.workers.say()),
    ];
    let visits = figures.coverage.visits;
    if visits > 0 {
        let looks = if visits == 1 { "looks" } else { "look" };
        says.push(format!("{} {looks} at a service as a whole, and at no case of one.", counted(visits, "more review", "more reviews")));
    }
    InsightGrid {
        says,
        chart: None,
        head: "Part of the caseload".into(),
        columns: ["Reviews", "Of reviews", "Open cases", "Of cases"].map(str::to_string).to_vec(),
        rows,
        empty: "Nothing is known of the caseload.".into(),
    }
}
