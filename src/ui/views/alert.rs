//! One alert: what is to be done next and by whom, its clocks, everybody it is addressed to with the facts of each, and what was
//! written: the concern, the assurance, the dispute, urgent actions, what followed.

use super::strips::clock;
use crate::app::App;
use crate::app::alert::AlertView;
use crate::app::command::Command;
use crate::app::msg::Report;
use crate::domain::alert::{AlertAddressee, Need};
use crate::domain::calendar::{day_after, last_day, local, say_due, say_end, say_stamp};
use crate::domain::person::short_name;
use crate::domain::query::AlertDetail;
use crate::domain::strip::{Clock, ClockOf, on_strip};
use crate::ui::table::{Column, Row, draw as table, widths};
use crate::ui::text::{Piece, piece, put_pieces, width, wrap};
use crate::ui::theme::Look;
use crate::ui::{boxed, more_below};
use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

type Lines = Vec<Vec<Piece>>;

/// From this width on what was written stands beside the facts and not below them.
const BESIDE: u16 = 120;

/// What the table of addressees needs at the least, in cells: below that its last column ran into what is written beside it.
const LEAST: u16 = 69;

/// At most so many lines below the addressees are for the one under the cursor, whole, where its columns are cut.
const WHOLE: u16 = 2;

/// Draws the alert.
pub fn draw(app: &App, look: Look, buffer: &mut Buffer, body: Rect, report: &mut Report) {
    let Some(view) = &app.alert else { return };
    let detail = &view.detail;
    let title = format!("{} on {}, {}", detail.alert.reference, detail.review_ref, detail.case);
    let opened = format!("{}, {}", detail.alert.trigger.label(), say_stamp(detail.alert.opened_at));
    let whole = boxed(buffer, body, &title, &[piece(opened, look.dim())], true, look);
    let whole = Rect { x: whole.x + 1, width: whole.width.saturating_sub(2), ..whole };
    let (facts, written) = if body.width >= BESIDE {
        let left = (whole.width * 58 / 100).max(LEAST);
        (Rect { width: left, ..whole }, Some(Rect { x: whole.x + left + 2, width: whole.width.saturating_sub(left + 2), ..whole }))
    } else {
        (whole, None)
    };
    let mut top = next(app, detail, facts, look);
    top.push(Vec::new());
    top.extend(clocks(app, detail, facts.width as usize, look));
    // Of a small screen the addressees keep a good part.
    top.truncate((facts.height as usize).saturating_sub(6));
    let used = put_lines(buffer, facts, &top, look);
    let mut rest = Rect { y: facts.y + used, height: facts.height.saturating_sub(used), ..facts };
    let rows = detail.alert.addressees.len() as u16 + 1;
    // One line more for the one under the cursor where that leaves room for what was written.
    let spare = if rest.height > rows + 8 { WHOLE } else { 1 };
    let below = if written.is_some() { rest.height } else { rest.height.min(rows + spare) };
    addressees(app, view, look, buffer, Rect { height: below, ..rest });
    rest = Rect { y: rest.y + below, height: rest.height.saturating_sub(below), ..rest };
    let room = written.unwrap_or(rest);
    let lines = texts(app, detail, room.width as usize, look);
    report.section = (room.height as usize).max(2);
    let from = view.top.min(lines.len().saturating_sub(room.height as usize));
    put_lines(buffer, room, lines.get(from..).unwrap_or_default(), look);
    let more = lines.len().saturating_sub(from + room.height as usize);
    more_below(buffer, Rect { width: room.width + 1, ..room }, more, look);
}

fn put_lines(buffer: &mut Buffer, area: Rect, lines: &[Vec<Piece>], look: Look) -> u16 {
    let shown = lines.len().min(area.height as usize);
    for (line, y) in lines.iter().take(shown).zip(area.y..) {
        put_pieces(buffer, Rect { y, height: 1, ..area }, line, look);
    }
    shown as u16
}

