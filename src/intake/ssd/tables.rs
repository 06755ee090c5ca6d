//! The tables of the Standard Safeguarding Dataset that are used, and the columns of each. It must not know the rows.
//!
//! Councils' extracts differ in small things: with or without the `ssd_` before a table's name, a day behind it, a column
//! renamed from one release of the dataset to the next. Names are compared without case, spaces and punctuation.

use crate::intake::columns::{Variants, key};

/// A table that is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Who there is, with dates of birth.
    People,
    /// Professionals, by whose numbers the other tables name workers.
    Professionals,
    /// Who works with whom, and in which team.
    Involvements,
    /// Episodes of need.
    Need,
    /// Child protection plans.
    Plans,
    /// Episodes of care.
    Care,
    /// Care leavers.
    Leavers,
}

impl Table {
    /// Every table, those that the others look things up in first.
    pub const ALL: [Table; 7] =
        [Table::People, Table::Professionals, Table::Involvements, Table::Need, Table::Plans, Table::Care, Table::Leavers];

    /// The tables whose rows are cases.
    pub const CASES: [Table; 4] = [Table::Need, Table::Plans, Table::Care, Table::Leavers];

    /// The table that a file is by its name, without folder.
    pub fn of_file(name: &str) -> Option<Table> {
        let (stem, ending) = name.rsplit_once('.')?;
        if !["csv", "txt", "tsv"].iter().any(|text| ending.eq_ignore_ascii_case(text)) {
            return None;
        }
        let plain = key(stem);
        let plain = plain.trim_end_matches(|c: char| c.is_ascii_digit());
        let plain = plain.strip_prefix("ssd").unwrap_or(plain).trim_end_matches('s');
        Table::ALL.into_iter().find(|table| key(table.name().trim_start_matches("ssd_")).trim_end_matches('s') == plain)
    }

    /// Its name in the dataset.
    pub fn name(self) -> &'static str {
        match self {
            Table::People => "ssd_person",
            Table::Professionals => "ssd_professionals",
            Table::Involvements => "ssd_involvements",
            Table::Need => "ssd_cin_episodes",
            Table::Plans => "ssd_cp_plans",
            Table::Care => "ssd_cla_episodes",
            Table::Leavers => "ssd_care_leavers",
        }
    }

    /// The list of Annex A that holds the same cases: by it a framework's case types are told. None for tables of no cases.
    pub fn list(self) -> Option<u8> {
        match self {
            Table::Need => Some(6),
            Table::Plans => Some(7),
            Table::Care => Some(8),
            Table::Leavers => Some(9),
            Table::People | Table::Professionals | Table::Involvements => None,
        }
    }

    /// The columns that are used, the one that must be there first; [`Fact`] names the places.
    pub fn columns(self) -> &'static [(Fact, Variants)] {
        match self {
            Table::People => PEOPLE,
            Table::Professionals => PROFESSIONALS,
            Table::Involvements => INVOLVEMENTS,
            Table::Need => NEED,
            Table::Plans => PLANS,
            Table::Care => CARE,
            Table::Leavers => LEAVERS,
        }
    }
}

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// Number of the child or young person.
    Person,
    /// Date of birth.
    Born,
    /// When it began.
    Start,
    /// When it ended.
    End,
    /// Why it ended.
    Reason,
    /// Team.
    Team,
    /// Number of the professional.
    Worker,
    /// Name of the professional.
    Name,
    /// In which part somebody is involved.
    Part,
}

type Columns = &'static [(Fact, Variants)];

const PEOPLE: Columns = &[(Fact::Person, &["perspersonid", "personid"]), (Fact::Born, &["persdob", "dob", "dateofbirth"])];

const PROFESSIONALS: Columns = &[
    (Fact::Worker, &["profprofessionalid", "professionalid"]),
    (Fact::Name, &["profprofessionalname", "professionalname", "profstaffname", "name"]),
];

const INVOLVEMENTS: Columns = &[
    (Fact::Person, &["invopersonid", "personid"]),
    (Fact::Worker, &["invoprofessionalid", "professionalid"]),
    (Fact::Part, &["invoprofessionalroleid", "invoprofessionalrole", "professionalrole"]),
    (Fact::Team, &["invoprofessionalteam", "invoprofessionalteamname", "professionalteam"]),
    (Fact::Start, &["invoinvolvementstartdate", "startdate"]),
    (Fact::End, &["invoinvolvementenddate", "enddate"]),
];

const NEED: Columns = &[
    (Fact::Person, &["cinepersonid", "personid"]),
    (Fact::Start, &["cinereferraldate", "referraldate"]),
    (Fact::End, &["cineclosedate", "cinecincloseddate", "closedate"]),
    (Fact::Reason, &["cineclosereason", "closereason"]),
    (Fact::Team, &["cinereferralteam", "cinereferralteamname", "referralteam"]),
    (Fact::Worker, &["cinereferralworkerid", "cinereferralworker", "referralworkerid"]),
];

const PLANS: Columns = &[
    (Fact::Person, &["cpplpersonid", "personid"]),
    (Fact::Start, &["cpplcpplanstartdate", "cpplanstartdate"]),
    (Fact::End, &["cpplcpplanenddate", "cpplanenddate"]),
];

const CARE: Columns = &[
    (Fact::Person, &["claepersonid", "personid"]),
    (Fact::Start, &["claeclaepisodestartdate", "claepisodestartdate"]),
    (Fact::End, &["claeclaepisodeceaseddate", "claeclaepisodeceased", "claepisodeceaseddate"]),
    (Fact::Reason, &["claeclaepisodeceasedreason", "claeclaepisodeceasereason"]),
];

const LEAVERS: Columns = &[
    (Fact::Person, &["cleapersonid", "personid"]),
    (Fact::Team, &["cleacareleaverallocatedteam", "cleacareleaverallocatedteamname", "allocatedteam"]),
    (Fact::Worker, &["cleacareleaverworkerid", "cleacareleaverworker", "workerid"]),
];
