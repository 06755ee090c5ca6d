//! The bank of sentences that made-up reviews are written from: our own words, no names, nothing of a real case.
//!
//! `{focus}` stands for the cycle's area of focus.

/// What works well.
pub(super) const STRENGTHS: [&str; 16] = [
    "Visits are regular and each one has a purpose that the record names.",
    "The practitioner knows this child: interests, worries and daily routine come through on every page.",
    "The chronology is up to date and was used to explain why the same worry keeps coming back.",
    "Both parents were sought out and heard separately, which changed the plan.",
    "The family network meeting produced offers of help that are still being kept.",
    "School and health visitor were rung the same day and their views were weighed, not only noted.",
    "Direct work with cards and drawing gave the child a way to say what evenings at home are like.",
    "Management decisions are dated, explained and followed from one supervision to the next.",
    "The plan says who does what by when, and most of it was done by then.",
    "A change of worker was handled with a joint visit and a goodbye, so trust was not lost.",
    "The risk of exploitation was recognised early and mapped with the young person, not about them.",
    "The letter after the conference was written to the child in words they could keep.",
    "{focus} was thought about from the first visit and not only when the review asked for it.",
    "Carers feel listened to and can name what would help them keep going.",
    "Culture and language were asked about with curiosity, and an interpreter came from then on.",
    "The contingency plan is short, realistic, and everybody named in it knows about it.",
];

/// What needs to get better.
pub(super) const IMPROVE: [&str; 16] = [
    "The chronology stops last spring; events since then have to be pieced together from case notes.",
    "The father is missing from assessment and plan although his telephone number is on the record.",
    "Supervision lists tasks; why a decision was taken is hard to find.",
    "The plan's aims are general, so nobody could say whether they have been reached.",
    "There is no fallback if the grandparents can no longer help.",
    "Two visits fell in the school holidays and the child was not seen alone.",
    "Partners attend but leave with no task of their own.",
    "The child's words are written down and then not mentioned again.",
    "Drift set in over the summer: the same three actions are carried from one meeting to the next.",
    "Older concerns are listed and not weighed against what is known today.",
    "Case notes are long; the two sentences that matter are in the middle of them.",
    "{focus} is named in the plan, but no piece of work follows from it.",
    "The health assessment was due in spring and is not on file.",
    "Life story work was promised a year ago and has not begun.",
    "Identity is described in one line that could be about any family.",
    "The assessment was not updated after the move, so the plan answers last year's worries.",
];

/// What is seriously wrong.
pub(super) const GRAVE: [&str; 8] = [
    "The last visit on which the child was seen was eleven weeks ago, and nobody had noticed.",
    "A report of a new adult in the home was filed and not followed by any check.",
    "There is no plan in force: the last one ended in spring and was not replaced.",
    "The safety plan relies on a person who has told the service that they cannot do it.",
    "Three referrals were closed one by one; read together they describe a child who is not safe.",
    "The strategy discussion agreed a visit the same day; none is recorded.",
    "Supervision was cancelled four times running while the risk grew.",
    "The child told a teacher what happens at weekends and nothing was done with it.",
];

/// What difference it made, from the best to the worst.
pub(super) const IMPACT: [[&str; 5]; 4] = [
    [
        "It is not possible to show that anything is better for the child than when the case was opened.",
        "The child has moved twice and lost touch with a sibling while the plan waited.",
        "School attendance has fallen by half and no one has asked why.",
        "The home is as it was when the first visit was made.",
        "What the family was offered did not touch what worried everybody.",
    ],
    [
        "There were weeks in which things were better; they did not last because the support ended with them.",
        "The home is calmer, but the record cannot say what brought that about.",
        "Attendance improved for a term and has slipped again.",
        "The family sees more of the service than before; whether life is different is less clear.",
        "Contact is steadier. The worry behind it is still there.",
    ],
    [
        "The child sleeps in their own bed, is at school on time and says that home is quieter.",
        "A parent finished the programme and the network has kept the child safe through two setbacks.",
        "Missing episodes went from weekly to none in four months.",
        "The placement is stable and the young person has begun to plan for college.",
        "Health appointments were caught up and the child can hear again; speech followed.",
    ],
    [
        "Everyone around the child can say what changed, and the child says it best: it is boring now, in a good way.",
        "The family names the relationship with the worker as the reason they stopped hiding.",
        "The young person chairs their own review and has a flat, a course and two adults to ring at night.",
        "Brothers who were to be parted live together with an aunt, and the plan was theirs.",
        "The change has held for a year after the most intensive work ended.",
    ],
];

