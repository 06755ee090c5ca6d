//! The sheet of proposed reviewers, and the candidates that one of its rows is changed by.

use super::over;
use super::table::{Column, Row, draw as table};
use super::text::{Piece, piece, put, wrap};
use super::theme::Look;
use crate::app::App;
use crate::app::command::Command;
use crate::app::msg::Report;
use crate::app::overlay::{Choosing, Part, Proposing, Sheet};
use crate::domain::allocation::Suggestion;
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::person::short_name;
use crate::domain::query::{BesideRow, ProposalDetail};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws the proposal as it stands.
pub(super) fn draw(app: &App, proposing: &Proposing, sheet: &Sheet, look: Look, buffer: &mut Buffer, area: Rect, report: &mut Report) {
    let detail = &proposing.detail;
    let ready = proposing.chosen.values().filter(|(who, _)| who.is_some()).count();
    let right = piece(format!("{ready} of {} have a reviewer", detail.reviews.len()), look.dim());
    let inside = over(buffer, area, "Proposed reviewers", &[right], look);
    let (save, beside) = (app.keymap.hint(Command::SheetConfirm), app.keymap.hint(Command::SheetBeside));
    let else_ = if detail.beside.is_empty() { String::new() } else { format!(" {beside} changes who reviews with them;") };
    let intro = format!("Enter changes the reviewer of a row;{else_} {save} allocates all of them at once.");
    put(buffer, inside.x, inside.y, &intro, inside.width as usize, look.dim(), look);
    let mut columns = vec![Column::new("Ref", 8, 10, 0), Column::new("Case", 8, 10, 2), Column::new("Reviewer", 18, 30, 0)];
    if !detail.beside.is_empty() {
        columns.push(Column::new("With", 18, 40, 0));
    }
    columns.push(Column::new("Because", 24, 90, 1));
    let rows: Vec<Row> = detail.reviews.iter().skip(sheet.top).map(|review| row(proposing, review, look)).collect();
    // The reason of the row under the cursor is written out below, whole.
    let words: Vec<String> = match detail.reviews.get(sheet.at) {
        Some((id, ..)) => reasons(app, proposing, *id).iter().flat_map(|reason| wrap(reason, inside.width as usize, look)).collect(),
        None => Vec::new(),
    };
    let below = (words.len() as u16).min(6);
    let list = Rect { y: inside.y + 2, height: inside.height.saturating_sub(3 + below), ..inside };
    report.sheet = table(buffer, list, &columns, &rows, Some(sheet.at - sheet.top), true, look);
    for (place, line) in words.iter().take(below as usize).enumerate() {
        put(buffer, inside.x, inside.bottom() - below + place as u16, line, inside.width as usize, look.text(), look);
    }
}

fn row(proposing: &Proposing, (id, _, reference, case): &(ReviewId, i64, String, String), look: Look) -> Row {
    let detail = &proposing.detail;
    let (who, despite) = proposing.chosen.get(id).cloned().unwrap_or_default();
    let by_hand = proposing.by_hand(*id);
    let because = match (by_hand, despite.is_empty()) {
        (true, false) => piece(format!("chosen by you, although: {despite}"), look.attention()),
        (true, true) => piece("chosen by you", look.text()),
        (false, _) => piece(suggested(detail, *id).map(|suggestion| said(suggestion, proposing)).unwrap_or_default(), look.dim()),
    };
    let name = match (proposing.lead(*id), who) {
        (Some(row), _) => piece(row.name.clone(), look.text()),
        // Somebody who may not be chosen any more has it.
        (None, Some(_)) => piece("as it is", look.dim()),
        (None, None) => piece("nobody can", look.alarm()),
    };
    let mut cells = vec![vec![piece(reference.clone(), look.text())], vec![piece(case.clone(), look.text())], vec![name]];
    if !detail.beside.is_empty() {
        cells.push(detail.beside.get(id).map(|row| vec![with(proposing, *id, row, look)]).unwrap_or_default());
    }
    cells.push(vec![because]);
    Row { flag: piece(if by_hand { look.mark() } else { " " }, look.key()), cells }
}

/// Who reviews beside the lead, in a cell.
fn with(proposing: &Proposing, review: ReviewId, row: &BesideRow, look: Look) -> Piece {
    let chosen = proposing.others.get(&review).into_iter().flatten().map(|(person, _)| *person);
    let names: Vec<String> = row.named.iter().copied().chain(chosen).map(|person| short(row, person)).collect();
    match names.len() {
        0 => piece("nobody yet", look.attention()),
        n if n < row.wanted => piece(names.join(", "), look.attention()),
        _ => piece(names.join(", "), look.text()),
    }
}

