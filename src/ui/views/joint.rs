//! Several reviewers on one case: who is in, and once all may read them, the own judgements side by side. Q03, S18.

use super::record::Line;
use crate::domain::framework::Conduct;
use crate::domain::grade::{Grade, Judgement};
use crate::domain::joint::spread;
use crate::domain::query::ReviewDetail;
use crate::domain::review::field;
use crate::ui::text::{Piece, piece, width, wrap};
use crate::ui::theme::Look;

/// The keys that name another reviewer, give a judgement and open the seal.
pub(super) struct Keys<'a> {
    pub(super) name: &'a str,
    pub(super) edit: &'a str,
    pub(super) open: &'a str,
}

/// What stands above the overall judgement; nothing where one reviewer judges.
pub(super) fn own_judgements(detail: &ReviewDetail, keys: &Keys<'_>, room: usize, look: Look) -> Vec<Line> {
    let facts = &detail.facts;
    if !detail.kind.judged_apart() {
        return Vec::new();
    }
    let mut lines: Vec<Line> = Vec::new();
    let mut add = |line: Vec<Piece>| lines.push((line, false));
    let paragraph = |text: &str, style, add: &mut dyn FnMut(Vec<Piece>)| {
        for part in wrap(text, room, look) {
            add(vec![piece(part, style)]);
        }
    };
    let (joint, lead) = (&facts.joint, facts.reviewer);
    let open = joint.is_open(lead);
    add(vec![piece("Each on their own", look.heading())]);
    let pad = detail.joint.reviewers.iter().map(|(_, name)| width(name)).max().unwrap_or(0) + 2;
    for (person, name) in &detail.joint.reviewers {
        let mut line = vec![piece(format!("  {name}{}", " ".repeat(pad - width(name))), look.text())];
        match joint.own.get(person) {
            Some(Some(own)) => {
                line.push(said(detail, own.judgement, look));
                for area in &detail.kind.areas {
                    if let Some(grade) = own.areas.get(&area.key) {
                        line.push(piece(format!("  {}", look.grade_glyph(*grade)), look.grade(*grade)));
                    }
                }
                if !open {
                    line.push(piece("   yours, sealed", look.dim()));
                }
            }
            Some(None) => line.push(piece("in, sealed", look.dim())),
            None if open => line.push(piece("not given", look.dim())),
            None => line.push(piece("not in yet", look.attention())),
        }
        if Some(*person) == lead {
            line.push(piece("   lead", look.dim()));
        }
        add(line);
        if let Some(Some(own)) = joint.own.get(person) {
            for part in wrap(&own.reasons, room.saturating_sub(4), look) {
                add(vec![piece(format!("    {part}"), look.dim())]);
            }
        }
    }
    if joint.others.is_empty() && facts.submitted_at.is_none() {
        let text = format!("Nobody reviews it beside the lead yet: {} names somebody.", keys.name);
        paragraph(&text, look.attention(), &mut add);
    } else if !open {
        let mine = detail.joint.me.is_some_and(|me| joint.missing(lead).contains(&me));
        let yours = if mine { format!("{} gives yours. ", keys.edit) } else { String::new() };
        let text = format!("{yours}Nobody reads another\u{2019}s before all are in. {} lets the lead open them with a reason.", keys.open);
        paragraph(&text, look.attention(), &mut add);
    }
    if let Some(why) = &joint.opened {
        paragraph(&format!("Opened before all were in: {why}"), look.text(), &mut add);
    }
    if open
        && detail.kind.conduct == Conduct::AllOnOne
        && let Some(spread) = spread(joint)
    {
        let label = |grade: Grade| detail.framework.grade_label(grade).to_string();
        let middle = match spread.median {
            (low, high) if low == high => label(low),
            (low, high) => format!("between {} and {}", label(low), label(high)),
        };
        paragraph(&format!("Median {middle}; {} of {} agree.", spread.agree, spread.of), look.heading(), &mut add);
    }
    add(Vec::new());
    if open {
        if let Some(why) = facts.answer(field::WHY_AGREED) {
            paragraph(&format!("Agreed because: {}", why.text()), look.text(), &mut add);
        }
        add(vec![piece("Agreed", look.heading())]);
    }
    lines
}

fn said(detail: &ReviewDetail, judgement: Judgement, look: Look) -> Piece {
    let point = judgement.scaling.map(|point| format!(" {point}")).unwrap_or_default();
    let label = detail.framework.grade_label(judgement.grade);
    piece(format!("{}{point} {label}", look.grade_glyph(judgement.grade)), look.grade(judgement.grade))
}
