//! How far people agree about grades, over the view: what moved, and two kinds of agreement that are never mixed. F08, S18.
//!
//! Nobody is named, and nothing ranks people.

use super::sheet::Lines;
use super::text::{Piece, fit, piece, wrap};
use super::theme::Look;
use crate::domain::agreement::GradeShift;
use crate::domain::query::{AgreementDetail, INTER_RATER_RELIABILITY, MODERATION_AGREEMENT};

/// Width of the words before the table's numbers.
const LABEL: usize = 26;

/// The lines of the sheet.
pub fn lines(detail: &AgreementDetail, room: usize, look: Look) -> Lines {
    let mut lines = vec![vec![piece("What moderation did to grades", look.heading())]];
    say(&mut lines, &detail.all.sentence(), room, look);
    if detail.all.pairs() > 0 {
        for (label, value) in detail.all.facts() {
            lines.push(vec![piece(format!("{label:<LABEL$}"), look.dim()), piece(value, look.text())]);
        }
        lines.push(Vec::new());
        lines.extend(table(detail, &detail.all, look));
    }
    lines.push(Vec::new());
    lines.push(vec![piece("Moderation agreement", look.heading())]);
    lines.extend(wrap(MODERATION_AGREEMENT, room, look).into_iter().map(|line| vec![piece(line, look.dim())]));
    detail.moderation_says().iter().for_each(|said| say(&mut lines, said, room, look));
    lines.push(Vec::new());
    lines.push(vec![piece("Inter-rater reliability", look.heading())]);
    lines.extend(wrap(INTER_RATER_RELIABILITY, room, look).into_iter().map(|line| vec![piece(line, look.dim())]));
    detail.unseen_says().iter().for_each(|said| say(&mut lines, said, room, look));
    lines.push(Vec::new());
    lines.extend(wrap(&detail.seed_says(), room, look).into_iter().map(|line| vec![piece(line, look.dim())]));
    lines
}

fn say(lines: &mut Lines, words: &str, room: usize, look: Look) {
    lines.extend(wrap(words, room, look).into_iter().map(|line| vec![piece(line, look.text())]));
}

/// Reviews by the reviewer's grade, down, and the panel's, across; where both are the same the number stands out.
fn table(detail: &AgreementDetail, shift: &GradeShift, look: Look) -> Lines {
    let across = detail.grades.iter().map(|(grade, _)| piece(format!("{:>6}", look.grade_glyph(*grade)), look.grade(*grade)));
    let (down, right) = if look.ascii { ("down", "across") } else { ("\u{2193}", "\u{2192}") };
    let head = format!("Reviewer {down}  Panel {right}");
    let mut lines: Lines = vec![std::iter::once(piece(format!("{head:<LABEL$}"), look.dim())).chain(across).collect()];
    for (original, word) in &detail.grades {
        let label = format!("{} {}", look.grade_glyph(*original), fit(word, LABEL - 4, look));
        let mut line: Vec<Piece> = vec![piece(format!("{label:<LABEL$}"), look.grade(*original))];
        line.extend(detail.grades.iter().map(|(moderated, _)| {
            let style = match (shift.count(*original, *moderated), original == moderated) {
                (0, _) => look.dim(),
                (_, true) => look.heading(),
                _ => look.attention(),
            };
            piece(format!("{:>6}", shift.count(*original, *moderated)), style)
        }));
        lines.push(line);
    }
    lines
}
