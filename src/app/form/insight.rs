//! Forms about what findings have in common: the themes of a review or of many, and a passage of good practice. M22.

use super::build::{choice, line, new, plain};
use super::{Field, Form, FormFor};
use crate::domain::count::counted;
use crate::domain::deed::{Deed, InsightDeed};
use crate::domain::framework::Framework;
use crate::domain::id::ReviewId;
use crate::domain::query::ReviewDetail;
use crate::domain::theme::{Coded, Found, PracticeWanted, ThemeWanted, places};
use std::collections::BTreeSet;

/// Before the key of a theme in the form's fields.
const THEME: &str = "theme/";

fn ways(first: &str) -> Vec<(String, String)> {
    [(first, first), ("strength", "strength"), ("improve", "area to improve"), ("both", "both")]
        .map(|(key, label)| (key.to_string(), label.to_string()))
        .to_vec()
}

/// The themes of one review, as they stand.
pub fn themes(framework: &Framework, (review, reference): (ReviewId, &str), coded: &BTreeSet<Coded>) -> Form {
    let fields = framework.themes.iter().map(|theme| {
        let has = |found| coded.contains(&Coded { theme: theme.key.clone(), found });
        let now = match (has(Found::Strength), has(Found::Improve)) {
            (true, true) => "both",
            (true, false) => "strength",
            (false, true) => "improve",
            (false, false) => "not here",
        };
        plain(&format!("{THEME}{}", theme.key), &theme.label, choice(ways("not here"), now), false)
    });
    let title = format!("{reference} \u{b7} Themes");
    let intro = "What shows in this review, as a strength or as an area to improve. It is counted by cycle in the insight view.";
    new(FormFor::Themes(vec![review]), title, intro, fields.collect(), 0, "save")
}

/// The themes of several reviews at once: what is chosen holds for all of them, the rest stays as it is in each.
pub fn themes_of_many(framework: &Framework, reviews: Vec<ReviewId>) -> Form {
    let ways = || {
        let mut ways = ways("as it is");
        ways.push(("not here".to_string(), "not here".to_string()));
        ways
    };
    let fields =
        framework.themes.iter().map(|theme| plain(&format!("{THEME}{}", theme.key), &theme.label, choice(ways(), "as it is"), false));
    let title = format!("Themes of {}", counted(reviews.len(), "review", "reviews"));
    let intro = "What you choose here holds for all of them; every other theme stays as it is in each.";
    let fields = fields.collect();
    new(FormFor::Themes(reviews), title, intro, fields, 0, "save")
}

/// A passage that shows good practice.
pub fn practice(detail: &ReviewDetail) -> Form {
    let facts = &detail.facts;
    let mut at: Vec<(String, String)> = vec![("whole".into(), "the review as a whole".into())];
    at.extend(places(&detail.kind, facts).into_iter().map(|(key, label)| (key, label.to_string())));
    let mut themes: Vec<(String, String)> = vec![("none".into(), "none of them".into())];
    themes.extend(detail.framework.themes.iter().map(|theme| (theme.key.clone(), theme.label.clone())));
    let fields = vec![
        Field { hint: "in a sentence or two, without names".into(), ..plain("note", "What was good", line(""), true) },
        plain("place", "Where it stands", choice(at, "whole"), true),
        plain("theme", "Theme", choice(themes, "none"), true),
    ];
    let title = format!("{} \u{b7} Practice to share", facts.review.reference);
    let intro =
        "It goes into the lasting library, from which newsletters and briefings take it. Whoever reads it must not know whose case it is.";
    new(FormFor::Practice(facts.review.id), title, intro, fields, 0, "mark it")
}

impl Form {
    /// What was said of themes: those that were changed here, so that what somebody else coded meanwhile stays.
    pub(super) fn themes_deed(&self, reviews: &[ReviewId]) -> Result<Deed, (String, String)> {
        let changed = self.fields.iter().filter_map(|field| {
            let value = field.input.value();
            let before = self.opened.get(&field.key).cloned().unwrap_or_default();
            let theme = field.key.strip_prefix(THEME)?.to_string();
            (value != before).then_some(ThemeWanted {
                theme,
                strength: matches!(value.as_str(), "strength" | "both"),
                improve: matches!(value.as_str(), "improve" | "both"),
            })
        });
        let wanted: Vec<ThemeWanted> = changed.collect();
        match (wanted.is_empty(), self.fields.first()) {
            (true, Some(first)) => {
                Err((first.key.clone(), "Nothing was changed: choose with Space or the arrows, or leave with Esc.".into()))
            }
            _ => Ok(Deed::Insight(InsightDeed::Code { reviews: reviews.to_vec(), wanted })),
        }
    }

    pub(super) fn practice_deed(&self, review: ReviewId) -> Deed {
        let of = |key: &str, none: &str| Some(self.value(key)).filter(|value| value != none).unwrap_or_default();
        let wanted = PracticeWanted { theme: of("theme", "none"), place: of("place", "whole"), note: self.value("note") };
        Deed::Insight(InsightDeed::MarkPractice { review, wanted })
    }
}
