//! The cycle view: its phases and what blocks each, the focus, how its sample was chosen, its reviews.

use crate::app::App;
use crate::app::command::Command;
use crate::domain::access::{Right, who_may};
use crate::domain::calendar::say_date;
use crate::domain::count::counted;
use crate::domain::query::{AlsoRuns, CycleDetail};
use crate::domain::review::Chosen;
use crate::domain::revisit::Stand;
use crate::domain::sample::SampleCard;
use crate::ui::boxed;
use crate::ui::table::{Column, Row, draw as table};
use crate::ui::text::{due, piece, put, wrap};
use crate::ui::theme::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws it.
pub fn draw(app: &App, look: Look, buffer: &mut Buffer, body: Rect) {
    let Some(detail) = &app.cycle.detail else {
        let inside = boxed(buffer, body, "5 Cycle", &[], true, look);
        let key = app.keymap.hint(Command::OpenCycle);
        let frame = app.overview.frame;
        let text = if let (false, Some(framework)) = (app.overview.access.may(Right::Plan), &app.framework) {
            format!("No cycle has been opened. Who opens one: {}.", who_may(framework, Right::Plan))
        } else if frame == 0 {
            let how = match app.guest {
                true => "ask whoever administers closeloop to import the caseload",
                false => "import it with closeloop import annex-a FILE",
            };
            format!("No cycle has been opened. Press {key} to open one. The sampling frame is empty: {how}.")
        } else {
            format!("No cycle has been opened. Press {key} to open one; the sampling frame holds {}.", counted(frame, "case", "cases"))
        };
        for (place, line) in wrap(&text, inside.width as usize - 4, look).iter().enumerate() {
            put(buffer, inside.x + 2, inside.y + 1 + place as u16, line, inside.width as usize, look.text(), look);
        }
        return;
    };
    let phases = detail.phases.len() as u16 + 3;
    let mut words = head(app, detail, body.width as usize - 4, look);
    if body.height < 30 {
        // Few rows: the phases and what blocks them matter more than the story behind the sample.
        words.truncate(2);
    }
    let upper = (words.len() as u16 + phases).min(body.height * 7 / 10);
    let place = app.cycle.cycles.iter().position(|cycle| Some(cycle.id) == app.cycle.shown).unwrap_or(0);
    let all = app.cycle.cycles.len();
    let beside = if app.cycle.cycles.iter().any(|cycle| cycle.beside) { ", other kinds and extra work among them" } else { "" };
    let right = piece(format!("cycle {} of {all}{beside}", all - place.min(all)), look.dim());
    let inside = boxed(buffer, Rect { height: upper, ..body }, &format!("5 Cycle {}", detail.cycle.title), &[right], true, look);
    for (place, line) in words.iter().enumerate() {
        put(buffer, inside.x + 1, inside.y + place as u16, line, inside.width as usize - 2, look.text(), look);
    }
    let area = Rect { y: inside.y + words.len() as u16, height: inside.height.saturating_sub(words.len() as u16), ..inside };
    phases_at(app, detail, look, buffer, area);
    reviews_at(app, detail, look, buffer, Rect { y: body.y + upper, height: body.height - upper, ..body });
}

fn head(app: &App, detail: &CycleDetail, room: usize, look: Look) -> Vec<String> {
    let cycle = &detail.cycle;
    let mut lines = Vec::new();
    if !cycle.focus.is_empty() {
        let why = if detail.focus_reason.is_empty() { String::new() } else { format!(". Why: {}", detail.focus_reason) };
        let note = if cycle.focus_note.is_empty() { String::new() } else { format!(". {}", cycle.focus_note) };
        lines.extend(wrap(&format!("Focus: {}{why}{note}", cycle.focus), room, look));
    }
    if let Some(again) = again(app, detail) {
        lines.extend(wrap(&again, room, look));
    }
    if let Some(extra) = &cycle.extra {
        // Work outside the plan is read with who asked for it and when they want it (F23, Q04).
        let boards = app.framework.iter().flat_map(|framework| &framework.boards);
        let board = boards.into_iter().find(|board| board.key == extra.by).map_or(extra.by.as_str(), |board| board.label.as_str());
        let due = extra.due_on.map(|due| format!(" for {}", say_date(due))).unwrap_or_default();
        lines.splice(0..0, wrap(&format!("Outside the plan, asked for by {board}{due}: {}", extra.why), room, look));
    }
    if let Some(day) = app.overview.old_extract.filter(|_| detail.sample.is_none()) {
        let said =
            format!("! The newest extract is of {}, more than a year old: import a new one before drawing.", day.format("%-d %B %Y"));
        lines.splice(0..0, wrap(&said, room, look));
    }
    lines.push(match &detail.sample {
        None if detail.counts.named_only => "Nothing is drawn: what it looks at is named.".to_string(),
        None => "No sample has been drawn yet.".to_string(),
        Some(card) => format!(
            "Sample: {}, drawn {}{}{}.",
            match card {
                SampleCard::Whole(sample) => format!("{} of {} in the frame", sample.drawn.chosen.len(), sample.drawn.in_frame),
                SampleCard::Part(part) => format!("{} that you may see", counted(part.drawn(), "case", "cases")),
            },
            say_date(card.on()),
            match detail.substitutions.len() {
                0 => String::new(),
                n => format!(", {} substituted", counted(n, "case", "cases")),
            },
            card.turn().map(|turn| format!(", {}", turn.sentence())).unwrap_or_default()
        ),
    });
    if detail.counts.named > 0 {
        let mut named: Vec<String> = Vec::new();
        for how in Chosen::ALL.into_iter().filter(|how| !how.is_random()) {
            let n = detail.reviews.iter().filter(|review| review.chosen == how && review.next_step != "withdrawn").count();
            if n > 0 {
                named.push(format!("{n} as {}", how.label()));
            }
        }
        lines.push(format!("Not drawn, and not in the sample\u{2019}s figures: {}.", named.join(", ")));
    }
    lines.extend(notices(detail));
    lines.extend(in_the_header(app, detail, room, look));
    for (substitution, out, incoming, approver) in detail.substitutions.iter().take(3) {
        lines.push(format!("  {incoming} for {out}: {} (approved by {approver})", substitution.reason));
    }
    lines
}