/// The child's voice.
pub(super) const VOICE: [&str; 12] = [
    "“I like when she asks me first.”",
    "“Nobody told me why we moved.”",
    "“My worker remembers the dog's name.”",
    "“I said it three times. Then they wrote it down.”",
    "“It is better on school days.”",
    "“I want to see my sister more, that's all.”",
    "“They talk to Mum and then they talk to me in the car.”",
    "“He is all right. He turns up.”",
    "“I would tell the next worker to read the file so I don't have to say it again.”",
    "“The review was fine, they let me do the slides.”",
    "“I don't know what the plan is.”",
    "“I can ring her and she rings back.”",
];

/// What follows the child's words.
pub(super) const VOICE_AFTER: [&str; 6] = [
    "This is quoted in the plan and two of its actions follow from it.",
    "It was written down in a case note and is not mentioned again.",
    "The pre-verbal child was observed with each parent and the notes describe what was seen.",
    "An advocate was offered and taken up.",
    "The young person was given the review's questions beforehand.",
    "It is not clear who told the child what was decided.",
];

/// What the family said.
pub(super) const FAMILY: [&str; 14] = [
    "We were worried at first. Now it helps that somebody keeps an eye on things.",
    "She explained everything twice and did not make me feel stupid.",
    "I had four social workers in a year and told it four times.",
    "He came when he said he would.",
    "I would have liked to see the report before the meeting.",
    "They asked what we wanted, and some of it happened.",
    "Nobody spoke to my husband until last month.",
    "The group was good, the time was bad. I lost shifts for it.",
    "My grandson is settled. That is what counts.",
    "I don't agree with all of it but it was fair.",
    "It took them too long to find an interpreter.",
    "They helped with the school and that changed everything else.",
    "I would have wanted the same worker to stay on.",
    "It was hard to hear, and it was right.",
];

/// What practitioners reflect on.
pub(super) const REFLECTIONS: [&str; 12] = [
    "Proud of how the network took over; would have held the meeting earlier.",
    "The hard part was saying no to the family and staying in touch.",
    "Knows the child well and sees that the record does not show it.",
    "Would ask about the father's side sooner next time.",
    "Carried twenty-two cases in the spring; the gap in visits falls into those weeks.",
    "The reflective questions were used in supervision and shifted the plan.",
    "Wants to learn a better way of working with teenagers who do not want to talk.",
    "Felt on their own with the disagreement between agencies.",
    "The direct work took three months to bear fruit and was worth it.",
    "Says that the plan was written for the meeting rather than for the family.",
    "Had not seen the older history until this review and will bring it into the assessment.",
    "Glad that somebody asked what went well.",
];

/// Why the family was not spoken with.
pub(super) const DECLINED: [&str; 8] = [
    "The mother declined; she feels that she has been asked enough this year.",
    "Three calls and a letter were not answered.",
    "The young person did not want to take part and said so clearly.",
    "The family is abroad until after the end of the cycle.",
    "The parents' solicitor advised against it while proceedings are open.",
    "The carer asked not to be contacted in the week of the move.",
    "Number no longer in use; the worker has no newer one.",
    "A bereavement in the family; it would have been wrong to ask now.",
];

/// Why a conversation did not take place.
pub(super) const NOT_HELD: [&str; 5] = [
    "The practitioner is on sick leave and the deputy does not know the case.",
    "The practitioner left the council before a time could be found.",
    "Two booked times fell to emergencies; the team manager answered in writing instead.",
    "No worker is allocated; the duty team's notes were used.",
    "Not needed here: practitioner and manager read the review and had no questions.",
];

/// What needs to happen, as an owner could do it.
pub(super) const ACTIONS: [&str; 20] = [
    "Chronology brought up to date and shared at the next core group",
    "Father contacted, and his view added to the assessment",
    "Plan rewritten with aims that can be seen to be reached",
    "Contingency plan agreed with the wider family",
    "Child seen alone and their view recorded before the next review",
    "Health assessment booked and the date on the record",
    "Supervision held to reflect on this review, with reasons for decisions",
    "Genogram finished with the family",
    "Strategy for missing episodes agreed with police and carers",
    "Life story work begun, with who does it and when",
    "Interpreter arranged for every visit",
    "School asked for attendance since September and its own worries",
    "Family network meeting called",
    "Risk assessment updated after the change in the household",
    "Closing summary written to the child",
    "Pathway plan reviewed together with the young person",
    "Visits caught up and the pattern agreed with the manager",
    "Step-down decision explained in a management note",
    "Return-home conversation offered after each missing episode",
    "Contact with the sibling put into the plan with dates",
];

/// Urgent ones, out of an Inadequate.
pub(super) const URGENT: [&str; 6] = [
    "Visit today: see the child alone and the home as it is",
    "Strategy discussion called",
    "Checks made on the adult who is new in the home",
    "Safety plan for tonight agreed with the family and sent to the emergency duty team",
    "Legal advice asked for",
    "Manager reads the whole record and writes a decision",
];

