//! The header: where the work stands, and who sits here.

use super::text::{Piece, piece, put_pieces, width};
use super::theme::Look;
use crate::app::command::Command;
use crate::app::{App, View};
use crate::domain::access::Right;
use crate::domain::calendar::{local, say_date, say_ends};
use crate::domain::count::counted;
use crate::domain::cycle::current_phase;
use crate::domain::query::{AlsoRuns, CycleHead, Overview, WHOLE};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The two lines on top.
pub fn header(app: &App, look: Look, buffer: &mut Buffer, area: Rect) {
    let clock = local(app.now);
    let right = if area.width >= 110 { clock.format("%a %-d %b %H:%M ").to_string() } else { clock.format("%H:%M ").to_string() };
    let room = area.width.saturating_sub(width(&right) as u16 + 1);
    put_pieces(buffer, Rect { width: room, height: 1, ..area }, &first_line(app, look, room as usize), look);
    let x = area.right().saturating_sub(width(&right) as u16);
    put_pieces(buffer, Rect::new(x, area.y, width(&right) as u16, 1), &[piece(right.as_str(), look.dim())], look);
    let narrowed = app.overview.access.narrowed_in_short();
    let seen = narrowed.as_ref().map(|seen| format!("{}{seen} only", look.dot())).unwrap_or_default();
    let who = format!("names hidden{seen}{}{}, {} ", look.dot(), app.who.login, app.who.role);
    let who = match (area.width >= 100, narrowed) {
        (true, _) => who,
        (false, Some(seen)) => format!("{seen} only{}{} ", look.dot(), app.who.login),
        (false, None) => format!("{} ", app.who.login),
    };
    let room = area.width.saturating_sub(width(&who) as u16 + 1);
    put_pieces(buffer, Rect { y: area.y + 1, width: room, height: 1, ..area }, &second_line(app, look, room as usize), look);
    let x = area.right().saturating_sub(width(&who) as u16);
    put_pieces(buffer, Rect::new(x, area.y + 1, width(&who) as u16, 1), &[piece(who.as_str(), look.dim())], look);
}

fn first_line(app: &App, look: Look, room: usize) -> Vec<Piece> {
    let overview = &app.overview;
    let mut pieces = vec![piece(" closeloop", look.heading()), piece(look.bar(), look.dim())];
    if !overview.started {
        let said = if app.header_read { "no framework chosen yet" } else { "could not be read; r reads it again" };
        pieces.push(piece(said, look.text()));
        return pieces;
    }
    let demo = match (overview.demo, room >= 100) {
        (true, true) => " (made-up council)",
        (true, false) => " (demo)",
        (false, _) => "",
    };
    pieces.push(piece(format!("{}{demo}", overview.framework), look.text()));
    let Some(cycle) = &overview.cycle else {
        pieces.push(piece(format!("{}no cycle open", look.dot()), look.attention()));
        return pieces;
    };
    pieces.push(piece(format!("{}{}", look.dot(), cycle.title), look.text()));
    let at = current_phase(&cycle.phases);
    // The list below may be a part of it.
    let whole = overview.access.narrowed().map(|_| format!(", {WHOLE}"));
    let mut long = strip(cycle, at, Some(whole.as_deref().unwrap_or_default()), look);
    let used = long_of(&pieces) + width(look.bar());
    if used + long_of(&long) > room && whole.is_some() {
        // Whoever sees a part sees the whole strip where others do: what is not theirs to count gives way.
        long = strip(cycle, at, None, look);
    }
    let focus = if cycle.focus.is_empty() { String::new() } else { format!("{}focus: {}", look.dot(), cycle.focus) };
    if used + long_of(&long) + width(&focus) <= room {
        pieces.push(piece(focus, look.text()));
    }
    if used + long_of(&long) <= room {
        pieces.push(piece(look.bar(), look.dim()));
        pieces.extend(long);
    } else if let Some(phase) = at.and_then(|at| cycle.phases.get(at)) {
        // Too narrow for the strip: the phase we are in, and how far it is.
        let style = if phase.late { look.alarm() } else { look.chosen() };
        let late = if phase.late { ", late" } else { "" };
        let said = format!("[{} {}/{}{}{late}]", phase.label, phase.through.0, phase.through.1, whole.unwrap_or_default());
        if used + width(&said) > room {
            // Where a cycle has a long name the framework's gives way: that a phase is late must not be cut off.
            let shorter = if overview.demo { "demo".to_string() } else { String::new() };
            let title = if overview.demo { format!("{}{}", look.dot(), cycle.title) } else { cycle.title.clone() };
            pieces.truncate(2);
            pieces.extend([piece(shorter, look.text()), piece(title, look.text())]);
        }
        pieces.extend([piece(look.bar(), look.dim()), piece(said, style)]);
        // What else runs is worth more than the number of the phase.
        let place = format!(" phase {} of {}", at.unwrap_or(0) + 1, cycle.phases.len());
        if overview.also.is_empty() && long_of(&pieces) + width(&place) <= room {
            pieces.push(piece(place, look.dim()));
        }
    }
    pieces.extend(also(&overview.also, &cycle.title, room.saturating_sub(long_of(&pieces)), look));
    pieces
}