/// Where several cycles run: why the header names this one, and which others there are.
fn in_the_header(app: &App, detail: &CycleDetail, room: usize, look: Look) -> Vec<String> {
    let Some(head) = app.overview.cycle.as_ref().filter(|head| head.id == detail.cycle.id && !app.overview.also.is_empty()) else {
        return Vec::new();
    };
    let others: Vec<String> = app.overview.also.iter().map(AlsoRuns::said).collect();
    wrap(&format!("The header names this cycle: {}. Also running: {}.", head.why, others.join("; ")), room, look)
}

/// What it looks again at, and when its own area is looked at again. F14.
fn again(app: &App, detail: &CycleDetail) -> Option<String> {
    let first = detail.again.as_ref().map(|(reference, area)| {
        format!("Looks again at {reference}, {area}: {} shows then and now.", app.keymap.hint(Command::ThenAndNow))
    });
    let key = app.keymap.hint(Command::Revisits);
    let own = detail.revisit.as_ref().map(|revisit| match &revisit.stand {
        Stand::Overdue | Stand::Due => {
            format!("! Its area is due to be looked at again since {} ({key}).", revisit.due_on.format("%-d %B %Y"))
        }
        Stand::Ahead => format!("Its area is looked at again from {}.", revisit.due_on.format("%-d %B %Y")),
        Stand::Planned(by) => format!("{by} is to look again at its area."),
        Stand::Done(by) => format!("{by} looked again at its area."),
        Stand::LetGo(why) => format!("Nobody looks again at its area: {why}"),
    });
    match (first, own) {
        (Some(first), Some(own)) => Some(format!("{first} {own}")),
        (first, own) => first.or(own),
    }
}

/// Who hears of it beforehand, in a line: how many were told, and what is late or a gap. F04.
fn notices(detail: &CycleDetail) -> Option<String> {
    let rows = &detail.notices;
    let last = rows.iter().map(|row| row.notice.due_on).max()?;
    let sent = rows.iter().filter(|row| row.notice.sent.is_some()).count();
    let late = rows.iter().filter(|row| row.late && row.notice.sent.is_none()).count();
    let gaps = rows.iter().filter(|row| row.notice.person.is_none() && row.notice.sent.is_none()).count();
    let mut said = format!("Notice beforehand: {sent} of {} told, due by {}", rows.len(), say_date(last));
    if late > 0 {
        said.push_str(&format!("; {late} late"));
    }
    if gaps > 0 {
        said.push_str(&format!("; {gaps} with nobody on record"));
    }
    Some(said + ".")
}

fn phases_at(app: &App, detail: &CycleDetail, look: Look, buffer: &mut Buffer, area: Rect) {
    // Few columns: the bar gives way, so that what blocks a phase is read whole.
    let bar = area.width >= 100;
    let whole = app.overview.access.narrowed().is_some();
    let (done, least) = if whole { ("Whole council", 13) } else { ("Done", 7) };
    let columns = [
        Column::new("Phase", 8, 14, 0),
        Column::new("Dates", 15, 15, 1),
        Column::new(done, if bar { 14 } else { least }, if bar { 20 } else { least }, 0),
        Column::new("What blocks it", 40, 90, 0),
    ];
    let may = app.overview.access.may(Right::Plan);
    let rows: Vec<Row> = detail
        .phases
        .iter()
        .map(|phase| {
            let style = if phase.late { look.alarm() } else { look.text() };
            let through = match phase.through {
                _ if phase.done => vec![piece(look.tick(), look.good())],
                _ if phase.by_hand => vec![piece("by hand", look.dim())],
                (0, 0) => vec![piece("", look.dim())],
                (n, of) if !bar => vec![piece(format!("{n}/{of}"), style)],
                (n, of) => vec![piece(look.meter(f64::from(n) / f64::from(of.max(1)), 8), style), piece(format!(" {n}/{of}"), style)],
            };
            let late = if phase.late { "late: " } else { "" };
            let key =
                if phase.by_hand && !phase.done && may { format!(" ({})", app.keymap.hint(Command::TickPhase)) } else { String::new() };
            let cells = vec![
                vec![piece(phase.label.clone(), style)],
                vec![piece(format!("{} - {}", phase.starts.format("%-d %b"), phase.ends.format("%-d %b")), look.dim())],
                through,
                vec![piece(late, look.alarm()), piece(format!("{}{key}", phase.blocked_by), if phase.done { look.dim() } else { style })],
            ];
            Row { flag: piece(" ", look.text()), cells }
        })
        .collect();
    let at = app.cycle.at;
    let fits = (area.height as usize).saturating_sub(1).max(1);
    let top = if at < rows.len() { (at + 1).saturating_sub(fits) } else { 0 };
    table(buffer, area, &columns, rows.get(top..).unwrap_or_default(), (at < rows.len()).then(|| at - top), true, look);
}

