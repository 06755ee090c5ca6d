//! No name of the council's people, and nothing that is sealed, comes to the room's screen.

use super::{display, frame, states};
use crate::house_rules::source;
use crate::support::council::PEOPLE;
use crate::support::sat::Sat;
use closeloop::ui::room::SIZES;
use closeloop::ui::theme::Look;

/// Every part of every name.
pub fn names() -> Vec<&'static str> {
    PEOPLE.iter().flat_map(|person| person.0.split(' ').chain([person.4])).filter(|name| !name.is_empty()).collect()
}

#[test]
fn no_answer_and_no_frame_of_a_whole_sitting_holds_a_name() {
    let names = names();
    let mut initials = 0;
    states(|state, sat| {
        for size in SIZES {
            let mut room = display(&sat.world, size, Look::PLAIN);
            let said = format!("{:?}", room.room().unwrap());
            initials += usize::from(said.contains("\"SM\""));
            for text in [said, frame(&mut room)] {
                let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
                let found = names.iter().find(|name| words.contains(name));
                assert_eq!(found, None, "{state}: {text}");
            }
        }
    });
    assert!(initials > 0, "whoever leaves is told by initials");
}

#[test]
fn the_code_behind_it_reads_no_name() {
    let reads = ["people", "person(", "names_of", "short_name", ".name", "Query::Sitting", "Query::Review"];
    for path in ["src/runtime/answers/room.rs", "src/runtime/display.rs", "src/domain/query/room.rs", "src/ui/room/lines.rs"] {
        let text = std::fs::read_to_string(source::root().join(path)).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for (line, number) in code.zip(1..) {
            let found = reads.iter().find(|word| line.contains(**word));
            assert_eq!(found, None, "{path}:{number}: {line}");
        }
    }
}

#[test]
fn sealed_scores_change_nothing_on_the_screen() {
    let with = |points: &[u8]| {
        let mut sat = Sat::begun();
        sat.opens(0);
        sat.scores(0, points);
        let mut room = display(&sat.world, (80, 24), Look::PLAIN);
        (format!("{:?}", room.room().unwrap()), frame(&mut room))
    };
    assert_eq!(with(&[0, 1, 2]), with(&[10, 9, 8]));
    assert_ne!(with(&[0, 1, 2, 3]), with(&[10, 9, 8, 7]), "open they do");
}

#[test]
fn the_reviewers_grade_is_not_there_before_the_scores_are_open() {
    let mut sat = Sat::begun();
    sat.opens(0);
    sat.scores(0, &[10, 10, 10]);
    let mut room = display(&sat.world, (80, 24), Look::PLAIN);
    assert_eq!(room.room().unwrap().now.as_ref().unwrap().original, None);
    assert!(!frame(&mut room).contains("Reviewer:"));
    sat.scores(0, &[10, 10, 10, 10]);
    room.look_around();
    assert!(frame(&mut room).contains("Reviewer: ◆ 10 Outstanding"));
}
