//! The pack holds what the panel needs and neither a name nor, where it scores blind, the reviewer's judgement.

use super::read;
use crate::support::council::{PEOPLE, cases};
use crate::support::sat::{RECUSED, Sat};
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::panel::{Scoring, SittingWanted};
use closeloop::report::markdown::markdown;
use closeloop::report::panel::pack;

fn text(sat: &mut Sat, who: &str) -> String {
    let (sitting, items) = read(sat, who);
    markdown(&pack(&sitting, &items))
}

#[test]
fn the_pack_holds_every_case_with_facts_scales_words_and_the_grades() {
    let mut sat = Sat::planned();
    let text = text(&mut sat, "Amina Khan");
    for reference in &sat.cases {
        assert!(text.contains(&format!(". {reference} (")), "{reference}");
    }
    for words in ["Seen in the record", "As they said it", "| Area | Question | Answer |", "Inadequate (0 to 2)", "Outstanding (9 to 10)"] {
        assert!(text.contains(words), "no {words} in\n{text}");
    }
}

#[test]
fn the_pack_is_pseudonymous() {
    let mut sat = Sat::planned();
    let text = text(&mut sat, "Amina Khan");
    let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
    for person in PEOPLE {
        let surname = person.0.split(' ').next_back().unwrap();
        assert!(!words.contains(&surname), "{} is in the pack", person.0);
    }
    for case in cases() {
        assert!(!text.contains(&case.council_id), "{} is in the pack", case.council_id);
    }
}

#[test]
fn a_sealed_pack_is_the_same_whatever_the_reviewer_judged_overall() {
    let mut sat = Sat::planned();
    let (sitting, items) = read(&mut sat, "Amina Khan");
    assert!(items.iter().all(|item| item.blind && item.review.facts.original.is_none()));
    let sealed = markdown(&pack(&sitting, &items));
    assert!(sealed.contains("Scores are sealed") && !sealed.contains("judgement:**"), "{sealed}");
    let members = sitting.sitting.panel.members.clone();
    let usual = SittingWanted::on(sitting.sitting.panel.on, "10:00", sitting.sitting.panel.chair);
    let wanted = SittingWanted { members, scoring: Some(Scoring::Sighted), ..usual };
    let seen = sitting.sitting.revision;
    let panel = sat.panel;
    sat.world.do_("Amina Khan", Deed::Panel(PanelDeed::Move { panel, seen, wanted }));
    let sighted = text(&mut sat, "Amina Khan");
    assert!(sighted.contains("judgement:** 10, Outstanding") && !sighted.contains("Scores are sealed"), "{sighted}");
}

#[test]
fn the_pack_leaves_out_what_is_withheld() {
    let mut sat = Sat::planned();
    let text = text(&mut sat, RECUSED);
    assert!(!text.contains(&sat.cases[1]) && text.contains(&sat.cases[0]));
}
