//! What a profile may say of rights and scope, and what it is told when it says it wrong.

use super::matrix::without_rights;
use crate::support::world::merton_text;
use closeloop::domain::access::{Right, Scope};
use closeloop::profiles;

fn refused(text: &str) -> String {
    profiles::parse(text, "ours.toml").unwrap_err().to_string()
}

fn with(role: &str, said: &str) -> String {
    let line = |line: &str| match line.contains(&format!("{{ key = \"{role}\",")) {
        true => without_rights(line).replace(" },", &format!(", {said} }},")),
        false => line.to_string(),
    };
    merton_text().lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_right_or_a_scope_that_nobody_knows_is_told_with_the_one_that_was_meant() {
    let said = refused(&with("SW", "may = [\"read\", \"alocate\"], scope = \"own\""));
    assert!(said.contains("alocate") && said.contains("Did you mean \"allocate\"?"), "{said}");
    let said = refused(&with("SW", "may = [\"read\"], scope = \"servise\""));
    assert!(said.contains("servise") && said.contains("service"), "{said}");
    let said = refused(&with("SW", "mai = [\"read\"]"));
    assert!(said.contains("\"mai\" is not a key that is known here"), "{said}");
}

#[test]
fn what_contradicts_itself_is_refused() {
    let said = refused(&with("IRO", "may = [\"read\", \"act\"], scope = \"own\""));
    assert!(said.contains("reviews = true") && said.contains("may not \"review\""), "{said}");
    let said = refused(&with("SM", "may = [\"read\", \"act\", \"review\", \"moderate\"], scope = \"service\""));
    assert!(said.contains("\"SM\" signs off actions and may not \"sign-off\""), "{said}");
    let nobody = merton_text().replace(", \"administer\"]", "]");
    assert!(refused(&nobody).contains("no role may \"administer\""));
}

#[test]
fn where_a_role_says_nothing_it_follows_from_what_the_role_is() {
    let framework = profiles::parse(&with("TM", "reviews = true"), "ours.toml");
    assert!(framework.is_err(), "a flag said twice is no profile");
    let older: String = merton_text().lines().map(|line| format!("{}\n", without_rights(line))).collect();
    let framework = profiles::parse(&older, "ours.toml").unwrap();
    let role = |key: &str| framework.role(key).unwrap();
    assert_eq!(
        (role("SW").scope, role("TM").scope, role("SM").scope, role("coordinator").scope),
        (Scope::Own, Scope::Team, Scope::Service, Scope::All)
    );
    assert!(role("coordinator").rights.has(Right::Administer) && !role("SM").rights.has(Right::Administer));
    assert!(role("IRO").rights.has(Right::Review) && !role("SW").rights.has(Right::Review));
}

#[test]
fn framework_show_says_what_each_role_may_and_check_says_what_changed() {
    let framework = profiles::parse(merton_text(), "merton").unwrap();
    let shown = profiles::describe(&framework);
    assert!(shown.contains("may: read, act, review, sign-off, report, register"), "{shown}");
    assert!(shown.contains("sees their team\u{2019}s cases and their own"), "{shown}");
    let other =
        profiles::parse(&with("TM", "may = [\"read\", \"act\", \"review\", \"sign-off\", \"report\"], scope = \"service\""), "ours")
            .unwrap();
    let told = format!("{:?}", profiles::compare(&framework, &other));
    assert!(told.contains("may") && told.contains("sees"), "{told}");
}