/// What is to be done now, by whom; and after that.
fn next(app: &App, detail: &AlertDetail, area: Rect, look: Look) -> Lines {
    let cells = (area.width as usize).saturating_sub(6).max(20);
    let mut lines = Lines::new();
    let Some(((need, by), later)) = detail.needs.split_first() else {
        let closed = detail.alert.closed_at.map(say_stamp).unwrap_or_default();
        return vec![vec![piece(format!("{} Closed {closed}. Nothing is left to do.", look.tick()), look.good())]];
    };
    let said = match need {
        Need::Tell(places) => {
            // Whoever has an e-mail under way need not be rung at once; the row of each says how theirs stands.
            let rings = |place: &&usize| detail.mail.get(**place).is_none_or(|row| row.stand.wants_a_call(app.mail_set_up));
            // Nobody tells themselves.
            let others: Vec<usize> = places.iter().filter(|place| detail.own_place != Some(**place)).copied().collect();
            let rung: Vec<usize> = others.iter().filter(rings).copied().collect();
            let them = match others.len() - rung.len() {
                0 => format!(": telephone {}", named(detail, &rung)),
                mailed if rung.is_empty() => format!(": e-mail is under way to {mailed}"),
                mailed => format!(": telephone {}; e-mail is under way to {mailed}", named(detail, &rung)),
            };
            let acknowledges = app.keymap.hint(Command::AcknowledgeAlert);
            match (others.len() < places.len(), others.is_empty()) {
                (true, true) => format!("you know of it: {acknowledges} acknowledges"),
                (true, false) => format!("{}{them}; you know of it: {acknowledges} acknowledges", Need::Tell(others).to_do()),
                (false, _) => format!("{}{them}", need.to_do()),
            }
        }
        Need::Follow(places) => format!("{}: {}, by {by}", need.to_do(), named(detail, places)),
        Need::SayInWords(places) => format!("{}: telephone {}", need.to_do(), named(detail, places)),
        Need::FillGaps(places) => {
            format!("{}: {}", need.to_do(), places.iter().map(|place| detail.role_in_short(*place)).collect::<Vec<_>>().join(", "))
        }
        _ => format!("{}, by {by}", need.to_do()),
    };
    for (place, line) in wrap(&said, cells, look).into_iter().enumerate() {
        let before = if place == 0 { "Now   " } else { "      " };
        lines.push(vec![piece(before, look.heading()), piece(line, look.key())]);
    }
    if let Some(said) = way_on(app, detail, need) {
        lines.extend(wrap(&said, cells, look).into_iter().map(|line| vec![piece(format!("      {line}"), look.attention())]));
    }
    let later: Vec<String> = later.iter().map(|(need, _)| need.to_do()).collect();
    if !later.is_empty() {
        for (place, line) in wrap(&later.join(", "), cells, look).into_iter().enumerate() {
            let before = if place == 0 { "Then  " } else { "      " };
            lines.push(vec![piece(before, look.dim()), piece(line, look.dim())]);
        }
    }
    lines
}

/// The key that goes on where those whom the next thing waits for have left, or where it stands somewhere else.
fn way_on(app: &App, detail: &AlertDetail, need: &Need) -> Option<String> {
    let key = |command| app.keymap.hint(command);
    match (need, detail.urgent_next()) {
        (Need::DoUrgent(_), Some((action, true))) => {
            let (open, give) = (key(Command::OpenUrgent), key(Command::Reassign));
            Some(format!("{open} opens {}; there {give} gives it to somebody else.", action.reference))
        }
        (Need::Acknowledge { places, .. } | Need::Assure(places), _) if detail.next_is_gone() => {
            Some(match places.iter().find_map(|place| detail.may_follow.get(place)) {
                Some(Some(who)) => format!("Nobody can until somebody follows whoever left: {who} names them."),
                _ => format!("Nobody can until somebody follows whoever left: {} on their row names who does.", key(Command::FillGap)),
            })
        }
        _ if detail.next_is_gone() => Some("Nobody can until somebody else holds that role.".to_string()),
        _ => None,
    }
}

