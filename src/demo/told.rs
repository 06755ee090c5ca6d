//! What people of the made-up council write in reports, by the section's key, or by kind and section where one of that name means
//! something else. Where there are several, one cycle has this and the next that. Nobody is named, and no number stands here that
//! the figures beside it could belie.

/// Texts of a section; none where its figures and the plan say enough by themselves.
pub(super) fn of(kind: &str, section: &str) -> &'static [&'static str] {
    match (kind, section) {
        ("fostering-report", "how-well") => FOSTERING_HOW_WELL,
        ("fostering-report", "difference") => FOSTERING_DIFFERENCE,
        ("fostering-report", "improving") => FOSTERING_IMPROVING,
        ("fostering-report", "themes") => DISRUPTION,
        ("resources-report", "how-well") => RESOURCES_HOW_WELL,
        ("resources-report", "difference") => RESOURCES_DIFFERENCE,
        ("resources-report", "improving") => RESOURCES_IMPROVING,
        ("enabler-report", "how-well") => ENABLERS_HOW_WELL,
        ("enabler-report", "difference") => ENABLERS_DIFFERENCE,
        ("enabler-report", "improving") => ENABLERS_IMPROVING,
        ("observations", "learning") => OBSERVED,
        ("complaints-annual", "themes") => COMPLAINT_THEMES,
        ("complaints-annual", "changes") => COMPLAINT_CHANGES,
        // The words of whoever visited stand there already.
        ("peer-review-report", _) | ("learning-visit", "seen") => &[],
        ("learning-visit", "feedback") => VISIT_FEEDBACK,
        ("safeguarding-unit", "activity") => CONFERENCES,
        _ => of_any(section),
    }
}

fn of_any(section: &str) -> &'static [&'static str] {
    match section {
        "key-findings" | "findings" => KEY_FINDINGS,
        "key-messages" => KEY_MESSAGES,
        "grades" | "how-well" => HOW_WELL,
        "difference" | "outcomes" => DIFFERENCE,
        "improving" => IMPROVING,
        "family-feedback" | "families" | "feedback" => FAMILIES,
        "young-people" | "voice" => YOUNG_PEOPLE,
        "practitioners" | "practitioner-conversations" => PRACTITIONERS,
        "good-practice" => GOOD_PRACTICE,
        "headlines" => HEADLINES,
        "case-studies" => CASE_STUDIES,
        "explore" => EXPLORE,
        "needed" => NEEDED,
        "improve" => MORE_CONSISTENT,
        "reflective-spaces" => REFLECTIVE,
        "intervention-hub" => HUB,
        "documents" => DOCUMENTS,
        "panel" => PANEL,
        "carers" => CARERS,
        "allegations" => ALLEGATIONS,
        "benchmarking" => OUTSIDE,
        "changed" => CHANGED,
        "quality" => CONFERENCES,
        "attention" => ATTENTION,
        "to-try" => TO_TRY,
        "multi-agency" => PARTNERS,
        "data" => DATA,
        "theory" => THEORY,
        "practice-reviews" => OF_REVIEWS,
        _ => &[],
    }
}

type Texts = &'static [&'static str];

