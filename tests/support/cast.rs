//! The made-up council under each of the five frameworks: the same people, in the roles that the framework knows.

use super::council::{file, people};
use super::world::World;
use closeloop::domain::deed::Deed;

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
        world.do_("Amina Khan", Deed::ImportPeople { rows, file: file("people-in-their-roles.csv", 'e') });
        world
    }
}
