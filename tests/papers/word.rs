//! Word files as whole files: their edges and properties, the order of the standard, what stays together on a page, and how long
//! they become.

use closeloop::domain::insight::{Chart, Share};
use closeloop::report::chart::{Picture, Plot};
use closeloop::report::docx::docx;
use closeloop::report::html::html;
use closeloop::report::{Document, Running};
use std::io::{Cursor, Read};

/// The parts of a file, by name.
fn parts(paper: &Document) -> Vec<(String, String)> {
    let mut file = zip::ZipArchive::new(Cursor::new(docx(paper).unwrap())).unwrap();
    let names: Vec<String> = file.file_names().map(|name| name.unwrap().to_string()).filter(|name| name.ends_with(".xml")).collect();
    let mut read = |name: &String| {
        let mut text = String::new();
        file.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    names.iter().map(|name| (name.clone(), read(name))).collect()
}

fn part(paper: &Document, begins: &str) -> String {
    parts(paper).into_iter().filter(|(name, _)| name.starts_with(begins)).map(|(_, text)| text).collect()
}

fn rows(many: usize) -> Vec<Vec<String>> {
    (1..=many).map(|row| vec![format!("A-{row:04}"), "Draw the family network".to_string()]).collect()
}

fn report() -> Document {
    let mut paper = Document::new("Monthly report: October & November 2026");
    paper.running = Running {
        stands: "Version 2, published on 23 November 2026".into(),
        handling: "For the Insights team alone".into(),
        on: chrono::NaiveDate::from_ymd_opt(2026, 11, 23),
        ..paper.running
    };
    paper.heading(1, "Themes").text("What was named:").items(vec!["Drift".into(), "Delay".into()]);
    paper.facts([("Focus", "Neglect".to_string())]).table(&["Ref", "What"], rows(12)).quote("They said", "Thank you");
    let shares = (1..=6).map(|month| (format!("Cycle {month}"), Share::new(month + 6, 20)));
    paper.picture(Picture { title: "Run".into(), plot: Plot::Run(Chart::of(shares)) });
    paper
}

#[test]
fn every_page_says_which_it_is_and_what_paper_it_is_of() {
    let paper = report();
    let (head, foot) = (part(&paper, "word/header"), part(&paper, "word/footer"));
    assert!(foot.contains(">Page <") && foot.contains(">PAGE<") && foot.contains("> of <") && foot.contains(">NUMPAGES<"), "{foot}");
    assert!(foot.contains(">Insights team<"), "{foot}");
    for said in ["Monthly report: October &amp; November 2026", "Version 2, published on 23 November 2026"] {
        assert_eq!(head.matches(said).count(), 1, "{said}: not on the page that begins with it: {head}");
    }
    assert_eq!(head.matches("For the Insights team alone").count(), 2, "on the first page as well: {head}");
    assert!(part(&paper, "word/document.xml").contains("<w:titlePg"));
}

#[test]
fn a_file_says_its_title_its_language_and_a_team() {
    let properties = part(&report(), "docProps/core.xml");
    for said in [
        "<dc:title>Monthly report: October &amp; November 2026</dc:title>",
        "<dc:creator>Insights team</dc:creator>",
        "<dc:language>en-GB</dc:language>",
        "2026-11-23T00:00:00Z</dcterms:created>",
    ] {
        assert!(properties.contains(said), "{said} is not in {properties}");
    }
    assert!(part(&report(), "word/styles.xml").contains("<w:lang w:val=\"en-GB\" /></w:rPr></w:rPrDefault>"));
}

#[test]
fn what_is_in_a_file_stands_in_the_order_of_the_standard() {
    // ISO/IEC 29500-1, as far as it is used here.
    let orders = [
        ("w:pPr", "pStyle keepNext keepLines numPr pBdr shd tabs spacing ind jc outlineLvl rPr sectPr"),
        ("w:numPr", "ilvl numId"),
        ("w:rPr", "rStyle rFonts b bCs i iCs color sz szCs lang"),
        ("w:tblPr", "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption"),
        ("w:trPr", "cantSplit tblHeader"),
        ("w:tcPr", "tcW gridSpan tcBorders shd tcMar vAlign"),
        ("w:sectPr", "headerReference footerReference pgSz pgMar cols titlePg docGrid"),
        ("w:style", "name basedOn next link uiPriority qFormat pPr rPr"),
        ("w:lvl", "start numFmt suff lvlText lvlJc pPr rPr"),
        ("w:settings", "zoom evenAndOddHeaders defaultTabStop compat"),
    ];
    let mut looked_at = 0;
    for (name, text) in parts(&report()) {
        // Names of the elements within each element that is open, outermost first.
        let mut open: Vec<(String, Vec<String>)> = vec![(String::new(), Vec::new())];
        for tag in text.split('<').skip(1).filter_map(|piece| piece.split('>').next()).filter(|tag| !tag.starts_with('?')) {
            let element = tag.trim_start_matches('/').split([' ', '/']).next().unwrap().to_string();
            if tag.starts_with('/') {
                let (within, held) = open.pop().unwrap();
                assert_eq!(within, element, "{name}");
                let Some((_, order)) = orders.iter().find(|(known, _)| *known == within) else { continue };
                let order: Vec<&str> = order.split(' ').collect();
                let place = |held: &String| order.iter().position(|known| held.strip_prefix("w:") == Some(*known));
                let places: Vec<Option<usize>> = held.iter().map(place).collect();
                assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{name}: {within} holds {held:?}");
                looked_at += 1;
            } else {
                open.last_mut().unwrap().1.push(element.clone());
                if !tag.ends_with('/') {
                    open.push((element, Vec::new()));
                }
            }
        }
        assert_eq!(open.len(), 1, "{name}");
        assert!(!text.contains("<w:rPr />") && !text.contains("<w:gridCol w:w=\"1\" w:type"), "{name}");
    }
    assert!(looked_at > 100, "{looked_at}");
    assert!(
        !part(&report(), "word/document.xml").split("<w:tblGrid>").nth(1).unwrap().split("</w:tblGrid>").next().unwrap().contains("type")
    );
}

#[test]
fn lists_are_lists_and_tables_are_called_what_they_stand_under() {
    let text = part(&report(), "word/document.xml");
    assert_eq!(text.matches("<w:numPr><w:ilvl w:val=\"0\" /><w:numId w:val=\"2\" /></w:numPr>").count(), 2, "{text}");
    assert!(part(&report(), "word/numbering.xml").contains("<w:numFmt w:val=\"bullet\" />"));
    assert_eq!(text.matches("<w:tblCaption w:val=\"Themes\" />").count(), 1, "{text}");
}

#[test]
fn no_row_of_a_table_stands_alone_on_a_page_and_a_short_table_is_not_split() {
    let kept = |many: usize| {
        let mut paper = Document::new("T");
        paper.text("Here they are.").table(&["Ref", "What"], rows(many));
        let text = part(&paper, "word/document.xml");
        let before = text.split("<w:tbl>").next().unwrap().contains("<w:keepNext />");
        let rows: Vec<bool> = text.split("<w:tr>").skip(1).map(|row| row.contains("<w:keepNext />")).collect();
        (before, rows)
    };
    let (before, rows) = kept(12);
    assert!(before, "the words that lead up to a table stay with it");
    let stays: Vec<usize> = (0..rows.len()).filter(|at| rows[*at]).collect();
    assert_eq!(stays, [0, 1, 11], "the heading, the first row and the one before the last");
    assert_eq!(kept(4).1, [true, true, true, true, false], "one that is low stays whole");
}

#[test]
fn no_level_of_headings_is_skipped() {
    let mut paper = Document::new("T");
    paper.heading(1, "One").heading(3, "Deep").heading(3, "Deep too").heading(2, "Two").heading(3, "Three").heading(1, "Again");
    let page = html(&paper).unwrap();
    for said in [">One</h2>", ">Deep</h3>", ">Deep too</h3>", ">Two</h3>", ">Three</h4>", ">Again</h2>"] {
        assert!(page.contains(said), "no {said} in {page}");
    }
    let text = part(&paper, "word/document.xml");
    let styles: Vec<&str> = text.split("w:val=\"Heading").skip(1).map(|rest| &rest[..1]).collect();
    assert_eq!(styles, ["1", "2", "2", "2", "3", "1"]);
}

#[test]
fn a_paper_whose_last_page_would_hold_a_few_lines_is_made_small_enough() {
    let of = |paragraphs: usize| {
        let mut paper = Document::new("Briefing");
        for _ in 0..paragraphs {
            paper.text("We read the chronology before the visit and not after the crisis, and we say by when things are to be better.");
        }
        let sizes = part(&paper, "word/styles.xml");
        let size = sizes.split("<w:sz w:val=\"").nth(1).unwrap().split('"').next().unwrap().to_string();
        (size, html(&paper).unwrap().contains("<body class=\"tight\">"))
    };
    assert_eq!(of(10), ("22".into(), false));
    assert_eq!(of(27), ("20".into(), true));
    assert_eq!(of(80), ("22".into(), false), "a longer one is not made harder to read");
    // Of several pages the same: a last one with a few lines is saved, one that is half full is not worth smaller letters.
    assert_eq!(of(50), ("20".into(), true));
    assert_eq!(of(60), ("22".into(), false));
}