fn long_of(pieces: &[Piece]) -> usize {
    pieces.iter().map(|(text, _)| width(text)).sum()
}

/// The phases of the cycle, those that are through ticked; the one it is in with its count and whose that is, where `of` says so.
fn strip(cycle: &CycleHead, at: Option<usize>, of: Option<&str>, look: Look) -> Vec<Piece> {
    let mut strip = Vec::new();
    for (place, phase) in cycle.phases.iter().enumerate() {
        if place > 0 {
            strip.push(piece(" ", look.dim()));
        }
        strip.push(if Some(place) == at {
            let style = if phase.late { look.alarm() } else { look.chosen() };
            let late = if phase.late { ", late" } else { "" };
            let counts = phase.through.1 > 0 && !matches!(phase.key.as_str(), "plan" | "sample");
            let counted = of.filter(|_| counts).map(|of| format!(" {}/{}{of}", phase.through.0, phase.through.1)).unwrap_or_default();
            piece(format!("[{}{counted}{late}]", phase.label), style)
        } else if phase.done {
            piece(format!("{} {}", phase.label, look.tick()), look.good())
        } else {
            piece(phase.label.clone(), look.dim())
        });
    }
    strip
}

/// The cycles that run beside it, as far as there is room: each with its phase, else by name, else how many.
fn also(also: &[AlsoRuns], title: &str, room: usize, look: Look) -> Option<Piece> {
    // The year is plain where it is that of the cycle before it.
    let year = title.rsplit(' ').next().map(|year| format!(" {year}")).unwrap_or_default();
    let all = |said: &dyn Fn(&AlsoRuns) -> String| also.iter().map(|one| said(one).replacen(&year, "", 1)).collect::<Vec<_>>().join(", ");
    let ways = [
        format!("{}also {}", look.dot(), also.iter().map(|one| one.said().replacen(&year, "", 1)).collect::<Vec<_>>().join("; ")),
        format!("{}also {}", look.dot(), all(&|one| one.title.clone())),
        format!(" +{}", counted(also.len(), "cycle", "cycles")),
    ];
    let style = if also.iter().any(|one| one.late) { look.attention() } else { look.dim() };
    ways.into_iter().find(|way| !also.is_empty() && width(way) <= room).map(|way| piece(way, style))
}

/// How much is due to be looked at again; and of how much that is late, where there is room.
fn look_again(overview: &Overview, look: Look) -> Option<(Piece, Piece)> {
    let (all, late) = (overview.revisits, overview.revisits_late);
    let revisits = counted(all, "revisit", "revisits");
    match late {
        _ if all == 0 => None,
        0 => Some(piece(format!("{revisits} due"), look.attention())).map(|said| (said.clone(), said)),
        late if late == all => Some(piece(format!("{revisits} late"), look.alarm())).map(|said| (said.clone(), said)),
        late => {
            let short = format!("{revisits} due");
            Some((piece(format!("{short}, {late} late"), look.alarm()), piece(short, look.alarm())))
        }
    }
}