const KEY_FINDINGS: Texts = &[
    "Assessments are written with families and are easier to follow than a year ago.\nPlans still say more about what services will do than about what will be different for the child.",
    "Children are seen alone and their words are in the record; they are found less often in the plan.\nManagers look at files regularly. Their reasons are short, and a reader cannot always follow why something was decided.",
];
const KEY_MESSAGES: Texts = &[
    "Write to the child, and say what will be different for them.\nAsk who else in the family knows this child well.",
    "Say what would show that things are better, and by when.\nRead the chronology before the visit, not after the crisis.",
];
const HOW_WELL: Texts = &[
    "Practice is strongest where supervision is regular and looks ahead.",
    "The best work this time was direct work: creative, recorded within days, and used in the plan.",
];
const DIFFERENCE: Texts = &[
    "Children are seen alone more often, and what they say is found in more plans than in the period before.",
    "In most cases something is better for the child, and the child can say what.",
];
const IMPROVING: Texts = &[
    "Chronologies are the weak point in every service; a workshop for team managers is arranged.",
    "Plans are being rewritten around outcomes. Two teams try a one-page plan that the family keeps.",
];
const FAMILIES: Texts = &[
    "Families value being told plainly what worries us. Several asked for fewer changes of worker.",
    "Parents said that reports reach them too late to be read before a meeting. Grandparents felt heard where they were asked.",
];
const YOUNG_PEOPLE: Texts = &[
    "Young people want to know beforehand who will be in the room, and to choose where they meet.",
    "Those who chaired part of their own review said that they would do it again.",
];
const PRACTITIONERS: Texts = &[
    "Practitioners found the conversation about the file more useful than the grade. They ask for time to write up direct work.",
    "Key workers said that being heard first made it easier to hear what was missing. They ask that reviewers meet the whole team.",
];
const GOOD_PRACTICE: Texts = &[
    "A worker drew the family network with the child and used the drawing at every meeting since.",
    "A later-life letter was written while those who remember were still there to be asked.",
];
const HEADLINES: Texts = &[
    "The pairs agreed at once in most cases; where they did not, they talked about what the child would notice.",
    "Work was good where the plan had been written with the family, and weaker where the worker had changed.",
];
const CASE_STUDIES: Texts = &[
    "A brother and sister were moved apart in an emergency. Their worker brought them together every weekend until a home for both was found.",
    "A father had not been spoken with for a year. A letter in plain words, and a visit after his shift, brought him into the plan.",
];
const EXPLORE: Texts = &[
    "How contingency plans are made, and whether families know them.",
    "Supervision of part-time workers, and what happens to direct work while a worker is away.",
];
const NEEDED: Texts = &[
    "Earlier consultation with health, a named person for the wider family, and a supervision that asks what the child would say. None of it needs new money.",
    "A plan that is read again after each change of worker, and an hour a week in which direct work is written up.",
];
const MORE_CONSISTENT: Texts = &[
    "Reviewers differ over visits that are late and yet purposeful. The guidance now says what weighs more, and two files are read together before the next cycle.",
];
const REFLECTIVE: Texts = &[
    "Teams used the reflective spaces to talk about drift in long plans. They ask for one at each change of manager.",
    "Most sessions were about working with parents who are angry; two teams have made a short guide out of them.",
];
const HUB: Texts = &[
    "The Intervention Hub took more referrals from duty teams. Direct work packs are used, and come back with remarks on what to change.",
    "Workers ask the hub for joint visits rather than for materials; the offer is being changed to match.",
];
const DOCUMENTS: Texts = &[
    "Delegated authority and safer caring plans are on file for most children. Those that are missing are named to the team managers each week.",
];
const PANEL: Texts =
    &["The panel finds assessments thorough and asks for the voices of birth children in each. Minutes reach workers in time."];
const CARERS: Texts = &["Carers value out-of-hours support that knows them. They ask to hear earlier what is planned for contact."];
const DISRUPTION: Texts = &[
    "Where a placement ended early, warning signs were seen and no meeting followed. A stability meeting is now called at the first sign.\nSufficiency is tight for brothers and sisters and for teenagers; recruitment is aimed at both.",
];
const ALLEGATIONS: Texts = &[
    "Carers were supported independently where an allegation was made, and children were told the outcome. Timescales are kept with the designated officer.",
];
const OUTSIDE: Texts =
    &["Compared with neighbouring councils our carers stay as long and are visited more often; fewer households are approved in a year."];
const FOSTERING_HOW_WELL: Texts =
    &["Supervision of carers is regular and asks how each child is. Unannounced visits are made and written up."];
const FOSTERING_DIFFERENCE: Texts = &["More children stayed where they were through a difficult time, because help came before a crisis."];
const FOSTERING_IMPROVING: Texts = &["Carers' records are looked at twice a year, and training on trauma is now part of the first year."];
const RESOURCES_HOW_WELL: Texts =
    &["Homes know their young people well and write about them with warmth. Handover between shifts is the weak point."];
