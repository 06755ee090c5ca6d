//! What the room's screen says, line by line, from top to bottom.

use super::super::text::{self, Piece, piece};
use super::super::theme::Look;
use super::Shown;
use super::big::{self, Size};
use crate::domain::calendar::say_date;
use crate::domain::count::counted;
use crate::domain::grade::{Judgement, ModerationOutcome};
use crate::domain::panel::{ItemStand, Scoring, SittingStand};
use crate::domain::query::{Room, RoomItem};
use chrono::{DateTime, Utc};
use ratatui::style::{Modifier, Style};

/// How large what is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// The item's reference.
    pub title: Size,
    /// Judgements, time, and who comes and goes.
    pub body: Size,
    /// The scales.
    pub scales: Size,
}

impl Sizes {
    /// The terminal's own letters.
    pub const SMALLEST: Sizes = Sizes { title: Size::Plain, body: Size::Plain, scales: Size::Plain };

    /// What can be had with this look.
    pub fn had(self, look: Look) -> Sizes {
        Sizes { title: self.title.had(look), body: self.body.had(look), scales: self.scales.had(look) }
    }
}

/// A bar.
#[derive(Debug, Clone, Copy)]
pub struct Bar {
    /// Filled to so many hundredths.
    pub share: u8,
    /// How.
    pub style: Style,
}

/// One line.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its letters.
    pub size: Size,
    /// From the left.
    pub left: Vec<Piece>,
    /// At the right.
    pub right: Vec<Piece>,
    /// Between the two, where the line is a scale.
    pub scale: Option<Bar>,
    /// Something else begins here, and room above it is welcome.
    pub starts_group: bool,
    /// What does not fit may be left out.
    pub may_be_cut: bool,
}

impl Line {
    fn of(size: Size, left: Vec<Piece>) -> Line {
        Line { size, left, right: Vec::new(), scale: None, starts_group: false, may_be_cut: false }
    }

    /// Its rows.
    pub fn rows(&self) -> u16 {
        self.size.cells().1
    }

    /// The columns that it needs.
    pub fn width(&self) -> u16 {
        let unit = self.size.cells().0;
        match self.scale {
            // A bar with its label and word is worth little below this.
            Some(_) => 40 * unit,
            None => big::width(&self.left, self.size) + big::width(&self.right, self.size) + if self.right.is_empty() { 0 } else { unit },
        }
    }
}

/// All lines in these sizes.
pub fn of(shown: Shown<'_>, sizes: Sizes, columns: u16, look: Look) -> Vec<Line> {
    let mut lines = match shown.room {
        None => notice(sizes, look, "No sitting is planned", "The Insights team plans one in the workstation."),
        Some(room) => match room.stand {
            SittingStand::Planned => planned(room, sizes, look),
            SittingStand::CalledOff => notice(sizes, look, "The sitting was called off", &when(room)),
            SittingStand::Closed => notice(sizes, look, "The sitting is over", &when(room)),
            SittingStand::InProgress => sitting(room, shown.now, sizes, columns, look),
        },
    };
    if let Some(trouble) = shown.trouble {
        lines.push(Line { may_be_cut: true, starts_group: true, ..Line::of(Size::Plain, vec![piece(trouble, look.alarm())]) });
    }
    // A sentence in smaller letters says more than half of it in large ones.
    for line in lines.iter_mut().filter(|line| line.may_be_cut) {
        while line.width() > columns && line.size != Size::Plain {
            line.size = line.size.smaller().had(look);
        }
    }
    lines
}

fn when(room: &Room) -> String {
    let service = if room.service.is_empty() { String::new() } else { format!(", {}", room.service) };
    // Without the word it would be read as the clock of the room.
    format!("{}, planned for {}{service}", say_date(room.on), room.at)
}

fn notice(sizes: Sizes, look: Look, title: &str, text: &str) -> Vec<Line> {
    let title = Line { starts_group: true, ..Line::of(sizes.body, vec![piece(title, look.heading())]) };
    vec![title, Line { starts_group: true, may_be_cut: true, ..Line::of(sizes.scales, vec![piece(text, look.text())]) }]
}

fn planned(room: &Room, sizes: Sizes, look: Look) -> Vec<Line> {
    let mut lines = notice(sizes, look, "Moderation panel", "The next sitting:");
    let strong = look.text().add_modifier(Modifier::BOLD);
    let mut day = Line::of(sizes.title, vec![piece(format!("{} {}", say_date(room.on), room.at), strong)]);
    day.starts_group = true;
    lines.push(day);
    let service = if room.service.is_empty() { String::new() } else { format!(", {}", room.service) };
    let cases = format!("{}{service}", counted(room.done.1, "case waits for it", "cases wait for it"));
    lines.push(Line { starts_group: true, ..Line::of(sizes.body, vec![piece(cases, look.text())]) });
    lines
}

