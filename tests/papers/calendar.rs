//! M07: who is invited to which case, and a calendar file that a calendar takes (RFC 5545).

use super::invitations;
use crate::support::council::PEOPLE;
use crate::support::sat::{RECUSED, Sat};
use closeloop::domain::deed::{Deed, PanelDeed};
use closeloop::domain::panel::SittingWanted;
use closeloop::report::panel;

#[test]
fn m07_the_reviewer_and_the_cases_team_manager_are_invited_to_each_case() {
    let mut sat = Sat::planned();
    let detail = invitations(&mut sat, "Amina Khan");
    assert_eq!(detail.items.len(), 7);
    for item in &detail.items {
        let review = sat.world.detail(&item.reference);
        let roles: Vec<(&str, &str)> = item.invitees.iter().map(|one| (one.role.as_str(), one.name.as_str())).collect();
        assert_eq!(roles, [("Reviewer", review.reviewer.as_str()), ("Team manager", review.team_manager.as_str())], "{}", item.reference);
    }
    let starts: Vec<String> = detail.items.iter().map(|item| item.starts.unwrap().format("%H:%M").to_string()).collect();
    assert_eq!(starts[..3], ["10:00", "10:20", "10:40"]);
}

#[test]
fn m07_a_framework_that_invites_nobody_invites_nobody() {
    let text = crate::support::world::merton_text().replacen("invites = [\"TM\"]", "invites = []", 1);
    let text = text.replacen("invites_reviewer = true ", "invites_reviewer = false ", 1);
    let framework = closeloop::profiles::parse(&text, "the test's").unwrap();
    assert!(framework.moderation.invites.is_empty() && !framework.moderation.invites_reviewer);
    let mut world = crate::support::world::World::under(&text);
    world.at("2026-11-05T09:30:00Z");
    let cycle = world.open_cycle("2026-11-01");
    world.draw(cycle, 2, 7);
    world.allocate_all();
    let cases = world.references();
    world.through_as(&cases[0], "completed", 1);
    let panel = world.sits();
    let mut sat = Sat { world, panel, cases };
    let detail = invitations(&mut sat, "Amina Khan");
    assert_eq!(detail.items.len(), 1);
    assert!(detail.items[0].invitees.is_empty());
    let text = closeloop::report::markdown::markdown(&panel::invitations(&detail));
    assert!(text.contains("Nobody is invited for a single case."), "{text}");
}

#[test]
fn the_calendar_file_keeps_to_the_rules_of_calendar_files() {
    let mut sat = Sat::planned();
    let mut detail = invitations(&mut sat, "Amina Khan");
    // The made-up council has no addresses, and one with everything that has to be set apart.
    detail.addresses = detail.seats.iter().map(|_| "somebody.with.a.very.long.address@larkmoor-council.example".into()).collect();
    detail.seats[0].name =
        "Zo\u{eb} \"Z\" O\u{2019}Brien; of, the: panel with a name that goes on \u{20ac}\u{20ac}\u{20ac}\u{20ac}\u{20ac}".into();
    let text = panel::calendar(&detail, sat.world.now).unwrap();
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{} octets: {line}", line.len());
    }
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    let unfolded = text.replace("\r\n ", "");
    let count = |line: &str| unfolded.lines().filter(|found| *found == line).count();
    assert_eq!((count("BEGIN:VEVENT"), count("END:VEVENT"), count("VERSION:2.0")), (8, 8, 1));
    assert_eq!((count("DTSTAMP:20261123T090000Z"), count("DTSTART:20261124T100000Z"), count("DTEND:20261124T122000Z")), (8, 2, 2));
    let wanted = [
        "UID:panel-1@merton.closeloop",
        "UID:panel-1-cr-0001@merton.closeloop",
        "ATTENDEE;CN=\"Zo\u{eb} 'Z' O\u{2019}Brien; of, the: panel with a name that goes on \u{20ac}\u{20ac}\u{20ac}\u{20ac}\u{20ac}\";ROLE=REQ-PARTICIPANT:mailto:somebody.with.a.very.long.address@larkmoor-council.example",
    ];
    for line in wanted {
        assert_eq!(count(line), 1, "{line} in\n{unfolded}");
    }
}

#[test]
fn the_names_of_events_stay_when_the_sitting_moves_and_summer_time_is_counted() {
    let mut sat = Sat::planned();
    let uids = |text: &str| text.lines().filter(|line| line.starts_with("UID:")).map(String::from).collect::<Vec<_>>();
    let before = invitations(&mut sat, "Amina Khan");
    let seen = before.revision;
    let usual = SittingWanted::on("2027-06-15".parse().unwrap(), "10:00", Some(before.seats[0].person));
    let panel_id = sat.panel;
    sat.world
        .do_("Amina Khan", Deed::Panel(PanelDeed::Move { panel: panel_id, seen, wanted: SittingWanted { minutes_each: 20, ..usual } }));
    let after = invitations(&mut sat, "Amina Khan");
    let (one, other) = (panel::calendar(&before, sat.world.now).unwrap(), panel::calendar(&after, sat.world.now).unwrap());
    assert_eq!(uids(&one), uids(&other));
    assert!(other.contains("DTSTART:20270615T090000Z\r\n") && after.revision > before.revision);
}

#[test]
fn no_calendar_and_no_list_holds_more_of_a_child_than_reference_and_pseudonym() {
    let mut sat = Sat::planned();
    let detail = invitations(&mut sat, "Amina Khan");
    let text = panel::calendar(&detail, sat.world.now).unwrap();
    let practitioners = PEOPLE.iter().filter(|person| matches!(person.1, "SW" | "PA"));
    assert!(practitioners.clone().count() > 3);
    for word in practitioners.map(|person| person.0).chain(crate::support::council::cases().iter().map(|case| case.council_id.as_str())) {
        assert!(!text.contains(word), "{word}");
    }
    let recused = invitations(&mut sat, RECUSED);
    assert!(recused.items.iter().all(|item| item.reference != sat.cases[1]));
    let mut none = detail;
    (none.starts, none.at) = (None, "noon".into());
    assert!(panel::calendar(&none, sat.world.now).unwrap_err().to_string().contains("no time of day"));
}

#[test]
fn m07_whoever_was_invited_stays_on_the_list_whatever_became_of_their_case() {
    let mut sat = Sat::closed();
    let detail = invitations(&mut sat, "Amina Khan");
    let heard: Vec<&str> = detail.items.iter().map(|item| item.reference.as_str()).collect();
    assert_eq!(heard, &sat.cases[..4], "upheld, lowered, sent back and put off");
}
