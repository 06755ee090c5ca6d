//! The made-up council under each of the five frameworks: the same people, in the roles that the framework knows.

use super::council::{file, people};
use super::world::World;
use chrono::{DateTime, Utc};
use closeloop::domain::change::{Change, Swap};
use closeloop::domain::deed::{Actor, Deed};
use closeloop::domain::person::Person;
use closeloop::store::Tx;

/// Roles of the council's people in the words of a framework: who (by name or by the role they have at first), and as what.
const CAST: [(&str, &[(&str, &str)]); 4] = [
    ("sefton", &[("coordinator", "PIT"), ("insights-tm", "QAM"), ("insights-sm", "PSW"), ("insights-hos", "AD-QA"), ("Director", "DCS")]),
    (
        "sandwell",
        &[
            ("coordinator", "qa-coordinator"),
            ("insights-tm", "QAM"),
            ("insights-sm", "HoP"),
            ("insights-hos", "HoP"),
            ("ATM", "TM"),
            ("IRO", "IC"),
            ("CP-Chair", "IC"),
        ],
    ),
    (
        "central-bedfordshire",
        &[
            ("coordinator", "audit-coordinator"),
            ("insights-tm", "AuditManager"),
            ("insights-sm", "QA-Manager"),
            ("insights-hos", "QA-Manager"),
            ("ATM", "PM"),
            ("SM", "PM"),
        ],
    ),
    (
        "quarterly-learning",
        &[
            ("coordinator", "QI"),
            ("insights-tm", "QI-Manager"),
            ("insights-sm", "QI-Manager"),
            ("insights-hos", "QI-Manager"),
            ("Ida Ross", "QI"),
            ("Ian Reid", "PC"),
            ("CP-Chair", "CP-Coordinator"),
            ("ATM", "TM"),
            ("Director", "AD"),
        ],
    ),
];

/// The text of a built-in framework.
pub fn text_of(id: &str) -> &'static str {
    closeloop::profiles::builtin().iter().find(|(known, _)| *known == id).unwrap().1
}

impl World {
    /// The council under a built-in framework, its people in that framework's roles; no cycle is open.
    pub fn run_by(id: &str) -> World {
        let mut world = World::under(text_of(id));
        let cast = CAST.iter().find(|(known, _)| *known == id).map_or(&[][..], |(_, cast)| cast);
        let mut rows = people();
        for row in &mut rows {
            let has = |who: &str| row.name == who || row.role.as_deref() == Some(who);
            if let Some((_, role)) = cast.iter().find(|(who, _)| has(who)) {
                row.role = Some(role.to_string());
            }
        }
        // Nobody gives themselves a role, in a file neither.
        let (own, rows) = rows.into_iter().partition(|row| row.name == "Amina Khan");
        world.do_("Bela Novak", Deed::ImportPeople { rows: own, file: file("the-coordinator.csv", 'f') });
        world.do_("Amina Khan", Deed::ImportPeople { rows, file: file("people-in-their-roles.csv", 'e') });
        world
    }

    /// Somebody inside a transaction that is not kept, under a login of their own where the list gives them none.
    pub fn acting(tx: &mut Tx<'_>, me: &Person, now: DateTime<Utc>) -> Actor {
        let session = "0".repeat(16);
        let login = if me.login.is_empty() { format!("login.{}", me.id.0) } else { me.login.clone() };
        if me.login.is_empty() {
            let after = Person { login: login.clone(), ..me.clone() };
            let given = Change::PersonRecorded(Swap { before: Some(me.clone()), after: Some(after) });
            tx.write(&Actor::by_itself(session.clone()), now, &[given]).unwrap();
        }
        Actor { login, person: Some(me.id), name: me.name.clone(), role: me.role.clone(), session }
    }
}
