//! Frameworks as files: the built-in five, what is refused, and what a council may add.

mod catalog;
mod compare;
mod contradictions;
mod facts;
mod refusals;

use closeloop::domain::framework::Framework;
use closeloop::profiles;
use std::path::{Path, PathBuf};

/// A built-in framework by its id.
fn framework(id: &str) -> Framework {
    match profiles::Catalog::built_in().framework(id) {
        Ok(framework) => framework,
        Err(error) => panic!("{error}"),
    }
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/profiles")
}

fn small() -> String {
    std::fs::read_to_string(fixtures().join("small.toml")).unwrap()
}

#[test]
fn every_file_in_assets_is_built_in_and_parses_under_its_own_name() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/frameworks");
    let mut files: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().replace(".toml", "")).collect();
    files.sort();
    let mut built_in: Vec<&str> = profiles::builtin().iter().map(|(id, _)| *id).collect();
    built_in.sort();
    assert_eq!(files, built_in);
    for (id, _) in profiles::builtin() {
        assert_eq!(framework(id).id, *id);
    }
}

#[test]
fn a_description_names_everything_the_framework_holds() {
    for (id, _) in profiles::builtin() {
        let framework = framework(id);
        let text = profiles::describe(&framework);
        let mut wanted: Vec<String> = vec![framework.title.clone(), framework.summary.clone()];
        wanted.extend(framework.roles.iter().map(|role| role.label.clone()));
        wanted.extend(framework.grades.iter().map(|grade| grade.descriptor.clone()));
        wanted.extend(framework.cycle.phases.iter().map(|phase| phase.label.clone()));
        wanted.extend(framework.cycle.events.iter().map(|event| event.label.clone()));
        for kind in &framework.kinds {
            wanted.push(kind.summary.clone());
            wanted.extend(kind.steps.iter().map(|step| step.prompt.clone()));
            wanted.extend(kind.areas.iter().flat_map(|area| &area.questions).map(|question| question.text.clone()));
            wanted.extend(kind.narrative.iter().map(|heading| heading.prompt.clone()));
        }
        wanted.extend(framework.escalation.assurance.iter().map(|choice| choice.label.clone()));
        wanted.extend(framework.boards.iter().map(|board| board.label.clone()));
        wanted.extend(framework.reports.iter().map(|report| report.label.clone()));
        wanted.extend(framework.registers.iter().map(|register| register.label.clone()));
        wanted.extend(framework.themes.iter().map(|theme| theme.label.clone()));
        for words in wanted {
            assert!(text.contains(&words), "{id}: the description does not say {words:?}");
        }
    }
}

#[test]
fn a_small_framework_of_a_councils_own_parses() {
    let framework = profiles::parse(&small(), "small.toml").unwrap();
    assert_eq!((framework.id.as_str(), framework.version), ("riverside", 3));
    assert_eq!(framework.bands.iter().map(|band| (band.from, band.to)).collect::<Vec<_>>(), [(0, 3), (4, 5), (6, 7), (8, 10)]);
    assert!(framework.drp.is_none());
    let kinds: Vec<&String> = framework.moderation.kinds.iter().chain(&framework.escalation.kinds).collect();
    assert_eq!(kinds, ["plan-review", "plan-review"], "kinds left out mean every graded kind");
}