fn short(row: &BesideRow, person: PersonId) -> String {
    let known = row.candidates.iter().find(|candidate| candidate.person == person);
    known.map_or_else(|| "somebody".to_string(), |candidate| short_name(&candidate.name))
}

/// Every reason behind a row: of its lead, and of each beside them.
fn reasons(app: &App, proposing: &Proposing, id: ReviewId) -> Vec<String> {
    let detail = &proposing.detail;
    let mut reasons: Vec<String> = Vec::new();
    if proposing.by_hand(id) {
        let first = proposing.lead(id).is_some_and(|lead| lead.first) && !detail.companions_of.is_empty();
        if first && !proposing.companions.contains_key(&id) {
            let key = app.keymap.hint(Command::SheetBeside);
            reasons.push(format!("It is their first review: the lightest who may stand beside them will; {key} chooses who."));
        }
    } else {
        reasons.extend(suggested(detail, id).map(|suggestion| said(suggestion, proposing)));
    }
    if let Some(name) = companion_by_hand(proposing, id).filter(|_| proposing.by_hand(id)) {
        reasons.push(format!("{name} stands beside them, chosen by you."));
    }
    let Some(row) = detail.beside.get(&id) else { return reasons };
    for (person, despite) in proposing.others.get(&id).into_iter().flatten() {
        let why = row.proposal.people.iter().find(|(known, _)| known == person).map(|(_, why)| why.clone());
        let why = match (why, despite.is_empty()) {
            (Some(why), _) => why,
            (None, true) => "chosen by you".to_string(),
            (None, false) => format!("chosen by you, although: {despite}"),
        };
        reasons.push(format!("{}, {}: {why}", row.label, short(row, *person)));
    }
    if !row.proposal.short.is_empty() {
        reasons.push(row.proposal.short.clone());
    }
    reasons
}

fn suggested(detail: &ProposalDetail, id: ReviewId) -> Option<&Suggestion> {
    detail.proposal.suggestions.iter().find(|suggestion| suggestion.review == id)
}

/// The one who was chosen by hand to stand beside a first-time reviewer.
fn companion_by_hand(proposing: &Proposing, id: ReviewId) -> Option<String> {
    let companion = proposing.companions.get(&id)?;
    proposing.detail.companions_of.iter().find(|row| row.person == *companion).map(|row| short_name(&row.name))
}

/// Why somebody is proposed, and who stands beside them when it is their first review.
fn said(suggestion: &Suggestion, proposing: &Proposing) -> String {
    let proposed = suggestion.companion.and_then(|companion| proposing.detail.companions.get(&companion));
    let by_hand = companion_by_hand(proposing, suggestion.review);
    let beside = match (suggestion.first, by_hand, proposed) {
        (false, ..) => return suggestion.because.clone(),
        (true, Some(name), _) => format!("first review, with {name}, chosen by you"),
        (true, None, Some(name)) => format!("first review, with {name}"),
        (true, None, None) => "first review, nobody to stand beside them".to_string(),
    };
    format!("{beside}; {}", suggestion.because)
}

/// Draws those who may be chosen for one review.
pub(super) fn candidates(choosing: &Choosing, sheet: &Sheet, look: Look, buffer: &mut Buffer, area: Rect, report: &mut Report) {
    let (title, hint) = match choosing.part {
        Part::Lead => (format!("Reviewer for {}", choosing.reference), String::new()),
        Part::Beside => (format!("Who reviews {} beside the lead", choosing.reference), format!("{} chosen", choosing.taken.len())),
        Part::Companion => (format!("Who stands beside a first-time reviewer of {}", choosing.reference), String::new()),
    };
    let inside = over(buffer, area, &title, &[piece(hint, look.dim())], look);
    let columns = [Column::new("Name", 20, 40, 0), Column::new("Open", 4, 4, 1).right(), Column::new("What stands against it", 20, 80, 0)];
    let rows: Vec<Row> = choosing
        .rows
        .iter()
        .skip(sheet.top)
        .map(|row| {
            let against = match row.conflicts.first() {
                None if row.first && choosing.part == Part::Lead => {
                    piece("nothing; a first review, somebody stands beside them", look.good())
                }
                None => piece("nothing", look.good()),
                Some((true, why)) => piece(format!("never: {why}"), look.alarm()),
                Some((false, why)) => piece(format!("unless you decide so: {why}"), look.attention()),
            };
            let cells = vec![vec![piece(row.name.clone(), look.text())], vec![piece(row.load.to_string(), look.text())], vec![against]];
            let flag = if choosing.taken.contains(&row.person) { look.mark() } else { " " };
            Row { flag: piece(flag, look.key()), cells }
        })
        .collect();
    report.sheet = table(buffer, inside, &columns, &rows, Some(sheet.at - sheet.top), true, look);
}
