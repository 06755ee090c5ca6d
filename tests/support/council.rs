//! Who works in the made-up council, and whose cases they hold.

use closeloop::domain::deed::ImportedFile;
use closeloop::domain::framework::{Framework, SubjectKind};
use closeloop::domain::intake::{FrameRow, PersonRow, Place};

use super::world::day;

/// Name, role, team, service, login and line manager of everybody in the council.
pub const PEOPLE: [(&str, &str, &str, &str, &str, &str); 27] = [
    ("Dana Frost", "Director", "", "", "dana.f", ""),
    ("Amina Khan", "coordinator", "", "Insights", "amina.k", "Iris Tamm"),
    ("Bela Novak", "coordinator", "", "Insights", "bela.n", "Iris Tamm"),
    ("Iris Tamm", "insights-tm", "", "Insights", "iris.t", "Ivo Smith"),
    ("Ivo Smith", "insights-sm", "", "Insights", "ivo.s", "Ines Holt"),
    ("Ines Holt", "insights-hos", "", "Insights", "ines.h", "Dana Frost"),
    ("Hana Owen", "HoS", "", "Safeguarding", "hana.o", "Dana Frost"),
    ("Sam Miller", "SM", "", "Safeguarding", "sam.m", "Hana Owen"),
    ("Tara Moss", "TM", "North Court", "Safeguarding", "tara.m", "Sam Miller"),
    ("Alex Main", "ATM", "North Court", "Safeguarding", "", "Tara Moss"),
    ("Noor Carter", "SW", "North Court", "Safeguarding", "noor.c", "Alex Main"),
    ("Paul Obi", "SW", "North Court", "Safeguarding", "", "Tara Moss"),
    ("Rita Lund", "SW", "North Court", "Safeguarding", "", "Tara Moss"),
    ("Tom Ward", "TM", "South Court", "Safeguarding", "tom.w", "Sam Miller"),
    ("Sean Pike", "SW", "South Court", "Safeguarding", "", "Tom Ward"),
    ("Mina Shah", "SW", "South Court", "Safeguarding", "", "Tom Ward"),
    ("Jude Bell", "SW", "South Court", "Safeguarding", "", "Tom Ward"),
    ("Hugo Lane", "HoS", "", "Children in care", "hugo.l", "Dana Frost"),
    ("Sita Moran", "SM", "", "Children in care", "sita.m", "Hugo Lane"),
    ("Tess Young", "TM", "Permanence", "Children in care", "tess.y", "Sita Moran"),
    ("Lena Wolf", "SW", "Permanence", "Children in care", "", "Tess Young"),
    ("Otis Grey", "SW", "Permanence", "Children in care", "", "Tess Young"),
    ("Ruth Adams", "SW", "Permanence", "Children in care", "", "Tess Young"),
    ("Pia Stone", "PA", "Permanence", "Children in care", "", "Tess Young"),
    ("Ida Ross", "IRO", "", "Quality", "ida.r", "Ivo Smith"),
    ("Ian Reid", "IRO", "", "Quality", "ian.r", "Ivo Smith"),
    ("Cara Poole", "CP-Chair", "", "Quality", "cara.p", "Ivo Smith"),
];

/// Worker of every case, each with the case types they hold; together 40 cases.
const CASES: [(&str, &[&str]); 10] = [
    ("Noor Carter", &["cp", "cp", "cin", "assessment"]),
    ("Paul Obi", &["cp", "cin", "cin", "assessment"]),
    ("Rita Lund", &["cp", "cin", "cwd", "assessment"]),
    ("Sean Pike", &["cp", "cp", "cin", "cin"]),
    ("Mina Shah", &["cp", "cin", "assessment", "assessment"]),
    ("Jude Bell", &["cin", "cin", "cwd", "assessment"]),
    ("Lena Wolf", &["cic", "cic", "cic", "cp"]),
    ("Otis Grey", &["cic", "cic", "cic", "cic"]),
    ("Ruth Adams", &["cic", "cic", "cic", "cin"]),
    ("Pia Stone", &["care-experienced", "care-experienced", "care-experienced", "care-experienced"]),
];

/// The day the cases were extracted on, and every case began on.
pub const FRAME_DAY: &str = "2026-10-30";

/// Everybody as a people file gives them.
pub fn people() -> Vec<PersonRow> {
    let text = |value: &str| Some(value.to_string());
    let row = |&(name, role, team, service, login, manager): &(&str, &str, &str, &str, &str, &str)| PersonRow {
        name: name.into(),
        role: text(role),
        team: text(team),
        service: text(service),
        email: text(""),
        login: text(login),
        line_manager: text(manager),
        left_on: None,
        away: None,
        source: Place::file("people.csv"),
    };
    PEOPLE.iter().map(row).collect()
}

/// The cases of the council as an extract gives them.
pub fn cases() -> Vec<FrameRow> {
    let all = CASES.iter().flat_map(|(worker, types)| types.iter().map(move |case_type| (*worker, *case_type)));
    let row = |(place, (worker, case_type)): (usize, (&str, &str))| {
        let team = PEOPLE.iter().find(|person| person.0 == worker).unwrap().2;
        FrameRow {
            council_id: format!("90{:04}", place + 1),
            kind: if case_type == "care-experienced" { SubjectKind::CareExperienced } else { SubjectKind::Child },
            case_type: case_type.into(),
            age_years: Some(if case_type == "care-experienced" { 18 } else { (place % 17) as u8 }),
            disability: Some(case_type == "cwd"),
            team: Some(team.into()),
            worker: Some(worker.into()),
            started_on: Some(day(FRAME_DAY)),
            source: Place::file("annex-a.xlsx"),
        }
    };
    all.enumerate().map(row).collect()
}

/// A file with a made-up hash.
pub fn file(name: &str, digit: char) -> ImportedFile {
    ImportedFile { name: name.into(), sha256: digit.to_string().repeat(64), oddities: 0 }
}

/// Everybody, with the roles of the Insights team as a framework calls them.
pub fn people_under(framework: &Framework) -> Vec<PersonRow> {
    let insights = || framework.roles.iter().filter(|role| role.insights);
    let named = |role: &str| match role {
        known if framework.role(known).is_some() => known.to_string(),
        "coordinator" => insights().next().unwrap().key.clone(),
        manager if manager.starts_with("insights-") => insights().max_by_key(|role| role.manages).unwrap().key.clone(),
        other => other.to_string(),
    };
    let mut rows = people();
    rows.iter_mut().for_each(|row| row.role = row.role.as_deref().map(named));
    rows
}

/// A framework's text in which everybody sees every case, and in which the Insights team of this council has its roles by name.
pub fn seeing_all(text: &str) -> String {
    let mut text = text.to_string();
    for scope in ["own", "team", "service"] {
        text = text.replace(&format!("scope = \"{scope}\""), "scope = \"all\"");
    }
    for key in ["coordinator", "insights-tm", "insights-sm", "insights-hos"] {
        if !text.contains(&format!("{{ key = \"{key}\"")) {
            text =
                text.replacen("\nroles = [\n", &format!("\nroles = [\n  {{ key = \"{key}\", label = \"{key}\", insights = true }},\n"), 1);
        }
    }
    text
}