/// People by name and role, one after the other.
fn named(detail: &AlertDetail, places: &[usize]) -> String {
    let known = places.iter().filter_map(|place| Some((place, detail.alert.at(*place)?.person?)));
    known.map(|(place, person)| format!("{} ({})", detail.name(person), detail.role_in_short(*place))).collect::<Vec<_>>().join(", ")
}

/// The clocks, one line for each kind; of several people's the nearest.
fn clocks(app: &App, detail: &AlertDetail, cells: usize, look: Look) -> Lines {
    let shown: Vec<Clock> = on_strip(&detail.clocks);
    if shown.is_empty() {
        return vec![vec![piece("No clock runs on it: the framework sets no times.", look.dim())]];
    }
    let lines = shown.iter().map(|one| {
        let mut line = vec![piece(format!("{:<14}", one.of.label()), look.dim())];
        let nobody_did = detail.stopped_by_others(one) && detail.alert.addressees.iter().all(|one| one.acknowledged.is_none());
        match nobody_did {
            true => line.push(piece("stopped: nobody acknowledged it", look.attention())),
            false => line.extend(clock(one, app.now, look)),
        }
        let used: usize = line.iter().map(|(text, _)| width(text)).sum();
        let by = if one.runs() { by_when(detail, one, app.now, cells.saturating_sub(used)) } else { String::new() };
        line.push(piece(by, look.dim()));
        line
    });
    lines.collect()
}

/// By when a clock runs, and whose it is: in as many words as there is room for. Whoever is to be told has a line below.
fn by_when(detail: &AlertDetail, one: &Clock, now: DateTime<Utc>, room: usize) -> String {
    if matches!(one.of, ClockOf::Tell(_)) {
        return format!("  by {}", say_end(one.due_at));
    }
    let (day, briefly) = match last_day(one.due_at) {
        Some(day) => (format!("end of {}", day.format("%-d %b")), format!("end of {}", day.format("%a"))),
        None => (stamp(one.due_at), local(one.due_at).format("%a %H:%M").to_string()),
    };
    let (long, short) = (detail.whose_nearest(one, now), detail.whose_in_short(one, now));
    let ways = [
        format!("  by {}{long}", say_end(one.due_at)),
        format!("  by {}{short}", say_end(one.due_at)),
        format!("  by {day}{short}"),
        format!(" {briefly}{short}"),
    ];
    let last = ways.len() - 1;
    let fits = ways.iter().position(|way| width(way) <= room).unwrap_or(last);
    ways.into_iter().nth(fits).unwrap_or_default()
}

