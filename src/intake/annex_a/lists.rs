//! The lists of Annex A: which sheet is which, and under which headings their columns go. It must not know the rows.
//!
//! Ofsted fixed the headings, and every council's system varies them. A heading is compared without case, spaces and
//! punctuation; the variants here are those seen in councils' own extracts and in the case systems' standard reports.

use crate::intake::columns::{Variants, key};

/// The columns that are used, in the order of [`wanted`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The council's number of the child.
    Id,
    /// Date of birth: only to work out the age.
    Born,
    /// Age.
    Age,
    /// Disability, yes or no.
    Disability,
    /// Allocated team.
    Team,
    /// Allocated worker.
    Worker,
    /// When the assessment, plan or care began.
    Start,
    /// When it ended.
    End,
    /// Why it ended.
    Reason,
    /// Status of the case.
    Status,
}

impl Field {
    /// Every column, in the order of [`wanted`].
    pub const ALL: [Field; 10] = [
        Field::Id,
        Field::Born,
        Field::Age,
        Field::Disability,
        Field::Team,
        Field::Worker,
        Field::Start,
        Field::End,
        Field::Reason,
        Field::Status,
    ];
}

/// The headings under which each column goes on a list.
pub fn wanted(list: u8) -> [Variants; 10] {
    let (start, end, reason): (Variants, Variants, Variants) = match list {
        4 => (ASSESSMENT_START, CASE_END, CASE_REASON),
        6 => (NEED_START, NEED_END, CASE_REASON),
        7 => (PLAN_START, PLAN_END, PLAN_REASON),
        8 => (CARE_START, CARE_END, CARE_REASON),
        _ => (LEAVER_START, CASE_END, CASE_REASON),
    };
    [ID, BORN, AGE, DISABILITY, TEAM, WORKER, start, end, reason, STATUS]
}

const ID: Variants = &[
    "childuniqueid",
    "childuniqueidentifier",
    "childsuniqueid",
    "uniquechildid",
    "childid",
    "childidentifier",
    "childreference",
    "childref",
    "youngpersonuniqueid",
    "youngpersonid",
    "careleaveruniqueid",
    "careleaverid",
    "personid",
    "personuniqueid",
    "personidentifier",
    "personnumber",
    "personno",
    "clientid",
    "clientnumber",
    "serviceuserid",
    "mosaicid",
    "mosaicpersonid",
    "lcsid",
    "lcspersonid",
    "liquidlogicid",
    "eclipseid",
    "icsid",
    "casenumber",
    "caseid",
    "uniqueid",
    "uniqueidentifier",
    "lachildid",
    "councilid",
    "localid",
    "id",
];
const BORN: Variants = &["dateofbirth", "dob", "childdateofbirth", "childsdateofbirth", "birthdate", "dateofbirthorexpecteddateofbirth"];
const AGE: Variants =
    &["age", "ageofchildyears", "ageofchild", "ageinyears", "ageyears", "childsage", "childage", "currentage", "ageatextract"];
