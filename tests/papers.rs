//! The papers of the panel: minutes, the pack for the night before, invitations, and how far people agree.

mod agreement;
mod calendar;
mod charts;
mod forms;
mod minutes;
mod pack;
mod proof;
mod web;
mod word;

use crate::support::sat::Sat;
use closeloop::domain::query::{Answered, InvitationsDetail, ItemDetail, Query, SittingDetail};

/// The sitting and its items as somebody may know them.
fn read(sat: &mut Sat, who: &str) -> (SittingDetail, Vec<ItemDetail>) {
    let panel = sat.panel;
    let Ok(Answered::Sitting(sitting)) = sat.world.answer_to(who, &Query::Sitting(panel)) else { panic!("no sitting") };
    let items = sitting.agenda.iter().map(|row| match sat.world.answer_to(who, &Query::PanelItem(panel, row.review)) {
        Ok(Answered::PanelItem(item)) => *item,
        other => panic!("{other:?}"),
    });
    let items = items.collect();
    (*sitting, items)
}

fn invitations(sat: &mut Sat, who: &str) -> InvitationsDetail {
    let panel = sat.panel;
    match sat.world.answer_to(who, &Query::Invitations(panel)) {
        Ok(Answered::Invitations(detail)) => *detail,
        other => panic!("{other:?}"),
    }
}