/// Everybody it is addressed to: a row each, told and acknowledged apart.
fn addressees(app: &App, view: &AlertView, look: Look, buffer: &mut Buffer, area: Rect) {
    const COLUMNS: [Column; 4] = [
        Column::new("Role", 12, 28, 0),
        Column::new("Who", 14, 22, 0),
        Column::new("Told", 22, 34, 0),
        Column::new("Acknowledged", 14, 30, 0),
    ];
    let detail = &view.detail;
    let places = || detail.alert.addressees.iter().enumerate();
    // Where one role does not fit all stand by their short names, so that none is cut to the beginning of another.
    let columns = widths(&COLUMNS, (area.width as usize).saturating_sub(4));
    let in_full = places().all(|(place, _)| width(&detail.role(place)) <= columns[0]);
    let rows: Vec<Row> = places()
        .map(|(place, one)| {
            let role = if in_full { detail.role(place) } else { detail.framework.role_in_short(&one.role) };
            let sign = if one.is_gap() || (one.is_untold() && detail.alert.is_open()) {
                piece("!", look.alarm())
            } else {
                piece(" ", look.text())
            };
            let cells = vec![
                vec![piece(role, look.text())],
                vec![who(detail, one, look)],
                vec![told_within(app, detail, (place, one), columns[2], look)],
                vec![acknowledged(detail, one, look)],
            ];
            Row { flag: sign, cells }
        })
        .collect();
    let mut area = area;
    let shortened = |one: &AlertAddressee| {
        width(&told(app, detail, (view.place(), one), look).0) > columns[2] || width(&who(detail, one, look).0) > columns[1]
    };
    let cut = detail.alert.at(view.place()).is_some_and(shortened);
    // It stands where a line is left over.
    let spare = area.height.saturating_sub(rows.len() as u16 + 1).min(WHOLE);
    let gone = detail.alert.at(view.place()).is_some_and(|one| has_left(detail, one));
    if let Some(one) = detail.alert.at(view.place()).filter(|_| (cut || gone || !in_full) && spare > 0) {
        let mut lines = wrap(&in_words(app, detail, (view.place(), one), look), area.width as usize, look);
        let used = (lines.len() as u16).min(spare);
        area.height -= used;
        // What finds no room goes on in the last line, where it is seen to be cut.
        let rest = lines.split_off(used as usize - 1).join(" ");
        lines.push(rest);
        let lines: Lines = lines.into_iter().map(|line| vec![piece(line, look.dim())]).collect();
        put_lines(buffer, Rect { y: area.bottom(), height: used, ..area }, &lines, look);
    }
    let fits = (area.height as usize).saturating_sub(1).max(1);
    let top = crate::ui::table::first_shown(view.place(), 0, fits);
    let rows: Vec<Row> = rows.into_iter().skip(top).collect();
    table(buffer, area, &COLUMNS, &rows, Some(view.place() - top), true, look);
}

/// One addressee in words: role, name, whether they acknowledged, told. What is waited for comes before how it was asked.
fn in_words(app: &App, detail: &AlertDetail, (place, one): (usize, &AlertAddressee), look: Look) -> String {
    let role = detail.role(place);
    let (who, told) = (who(detail, one, look).0, told(app, detail, (place, one), look).0);
    let own = match one.acknowledged {
        _ if one.person.is_none() => String::new(),
        None if has_left(detail, one) => match detail.may_follow.get(&place) {
            Some(Some(who)) => format!("; has left: who hears instead is named by {who}"),
            _ => format!("; has left: {} names who hears instead", app.keymap.hint(Command::FillGap)),
        },
        _ if one.followed.is_some() => "; has left, somebody else hears in their place".to_string(),
        Some(_) => format!("; acknowledged {}", acknowledged(detail, one, look).0),
        None => match one.person.and_then(|person| detail.leaving.get(&person)).filter(|_| detail.alert.is_open()) {
            Some(last) => {
                let from = day_after(*last).format("%-d %b");
                let key = app.keymap.hint(Command::FillGap);
                format!("; not acknowledged; leaves on {}: from {from} on {key} names who hears instead", last.format("%-d %b"))
            }
            None => "; not acknowledged".to_string(),
        },
    };
    [format!("{role}: {who}{own}"), told].into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join("; ")
}

fn who(detail: &AlertDetail, one: &AlertAddressee, look: Look) -> Piece {
    match (one.person, one.instead_of) {
        (Some(person), Some(holder)) if one.recused => {
            piece(format!("{} ({} is recused)", detail.name(person), detail.name(holder)), look.text())
        }
        (Some(person), Some(holder)) => piece(format!("{} for {}", detail.name(person), detail.name(holder)), look.text()),
        (Some(person), None) => piece(detail.name(person), look.text()),
        (None, _) if one.explained.is_some() => piece("nobody, explained", look.dim()),
        (None, _) => piece("nobody: a gap", look.alarm()),
    }
}

/// How somebody was told in as many words as a column has room for: by whom before in which way.
fn told_within(app: &App, detail: &AlertDetail, addressee: (usize, &AlertAddressee), room: usize, look: Look) -> Piece {
    let (whole, style) = told(app, detail, addressee, look);
    let by = |last: &crate::domain::alert::Telling| {
        let by = last.by.map(|person| short_name(detail.name(person)))?;
        let ways = [format!("{}, {by}", stamp(last.at)), format!("{}, {by}", local(last.at).format("%-d %b"))];
        ways.into_iter().find(|way| width(way) <= room).or(Some(by))
    };
    match addressee.1.tellings.last().filter(|_| width(&whole) > room).and_then(by) {
        Some(shorter) => piece(shorter, style),
        None => piece(whole, style),
    }
}

