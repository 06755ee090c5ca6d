//! A council's own profile, dropped into its folder, unlike the five that are built in: from the file to a review that is
//! finalised, by keyboard at 80x24 and without a build.

use crate::support::driver::{Robot, SMALL};
use crate::support::world::{World, bank_holidays, file, utc};
use closeloop::domain::deed::{Deed, SubjectsImport};
use closeloop::domain::framework::SubjectKind;
use closeloop::domain::grade::Grade;
use closeloop::intake::{people, subjects};
use closeloop::profiles::{Catalog, Source};
use std::path::Path;

const PEOPLE: &str = "name,role,team,service,login,line manager\n\
    Amina Khan,Quality lead,,Quality,amina.k,\n\
    Ruth Adams,Home lead,Hearth,Homes,ruth.a,\n\
    Otis Grey,Home worker,Hearth,Homes,,Ruth Adams\n\
    Lena Wolf,HW,Lantern,Homes,,\n\
    Ida Ross,Practice reader,,Quality,ida.r,\n\
    Ian Reid,Practice reader,,Quality,ian.r,\n";

const CHILDREN: &str = "Child ID,Type,Age,Team,Worker\n\
    5001,Child at home,9,Hearth,Otis Grey\n5002,HM,12,Hearth,Otis Grey\n5003,placed,4,Lantern,Lena Wolf\n5004,placed,15,Lantern,Lena Wolf\n";

const CARERS: &str = "Carer ID,Team,Worker\nC-1,Lantern,Lena Wolf\nC-2,Lantern,Lena Wolf\nC-3,Hearth,Otis Grey\n";

fn write(folder: &Path, name: &str, text: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn list(world: &mut World, name: &str, text: &str, map: Option<&str>, kind: Option<SubjectKind>, digit: char) {
    let framework = world.library.current(world.store.reading()).unwrap();
    let ground = subjects::Ground { case_types: &framework.case_types, subjects: &framework.subjects, today: world.today() };
    let map = map.map(|text| subjects::parse(text, "map.toml", &ground).unwrap());
    let path = write(world.folder(), name, text);
    let subjects::List { rows, closed, covered, beyond, left_out, .. } = subjects::read(&path, map, kind, &ground).unwrap();
    assert_eq!(left_out, 0);
    let import = SubjectsImport { list: "subjects".into(), rows, closed, covered, beyond, frame_date: None, file: file(name, digit) };
    world.do_("Amina Khan", Deed::ImportSubjects(Box::new(import)));
}

/// The profile in a folder of the council's own, a database on it, its people, children, carers and a service.
fn hillshire() -> World {
    let mut world = World::empty();
    world.now = utc("2026-10-05T09:00:00Z");
    let folder = world.folder().join("frameworks");
    std::fs::create_dir(&folder).unwrap();
    write(&folder, "ours.toml", include_str!("../fixtures/profiles/own.toml"));
    let catalog = Catalog::open(Some(&folder));
    assert!(catalog.faults().is_empty(), "{:?}", catalog.faults());
    assert_eq!(catalog.source("hillshire"), Source::Added("ours.toml".into()));
    let framework = catalog.framework("hillshire").unwrap();
    let text = catalog.text("hillshire").unwrap().to_string();
    let start = Deed::Start { framework: framework.id.clone(), version: framework.version, text, holidays: bank_holidays() };
    world.do_("Amina Khan", start);
    let staff = people::read(&write(world.folder(), "people.csv", PEOPLE), &framework.roles).unwrap();
    assert!(staff.oddities.is_empty(), "{:?}", staff.oddities);
    world.do_("Amina Khan", Deed::ImportPeople { rows: staff.rows, file: file("people.csv", 'a') });
    let map = "[columns]\nnumber = \"Child ID\"\ncase_type = \"Type\"\nage = \"Age\"\nteam = \"Team\"\nworker = \"Worker\"\n";
    list(&mut world, "children.csv", CHILDREN, Some(map), None, 'b');
    list(&mut world, "carers.csv", CARERS, None, Some(SubjectKind::FosterCarer), 'c');
    list(&mut world, "services.csv", "Service ID,Service name\nS1,Homes\n", None, Some(SubjectKind::Service), 'd');
    world
}

#[test]
fn a_councils_own_profile_runs_from_its_file_to_a_finalised_review_without_a_build() {
    let mut robot = Robot::sits_down(hillshire(), SMALL);
    robot.press("5").expect_line("No cycle has been opened. Press o");
    robot.press("o").expect_dialog("Open a cycle").expect_line("1 Oct 2026");
    robot.goes_to("focus").type_text("Kitchens").goes_to("reason").type_text("y").press("ctrl-s");
    robot.expect_notice("Cycle 2026-q4 opened").expect_line("October-December 2026").expect_line("Celebrate");
    robot.press("d").expect_dialog("Draw the sample of October-December 2026").expect_line("7 cases in the frame");
    robot
        .instead("7")
        .press("ctrl-s")
        .type_text("draw")
        .press("enter")
        .expect_notice("7 cases drawn with seed")
        .expect_line("HF-0005")
        .expect_line("FC");
    robot.press("a").expect_dialog("Proposed reviewers").expect_line("7 of 7 have a reviewer").press("ctrl-s");
    robot.expect_notice("7 reviews allocated").expect_no("nobody yet");

    let carers = robot.world.references().into_iter().find(|reference| robot.world.detail(reference).noun() == "foster carer").unwrap();
    robot.opens(&carers).expect_line("Foster carer").expect_row_selected("Visit the home");
    robot.press("b").expect_notice("This is the first review of this foster carer.");
    robot.at("2026-10-12T10:00:00Z").press("e").expect_dialog(&format!("{carers} \u{b7} Visit the home"));
    robot.goes_to("v/table").type_text("The carer, her mother and I").press("ctrl-s").expect_no_dialog();
    robot.at("2026-10-14T10:00:00Z").press("l").expect_row_selected("The home").press("enter").answer_all("5", "A warm kitchen");
    robot.press("ctrl-s").expect_no_dialog().press("l").expect_row_selected("What was seen").press("enter");
    robot.type_text("Soup on the stove").press("ctrl-s").expect_no_dialog();
    robot.press("l enter").expect_dialog(&format!("{carers} \u{b7} Overall judgement")).type_text("5").press("ctrl-s").expect_no_dialog();
    robot.press("f").expect_line("Everything is there.").press("enter").expect_dialog(&format!("Submit {carers}"));
    // Five is "requires improvement" elsewhere; here the bands say otherwise, in the council's own words.
    robot.expect_line("Steady, scaling 5").press("enter").type_text("submit").press("enter").expect_no_dialog().expect_notice("Steady");
    robot.at("2026-12-02T10:00:00Z").press("e").expect_dialog(&format!("{carers} \u{b7} Give it back")).press("ctrl-s").expect_no_dialog();
    robot.at("2026-12-17T10:00:00Z").press("e").expect_dialog(&format!("{carers} \u{b7} Put it on Eclipse")).press("ctrl-s");
    robot.expect_no_dialog().expect_line("finalised");
    let judged = robot.world.review(&carers).final_judgement().unwrap();
    assert_eq!((judged.scaling, judged.grade), (Some(5), Grade::Good));
    robot.world.assert_verified();
}
