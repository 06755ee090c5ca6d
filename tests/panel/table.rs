//! A table to sit at: a panel in progress, and the deeds of those around it.

use crate::support::panel::decision;
use crate::support::world::{World, merton_text};
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::id::PanelId;
use closeloop::domain::panel::{DecisionWanted, SittingWanted};
use closeloop::domain::query::{Answered, Query, SittingDetail};
use closeloop::domain::review::{AnswerValue, field};

/// Four who sit; the first is in the chair.
pub const MEMBERS: [&str; 4] = ["Iris Tamm", "Ivo Smith", "Sam Miller", "Sita Moran"];

/// The day of the sitting.
pub const SITS_AT: &str = "2026-11-19T10:00:00Z";

/// Merton's text under another rule of moderation.
pub fn moderated_by(takes: &str, rest: &str) -> String {
    let text = merton_text();
    let (from, to) = (text.find("[moderation]").unwrap(), text.find("# ── Escalation").unwrap());
    let rule =
        format!("[moderation]\nkinds = [\"collaborative-review\"]\ntakes = [{takes}]\ninvites = []\ninvites_reviewer = true\n{rest}\n\n");
    format!("{}{rule}{}", &text[..from], &text[to..])
}

/// A council under this text with reviews drawn and allocated.
pub fn council_under(text: &str, reviews: u32) -> World {
    let mut world = World::under(text);
    let cycle = world.at(crate::support::world::DRAWN_AT).open_cycle("2026-11-01");
    world.draw(cycle, reviews, 7);
    world.allocate_all();
    world
}

/// Reviews scaled so and submitted, in order of their references, on the morning of the sitting.
pub fn submitted(scalings: &[u8]) -> World {
    let mut world = World::ready();
    for (reference, scaling) in world.references().iter().zip(scalings) {
        world.through_as(reference, "completed", *scaling);
    }
    world.at(SITS_AT);
    world
}

/// A sitting as four of Merton want it: sealed, for so its framework says.
pub fn wanted(world: &World) -> SittingWanted {
    let members = MEMBERS.map(|name| world.person(name)).to_vec();
    SittingWanted { members, ..SittingWanted::on(world.today(), "10:00", Some(world.person(MEMBERS[0]))) }
}

/// Reviews scaled so, before a sealed sitting of four that has begun.
pub fn sealed(scalings: &[u8]) -> (World, PanelId) {
    let mut world = submitted(scalings);
    let wanted = wanted(&world);
    let panel = world.sits_as(wanted);
    (world, panel)
}

/// The same with this review on the table.
pub fn on_the_table(scalings: &[u8], reference: &str) -> (World, PanelId) {
    let (mut world, panel) = sealed(scalings);
    let deed = world.opens(panel, reference);
    world.do_(MEMBERS[0], deed);
    (world, panel)
}

/// The deed of a member who scores.
pub fn score(world: &World, panel: PanelId, reference: &str, point: u8, note: &str) -> Deed {
    let review = world.id(reference);
    Deed::Panel(PanelDeed::Score { panel, review, scaling: Some(point), grade: None, note: note.into() })
}

/// Everybody scores alike, so the scores are open.
pub fn all_score(world: &mut World, panel: PanelId, reference: &str, point: u8) {
    for member in MEMBERS {
        let deed = score(world, panel, reference, point, "");
        world.do_(member, deed);
    }
}

/// The deed that opens the scores.
pub fn reveal(world: &World, panel: PanelId, reference: &str, why: &str) -> Deed {
    Deed::Panel(PanelDeed::OpenScores { panel, review: world.id(reference), why: why.into() })
}

/// The deed that decides by scaling.
pub fn decide(world: &World, panel: PanelId, reference: &str, point: u8) -> Deed {
    world.decide_at(panel, reference, DecisionWanted { scaling: Some(point), ..decision("The panel read the record together") })
}

/// The deed that sends a review back.
pub fn send_back(world: &World, panel: PanelId, reference: &str, missing: &str) -> Deed {
    Deed::Panel(PanelDeed::SendBack { panel, review: world.id(reference), missing: missing.into() })
}

/// What the panel asked for is completed: a narrative says more.
pub fn complete(world: &mut World, reference: &str) {
    let text = AnswerValue::Text("The father would like to be heard".into());
    let deed = world.edit(reference, &field::narrative("strengths"), text);
    world.do_("Bela Novak", deed);
}

/// The deed that puts a review off.
pub fn defer(world: &World, panel: PanelId, reference: &str, why: &str) -> Deed {
    Deed::Panel(PanelDeed::Defer { panel, review: world.id(reference), why: why.into() })
}

/// A sitting as one of the council sees it, who has nothing to declare about the case on its table.
pub fn seen(world: &mut World, who: &str, panel: PanelId) -> SittingDetail {
    let detail = sitting(world, who, panel);
    let Some(question) = &detail.asks else { return detail };
    world.do_(who, Deed::NothingToDeclare { review: question.review });
    sitting(world, who, panel)
}

fn sitting(world: &mut World, who: &str, panel: PanelId) -> SittingDetail {
    match world.answer_to(who, &Query::Sitting(panel)).unwrap() {
        Answered::Sitting(detail) => *detail,
        other => panic!("a sitting answers with a sitting, not {other:?}"),
    }
}
