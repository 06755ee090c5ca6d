//! What followed a review: the links of its loop one by one, then what was written down.

use super::record::Line;
use crate::domain::query::ReviewDetail;
use crate::domain::tracking::{LoopStand, said};
use crate::ui::text::{piece, wrap};
use crate::ui::theme::Look;

/// `write` is the key that writes down what followed.
pub(super) fn follows(detail: &ReviewDetail, row: Option<usize>, write: &str, room: usize, look: Look) -> Vec<Line> {
    let follows = &detail.follows;
    let mut lines: Vec<Line> = Vec::new();
    let since = follows.since.map(|day| format!(" since {}", day.format("%-d %b %Y"))).unwrap_or_default();
    let (stands, style) = match follows.stand() {
        LoopStand::Untracked => ("This framework does not track it.".to_string(), look.dim()),
        LoopStand::Closed => (format!("{} The loop is closed{since}: every link is there.", look.tick()), look.good()),
        LoopStand::Open => (format!("The loop is open{since}. It closes by itself when every link is there."), look.attention()),
    };
    lines.extend(wrap(&stands, room, look).into_iter().map(|text| (vec![piece(text, style)], false)));
    lines.push((Vec::new(), false));
    for (place, (link, who)) in follows.links.iter().enumerate() {
        let here = row == Some(place);
        let (sign, style) = match link.done_on {
            Some(_) => (look.tick(), look.good()),
            None => ("-", look.attention()),
        };
        let mut line = vec![piece(format!("{sign:<3}"), style), piece(format!("{:<26}", link.link.label()), look.heading())];
        match link.done_on {
            Some(day) => line.push(piece(day.format("%-d %b %Y").to_string(), look.text())),
            None => line.push(piece(if link.said.is_empty() { "missing".to_string() } else { link.said.clone() }, look.attention())),
        }
        lines.push((line, here));
        if link.done_on.is_none() {
            let how = match link.link.follow_up() {
                Some(_) => format!("{who}; {write} writes it down"),
                None => who.clone(),
            };
            lines.extend(
                wrap(&how, room.saturating_sub(3), look).into_iter().map(|text| (vec![piece(format!("   {text}"), look.dim())], here)),
            );
        }
    }
    if !follows.links.is_empty() {
        lines.push((Vec::new(), false));
    }
    if follows.noted.is_empty() {
        let said = format!("Nothing is written down yet. {write} writes down supervision, assurance, discussions, decisions and support.");
        lines.extend(wrap(&said, room, look).into_iter().map(|text| (vec![piece(text, look.dim())], false)));
    }
    for (place, (follow, by, whom)) in follows.noted.iter().enumerate() {
        let here = row == Some(follows.links.len() + place);
        lines.push((vec![piece(said(follow, by, whom), look.heading())], here));
        for text in wrap(&follow.text, room.saturating_sub(2), look) {
            lines.push((vec![piece(format!("  {text}"), look.text())], here));
        }
        lines.push((Vec::new(), false));
    }
    lines
}
