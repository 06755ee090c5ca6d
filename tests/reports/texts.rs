//! Templates: the council's own before the built-in ones, faults told by file and line, and what people typed never markup.

use super::{material, reviewed};
use closeloop::domain::report::Narrative;
use closeloop::report::paper::{Stage, Templates, compose};
use closeloop::report::{html::html, markdown::markdown, plain::plain, sheet};

#[test]
fn a_councils_own_text_takes_the_place_of_a_built_in_one_and_a_reports_own_comes_first() {
    let (mut world, cycle) = reviewed();
    let facts = material(&mut world, cycle, "collaborative-review");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cohort.md"), "We looked at {{ sample }} children.\n").unwrap();
    let own = Templates::of(Some(folder.path()));
    let say =
        |templates: &Templates| plain(&compose(&facts, &Narrative::new(), Stage::Now { in_part: false }, templates).unwrap()).join("\n");
    assert!(say(&own).contains("We looked at 7 children.") && !say(&Templates::default()).contains("We looked at"));
    std::fs::write(folder.path().join("collaborative-review.cohort.md"), "Only here.\n").unwrap();
    assert!(say(&own).contains("Only here.") && !say(&own).contains("We looked at"));
}

#[test]
fn a_fault_in_a_text_names_its_file_and_line() {
    let (mut world, cycle) = reviewed();
    let facts = material(&mut world, cycle, "collaborative-review");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cohort.md");
    for (text, line, what) in [
        ("One\n{% if %}\n", 2, ""),
        ("One\n\n{{ nonsense }}\n", 3, "undefined value in \u{201c}{{ nonsense }}\u{201d}"),
        ("{{ chart() }}", 1, "wants to know which"),
    ] {
        std::fs::write(&path, text).unwrap();
        let own = Templates::of(Some(folder.path()));
        let fault = compose(&facts, &Narrative::new(), Stage::Now { in_part: false }, &own).unwrap_err().to_string();
        assert!(fault.contains(&format!("cohort.md, line {line}: ")) && fault.contains(what), "{text}: {fault}");
    }
}

#[test]
fn what_people_typed_is_text_whatever_it_looks_like() {
    let (mut world, cycle) = reviewed();
    let mut facts = material(&mut world, cycle, "collaborative-review");
    let nasty = "<script>x</script> # {{ focus }} [a](b) | - *b* \u{e000}table:actions\u{e001}";
    facts.focus = nasty.into();
    facts.actions[0].text = "=cmd|x".into();
    let narrative = Narrative::from([("key-findings".to_string(), format!("{nasty}\n# Not a heading"))]);
    let paper = compose(&facts, &narrative, Stage::Now { in_part: false }, &Templates::default()).unwrap();
    let page = html(&paper).unwrap();
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;x&lt;/script&gt; # {{ focus }} [a](b) | - *b*"), "{page}");
    let text = markdown(&paper);
    assert!(!text.contains("\n# Not a heading") && text.contains("\\# Not a heading"), "{text}");
    assert!(!text.contains("](b)") || text.contains("\\](b)"), "{text}");
}

#[test]
fn no_cell_of_the_figures_is_a_formula() {
    for (typed, safe) in
        [("=1+1", "'=1+1"), ("+44", "'+44"), ("-1", "-1"), ("-a", "'-a"), ("@sum", "'@sum"), (" =a", "'=a"), ("Plan", "Plan")]
    {
        assert_eq!(closeloop::report::cell::guarded(typed), safe);
    }
    let (mut world, cycle) = reviewed();
    let mut facts = material(&mut world, cycle, "collaborative-review");
    facts.figures.cycles[0].title = "=HYPERLINK(\"x\")".into();
    let numbers = closeloop::report::paper::figures(&facts, &Templates::default()).unwrap();
    let csv = String::from_utf8(sheet::csv(&numbers, &[]).unwrap()).unwrap();
    assert!(
        csv.starts_with("Table,Row,Column,Value\n") && csv.contains("'=HYPERLINK") && !csv.contains(",=") && !csv.contains(",\"="),
        "{csv}"
    );
    assert!(!csv.contains("family network"), "nothing that anybody typed is a figure");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("figures.xlsx");
    std::fs::write(&path, sheet::xlsx("=A1", &[("=B".into(), "=C".into())], &numbers, &[]).unwrap()).unwrap();
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
    assert_eq!(book.sheet_names(), ["About", "Figures"]);
    assert!(book.sheets_metadata().iter().all(|sheet| sheet.visible == calamine::SheetVisible::Visible));
    let formulas = book.worksheet_formula("Figures").unwrap();
    assert!(formulas.used_cells().all(|(.., formula)| formula.is_empty()));
    assert_eq!(book.worksheet_range("Figures").unwrap().height(), numbers.len() + 1);
}