const RESOURCES_DIFFERENCE: Texts = &["Young people are at school more, and say that staff keep to what was agreed."];
const RESOURCES_IMPROVING: Texts =
    &["Dip samples of handovers continue until three in a row are complete. Mystery shoppers will look at the front door again."];
const ENABLERS_HOW_WELL: Texts = &[
    "Compliments tell of workers who stayed and explained. Complaints are answered in time; the answers could be warmer.",
    "Learning from reviews is shared within a month. Teams remember it best where a case was talked through.",
];
const ENABLERS_DIFFERENCE: Texts = &[
    "What families complained of most, not being told in time, is heard less often than in the period before.",
    "Two changes of practice can be traced to a reflective space, and both are still kept.",
];
const ENABLERS_IMPROVING: Texts = &[
    "Learning summaries are cut to one page, and each names the one thing that a worker would do differently tomorrow.",
    "Feedback after an intervention is asked for by telephone, because few forms come back.",
];
const OBSERVED: Texts = &[
    "Observers saw calm, honest conversations and children who were spoken with, not about. More silence, and a clearer end, would help.",
];
const COMPLAINT_THEMES: Texts =
    &["Not being kept informed and delay are what most complaints are about; compliments tell of workers who stayed through a hard year."];
const COMPLAINT_CHANGES: Texts =
    &["Each family is now told who stands in while their worker is away, and letters say when the next one will come."];
const VISIT_FEEDBACK: Texts = &[
    "Told to the service's managers and to the whole team within a week of the visit. They recognise the picture, and have begun on the first point.",
];
const CONFERENCES: Texts = &[
    "Reports are good and balanced; they still reach some families on the day itself. Chairs meet children beforehand where children want it.",
    "Plans that come out of conferences are shorter and name who does what. Core groups meet in time in most cases.",
];
const CHANGED: Texts = &["Reports now go out five days before a meeting, and each young person is asked where they would like to meet."];
const ATTENTION: Texts =
    &["Visits to children in need are late where posts are vacant; cover is arranged, and it is looked at again next week."];
const TO_TRY: Texts = &[
    "Ask at the end of each visit what the child would like you to remember, and write it down in their words.",
    "Read the plan aloud with the family, and strike out what nobody can explain.",
];
const PARTNERS: Texts =
    &["Schools and health visitors came to most meetings. What they had promised is followed up less often than what we had."];
const DATA: Texts =
    &["The numbers of the performance team point the same way as the cases: contact is in time, and plans are reviewed late."];
const THEORY: Texts = &["The board that asked expected that late plans follow from changes of worker; the cases were chosen to test that."];

const OF_REVIEWS: &[&str] = &[
    "Each of the reviews asks that somebody says aloud when agencies see a family differently. Team managers talked it through with their teams, and the form for strategy meetings now asks for it.",
    "The reviews show how much a change of address hides. Duty now asks where a family has lived before, and calls the council there.",
];

/// What a service that is visited does well.
pub(super) const SERVICE_STRENGTHS: [&str; 6] = [
    "Workers know their children and speak of them with warmth and detail.",
    "Managers are seen every day, and staff say that they can ask anything.",
    "The team meets each morning for ten minutes, and urgent work is shared out there.",
    "Direct work is planned together and kept where everybody finds it.",
    "Families who were asked said that they are told the truth and are listened to.",
    "New workers are accompanied for three months and say that it made them stay.",
];

/// What a service that is visited should work on.
pub(super) const SERVICE_IMPROVE: [&str; 6] = [
    "Supervision is held and is often about tasks; agree what a reflective one looks like.",
    "Handover between duty and the long-term teams loses what families have said already.",
    "The waiting list for family group conferences is not known to those who refer.",
    "Agency workers do not see what the team has learned; send it to them as well.",
    "Recording is done at home in the evening; look at the time that is given to it.",
    "Young people do not know who stands in while their worker is away.",
];
