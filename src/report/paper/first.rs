//! The first page of every report: what it is, how far it may be relied on, and what has happened since the last one.

use super::Stage;
use super::asked::Asked;
use super::context::{brief, full, span};
use super::parts::{Facts, Period};
use super::suppressed::Hidden;
use crate::domain::count::counted;
use crate::domain::framework::within_a_sentence;
use crate::domain::insight::Share;
use crate::domain::report::{Material, Since, Standing};
use crate::report::chart::Plot;
use crate::report::{Block, Document};

/// What the sections that follow are made of.
#[derive(Clone, Copy)]
pub(super) struct Sections<'a> {
    /// What they ask for.
    pub asked: &'a Asked,
    /// Headings under which somebody's words are still to come.
    pub to_write: &'a [&'a str],
    /// Headings under which somebody's words stand.
    pub in_words: &'a [&'a str],
    /// How much of what they count may not be shown.
    pub hidden: Hidden,
}

/// Writes it.
pub(super) fn page(paper: &mut Document, material: &Material, stage: Stage<'_>, sections: &Sections<'_>) {
    let Sections { asked, to_write, .. } = *sections;
    paper.text(format!("{}.", super::edges::stands(material, stage)));
    if matches!(stage, Stage::Now { in_part: true }) {
        paper.text(
            "Without the reviews that are withheld from whoever made it, wherever they belong. What goes out is made by somebody who may count them all.",
        );
    }
    if material.for_team {
        paper.text("For the Insights team alone: no number is left out. Do not pass it on.");
    }
    let of_reviews = asked.is_of_reviews();
    provisional(paper, material, of_reviews, stage.is_published());
    if !to_write.is_empty() {
        let waits = if to_write.len() == 1 { "A section is still to be written" } else { "Sections are still to be written" };
        paper.text(format!("{waits}: {}.", to_write.join("; ")));
    }
    let reviews: u32 = material.figures.cycles.iter().map(|cycle| cycle.progress.sample).sum();
    let completed: u32 = material.figures.cycles.iter().map(|cycle| cycle.progress.submitted).sum();
    let recorded = reviews - material.still_open().min(reviews);
    let counted = match reviews {
        // What tells of no review counts none either.
        _ if !of_reviews => String::new(),
        0 => "none".into(),
        _ => format!("{completed} of {reviews} completed, {recorded} on the record"),
    };
    if let Some(none) = nothing(material, of_reviews) {
        paper.text(none);
    }
    for one in &material.left_out {
        paper.text(format!(
            "{}: left out here, although the council\u{2019}s own text asks for it. {} is of the same time and had gone out before; both \
             together could tell a number that is too small to be shown.",
            one.table.label(),
            one.report
        ));
    }
    let visited: Vec<&str> = material.visits.iter().map(|visit| visit.service.as_str()).collect();
    paper.facts([
        ("Framework", material.council.clone()),
        ("Period", period(material)),
        // A visit looks at a service, and not at what the cases of its time were drawn for.
        ("Visited", visited.join("; ")),
        ("Focus", if visited.is_empty() && (of_reviews || asked.names(&["focus"])) { material.focus.clone() } else { String::new() }),
        ("Reviews", counted),
        ("Figures counted on", full(material.counted_on)),
        ("Goes to", material.boards.join("; ")),
    ]);
    if let Stage::Kept(report) = stage
        && !report.presented.is_empty()
        && !material.public
    {
        let went = report.presented.iter().map(|at| format!("{}, {}", at.label, full(at.on))).collect::<Vec<_>>();
        paper.facts([("Presented", went.join("; "))]);
    }
    too_few(paper, material, sections);
    if material.public {
        return;
    }
    if material.since.is_none() && material.for_team {
        // A list for the team's own use is seldom kept: nobody looks for what it says of the last one.
        return;
    }
    // What tells of no action has none to look back on. One service's own report looks back on what that service owed.
    if !asked.is_of_actions() && material.whose.is_empty() {
        return;
    }
    paper.heading(1, "Since last time");
    match &material.since {
        None => drop(paper.text("No earlier report of this kind has been kept, so there is nothing yet to look back on.")),
        Some(since) => look_back(paper, since, material),
    }
}

/// That a report about one kind of review has none of it to tell of, and what may stand in it all the same.
fn nothing(material: &Material, of_reviews: bool) -> Option<String> {
    let kind = material.figures.wanted.kind.as_ref().filter(|_| of_reviews && material.has_none_of_its_kind())?;
    let kind = material.kinds.iter().find(|one| one.key == *kind).map_or("review of this kind", |one| one.label.as_str());
    Some(format!(
        "No {} belongs to this time, so there is nothing of that kind to tell. What stands below was counted or written down besides.",
        within_a_sentence(kind)
    ))
}

