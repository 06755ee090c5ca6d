//! The item that is read at the panel, line by line: facts, scores, judgements, what the reviewer wrote, what each grade stands for.

use super::sections::{narrative, questions};
use super::sitting::Lines;
use crate::app::App;
use crate::app::command::Command;
use crate::domain::count::capital;
use crate::domain::grade::Judgement;
use crate::domain::interest::WITHHELD;
use crate::domain::panel::Scoring;
use crate::domain::query::{ItemDetail, KEPT_BACK, ReviewDetail, SittingDetail};
use crate::domain::review::field;
use crate::ui::text::{Piece, piece, width, wrap};
use crate::ui::theme::Look;

/// Title and lines of what the item's part shows.
pub fn lines(app: &App, detail: &SittingDetail, room: usize, look: Look) -> (String, Lines) {
    if app.sitting.is_out() {
        let words = format!("{}. The panel calls you back for the next item.", capital(WITHHELD));
        return ("Withheld".into(), wrapped(&words, room, look, look.attention()));
    }
    if let Some(earlier) = &app.sitting.earlier {
        let title = format!("{}, the review before", earlier.facts.review.reference);
        let mut lines = grades(earlier, look);
        lines.push(Vec::new());
        lines.extend(written(earlier, room, look));
        return (title, lines);
    }
    if let Some(question) = app.sitting.asks() {
        let key = app.keymap.hint(Command::Open);
        let words = format!("You read this case for the first time. {key} asks whether you have an interest in it; the sitting goes on.");
        return (question.reference.clone(), wrapped(&words, room, look, look.attention()));
    }
    let Some(item) = app.sitting.item() else {
        return ("Item".into(), wrapped("No item is open. The cursor in the agenda opens one to read.", room, look, look.dim()));
    };
    let mut lines = facts(&item.review, room, look);
    lines.push(Vec::new());
    lines.extend(judged(detail, item, room, look));
    lines.push(Vec::new());
    lines.extend(written(&item.review, room, look));
    lines.extend(descriptors(&item.review, room, look));
    (item.row.reference.clone(), lines)
}

fn wrapped(text: &str, room: usize, look: Look, style: ratatui::style::Style) -> Lines {
    wrap(text, room, look).into_iter().map(|line| vec![piece(line, style)]).collect()
}

/// A judgement with its sign, its point and its word.
fn grade(review: &ReviewDetail, judgement: Judgement, look: Look) -> Piece {
    let point = judgement.scaling.map(|point| format!(" {point}")).unwrap_or_default();
    let label = review.framework.grade_label(judgement.grade);
    piece(format!("{}{point} {label}", look.grade_glyph(judgement.grade)), look.grade(judgement.grade))
}

fn facts(review: &ReviewDetail, room: usize, look: Look) -> Lines {
    let age = review.age_years.map(|years| format!(", {years} y")).unwrap_or_default();
    let mut lines = vec![vec![
        piece(review.case.clone(), look.heading()),
        piece(format!("  {}{age}  {}", review.case_type, review.kind.label), look.text()),
    ]];
    let named = |name: &str| if name.is_empty() { "nobody".to_string() } else { name.to_string() };
    let who = format!(
        "Reviewer {}{dot}practitioner {}{dot}team manager {}",
        named(&review.reviewer),
        named(&review.practitioner),
        named(&review.team_manager),
        dot = look.dot()
    );
    lines.extend(wrapped(&who, room, look, look.dim()));
    if let Some((_, reference, _)) = &review.earlier {
        lines.push(vec![piece(format!("Reviewed before: {reference}"), look.dim())]);
    }
    lines
}

fn grades(review: &ReviewDetail, look: Look) -> Lines {
    let mut lines = Lines::new();
    if let Some(original) = review.facts.original {
        lines.push(vec![piece("Reviewer  ", look.dim()), grade(review, original, look)]);
    }
    if let Some(moderated) = review.facts.moderated {
        lines.push(vec![piece("Panel     ", look.dim()), grade(review, moderated, look)]);
    }
    lines
}

