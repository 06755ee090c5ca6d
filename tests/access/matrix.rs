//! T43: roles x deeds, of all five frameworks, at the doorway itself, against a table that was first drawn
//! from the profiles and then read over: it holds them to what was agreed.

use super::deeds::samples;
use crate::support::council::file;
use crate::support::rely;
use crate::support::world::World;
use closeloop::domain::deed::{Actor, Deed};
use closeloop::domain::intake::{PersonRow, Place};
use closeloop::runtime::clerk::perform_in;
use closeloop::store::StoreError;
use serde_json::json;

/// What each role of each framework may do, and how far it sees: framework, role, scope, rights.
const TABLE: &str = include_str!("../fixtures/access.txt");

struct Line<'a> {
    framework: &'a str,
    role: &'a str,
    scope: &'a str,
    rights: Vec<&'a str>,
}

fn table() -> Vec<Line<'static>> {
    let line = |line: &'static str| {
        let mut words = line.split_whitespace();
        let (framework, role, scope) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
        Line { framework, role, scope, rights: words.collect() }
    };
    TABLE.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).map(line).collect()
}

/// A council of one person for each role, who may do no more than that.
fn one_of_each(id: &str) -> World {
    let text = closeloop::profiles::builtin().iter().find(|(known, _)| *known == id).unwrap().1;
    let framework = closeloop::profiles::parse(text, id).unwrap();
    let mut world = World::as_written(text);
    let row = |role: &closeloop::domain::framework::Role| PersonRow {
        name: format!("Only {}", role.key),
        role: Some(role.key.clone()),
        team: None,
        service: None,
        email: None,
        login: Some(format!("only.{}", role.key.to_lowercase())),
        line_manager: None,
        left_on: None,
        away: None,
        source: Place::file("people.csv"),
    };
    let rows = framework.roles.iter().map(row).collect();
    world.do_("Amina Khan", Deed::ImportPeople { rows, file: file("roles.csv", 'c') });
    world
}

#[test]
fn t43_every_role_of_every_framework_may_do_what_the_table_says_and_nothing_else() {
    let (mut cells, mut wrong_allows, mut wrong_denies) = (0, Vec::new(), Vec::new());
    let table = table();
    for (id, text) in closeloop::profiles::builtin() {
        let roles = closeloop::profiles::parse(text, id).unwrap().roles;
        let lines: Vec<&Line> = table.iter().filter(|line| line.framework == *id).collect();
        assert_eq!(lines.len(), roles.len(), "{id}: a role is missing in tests/fixtures/access.txt, or one too many stands there");
        let mut world = one_of_each(id);
        for line in lines {
            let name = format!("Only {}", line.role);
            let person = world.person(&name);
            let login = format!("only.{}", line.role.to_lowercase());
            let actor = Actor { login, person: Some(person), name, role: "coordinator".into(), session: "0".repeat(16) };
            for (right, deed) in samples() {
                let said = format!("{id} {} {right} {deed:?}", line.role);
                let (library, now) = (&mut world.library, world.now);
                let outcome = world.store.try_out(|tx| perform_in(tx, library, &actor, now, deed));
                let denied =
                    matches!(&outcome, Err(StoreError::Refused(rule)) if rule.rule == Some("T43") && rule.what.contains("no right to"));
                let may = line.rights.contains(&right);
                cells += 1;
                match (may, denied) {
                    (true, true) => wrong_denies.push(said),
                    (false, false) => wrong_allows.push(said),
                    _ => {}
                }
            }
        }
    }
    rely::line(&json!({"test": "T43", "cells": cells, "wrong_allows": wrong_allows.len(), "wrong_denies": wrong_denies.len()}));
    assert_eq!((wrong_allows, wrong_denies), (Vec::new(), Vec::new()));
}

#[test]
fn t43_every_refusal_names_the_rule_and_who_could_do_it() {
    for (id, text) in closeloop::profiles::builtin() {
        let framework = closeloop::profiles::parse(text, id).unwrap();
        let mut world = one_of_each(id);
        // Somebody who may do nothing at all: their role is none of the framework's.
        let rows = vec![PersonRow {
            name: "Nemo Low".into(),
            role: Some("Visitor".into()),
            team: None,
            service: None,
            email: None,
            login: Some("nemo.l".into()),
            line_manager: None,
            left_on: None,
            away: None,
            source: Place::file("people.csv"),
        }];
        world.do_("Amina Khan", Deed::ImportPeople { rows, file: file("visitor.csv", 'd') });
        for (right, deed) in samples() {
            if ["read", "act"].contains(&right) {
                continue;
            }
            let Err(StoreError::Refused(refusal)) = world.try_("Nemo Low", deed.clone()) else { panic!("{id}: {deed:?} was not refused") };
            assert_eq!(refusal.rule, Some("T43"));
            assert!(refusal.what.contains(&framework.title) && refusal.what.contains("Visitor"), "{refusal}");
            let holders = framework.roles.iter().filter(|role| table_says(id, &role.key, right));
            assert!(holders.into_iter().any(|role| refusal.remedy.contains(&role.label)), "{id} {right}: {refusal}");
        }
    }
}

fn table_says(id: &str, role: &str, right: &str) -> bool {
    table().iter().any(|line| line.framework == id && line.role == role && line.rights.contains(&right))
}

#[test]
fn t43_the_scope_of_every_role_is_the_table_s_and_older_profiles_get_one_too() {
    for (id, text) in closeloop::profiles::builtin() {
        let framework = closeloop::profiles::parse(text, id).unwrap();
        for line in table().iter().filter(|line| line.framework == *id) {
            let role = framework.roles.iter().find(|role| role.key == line.role).unwrap();
            assert_eq!(format!("{:?}", role.scope).to_lowercase(), line.scope, "{id} {}", line.role);
        }
        // A profile of a council's own that was written before: nobody of the Insights team loses anything, nobody else sees all.
        let older: String = text.lines().map(|line| format!("{}\n", without_rights(line))).collect();
        let older = closeloop::profiles::parse(&older, id).unwrap();
        for role in &older.roles {
            use closeloop::domain::access::{Rights, Scope};
            assert_eq!(role.insights, role.rights == Rights::all(), "{id} {}", role.key);
            assert_eq!(role.insights, role.scope == Scope::All, "{id} {}", role.key);
        }
    }
}

/// A line of a profile without what it says of rights and scope.
pub fn without_rights(line: &str) -> String {
    match line.find(", may = [") {
        Some(at) if line.trim_start().starts_with("{ key") => format!("{} }},", &line[..at]),
        _ => line.to_string(),
    }
}