fn reviews_at(app: &App, detail: &CycleDetail, look: Look, buffer: &mut Buffer, area: Rect) {
    const COLUMNS: [Column; 8] = [
        Column::new("Ref", 8, 10, 0),
        Column::new("Case", 7, 9, 0),
        Column::new("Type", 4, 5, 1),
        Column::new("Service", 14, 30, 3),
        Column::new("Reviewer", 12, 22, 0),
        Column::new("Next step", 21, 28, 0),
        Column::new("Due", 11, 11, 2).right(),
        Column::new("Chosen", 8, 10, 1),
    ];
    let counts = detail.counts;
    // Only where a case was named does the last column say anything.
    let columns = if counts.named > 0 { &COLUMNS[..] } else { &COLUMNS[..7] };
    let named = if counts.named > 0 { format!("{}{} not drawn", look.dot(), counts.named) } else { String::new() };
    let of = counted(counts.reviews, "review", "reviews");
    let seen = if app.overview.access.narrowed().is_some() { " that you see" } else { "" };
    let right = piece(format!("{of}{seen}{named}{}{} finalised", look.dot(), counts.finalised), look.dim());
    let inside = boxed(buffer, area, "The sample", &[right], false, look);
    if detail.reviews.is_empty() {
        for (line, y) in wrap(&none_here(app, detail), inside.width.saturating_sub(4) as usize, look).iter().zip(inside.y..inside.bottom())
        {
            put(buffer, inside.x + 2, y, line, inside.width.saturating_sub(4) as usize, look.text(), look);
        }
        return;
    }
    let fits = (inside.height as usize).saturating_sub(1);
    let at = app.cycle.at.checked_sub(detail.phases.len());
    let top = at.map_or(0, |at| if at >= fits { (at / fits.max(1)) * fits.max(1) } else { 0 });
    let today = app.today();
    let rows: Vec<Row> = detail
        .reviews
        .iter()
        .skip(top)
        .take(fits)
        .map(|row| {
            let reviewer = match (row.reviewer.as_str(), row.due) {
                ("", Some(_)) => piece("nobody yet", look.attention()),
                ("", None) => piece("nobody", look.dim()),
                (name, _) => piece(name, look.text()),
            };
            let cells = vec![
                vec![piece(row.reference.clone(), look.text())],
                vec![piece(row.case.clone(), look.text())],
                vec![piece(row.case_type.clone(), look.text())],
                vec![piece(row.service.clone(), look.dim())],
                vec![reviewer],
                vec![piece(row.next_step.clone(), look.text())],
                vec![due(today, row.due, row.opens, look)],
                vec![piece(row.chosen.mark(), look.attention())],
            ];
            Row { flag: piece(" ", look.text()), cells }
        })
        .collect();
    table(buffer, inside, columns, &rows, at.map(|at| at - top), true, look);
}

/// What stands in the place of a sample of which whoever looks sees nothing: theirs to draw, somebody else's, or not theirs to see.
fn none_here(app: &App, detail: &CycleDetail) -> String {
    let access = &app.overview.access;
    match (detail.sample.is_some(), access.narrowed()) {
        (true, Some(part)) => return format!("The sample is drawn; none of it is among what you see ({part})."),
        (true, None) if app.sees_in_part() => return "The sample is drawn; nothing of it is left here that you see.".to_string(),
        (true, None) => return "The sample is drawn; nothing of it is left here.".to_string(),
        _ => {}
    }
    let named = detail.counts.named_only;
    match (access.may(Right::Draw), named) {
        (true, true) => format!("Press {} to name the service it looks at.", app.keymap.hint(Command::NameCase)),
        (true, false) => format!("Press {} to draw the sample.", app.keymap.hint(Command::Draw)),
        (false, true) => format!("The service it looks at is not named yet. Who names it: {}.", who_may(&detail.framework, Right::Draw)),
        (false, false) => format!("The sample is not drawn yet. Who draws it: {}.", who_may(&detail.framework, Right::Draw)),
    }
}