fn told(app: &App, detail: &AlertDetail, (place, one): (usize, &AlertAddressee), look: Look) -> Piece {
    if let Some(gap) = one.explained.as_ref().filter(|_| one.person.is_none()) {
        return piece(gap.because.clone(), look.dim());
    }
    match (one.tellings.last(), one.told_at) {
        (Some(last), _) => {
            let by = last.by.map(|person| format!(", {}", short_name(detail.name(person)))).unwrap_or_default();
            let how = last.how.label().trim_start_matches("by ");
            piece(format!("{} {how}{by}", stamp(last.at)), look.text())
        }
        (None, Some(at)) => piece(stamp(at), look.text()),
        (None, None) if one.followed.is_some() => piece("", look.text()),
        (None, None) if one.person.is_none() => piece("name somebody or explain it", look.attention()),
        (None, None) if one.acknowledged.is_some() => piece("knows: has acknowledged", look.dim()),
        (None, None) => match detail.mail.get(place) {
            Some(row) if detail.alert.is_open() => piece(row.stand.say(app.mail_set_up, app.now), look.attention()),
            _ => piece("not told yet", look.attention()),
        },
    }
}

fn acknowledged(detail: &AlertDetail, one: &AlertAddressee, look: Look) -> Piece {
    let place = |of: &ClockOf| matches!(of, ClockOf::FollowUp(place) if detail.alert.at(*place) == Some(one));
    let holds = |until| one.acknowledged.is_some_and(|own| own.holds_until == Some(until));
    let lapsed = detail.alert.overdue.iter().any(|overdue| place(&overdue.clock) && holds(overdue.due_at))
        || detail.clocks.iter().any(|clock| place(&clock.of) && clock.ended_late());
    match &one.acknowledged {
        Some(own) if lapsed => piece(format!("{}, lapsed", stamp(own.at)), look.alarm()),
        Some(own) if own.first_at.is_some() => piece(format!("{}, first {}", stamp(own.at), stamp(own.first())), look.good()),
        Some(own) => piece(stamp(own.at), look.good()),
        None if one.person.is_none() => piece("", look.text()),
        None if one.followed.is_some() => piece("has left", look.dim()),
        None if has_left(detail, one) => piece("has left", look.attention()),
        None => piece("not yet", look.dim()),
    }
}

/// Whether it waits for somebody who is here no more.
fn has_left(detail: &AlertDetail, one: &AlertAddressee) -> bool {
    detail.alert.is_open()
        && one.acknowledged.is_none()
        && one.followed.is_none()
        && one.person.is_some_and(|person| detail.gone.contains(&person))
}

/// A moment without the day of the week, as a narrow column has room for it: `12 Nov 10:05`.
fn stamp(at: chrono::DateTime<chrono::Utc>) -> String {
    local(at).format("%-d %b %H:%M").to_string()
}

