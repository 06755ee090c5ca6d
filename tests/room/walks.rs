//! Whatever a panel does in whatever order, the room's screen holds no name, no sealed score, no grade before the scores are open,
//! and started by somebody who is recused nothing of that case.
//!
//! A few walks are enough for every day; `CLOSELOOP_RELY=full` takes five hundred.

use super::no_name::names;
use super::{display, frame};
use crate::support::rely;
use crate::support::sat::{MEMBERS, RECUSED, Sat};
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::panel::{DecisionWanted, ItemStand};
use closeloop::runtime::display::{Display, Looks};
use closeloop::runtime::random::seeded;
use closeloop::store::Store;
use closeloop::ui::room::SIZES;
use closeloop::ui::theme::Look;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// Deeds of one walk.
const STEPS: usize = 40;

/// What nobody may write but a score's author.
const NOTE: &str = "A note";

fn somebody(sat: &Sat, size: (u16, u16)) -> Display<TestBackend> {
    let looks = Looks {
        store: Store::open(&sat.world.path()).unwrap(),
        library: Default::default(),
        person: Some(sat.world.person(RECUSED)),
        clock: closeloop::runtime::clock::Clock::Fixed(sat.world.now),
        look: Look::PLAIN,
        panel: None,
    };
    Display::start(looks, Terminal::new(TestBackend::new(size.0, size.1)).unwrap()).unwrap()
}

#[test]
fn t45_whatever_the_panel_does_the_rooms_screen_tells_nothing_too_soon() {
    let walks = rely::times(3, 500) as u64;
    let names = names();
    let mut frames = 0;
    for walk in 0..walks {
        let mut dice = seeded(walk);
        let mut sat = Sat::begun();
        let cases: Vec<_> = sat.cases.iter().map(|reference| sat.world.id(reference)).collect();
        let hidden = sat.world.detail(&sat.cases[1]).case;
        let size = SIZES[(dice() % SIZES.len() as u64) as usize];
        let (mut room, mut own) = (display(&sat.world, size, Look::PLAIN), somebody(&sat, size));
        for _ in 0..STEPS {
            let case = (dice() % cases.len() as u64) as usize;
            let member = MEMBERS[(dice() % 4) as usize];
            let panel = sat.panel;
            let review = sat.world.sitting(panel).item.unwrap_or(cases[case]);
            let deed = match dice() % 8 {
                0 | 1 => sat.world.opens(panel, &sat.cases[case]),
                2..=4 => {
                    let scaling = Some((dice() % 11) as u8);
                    Deed::Panel(PanelDeed::Score { panel, review, scaling, grade: None, note: NOTE.into() })
                }
                5 => Deed::Panel(PanelDeed::OpenScores { panel, review, why: "They wait for nobody".into() }),
                6 => {
                    let reference = sat.world.facts(review).review.reference;
                    let scaling = Some((dice() % 11) as u8);
                    sat.world.decide_at(panel, &reference, DecisionWanted { scaling, ..crate::support::panel::decision("So it is") })
                }
                _ => Deed::Panel(PanelDeed::Defer { panel, review, why: "Later".into() }),
            };
            // Most are refused; the screen shows what is there.
            let scores = matches!(&deed, Deed::Panel(PanelDeed::Score { .. }));
            let _ = sat.world.try_(if scores { member } else { MEMBERS[0] }, deed);
            for screen in [&mut room, &mut own] {
                screen.look_around();
                let text = frame(screen);
                frames += 1;
                let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
                assert_eq!(names.iter().find(|name| words.contains(name)), None, "{text}");
                assert!(!text.contains(NOTE), "{text}");
                let Some(now) = screen.room().and_then(|room| room.now.as_ref()) else { continue };
                let item = sat.world.store.reading().panel_item(panel, sat.world.id(&now.reference), None).unwrap().unwrap();
                if item.stand == ItemStand::Open && !item.revealed {
                    assert_eq!((now.original, now.moderated, now.spread.len()), (None, None, 0), "{text}");
                    assert!(!text.contains("Reviewer:"), "{text}");
                }
            }
            let text = frame(&mut own);
            assert!(!text.contains(&hidden), "{text}");
        }
    }
    rely::line(&serde_json::json!({"test": "T45", "walks": walks, "frames": frames, "leaks": 0}));
    assert!(frames as u64 >= walks * STEPS as u64 * 2);
}