/// Where nearly every number is too small to be shown: that it is so, and what can be read instead.
fn too_few(paper: &mut Document, material: &Material, sections: &Sections<'_>) {
    let which = match sections.hidden {
        Hidden::Little => return,
        Hidden::Most => "that leaves out most of what was counted",
        Hidden::All => "that leaves out all that was counted",
    };
    let completed: u32 = material.figures.cycles.iter().map(|cycle| cycle.progress.submitted).sum();
    let instead = match sections.in_words {
        [] => String::new(),
        named => format!(" What can be read stands under: {}.", named.join("; ")),
    };
    let of = match sections.asked.is_of_reviews() {
        true if completed == 0 => "No review has been completed in this time yet. ".to_string(),
        true => format!("{} completed in this time. ", counted(completed, "review was", "reviews were")),
        false => String::new(),
    };
    let below = material.limit;
    paper.text(format!("{of}Numbers under {below} are not shown, nor any that would let one be worked out; {which}.{instead}"));
}

/// The days it speaks of; where it is made within a cycle, that its figures are those of the cycle from its first day on.
pub(super) fn period(material: &Material) -> String {
    let days = span(material.from, material.until);
    let begun = material.figures.cycles.iter().map(|cycle| cycle.starts_on).min();
    match begun.filter(|begun| *begun < material.from) {
        Some(begun) => format!("{days}; the figures are of the cycle so far, from {} on", full(begun)),
        None => days,
    }
}

/// What is missing, where reviews are still under way.
fn provisional(paper: &mut Document, material: &Material, of_reviews: bool, published: bool) {
    let open = if of_reviews { material.still_open() } else { 0 };
    let begins = "PROVISIONAL: ";
    let goes_on = if material.grows { format!("the time it speaks of goes on until {}", full(material.until)) } else { String::new() };
    if open == 0 {
        if material.grows {
            paper.text(format!("{begins}{goes_on}. These figures will change."));
        }
        return;
    }
    let begins = if material.grows { format!("{begins}{goes_on}, and ") } else { begins.into() };
    let sum = |count: fn(&crate::domain::insight::figures::Progress) -> u32| {
        material.figures.cycles.iter().map(|cycle| count(&cycle.progress)).sum::<u32>()
    };
    let (sample, submitted) = (sum(|progress| progress.sample), sum(|progress| progress.submitted));
    let mut missing = Vec::new();
    let to_write = sample.saturating_sub(submitted);
    if to_write > 0 {
        missing.push(format!("{to_write} still to be completed"));
    }
    // How many of them wait for the panel would tell how many have a grade that it has to see.
    let returning = open.saturating_sub(to_write);
    if returning > 0 {
        missing.push(format!("{returning} still to be moderated, returned or put on the record"));
    }
    paper.text(format!(
        "{begins}{} of {} {} still under way ({}){}.",
        counted(open, "review", "reviews"),
        sample,
        match (published, open) {
            (true, 1) => "was",
            (true, _) => "were",
            (false, 1) => "is",
            (false, _) => "are",
        },
        missing.join(", "),
        if published { " when the figures were counted" } else { ". These figures will change" }
    ));
}

