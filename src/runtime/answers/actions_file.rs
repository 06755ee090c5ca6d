//! What the tracker shows, written into a file from the workstation: a list for a meeting, or the due days as a calendar.

use super::Answers;
use crate::domain::filter::Filter;
use crate::domain::query::{ActionRow, From, ListRow, Window};
use crate::report::{actions, docx, html};
use crate::store::StoreResult;
use std::path::Path;

/// Rows read at once.
const PAGE: usize = 500;

impl Answers<'_> {
    /// Writes the actions that match into a file that is not there yet; says where it is, or why not.
    pub(in crate::runtime) fn actions_file(&mut self, filter: &Filter, typed: &str, path: &Path) -> Result<String, String> {
        let rows = self.every_action(filter).map_err(|error| error.to_string())?;
        if rows.is_empty() {
            return Err("There is no action here to write down. Change the filter, or unfold another group.".into());
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let bytes = match ending.as_str() {
            "ics" => {
                let framework = self.library.current(self.reading).map_err(|error| error.to_string())?;
                actions::calendar(&rows, &framework.id, self.viewer.now).into_bytes()
            }
            _ => {
                let council = self.reading.setting("council").map_err(|error| error.to_string())?.unwrap_or_default();
                let paper = actions::list(&council, &rows, typed, self.viewer.today);
                match ending.as_str() {
                    "html" => html::html(&paper).map_err(|error| error.to_string())?.into_bytes(),
                    _ => docx::docx(&paper).map_err(|error| error.to_string())?,
                }
            }
        };
        crate::store::write_file(path, &bytes, false).map_err(|error| error.to_string())?;
        let whole = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        Ok(format!("Written: {}", whole.display()))
    }

    /// Every action that matches, in the tracker's order.
    fn every_action(&self, filter: &Filter) -> StoreResult<Vec<ActionRow>> {
        let (mut rows, mut from) = (Vec::new(), From::Start);
        loop {
            let window = Window { filter: filter.clone(), sort: (), reversed: false, from, limit: PAGE };
            let page = self.reading.actions(&window, self.viewer)?;
            let next = page.rows.last().map(ListRow::key).filter(|_| page.more_after);
            rows.extend(page.rows);
            match next {
                Some(key) => from = From::After(key),
                None => return Ok(rows),
            }
        }
    }
}