fn sitting(room: &Room, now: DateTime<Utc>, sizes: Sizes, columns: u16, look: Look) -> Vec<Line> {
    let (done, all) = room.done;
    let mut head = Line::of(if sizes.title == Size::Full { sizes.body } else { Size::Plain }, vec![piece(when(room), look.dim())]);
    head.right = vec![piece(format!("{done} of {all} done"), look.dim())];
    let mut lines = vec![head];
    let large = |text: String, style: Style| Line { starts_group: true, ..Line::of(sizes.title, vec![piece(text, style)]) };
    match room.now.as_ref().or(room.last.as_ref()) {
        _ if room.withheld => {
            lines.push(large("Withheld".into(), look.attention()));
            let why = "This case is withheld from whoever started this screen.";
            lines.push(Line { may_be_cut: true, ..Line::of(sizes.scales, vec![piece(why, look.text())]) });
        }
        None => lines.push(large("Panel".into(), look.heading())),
        Some(item) => {
            lines.push(large(item.reference.clone(), look.heading()));
            lines.push(facts(item, sizes, look));
            if item.stand == ItemStand::Open {
                lines.extend(scales(room, item, sizes, look));
            }
            lines.extend(judgements(room, item, sizes, columns, look));
        }
    }
    let mut state = Vec::new();
    if let Some(item) = &room.now {
        state.push(out_and_time(room, item, now, sizes, look));
    } else if !room.withheld {
        state.push(Line::of(sizes.body, vec![piece("Nothing is on the table", look.dim())]));
    }
    state.extend(coming(room, sizes, columns, look));
    if let Some(first) = state.first_mut() {
        first.starts_group = true;
    }
    lines.extend(state);
    lines
}

fn facts(item: &RoomItem, sizes: Sizes, look: Look) -> Line {
    let age = item.age_years.map(|age| format!("{}age {age}", look.dot())).unwrap_or_default();
    let said = format!("{}{}{}{age}{}{}", item.case, look.dot(), item.case_type, look.dot(), item.kind);
    Line { may_be_cut: true, ..Line::of(sizes.body, vec![piece(said, look.text())]) }
}

fn scales(room: &Room, item: &RoomItem, sizes: Sizes, look: Look) -> Vec<Line> {
    let lines = item.scales.iter().enumerate().map(|(place, scale)| {
        let style = scale.grade.map_or(look.text(), |grade| look.grade(grade));
        let word = scale.grade.map(|grade| room.word(grade)).unwrap_or_default();
        let mut right = Vec::new();
        if !scale.value.is_empty() {
            right.push(piece(format!("{:<4} ", scale.value), look.text().add_modifier(Modifier::BOLD)));
        }
        right.push(piece(short(word), style));
        let bar = Bar { share: scale.share, style };
        let line = Line::of(sizes.scales, vec![piece(scale.label.clone(), look.text())]);
        Line { right, scale: Some(bar), starts_group: place == 0, ..line }
    });
    lines.collect()
}

/// The first words of a long grade, so that a column can hold it.
fn short(word: &str) -> String {
    if text::width(word) <= 20 { word.to_string() } else { word.split(' ').take(2).collect::<Vec<_>>().join(" ") }
}

fn said(room: &Room, judgement: Judgement, look: Look) -> Piece {
    let point = judgement.scaling.map(|point| format!("{point} ")).unwrap_or_default();
    let words = format!("{} {point}{}", look.grade_glyph(judgement.grade), short(room.word(judgement.grade)));
    piece(words, look.grade(judgement.grade).add_modifier(Modifier::BOLD))
}