/// What was written: concern, assurance, dispute, urgent actions, what followed, closing note.
fn texts(app: &App, detail: &AlertDetail, cells: usize, look: Look) -> Lines {
    let mut lines = Lines::new();
    let cells = cells.max(20);
    let alert = &detail.alert;
    let rule = &detail.framework.escalation;
    let by = |person: Option<crate::domain::id::PersonId>| person.map(|person| format!(", {}", detail.name(person))).unwrap_or_default();
    let heading = |lines: &mut Lines, text: String| {
        lines.push(Vec::new());
        lines.push(vec![piece(text, look.heading())]);
    };
    let paragraph = |lines: &mut Lines, label: &str, text: &str| {
        if !label.is_empty() {
            lines.extend(wrap(label, cells, look).into_iter().map(|line| vec![piece(line, look.dim())]));
        }
        lines.extend(wrap(text, cells.saturating_sub(2), look).into_iter().map(|line| vec![piece(format!("  {line}"), look.text())]));
    };
    if !alert.concern.is_empty() {
        heading(&mut lines, alert.trigger.noun().to_string());
        for written in &alert.concern {
            let headings = rule.headings(alert.trigger);
            let label = headings.iter().find(|heading| heading.key == written.key).map(|heading| heading.label.clone());
            paragraph(&mut lines, &label.unwrap_or_default(), &written.text);
        }
    }
    if !rule.assurance.is_empty() {
        let said = alert.assurance.as_ref().map(|assurance| {
            let whole = if assurance.complete_at.is_some() { "" } else { ", not complete" };
            format!("Assurance: {}{}{whole}", say_stamp(assurance.at), by(assurance.by))
        });
        heading(&mut lines, said.unwrap_or_else(|| "Assurance: none yet".to_string()));
        for question in &rule.assurance {
            match alert.assurance.as_ref().and_then(|assurance| assurance.answer(&question.key)) {
                Some(answer) => paragraph(&mut lines, &question.label, answer),
                None if question.required => {
                    let open = format!("{} {}", if look.ascii { "-" } else { "\u{2013}" }, question.label);
                    lines.extend(wrap(&open, cells, look).into_iter().map(|line| vec![piece(line, look.attention())]));
                }
                None => {}
            }
        }
    }
    for action in &detail.urgent {
        if lines.last().is_none_or(|line| line.first().is_none_or(|(text, _)| !text.starts_with("  "))) || action.id == detail.urgent[0].id
        {
            heading(&mut lines, "Urgent actions".to_string());
        }
        let due = if action.state.is_open() { say_due(app.today(), action.due_on) } else { action.state.label().to_string() };
        paragraph(&mut lines, "", &format!("{} {}: {}, {due}", action.reference, action.owner, action.text));
    }
    if let Some(dispute) = &alert.dispute {
        heading(&mut lines, format!("Level of concern disputed: {}{}", say_stamp(dispute.at), by(dispute.by)));
        paragraph(&mut lines, "", &dispute.because);
        match &dispute.decision {
            Some(decision) => {
                let how = if decision.stands { "the concern stands" } else { "the concern is lower" };
                let label = format!("Decided {}{}, finally: {how}", say_stamp(decision.at), by(decision.by));
                paragraph(&mut lines, &label, &decision.because);
            }
            None => lines.push(vec![piece(format!("  The {} decides it, finally.", detail.decides), look.attention())]),
        }
    }
    for kept in &alert.kept {
        heading(&mut lines, format!("{}: {}, {}", kept.kind.label(), kept.on.format("%-d %b"), detail.kept_by(kept)));
        paragraph(&mut lines, "", &kept.note);
    }
    if !detail.closing.is_empty() {
        heading(&mut lines, "When it was closed".to_string());
        paragraph(&mut lines, "", &detail.closing);
    }
    let late: Vec<_> = alert.overdue.iter().collect();
    if !late.is_empty() {
        heading(&mut lines, "Ran out".to_string());
        for overdue in late {
            let said = format!("{}{}: {}", overdue.clock.what(), detail.whose(overdue.clock), say_end(overdue.due_at));
            paragraph(&mut lines, "", &said);
        }
    }
    if !alert.under.is_empty() {
        lines.push(Vec::new());
        let (id, version) = alert.under.rsplit_once(' ').unwrap_or((&alert.under, ""));
        // By the name that people know; the framework of another time is known by its key alone.
        let name = app.framework.as_ref().filter(|framework| framework.id == id).map_or(id, |framework| &framework.short_name);
        let version = if version.is_empty() { String::new() } else { format!(", version {version}") };
        lines.push(vec![piece(format!("Opened under {name}{version}."), look.dim())]);
    }
    if lines.first().is_some_and(Vec::is_empty) {
        lines.remove(0);
    }
    lines
}
