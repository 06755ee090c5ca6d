//! Deeds about findings taken together: themes, good practice, indicators.

use super::{Asked, Desk, line, refuse};
use crate::domain::change::{Change, InsightChange, Swap};
use crate::domain::count::counted;
use crate::domain::deed::{ImportedFile, InsightDeed};
use crate::domain::id::{GoodPracticeId, ReviewId};
use crate::domain::theme::{self, Coder, GoodPractice, Indicator, PracticeWanted, ThemeWanted};
use crate::store::{Numbered, StoreResult};

impl Desk<'_, '_> {
    pub(super) fn about_findings(&mut self, deed: InsightDeed) -> Asked {
        match deed {
            InsightDeed::Code { reviews, wanted } => self.code_themes(&reviews, &wanted),
            InsightDeed::MarkPractice { review, wanted } => self.mark_practice(review, wanted),
            InsightDeed::UnmarkPractice { practice } => self.unmark_practice(practice),
            InsightDeed::ImportIndicators { rows, file } => self.import_indicators(rows, file),
        }
    }

    fn coder(&mut self) -> StoreResult<Coder> {
        let asker = self.asker()?;
        Ok(Coder { person: asker.person, insights: asker.leads })
    }

    fn code_themes(&mut self, reviews: &[ReviewId], wanted: &[ThemeWanted]) -> Asked {
        let coder = self.coder()?;
        let mut changes = Vec::new();
        let mut last = String::new();
        for review in reviews {
            let facts = self.review_with_others(*review)?;
            theme::may_code(&facts, coder)?;
            let (_, framework, _) = self.rules_of(&facts)?;
            let before = self.reading().themes_of(*review)?;
            let after = theme::code(&framework, &before, wanted)?;
            last.clone_from(&facts.review.reference);
            if after != before {
                let side = |coded: std::collections::BTreeSet<theme::Coded>| (!coded.is_empty()).then(|| coded.into_iter().collect());
                let themes = Swap { before: side(before), after: side(after) };
                changes.push(Change::Insight(InsightChange::ThemesCoded { review: *review, themes }));
            }
        }
        let said = match (changes.len(), reviews) {
            (0, _) => "Nothing was changed".to_string(),
            (1, [_]) => format!("Themes of {last} coded"),
            (many, _) => format!("Themes of {} coded", counted(many, "review", "reviews")),
        };
        Ok((changes, said))
    }

    fn mark_practice(&mut self, review: ReviewId, wanted: PracticeWanted) -> Asked {
        let coder = self.coder()?;
        let facts = self.review(review)?;
        theme::may_code(&facts, coder)?;
        let (_, framework, _) = self.rules_of(&facts)?;
        let names = self.reading().names_of(review)?;
        let names: Vec<&str> = names.iter().flat_map(|names| [names.practitioner.as_str(), names.council_id.as_str()]).collect();
        let wanted = PracticeWanted { note: line(wanted.note.trim()), ..wanted };
        theme::check_practice(&framework, &facts, &wanted, &names)?;
        let id = GoodPracticeId(self.tx.next(Numbered::GoodPractice)?);
        let PracticeWanted { theme, place, note } = wanted;
        let practice = GoodPractice { id, review, theme, place, note, by: self.actor.name.clone(), on: self.today };
        let said = format!("{}: marked as good practice", facts.review.reference);
        Ok((vec![Change::Insight(InsightChange::PracticeMarked(Swap::new(practice)))], said))
    }

    fn unmark_practice(&mut self, id: GoodPracticeId) -> Asked {
        let coder = self.coder()?;
        let Some(practice) = self.reading().good_practice(id)? else {
            return Err(refuse("This is not marked as good practice any more.", "Look in the list of good practice."));
        };
        theme::may_code(&*self.review_with_others(practice.review)?, coder)?;
        let swap = Swap { before: Some(practice), after: None };
        Ok((vec![Change::Insight(InsightChange::PracticeMarked(swap))], "No longer marked as good practice".to_string()))
    }

    fn import_indicators(&mut self, rows: Vec<Indicator>, file: ImportedFile) -> Asked {
        let framework = self.library.current(self.reading())?;
        let known: Vec<&str> = framework.indicators.iter().map(|known| known.key.as_str()).collect();
        if let Some(row) = rows.iter().find(|row| !known.contains(&row.key.as_str())) {
            let what = format!("This framework knows no indicator \u{201c}{}\u{201d}.", line(&row.key));
            return Err(refuse(what, format!("Known are: {}.", known.join(", "))));
        }
        if rows.is_empty() {
            return Err(refuse("The file lists no value.", "Give a CSV of indicator, from, until, value and source."));
        }
        let many = rows.len();
        let mut changes = Vec::new();
        for row in rows {
            let before = self.reading().indicator(&row.key, row.from, row.until)?;
            if before.as_ref() != Some(&row) {
                changes.push(Change::Insight(InsightChange::IndicatorReceived(Swap { before, after: Some(row) })));
            }
        }
        self.imported("indicators", many, None, file, changes, counted(many, "value", "values"))
    }
}
