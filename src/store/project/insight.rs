//! Projection of themes, good practice and indicators.

use super::StoreResult;
use crate::domain::change::InsightChange;
use rusqlite::{Connection, params};

pub(super) fn project(connection: &Connection, seq: i64, change: &InsightChange) -> StoreResult<()> {
    match change {
        InsightChange::ThemesCoded { review, themes } => {
            connection.prepare_cached("DELETE FROM review_theme WHERE review = ?1")?.execute([review.0])?;
            for coded in themes.after.iter().flatten() {
                connection.prepare_cached("INSERT INTO review_theme (review, theme, found) VALUES (?1, ?2, ?3)")?.execute(params![
                    review.0,
                    coded.theme,
                    coded.found.key()
                ])?;
            }
        }
        InsightChange::PracticeMarked(swap) => {
            if let Some(gone) = &swap.before {
                connection.prepare_cached("DELETE FROM good_practice WHERE id = ?1")?.execute([gone.id.0])?;
            }
            if let Some(now) = &swap.after {
                connection
                    .prepare_cached(
                        "INSERT INTO good_practice (id, review, theme, place, note, author, on_day, revision)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    )?
                    .execute(params![now.id.0, now.review.0, now.theme, now.place, now.note, now.by, now.on.to_string(), seq])?;
            }
        }
        InsightChange::IndicatorReceived(swap) => {
            for gone in swap.before.iter().chain(&swap.after) {
                connection.prepare_cached("DELETE FROM indicator WHERE key = ?1 AND from_day = ?2 AND until = ?3")?.execute(params![
                    gone.key,
                    gone.from.to_string(),
                    gone.until.to_string()
                ])?;
            }
            if let Some(now) = &swap.after {
                connection
                    .prepare_cached("INSERT INTO indicator (key, from_day, until, value, source) VALUES (?1, ?2, ?3, ?4, ?5)")?
                    .execute(params![now.key, now.from.to_string(), now.until.to_string(), now.value, now.source])?;
            }
        }
    }
    Ok(())
}