/// How far the scoring is, the spread once it is open, and both judgements with the outcome.
fn judgements(room: &Room, item: &RoomItem, sizes: Sizes, columns: u16, look: Look) -> Vec<Line> {
    let mut lines = Vec::new();
    let text = |words: &str| piece(words.to_string(), look.text());
    let (scored, of) = item.scored;
    match (room.scoring, item.stand, item.spread.is_empty()) {
        (Scoring::Sealed, ItemStand::Open, true) => {
            let style = if scored == of { look.good() } else { look.attention() };
            let boxes: String = (0..of).map(|place| if place < scored { look.meter(1.0, 1) } else { look.meter(0.0, 1) }).collect();
            lines.push(Line::of(sizes.body, vec![text("Scores in: "), piece(format!("{scored} of {of}  "), style), piece(boxes, style)]));
        }
        (_, _, false) => lines.extend(spread(room, item, sizes, columns, look)),
        (Scoring::Sighted, ItemStand::Open, true) => lines.push(Line::of(sizes.body, vec![text("Judged together, the grade in sight")])),
        _ => {}
    }
    if let Some(original) = item.original {
        match item.moderated {
            None => lines.push(Line::of(sizes.body, vec![text("Reviewer: "), said(room, original, look)])),
            Some(moderated) => {
                let arrow = piece(format!(" {} ", look.arrow()), look.dim());
                lines.push(Line::of(sizes.body, vec![said(room, original, look), arrow, said(room, moderated, look)]));
            }
        }
    }
    let ended = match (item.stand, item.outcome) {
        (ItemStand::Decided, Some(ModerationOutcome::Upheld)) => Some(("UPHELD", look.good())),
        (ItemStand::Decided, Some(ModerationOutcome::Raised)) => Some(("RAISED", look.attention())),
        (ItemStand::Decided, Some(ModerationOutcome::Lowered)) => Some(("LOWERED", look.attention())),
        (ItemStand::SentBack, _) => Some(("SENT BACK TO ITS REVIEWER", look.attention())),
        (ItemStand::Deferred, _) => Some(("PUT OFF TO ANOTHER SITTING", look.attention())),
        _ => None,
    };
    lines.extend(ended.map(|(word, style)| Line::of(sizes.body, vec![piece(word, style.add_modifier(Modifier::BOLD))])));
    if let Some(first) = lines.first_mut() {
        first.starts_group = true;
    }
    lines
}

/// The open scores, the most extreme first, on as many lines as they need.
fn spread(room: &Room, item: &RoomItem, sizes: Sizes, columns: u16, look: Look) -> Vec<Line> {
    let mut lines = vec![Line::of(sizes.body, vec![piece("Scores: ", look.text())])];
    for judgement in &item.spread {
        let score = said(room, *judgement, look);
        let line = lines.len() - 1;
        let room_left = columns.saturating_sub(lines[line].width());
        if lines[line].left.len() > 1 && sizes.body.width(&score.0) + sizes.body.width("   ") > room_left {
            lines.push(Line::of(sizes.body, vec![piece("        ", look.text()), score]));
        } else {
            let before = if lines[line].left.len() > 1 { "   " } else { "" };
            lines[line].left.extend([piece(before, look.text()), score]);
        }
    }
    lines
}

fn out_and_time(room: &Room, item: &RoomItem, now: DateTime<Utc>, sizes: Sizes, look: Look) -> Line {
    let left = match item.out.is_empty() {
        true => piece("Nobody is out", look.dim()),
        false => piece(format!("Out: {}", item.out.join(", ")), look.attention().add_modifier(Modifier::BOLD)),
    };
    let used = (now - item.since).num_minutes().max(0);
    let left_over = i64::from(room.minutes_each) - used;
    let right = match left_over {
        _ if room.minutes_each == 0 => piece(format!("{used} min"), look.text()),
        over if over < 0 => piece(format!("{used} min used, {} over", -over), look.alarm()),
        rest => piece(format!("{used} min used, {rest} left"), if rest <= 2 { look.attention() } else { look.text() }),
    };
    Line { right: vec![right], ..Line::of(sizes.body, vec![left]) }
}

/// Now, next and later; and who comes and goes for the next.
fn coming(room: &Room, sizes: Sizes, columns: u16, look: Look) -> Vec<Line> {
    let strong = look.text().add_modifier(Modifier::BOLD);
    let Some((reference, case_type)) = &room.next else {
        let words = if room.now.is_some() || room.withheld { "This is the last case" } else { "All cases are heard" };
        return vec![Line::of(sizes.body, vec![piece(words, look.dim())])];
    };
    let mut lines = vec![Line::of(sizes.body, vec![piece("Next ", look.dim()), piece(format!("{reference} {case_type}"), strong)])];
    if !room.later.is_empty() {
        let later = format!("Later {}", room.later.join(" "));
        // Beside the next one where there is room, else below it.
        match lines[0].width() + sizes.body.width("   ") + sizes.body.width(&later) <= columns {
            true => lines[0].left.push(piece(format!("   {later}"), look.dim())),
            false => lines.push(Line { may_be_cut: true, ..Line::of(sizes.body, vec![piece(later, look.dim())]) }),
        }
    }
    let goes = |who: &[String], one: &str, several: &str| match who.len() {
        0 => None,
        1 => Some(format!("{} {one}", who.join(", "))),
        _ => Some(format!("{} {several}", who.join(", "))),
    };
    let moves = [goes(&room.leave_next, "leaves", "leave"), goes(&room.back_next, "comes back", "come back")];
    let moves = moves.into_iter().flatten().collect::<Vec<_>>().join(", ");
    if !moves.is_empty() {
        lines.push(Line::of(sizes.body, vec![piece(format!("Then {moves}"), look.attention())]));
    }
    lines
}
