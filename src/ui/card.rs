//! The card of a sample: how these cases were chosen, so that anybody can check it.

use super::sheet::Lines;
use super::text::{Piece, piece, width, wrap};
use super::theme::Look;
use crate::app::App;
use crate::domain::calendar::say_full_date;
use crate::domain::count::counted;
use crate::domain::framework::Stratum;
use crate::domain::sample::{Sample, SampleCard, SamplePart, erased_since};
use crate::domain::sampling::LeftOutWhy;

/// The card, line by line.
pub fn lines(app: &App, card: &SampleCard, room: usize, look: Look) -> Lines {
    let mut lines = match card {
        SampleCard::Whole(sample) => whole(app, sample, room, look),
        SampleCard::Part(part) => kept_back(app, part, room, look),
    };
    // The card is of the cycle that lies open below it.
    let reviews = app.cycle.detail.iter().flat_map(|detail| &detail.reviews);
    if let Some(said) = erased_since(reviews.filter(|review| review.erased && review.chosen.is_random()).count()) {
        // Under the facts, where it is read before the counts of which it speaks.
        let below = lines.iter().position(Vec::is_empty).unwrap_or(lines.len());
        let said = wrap(&said, room, look).into_iter().map(|line| vec![piece(line, look.attention())]);
        lines.splice(below..below, std::iter::once(Vec::new()).chain(said));
    }
    lines
}

/// Case types are stored by key; people know them by their label.
fn named(app: &App, name: &str) -> String {
    let known = app.framework.as_ref().and_then(|framework| framework.case_type(name)).map(|known| known.label.clone());
    known.unwrap_or_else(|| name.to_string())
}

fn fact(label: &str, value: String, look: Look) -> Vec<Piece> {
    vec![piece(format!("{label:<28}"), look.dim()), piece(value, look.text())]
}

fn divided_by(by: Stratum) -> &'static str {
    match by {
        Stratum::Service => "service",
        Stratum::CaseType => "case type",
        Stratum::None => "not divided",
    }
}

/// What somebody reads from whom a case is withheld.
fn kept_back(app: &App, part: &SamplePart, room: usize, look: Look) -> Lines {
    let frame = part.frame_date.map_or("no extract dated".to_string(), |day| format!("extract of {}", say_full_date(day)));
    let mut lines = vec![
        fact("Drawn on", say_full_date(part.on), look),
        fact("Frame", frame, look),
        fact("In proportion by", divided_by(part.stratify_by).to_string(), look),
        fact("Left out if reviewed since", say_full_date(part.not_again_since), look),
        fact("Workers of last cycle", if part.skip_workers { "left out".into() } else { "not left out".into() }, look),
    ];
    if let Some(turn) = &part.turn {
        lines.push(fact("From service", turn.sentence(), look));
    }
    lines.push(Vec::new());
    lines.extend(wrap(&part.sentence(), room, look).into_iter().map(|line| vec![piece(line, look.attention())]));
    lines.push(Vec::new());
    lines.push(vec![piece(format!("Drawn, as far as you may see: {}", part.drawn()), look.heading())]);
    lines.extend(part.seen.iter().map(|(name, drawn)| vec![piece(format!("  {drawn:>5}  {}", named(app, name)), look.text())]));
    lines
}

fn whole(app: &App, sample: &Sample, room: usize, look: Look) -> Lines {
    let drawn = &sample.drawn;
    let request = &drawn.request;
    let named = |name: &str| named(app, name);
    let fact = |label: &str, value: String| fact(label, value, look);
    let long =
        |names: &mut dyn Iterator<Item = String>| names.map(|name| width(&name)).max().unwrap_or(0).min(room.saturating_sub(46)).max(20);
    let column = |name: &str, wide: usize| {
        let name = super::text::fit(name, wide, look).into_owned();
        format!("  {name}{}", " ".repeat(wide - width(&name)))
    };
    let frame = sample.frame_date.map_or("no extract dated".to_string(), |day| format!("extract of {}", say_full_date(day)));
    let mut lines = vec![
        fact("Drawn on", say_full_date(sample.on)),
        fact("Frame", format!("{}, {frame}", counted(drawn.in_frame, "case", "cases"))),
        fact("Frame\u{2019}s hash", sample.frame_sha256.chars().take(32).collect()),
        fact("Wanted and drawn", format!("{} wanted, {} drawn", request.size, drawn.chosen.len())),
        fact("In proportion by", divided_by(request.stratify_by).to_string()),
        fact("Seed", request.seed.to_string()),
        fact("Left out if reviewed since", say_full_date(request.not_again_since)),
        fact("Workers of last cycle", if request.skip_workers { "left out".into() } else { "not left out".into() }),
    ];
    if let Some(turn) = &request.turn {
        lines.push(fact("From service", turn.sentence()));
    }
    lines.extend([
        Vec::new(),
        vec![piece("Anybody can check it: the same frame, size and seed give the same sample.", look.dim())],
        Vec::new(),
    ]);
    for relaxed in &drawn.relaxed {
        let said = wrap(&format!("! Relaxed: {}", relaxed.because), room, look);
        lines.extend(said.into_iter().map(|line| vec![piece(line, look.attention())]));
    }
    if !drawn.relaxed.is_empty() {
        lines.push(Vec::new());
    }
    let groups = match request.stratify_by {
        Stratum::Service => "Each service\u{2019}s share",
        Stratum::CaseType => "Each case type\u{2019}s share",
        Stratum::None => "The frame as one",
    };
    lines.push(vec![piece(groups, look.heading())]);
    let wide = long(&mut drawn.strata.iter().map(|stratum| named(&stratum.name)));
    for stratum in &drawn.strata {
        let counts = format!(" {:>6} in frame {:>6} eligible {:>4} drawn", stratum.in_frame, stratum.eligible, stratum.drawn);
        lines.push(vec![piece(column(&named(&stratum.name), wide) + &counts, look.text())]);
    }
    for compared in &drawn.compared {
        lines.push(Vec::new());
        lines.push(vec![piece(format!("Sample beside caseload, by {}", compared.by.to_lowercase()), look.heading())]);
        let wide = long(&mut compared.rows.iter().map(|share| named(&share.label)));
        for share in &compared.rows {
            let (caseload, drawn) = (share.caseload_percent(), share.sample_percent());
            let shares = format!(" caseload {caseload:>5.1} %  {}  sample {drawn:>5.1} %", look.arrow());
            lines.push(vec![piece(column(&named(&share.label), wide) + &shares, look.text())]);
        }
    }
    lines.push(Vec::new());
    lines.push(vec![piece(format!("Left out: {}", drawn.left_out.len()), look.heading())]);
    let reviewed = drawn.left_out.iter().filter(|left| matches!(left.why, LeftOutWhy::ReviewedOn(_))).count();
    let workers = drawn.left_out.len() - reviewed;
    let since = say_full_date(request.not_again_since);
    for (count, why) in
        [(reviewed, format!("reviewed since {since}")), (workers, "their worker had a case in the cycle before".to_string())]
    {
        if count > 0 {
            lines.push(vec![piece(format!("  {count:>5}  {why}"), look.text())]);
        }
    }
    lines
}
