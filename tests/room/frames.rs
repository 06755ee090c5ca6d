//! Pictures of the room's screen; a changed one is looked at and accepted on purpose.

use super::{display, frame, states};
use crate::support::driver::plain;
use crate::support::sat::{MEMBERS, Sat};
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::grade::{Grade, Judgement};
use closeloop::domain::panel::{Scoring, SittingWanted};
use closeloop::ui::room::{SIZES, Shown, draw};
use closeloop::ui::theme::{Colour, Look};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

#[test]
fn every_state_at_each_size() {
    states(|name, sat| {
        for size in SIZES {
            let frame = frame(&mut display(&sat.world, size, Look::PLAIN));
            insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), frame);
        }
    });
}

#[test]
fn plain_characters_and_no_colour() {
    states(|name, sat| {
        for size in SIZES {
            let look = Look { ascii: true, colour: Colour::None };
            let mut display = display(&sat.world, size, look);
            let frame = frame(&mut display);
            assert!(frame.is_ascii(), "{name} {size:?}\n{frame}");
            let coloured =
                |cell: &ratatui::buffer::Cell| cell.fg != ratatui::style::Color::Reset || cell.bg != ratatui::style::Color::Reset;
            assert!(!display.terminal.backend().buffer().content.iter().any(coloured), "{name}");
            if name == "three_have_scored" {
                insta::assert_snapshot!(format!("ascii_{}x{}", size.0, size.1), frame);
            }
        }
    });
}

#[test]
fn no_size_is_too_small_or_too_odd_to_draw() {
    states(|_, sat| {
        for size in [(1, 1), (10, 3), (40, 12), (79, 23), (81, 24), (100, 30), (132, 43), (200, 20), (60, 67), (300, 100)] {
            frame(&mut display(&sat.world, size, Look::PLAIN));
        }
    });
}

#[test]
fn what_matters_is_on_the_screen_at_every_size() {
    states(|name, sat| {
        let wanted: &[&str] = match name {
            "planned" => &["Tue 24 Nov 10:00", "7 cases wait"],
            "nothing_on_the_table" => &["Nothing is on the table", "0 of 7 done", "Next"],
            "nobody_has_scored" => &["0 of 4", "5 min used, 15 left", "Nobody is out", "Then SM leaves"],
            "three_have_scored" => &["3 of 4"],
            "all_have_scored" => &["10 Outstanding", "2 Inadequate"],
            "lowered" => &["10 Outstanding", "8 Good", "LOWERED", "1 of 7 done"],
            _ => &["Out: SM", "Then SM comes back", "over"],
        };
        // Large letters are no text; without block characters the same is said in the terminal's own.
        let frame = frame(&mut display(&sat.world, (80, 24), Look { ascii: true, ..Look::PLAIN }));
        for text in wanted {
            assert!(frame.contains(text), "{name}: no {text} in\n{frame}");
        }
    });
}

#[test]
fn judged_together_the_reviewers_grade_is_in_sight_and_no_score_is_awaited() {
    let mut sat = Sat::planned();
    let sitting = sat.world.sitting(sat.panel);
    let usual = SittingWanted::on(sitting.panel.on, "10:00", sitting.panel.chair);
    let wanted = SittingWanted { members: sitting.panel.members, scoring: Some(Scoring::Sighted), ..usual };
    let (panel, seen) = (sat.panel, sitting.revision);
    sat.world.do_("Amina Khan", Deed::Panel(PanelDeed::Move { panel, seen, wanted }));
    sat.world.at("2026-11-24T10:00:00Z");
    let present = MEMBERS.map(|name| sat.world.person(name)).to_vec();
    sat.chairs(PanelDeed::Begin { panel, present });
    sat.opens(0);
    let frame = frame(&mut display(&sat.world, (80, 24), Look::PLAIN));
    for text in ["Judged together", "Reviewer: ◆ 10 Outstanding", "0 min"] {
        assert!(frame.contains(text), "no {text} in\n{frame}");
    }
    assert!(!frame.contains("Scores") && !frame.contains("left"), "nobody keeps the time\n{frame}");
    insta::assert_snapshot!("sighted_80x24", frame);
}

#[test]
fn however_many_score_every_score_is_shown() {
    let mut sat = Sat::begun();
    sat.opens(0);
    sat.scores(0, &[10, 9, 8, 2]);
    let mut room = display(&sat.world, (80, 24), Look::PLAIN).room().unwrap().clone();
    let item = room.now.as_mut().unwrap();
    let grade = Grade::RequiresImprovement;
    item.spread = (0..12).map(|place| Judgement { scaling: Some(3 + place % 3), grade }).collect();
    for (columns, rows) in SIZES {
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let look = Look { ascii: true, ..Look::PLAIN };
        let shown = Shown { room: Some(&room), trouble: Some("The disk is slow"), now: sat.world.now };
        terminal.draw(|frame| draw(shown, look, frame)).unwrap();
        let frame = plain(terminal.backend().buffer());
        assert_eq!(frame.matches("Requires improvement").count(), 12, "{frame}");
        assert!(frame.contains("Reviewer: O 10 Outstanding") && frame.contains("The disk is slow"), "{frame}");
    }
}