/// The judgements as far as they may be known: scores in or open, the reviewer's, the panel's with its reason.
fn judged(detail: &SittingDetail, item: &ItemDetail, room: usize, look: Look) -> Lines {
    let review = &item.review;
    let mut lines = Lines::new();
    for line in wrap(&format!("Here because: {}", item.row.why), room, look) {
        lines.push(vec![piece(line, look.text())]);
    }
    if item.blind {
        lines.extend(wrapped(KEPT_BACK, room, look, look.dim()));
    }
    lines.extend(grades(review, look));
    if let Some(known) = item.item.as_ref().filter(|_| detail.scoring == Scoring::Sealed) {
        if !item.spread.is_empty() {
            lines.push(vec![piece("Scores, the most extreme first", look.heading())]);
            let wide = item.spread.iter().map(|row| width(&row.member)).max().unwrap_or(0);
            for row in &item.spread {
                let mut line = vec![piece(format!("  {:<wide$}  ", row.member), look.text()), grade(review, row.first, look)];
                if let Some(again) = row.again {
                    line.push(piece(format!(" {} ", look.arrow()), look.dim()));
                    line.push(grade(review, again, look));
                }
                if !row.note.is_empty() {
                    line.push(piece(format!("   {}", row.note), look.dim()));
                }
                lines.push(line);
            }
        } else if !known.revealed && item.row.moderated.is_none() {
            let of = known.scores.len() + item.missing.len();
            lines.push(vec![piece(format!("Sealed scores: {} of {of} in", known.scores.len()), look.heading())]);
        }
        let early = item.opened_early();
        if !early.is_empty() {
            lines.extend(wrapped(&format!("Opened before all were in {early}"), room, look, look.attention()));
        }
    }
    if let Some(known) = item.item.as_ref().filter(|known| !known.said.is_empty()) {
        lines.extend(wrapped(&known.said, room, look, look.attention()));
    }
    if let Some(decision) = &review.decision {
        for (label, text) in
            [("The panel\u{2019}s reason", &decision.rationale), ("Consistency", &decision.consistency), ("Themes", &decision.themes)]
        {
            if !text.is_empty() {
                lines.push(vec![piece(label, look.heading())]);
                lines.extend(wrapped(&format!("  {text}"), room, look, look.text()));
            }
        }
    }
    let about: Vec<String> = detail
        .minutes
        .iter()
        .filter(|minute| minute.2.as_ref() == Some(&item.row.reference))
        .map(|(at, by, _, text)| format!("{} {by}: {text}", crate::domain::calendar::local(*at).format("%-d %b %H:%M")))
        .collect();
    if !about.is_empty() {
        lines.push(vec![piece("Minutes added", look.heading())]);
        lines.extend(about.iter().flat_map(|text| wrapped(text, room, look, look.text())));
    }
    lines
}

/// What the reviewer wrote: narrative first, with the family's words among it, then scales by question, then the reasons.
fn written(review: &ReviewDetail, room: usize, look: Look) -> Lines {
    // Lines of a section stand a cell from the edge, where a record has its cursor.
    let room = room.saturating_sub(1);
    let mut lines: Lines = narrative(review, None, room, look).into_iter().map(|(line, _)| line).collect();
    lines.extend(questions(review, None, room, look).into_iter().map(|(line, _)| line));
    for (name, label) in [(field::WHY_TENSION, "What made the difference"), (field::WHY_NO_ACTIONS, "Why no action is needed")] {
        if let Some(answer) = review.facts.answer(name) {
            lines.push(vec![piece(label, look.heading())]);
            lines.extend(wrapped(answer.text(), room, look, look.text()));
            lines.push(Vec::new());
        }
    }
    lines
}

fn descriptors(review: &ReviewDetail, room: usize, look: Look) -> Lines {
    let mut lines = vec![vec![piece("What each grade stands for", look.heading())]];
    for known in &review.framework.grades {
        let band = review.framework.bands.iter().find(|band| band.grade == known.grade).map(|band| format!(" {}-{}", band.from, band.to));
        let label = format!("{} {}{}", look.grade_glyph(known.grade), known.label, band.unwrap_or_default());
        lines.push(vec![piece(label, look.grade(known.grade))]);
        lines.extend(wrapped(&known.descriptor, room.saturating_sub(2), look, look.dim()).into_iter().map(|mut line| {
            line.insert(0, piece("  ", look.dim()));
            line
        }));
    }
    lines
}