fn second_line(app: &App, look: Look, room: usize) -> Vec<Piece> {
    let overview = &app.overview;
    let mut parts: Vec<Piece> = Vec::new();
    let again = look_again(overview, look);
    // It waits for whoever looks, and for nobody else.
    let approve = (overview.to_approve > 0).then(|| {
        let reports = counted(overview.to_approve, "report", "reports");
        piece(format!("{reports} to approve ({})", app.keymap.hint(Command::ViewReports)), look.attention())
    });
    // An alert names its review and so its grade: not to somebody who is about to score it blind.
    if overview.strips > 0 && !(app.view == View::Sitting && app.sitting.item().is_some_and(|item| item.blind)) {
        let style = look.alarm();
        let mut what = Vec::new();
        if overview.alerts > 0 {
            what.push(match app.framework.as_ref().map_or("", |framework| framework.alerts_on()) {
                _ if overview.graded_alerts < overview.alerts => counted(overview.alerts, "alert", "alerts"),
                "" => counted(overview.alerts, "alert", "alerts"),
                on => format!("{} {}", overview.alerts, on.trim_end()),
            });
        }
        if overview.disputes > 0 {
            let rule = app.framework.as_ref().and_then(|framework| framework.drp.as_ref());
            let one = rule.map_or("dispute", |rule| rule.called.as_str());
            what.push(counted(overview.disputes, one, &format!("{one}s")));
        }
        // What is left of that which the pane of alerts counts: good work that is passed on.
        let good = overview.strips.saturating_sub(overview.alerts + overview.disputes);
        if good > 0 {
            what.push(format!("{good} good practice"));
        }
        // Disputes alone are no alarm while they are in time.
        let style = if overview.alerts + overview.alerts_overdue > 0 { style } else { look.attention() };
        // The reference is said whole or not at all, and the nearest moment before what is only counted.
        let nearest = overview.nearest.as_ref().map(|(at, review)| (say_ends(app.now, *at), review));
        let sign = if overview.alerts + overview.disputes > 0 { "! " } else { "" };
        let open = |kinds: usize| format!("{sign}{} open", what[..kinds].join(", "));
        let mut ways = Vec::new();
        for kinds in (1..=what.len()).rev() {
            if let Some((at, review)) = &nearest {
                ways.push(format!("{}, nearest {at} ({review})", open(kinds)));
            }
            ways.extend(nearest.iter().map(|(at, _)| format!("{}, nearest {at}", open(kinds))));
        }
        ways.push(open(what.len()));
        ways.push(open(1));
        // How much is late is worth more than the least of what is open, and so is what nobody else has on their desk.
        let late = if overview.late.n > 0 { width(look.dot()) + width(&format!("{} late", overview.late)) } else { 0 };
        let late = late + again.as_ref().map_or(0, |(_, (short, _))| width(look.dot()) + width(short));
        let whole = late + approve.as_ref().map_or(0, |(said, _)| width(look.dot()) + width(said));
        let fits = |beside: usize| ways.iter().find(|way| width(way) + beside < room);
        let said = fits(whole).or_else(|| fits(late)).or_else(|| fits(0)).or(ways.last()).cloned().unwrap_or_default();
        parts.push(piece(said, style));
    }
    if overview.late.n > 0 {
        parts.push(piece(format!("{} late", overview.late), look.alarm()));
    }
    parts.extend(approve);
    if let Some((whole, short)) = again {
        let used = long_of(&parts) + parts.len() * width(look.dot());
        parts.push(if used + width(&whole.0) < room { whole } else { short });
    }
    if overview.for_panel > 0 {
        let when = overview.next_panel.as_ref().map(|(day, _)| format!(" {}", say_date(*day))).unwrap_or_else(|| ", no date yet".into());
        parts.push(piece(format!("{} for panel{when}", overview.for_panel), look.text()));
    }
    if overview.actions_overdue.n > 0 {
        parts.push(piece(format!("{} overdue", counted(overview.actions_overdue, "action", "actions")), look.attention()));
    }
    if overview.actions_soon.n > 0 {
        parts.push(piece(format!("{} due within 7 d", counted(overview.actions_soon, "action", "actions")), look.text()));
    }
    if parts.is_empty() && overview.started {
        let blocked = overview
            .cycle
            .as_ref()
            .and_then(|cycle| current_phase(&cycle.phases).and_then(|at| cycle.phases.get(at)).map(|phase| phase.blocked_by.clone()));
        let next = match (overview.cycle.is_some(), overview.frame) {
            // Over SSH nobody has the files, nor may import them.
            (_, 0) if app.guest => "The sampling frame is empty: whoever administers closeloop imports it".to_string(),
            (_, 0) if overview.people == 0 => "Nobody is known yet: closeloop import people FILE".to_string(),
            (_, 0) => "The sampling frame is empty: closeloop import annex-a FILE".to_string(),
            (false, _) if overview.access.may(Right::Plan) => "Open a cycle: press 5".to_string(),
            (false, _) => "No cycle is open".to_string(),
            (true, _) => blocked.unwrap_or_default(),
        };
        parts.push(piece(next, look.text()));
    }
    if let Some(day) = overview.old_extract {
        let said = format!("! extract of {} is over a year old", day.format("%b %Y"));
        parts.insert(parts.len().min(1), piece(said, look.attention()));
    }
    let mut pieces = vec![piece(" ", look.text())];
    let mut used = 1;
    for (place, part) in parts.into_iter().enumerate() {
        // What does not fit whole is left out: half a number says the wrong thing. The most urgent comes first.
        used += width(&part.0) + if place > 0 { 3 } else { 0 };
        if place > 0 && used > room {
            break;
        }
        if place > 0 {
            pieces.push(piece(look.dot(), look.dim()));
        }
        pieces.push(part);
    }
    pieces
}
