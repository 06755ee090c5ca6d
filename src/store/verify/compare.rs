//! A database beside what its journal says: its tables row by row, and its schema.

use super::Verified;
use crate::store::error::StoreResult;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use std::collections::BTreeMap;

/// Compares tables, indexes and triggers with those this program makes: a dropped trigger leaves no other trace.
pub(super) fn compare_schema(live: &Connection, made: &Connection, found: &mut Verified) -> StoreResult<()> {
    let read = |connection: &Connection| -> StoreResult<BTreeMap<String, String>> {
        // Statistics that SQLite keeps for itself are no part of the schema.
        let sql = "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'";
        let mut statement = connection.prepare(sql)?;
        Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
    };
    let (live, made) = (read(live)?, read(made)?);
    for name in made.keys().filter(|name| !live.contains_key(*name)) {
        found.problems.push(format!("The {name} is missing."));
    }
    for (name, sql) in &live {
        match made.get(name) {
            None => found.problems.push(format!("The {name} is not of this program.")),
            Some(ours) if ours != sql => found.problems.push(format!("The {name} is not as this program made it.")),
            Some(_) => {}
        }
    }
    Ok(())
}

/// Walks a table and its rebuilt twin side by side.
pub(super) fn compare(live: &Connection, rebuilt: &Connection, table: &str, order: &str, found: &mut Verified) -> StoreResult<()> {
    let sql = format!("SELECT * FROM {table} ORDER BY {order}");
    let (mut left, mut right) = (live.prepare(&sql)?, rebuilt.prepare(&sql)?);
    let columns = left.column_count();
    let names: Vec<String> = left.column_names().map(str::to_string).collect();
    let reference = names.iter().position(|name| name == "ref");
    let (mut left, mut right) = (left.query([])?, right.query([])?);
    let mut differ = 0;
    loop {
        let (one, other) = (left.next()?, right.next()?);
        match (one, other) {
            (None, None) => break,
            (Some(one), Some(other)) => {
                for (column, name) in names.iter().enumerate().take(columns) {
                    if one.get_ref(column)? != other.get_ref(column)? {
                        differ += 1;
                        if differ == 1 {
                            // By the name that people know it by, as the journal has it.
                            let known = reference.map(|at| text(other, at)).transpose()?.map(|known| format!(" ({known})"));
                            found.problems.push(format!(
                                "Table {table}, row {}: {name} is not what the journal says{}.",
                                text(one, 0)?,
                                known.unwrap_or_default()
                            ));
                        }
                        break;
                    }
                }
            }
            (Some(_), None) => {
                found.problems.push(format!("Table {table} holds rows the journal knows nothing of."));
                break;
            }
            (None, Some(_)) => {
                found.problems.push(format!("Table {table} lacks rows the journal knows of."));
                break;
            }
        }
    }
    if differ > 1 {
        found.problems.push(format!("Table {table}: {differ} rows differ from the journal."));
    }
    Ok(())
}

/// What stands in a column, as it can be shown: bytes that are no text come as signs of replacement.
pub(super) fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    Ok(match row.get_ref(column)? {
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        _ => "?".to_string(),
    })
}