const DISABILITY: Variants = &[
    "doesthechildhaveadisability",
    "doesthechildhaveadisabilityyn",
    "doesthecareleaverhaveadisability",
    "doestheyoungpersonhaveadisability",
    "hasthechildadisability",
    "isthechilddisabled",
    "hasadisability",
    "disability",
    "disabilityyn",
    "disabled",
    "disabledyn",
];
const TEAM: Variants = &[
    "allocatedteam",
    "allocatedteamname",
    "team",
    "teamname",
    "currentteam",
    "workersteam",
    "workerteam",
    "caseteam",
    "responsibleteam",
    "allocatedworkersteam",
];
const WORKER: Variants = &[
    "allocatedworker",
    "allocatedworkername",
    "allocatedsocialworker",
    "allocatedcaseworker",
    "nameofallocatedworker",
    "allocatedpersonaladviser",
    "allocatedpersonaladvisor",
    "socialworker",
    "socialworkername",
    "personaladviser",
    "personaladvisor",
    "caseworker",
    "caseholder",
    "keyworker",
    "leadworker",
    "leadpractitioner",
    "worker",
    "workername",
];
const STATUS: Variants = &["casestatus", "status", "currentstatus", "statusofcase"];
const ASSESSMENT_START: Variants = &[
    "continuousassessmentstartdate",
    "dateofcontinuousassessmentstart",
    "assessmentstartdate",
    "dateassessmentstarted",
    "assessmentactualstartdate",
    "singleassessmentstartdate",
    "startdate",
];
const NEED_START: Variants = &[
    "cinstartdate",
    "childinneedstartdate",
    "childreninneedstartdate",
    "cinplanstartdate",
    "cinepisodestartdate",
    "datecinstarted",
    "startdate",
    "casestartdate",
    "referraldate",
    "dateofreferral",
];
const NEED_END: Variants = &[
    "cinclosuredate",
    "cinenddate",
    "cinplanenddate",
    "cinepisodeenddate",
    "childinneedclosuredate",
    "childinneedenddate",
    "closuredate",
    "caseclosuredate",
    "dateofclosure",
    "dateclosed",
    "datecaseclosed",
    "enddate",
];
const PLAN_START: Variants = &[
    "childprotectionplanstartdate",
    "cpplanstartdate",
    "cppstartdate",
    "cpstartdate",
    "dateofchildprotectionplanstart",
    "planstartdate",
    "startdate",
];
const PLAN_END: Variants = &[
    "childprotectionplanenddate",
    "cpplanenddate",
    "cppenddate",
    "cpenddate",
    "dateofchildprotectionplanend",
    "planenddate",
    "enddate",
    "closuredate",
];
const CARE_START: Variants = &[
    "datestartedtobelookedafter",
    "datestartedlookedafter",
    "datebecamelookedafter",
    "lookedafterstartdate",
    "lacstartdate",
    "clastartdate",
    "periodofcarestartdate",
    "dateenteredcare",
    "datethechildenteredcare",
    "carestartdate",
    "startdate",
];
const CARE_END: Variants = &[
    "dateceasedtobelookedafter",
    "dateceasedlookedafter",
    "dateceased",
    "lookedafterenddate",
    "lacenddate",
    "claenddate",
    "periodofcareenddate",
    "careenddate",
    "enddate",
];
const LEAVER_START: Variants = &["careleaverstartdate", "dateleftcare", "leavingcarestartdate", "datebecamecareleaver", "startdate"];
const CASE_END: Variants = &["caseclosuredate", "closuredate", "dateofclosure", "datecaseclosed", "dateclosed", "enddate"];
const CASE_REASON: Variants = &["reasonforclosure", "closurereason", "reasonforcaseclosure", "caseclosurereason", "reasonclosed"];
const PLAN_REASON: Variants = &["reasonforclosure", "reasonforending", "reasonplanended", "closurereason"];
const CARE_REASON: Variants = &["reasonceasedtobelookedafter", "reasonceased", "reasonceasedlookedafter", "reasonforceasing"];

/// Which list a sheet or file name means: "List 6", "list_6", "Annex A - List 6 (CIN)", "6", "06 Children in need". Where the
/// name has no number, the usual names of the lists count: "CP plans", "Looked after children".
pub fn number(name: &str) -> Option<u8> {
    let words: Vec<String> = split_words(name);
    let is_list = |word: &&String| matches!(word.as_str(), "list" | "lists" | "tab");
    let of = |word: &String| word.parse::<u8>().ok().filter(|number| (1..=11).contains(number));
    let after_list = words.windows(2).find(|pair| is_list(&&pair[0])).and_then(|pair| of(&pair[1]));
    if after_list.is_some() {
        return after_list;
    }
    by_words(&key(name)).or_else(|| {
        let mut numbers: Vec<u8> = words.iter().filter_map(of).collect();
        numbers.dedup();
        // Several numbers are a date or a version, and could be anything.
        if let [one] = numbers.as_slice() { Some(*one) } else { None }
    })
}

/// Words and numbers of a name, taken apart where letters and digits meet.
fn split_words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            let starts = !last.is_alphanumeric() || last.is_ascii_digit() != c.is_ascii_digit();
            match words.last_mut() {
                Some(word) if !starts => word.push(c),
                _ => words.push(c.to_string()),
            }
        }
        last = c;
    }
    words
}

fn by_words(name: &str) -> Option<u8> {
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    if has(&["careleaver", "careexperienced", "leavingcare"]) {
        Some(9)
    } else if has(&["lookedafter", "childrenincare"]) || matches!(name, "lac" | "cla" | "cic") {
        Some(8)
    } else if has(&["childprotection", "cpplan"]) || matches!(name, "cp" | "cpp") {
        Some(7)
    } else if has(&["childreninneed", "childinneed"]) || name == "cin" {
        Some(6)
    } else if matches!(name, "assessments" | "assessment" | "continuousassessments" | "singleassessments") {
        Some(4)
    } else {
        None
    }
}

/// What a list is called, for sentences.
pub fn label(list: u8) -> &'static str {
    match list {
        1 => "contacts",
        2 => "early help",
        3 => "referrals",
        4 => "assessments",
        5 => "section 47 enquiries",
        6 => "children in need",
        7 => "child protection plans",
        8 => "children in care",
        9 => "care leavers",
        10 => "adoption",
        11 => "adopters",
        _ => "another list",
    }
}