/// Where evidence of a done action is.
pub(super) const EVIDENCE: [&str; 8] = [
    "Case note of the visit",
    "Supervision record",
    "Updated plan on the record",
    "Minutes of the core group",
    "E-mail from the school, filed",
    "Management decision on the record",
    "Chronology document, latest version",
    "Letter to the family, filed",
];

/// What else an assurance answers, beside whether everybody is safe.
pub(super) const VIEWS: [&str; 4] = [
    "The reviewer is right about drift. What was done was kind and was not enough; the plan now says who does what by when",
    "Good direct work, hidden by a thin record. Supervision had lapsed for two months and is weekly from today",
    "Known risk was shared by word of mouth. A written agreement with the family is in place and the school has a copy",
    "A joint visit on Monday, a review of the plan within a week, and I look at the record again in a month",
];

/// What an alert that somebody raises is about.
pub(super) const CONCERN: [&str; 2] = [
    "Nobody has seen the child alone for six weeks, and the school reports new bruising",
    "The safety plan rests on an adult who moved out in September; the record does not show that anybody knows",
];

/// What somebody who raises one asks for.
pub(super) const ASKED_AT_ONCE: [&str; 2] = [
    "A visit today, alone with the child, and a strategy discussion before the evening",
    "Legal advice tomorrow morning, and the safety plan written anew with the family",
];

/// Why a level of concern is disputed.
pub(super) const DISPUTED: [&str; 2] = [
    "The visits were made and are in the worker's notebook; what failed is the recording, not the practice",
    "The risk was known and shared at the core group, whose minutes were not on the record yet",
];

/// Why a dispute was decided as it was.
pub(super) const DECIDED: [&str; 2] = [
    "What is not on the record protects nobody at three in the morning. The concern stands",
    "I have read both. The child had not been seen; that others knew does not change it",
];

/// Why nobody holds a role that is to hear of an alert.
pub(super) const VACANT: [&str; 3] = [
    "The post is vacant until January; the next above was told by telephone and looks after it",
    "Seconded out since September, not replaced yet; the service manager acts for both",
    "Nobody in this line has the role; the head of service has been told and agreed",
];

/// What came of a discussion after an alert, or of signing its actions off.
pub(super) const DISCUSSED: [&str; 3] = [
    "We went through what the record did not show and what got in the way; the plan for the next six weeks is agreed",
    "The actions are timed and owned. The first visit has taken place and I have read its record",
    "A hard conversation, and a useful one: history was there and was not used. It is an agenda item until the plan is in force",
];

/// A service manager's assurance after an Inadequate.
pub(super) const ASSURANCE: [&str; 6] = [
    "I read the record and spoke with the worker and her manager. The child was seen alone the same evening and is safe with the \
     grandmother. The visits that were missed are explained and will not be missed again; I see the case weekly until the plan is in force.",
    "Everybody concerned is safe tonight. The work was not good enough: history was not read. A new worker starts on Monday, with a \
     joint visit. A conference has been asked for.",
    "I visited with the team manager. The home is safe for now and the safety plan has been tested by telephone at night. The quality \
     of recording in this team is being looked at more widely.",
    "The child is in hospital and protected. The strategy meeting has been held. What failed was the handover between two teams, and I \
     have changed who holds a case until it is accepted.",
    "Safe: the adult in question has left and the locks were changed. I agree with the reviewer's view of the work. Supervision is \
     weekly from now on and I will look again in four weeks.",
    "I am assured of the child's safety by today's visit and by the school. I do not share every point of the review; what it says of \
     drift is right and the plan is being rewritten with the family this week.",
];

/// What a line of a step says, by the key of its field: profiles of any council ask for much the same under these names.
pub(super) fn line_for(key: &str) -> &'static [&'static str] {
    match key {
        "how" => &["By telephone", "At a visit", "Online, after school", "In the office", "By letter"],
        "what" => &["A home visit", "A child protection conference", "A review meeting", "Direct work at school", "A core group"],
        "training" => {
            &["Writing plans with families", "Court statements", "Direct work with teenagers", "Chronologies", "Coercive control"]
        }
        "agencies" => &["Police, health visiting, school", "School, school nurse, housing", "Mental health team, police, probation"],
        "lead" => &["The head of service of another line", "The head of service for care and court"],
        _ if key.starts_with("why") => {
            &["The plan has changed three times", "Good work that others could learn from", "It has drifted since spring"]
        }
        _ => &["As agreed with the team manager", "As talked through in supervision", "As the record says"],
    }
}

