//! What people of the made-up council note down in registers, by the key of the field. Nobody is named.

/// Notes for a field; those of no field in particular where the key is not known.
pub(super) fn of(key: &str) -> &'static [&'static str] {
    match key {
        "subject" | "focus" | "theory" | "wanted" | "request" => &[
            "Chronologies in long child protection plans",
            "How supervision follows up audit actions",
            "Return home interviews within three days",
            "Direct work with brothers and sisters apart",
            "Exploitation screening at the front door",
            "Pathway plans reviewed before eighteen",
        ],
        "finding" | "findings" | "learning" | "themes" | "outcome" => &[
            "Plans are clearer where the family wrote part of them.",
            "Fathers were spoken with in most cases, though late in some.",
            "The child's own words are in the record, less often in the plan.",
            "Oversight is regular; its reasons are short.",
            "Partners come to meetings but their actions are not followed up.",
            "Chronologies are begun well and then left.",
        ],
        "used" | "changed" | "follow-up" | "response" | "answered" | "action-plan" | "actions" | "mitigation" => &[
            "A short guide went to every team; looked at again in three months.",
            "Taken into the improvement plan with an owner and a date.",
            "Shared in the managers' forum; a workshop follows.",
            "The template was shortened and tried by two teams.",
            "Followed up in supervision by each team manager.",
        ],
        "strengths" | "achievements" | "example" => &[
            "Calm and honest with the parents, and the child did most of the talking.",
            "Used a scaling question that the young person answered at length.",
            "Drew out what the mother already does well before speaking of worries.",
            "Left the family with a plan in their own words, on one page.",
            "Every visit in time for three months, with a new way of sharing rotas.",
        ],
        "development" | "challenges" => &[
            "Say earlier what would happen if nothing changes.",
            "Leave more silence; the child was about to speak.",
            "Come back to the danger statement before the end.",
            "Two vacancies; visits to children in need ran late.",
            "Ask the absent parent as well.",
        ],
        "said" => &[
            "\u{201c}She came when she said she would.\u{201d}",
            "\u{201c}I did not know the plan had changed until the meeting.\u{201d}",
            "\u{201c}They listened to my grandad too.\u{201d}",
            "\u{201c}Too many different workers.\u{201d}",
        ],
        "concern" => &[
            "Reports reach the family on the day of the conference.",
            "Initial health assessments are late for children placed outside the area.",
            "The core group did not meet between two conferences.",
        ],
        "practice" => &[
            "Good report; the child's day could be seen.",
            "Worries and strengths were balanced; the plan was still long.",
            "Parents had read the report and could answer it.",
            "The chair met the child beforehand.",
        ],
        "observed" => &["A home visit", "A core group", "A supervision session", "A pathway planning meeting", "A looked-after review"],
        "observer" | "by" | "raised-by" | "who" => {
            &["Team manager", "Practice lead", "Reviewing officer", "Conference chair", "Principal social worker", "Service manager"]
        }
        "service" | "for" | "place" => &["Family Safeguarding", "Children in Care", "First Response and Assessment", "Care Experienced"],
        "forum" | "presented-to" | "shared" => &["Managers' forum", "Practice forum", "Leadership meeting", "Practice newsletter"],
        "support" => &["Fortnightly coaching by the practice lead", "Joint visits for six weeks", "Help with the chronology backlog"],
        "progress" => &["Visits are in time again.", "Three of five files are brought up to date.", "Begun; the first session went well."],
        "decision" => {
            &["Continue, with a family meeting within two weeks", "Step up to a strategy discussion", "Close once the school confirms"]
        }
        "about" => {
            &["Being kept informed", "A worker who stayed through a hard year", "Delay in a placement move", "How a meeting was run"]
        }
        "met" | "methods" => &[
            "Two focus groups, one of them with workers in their first year; four interviews; a morning with the duty team.",
            "Most of the team, three carers and two young people; a team meeting and two home visits.",
        ],
        "data" => &["Visits are in time in most teams. Turnover is higher than elsewhere, and re-referrals have risen since spring."],
        "need" => &["Re-referrals have risen for three quarters, and the service asked what it does not see itself."],
        "lead" => &["A head of service from elsewhere"],
        "agreed" => &["Reviewers saw the same strengths: the child is known, and the plan is clear."],
        "differed" => &["They weighed visits that were late and well used differently; the guidance now says which counts more."],
        "why" => &["The child can be seen in it, and a stranger could follow it.", "It names what would show that things are better."],
        "year" => &["2025/26", "2024/25"],
        "cycle" => &["The next cycle", "The cycle after next"],
        "source" => &["Self-evaluation", "An inspection recommendation", "Earlier reviews"],
        "months-covered" => &["The last two months", "The last quarter"],
        _ => &["As discussed and agreed at the meeting.", "Noted; looked at again next time."],
    }
}