fn look_back(paper: &mut Document, since: &Since, material: &Material) {
    // A plan has lines of its own, which are told of beside it.
    let promised = since.promised as usize;
    let of = |n: usize, what: &str| match (promised, n) {
        (1, 0) => format!("it is not {what}"),
        (1, _) => format!("it is {what}"),
        (_, 0) => format!("none of them {what}"),
        (2, 2) => format!("both {what}"),
        (_, n) if n == promised => format!("all {n} {what}"),
        (_, n) => format!("{n} of these {promised} {what}"),
    };
    let whose = |last: String| match (material.whose.as_slice(), &material.figures.wanted.kind) {
        ([], None) => format!("{last} What follows is of every service and every kind of review together."),
        ([], Some(_)) => format!("{last} What follows is of reviews of this kind alone, of every service."),
        (own, _) => format!("{last} What follows is this service\u{2019}s own: actions out of reviews that are with {}.", roles(own)),
    };
    let last = whose(format!("The report of {} was counted on {}.", since.title, full(since.counted_on)));
    if since.promised == 0 && since.recurred.is_empty() {
        paper.text(match material.whose.is_empty() {
            true => format!("{last} Every action out of a review in it was done by then, and nothing has come back since."),
            false => format!("{last} None of them was open then, and nothing has come back since."),
        });
        return;
    }
    paper.text(last);
    paper.facts([
        ("Promised", counted(since.promised, "action out of a review was open", "actions out of reviews were open")),
        ("Happened", of(since.happened as usize, "done")),
        ("Slipped", of(since.slipped.len(), "past the day that was promised")),
        ("Still to come", if since.to_come > 0 { of(since.to_come as usize, "not yet due") } else { String::new() }),
        ("Taken back", if since.withdrawn > 0 { of(since.withdrawn as usize, "taken back") } else { String::new() }),
        (
            "Sustained",
            if since.sustained > 0 {
                counted(since.sustained, "action looked at again has lasted", "actions looked at again have lasted")
            } else {
                String::new()
            },
        ),
        (
            "Recurred",
            match since.recurred.len() {
                0 => "nothing that was put right has come back".into(),
                n => counted(n, "action did not last", "actions did not last"),
            },
        ),
    ]);
    listed(paper, "Slipped", &since.slipped, material);
    listed(paper, "Recurred", &since.recurred, material);
}

/// Roles in a sentence: `the supervising social worker or registered manager`.
fn roles(titles: &[String]) -> String {
    let titles: Vec<String> = titles.iter().map(|title| within_a_sentence(title)).collect();
    match titles.split_last() {
        Some((last, [])) => format!("the {last}"),
        Some((last, others)) => format!("the {} or {last}", others.join(", ")),
        None => String::new(),
    }
}

fn listed(paper: &mut Document, heading: &str, all: &[Standing], material: &Material) {
    const SHOWN: usize = 12;
    if all.is_empty() {
        return;
    }
    paper.heading(2, heading);
    let rows = all.iter().take(SHOWN).map(|one| {
        let now = if one.now.due_on == one.then.due_on { String::new() } else { format!(", now due {}", brief(one.now.due_on)) };
        vec![
            one.then.reference.clone(),
            one.then.text.clone(),
            one.now.owner.clone(),
            brief(one.then.due_on),
            format!("{}{now}", one.now.stood(material.counted_on)),
        ]
    });
    paper.table(&["Action", "What was promised", "Whose", "By", "Now"], rows.collect());
    if all.len() > SHOWN {
        paper.text(format!("And {} more.", all.len() - SHOWN));
    }
}

/// How the figures were made, for whoever reads them elsewhere.
/// `guarded`: it counts something of which small numbers are left out.
pub(super) fn foot(paper: &mut Document, facts: &Facts<'_>, guarded: bool) {
    let material = facts.material;
    let mut said = Vec::new();
    if material.limit > 1 && guarded {
        said.push(format!(
            "Counts from 1 to {} are left out so that no child can be known from them, and a larger one only where this report, or \
             another that goes out, would otherwise give a small one away. The team\u{2019}s own work is told as it is: reviews planned \
             and completed, actions, meetings, training.",
            material.limit - 1
        ));
    }
    // A paper that tells no share of the grades needs no words about how uncertain it is.
    let tells = paper.blocks.iter().any(|block| match block {
        Block::Text(text) => text.starts_with("Good or better"),
        Block::Table { head, .. } => head.first().is_some_and(|name| name == "Grade"),
        Block::Picture(picture) => !matches!(picture.plot, Plot::Counts(_)),
        _ => false,
    });
    if material.graded && tells {
        said.push(
            "Shares and charts of grades are made from the random sample alone; cases that were chosen by hand would tilt them.".into(),
        );
    }
    if let Some((share, of)) = Some(facts).filter(|_| material.graded && tells).and_then(example) {
        said.push(format!(
            "A share of few is uncertain: {} ({of}) may stand, with 95 % confidence, for anything {}.",
            share.say(),
            share.say_between()
        ));
    }
    if !said.is_empty() {
        paper.heading(1, "About these figures");
        paper.items(said);
    }
}

/// A share that stands on this paper, with what it is of: the one of its own time, else the last in the line over the cycles.
fn example(facts: &Facts<'_>) -> Option<(Share, String)> {
    let period = Period::of(facts.material, facts.told);
    let title = if period.of.is_empty() { &facts.material.title } else { &period.of };
    let of_line = || facts.told.series.stretches.iter().rev().find(|one| !one.so_far).map(|one| (one.good, one.title.clone()));
    period.good.map(|good| (good, title.clone())).or_else(of_line)
}