/// The team manager's assurance on finalising.
pub(super) const TM_ASSURANCE: [&str; 6] = [
    "I have read the findings with the practitioner; the actions are in supervision and the first is done.",
    "The findings are fair. I have asked for the chronology by the end of the month.",
    "Good to see this work recognised; shared in the team meeting.",
    "I am satisfied that the child is safe and that the plan answers what was found.",
    "Two points were new to me. Both are in my oversight note.",
    "The practitioner has begun on all three actions; I will see the case again in four weeks.",
];

/// Why the panel decided as it did: upheld, raised, lowered.
pub(super) const RATIONALE: [[&str; 4]; 3] = [
    [
        "The evidence carries the reviewer's judgement; members came to it independently.",
        "Upheld: what was found weighs as the descriptors say it should.",
        "Members differed by one point at most and stayed with the reviewer.",
        "The impact for the child decides it, and that is as the reviewer described.",
    ],
    [
        "The panel gave more weight to the change that the family itself describes.",
        "What is missing on paper was being done; the conversation with the worker showed it.",
        "The reviewer judged the record rather than the child's experience.",
        "Seen against the descriptors the work reaches the next band.",
    ],
    [
        "The strengths are of effort; what changed for the child does not yet carry this grade.",
        "A gap in visits of this length cannot stand beside that grade.",
        "Safety was assumed and not tested.",
        "Members found the plan's lack of a fallback weightier than the reviewer did.",
    ],
];

/// Points for consistency.
pub(super) const CONSISTENCY: [&str; 6] = [
    "Reviewers weigh missing chronologies differently: agree one line.",
    "Quote the descriptor that was met, not only the one that was not.",
    "Impact first, compliance second.",
    "Ask what the child would notice.",
    "Say in one sentence why not the next point up.",
    "",
];

/// Subjects of a cycle.
pub(super) const FOCUS: [&str; 16] = [
    "Neglect",
    "The voice of the child",
    "Planning for permanence",
    "Supervision and oversight",
    "Fathers and the wider family",
    "Domestic abuse",
    "Children missing from home or care",
    "Transition to adulthood",
    "History and chronologies",
    "Exploitation outside the home",
    "Direct work",
    "Identity and culture",
    "Stepping down safely",
    "Disabled children's plans",
    "Sibling relationships",
    "Pre-birth work",
];

/// Why it was chosen.
pub(super) const FOCUS_NOTE: [&str; 5] = [
    "The figures moved the wrong way for two quarters.",
    "The last cycle on this found it weak in a third of the cases.",
    "Asked for by the leadership team after the self-evaluation.",
    "A case review taught us to look here.",
    "Complaints and family feedback pointed the same way.",
];

/// Why a case is replaced.
pub(super) const SUBSTITUTED: [&str; 3] = [
    "The family has a complaint open about the same events; it should be heard first.",
    "The case moved to another council two days after the draw.",
    "Care proceedings end this week, and the family should not be asked anything more now.",
];

/// Other remarks of a reviewer.
pub(super) const REMARKS: [&str; 10] = [
    "Taken from the record and confirmed in the conversation.",
    "The case teaches that {focus} needs a person who owns it, not a paragraph.",
    "Where {focus} was discussed in supervision, the plan changed within a month.",
    "One point lower would miss how well the family is held; one higher would need a plan that can be tested.",
    "The example worth sharing is the letter to the child.",
    "The worker would welcome help with analysis rather than more forms.",
    "What made the difference was time: the same person for eighteen months.",
    "Thresholds were understood by all agencies and are on the record.",
    "The record would let a new worker begin tomorrow.",
    "A new worker would have to read three hundred notes to know what matters.",
];

/// What was seen months later where it has lasted.
pub(super) const LASTED: [&str; 3] = [
    "Read the last three months of the record: it has been kept up every time.",
    "The family says that it is still as it was promised; visits and notes agree.",
    "The last two supervision records both refer to it, with dates.",
];

/// Where some of it has.
pub(super) const LASTED_PARTLY: [&str; 3] = [
    "Kept up for two months; since the change of worker less often.",
    "The plan is up to date, the chronology is again four months behind.",
    "It works for the older child; the younger one is still not seen alone.",
];

/// Where it has come back.
pub(super) const CAME_BACK: [&str; 3] = [
    "Two of the last four visits were not written up: it is as it was before.",
    "The new plan ran out in the autumn and was not replaced.",
    "No contact with the school for ten weeks, as at the first review.",
];

/// Where nothing shows it.
pub(super) const CANNOT_TELL: [&str; 3] = [
    "The case was closed soon after; nothing in the record shows it either way.",
    "The family has moved away, and the other council holds the record.",
    "What was agreed has not been needed since.",
];
