//! The forms of a paper: Markdown that no typed sign can break, plain lines, and a Word file with real headings and tables.

use closeloop::report::docx::docx;
use closeloop::report::html::html;
use closeloop::report::markdown::markdown;
use closeloop::report::plain::plain;
use closeloop::report::{Block, Document};
use std::io::{Cursor, Read};

fn paper() -> Document {
    let mut paper = Document::new("A <title> & more");
    paper.heading(1, "First *heading*").text("- no list").text("1. no number").quote("They said", "One\n\nTwo <b>");
    paper.facts([("Kept", "yes".to_string()), ("Empty", " ".to_string())]);
    paper.heading(2, "Second").items(vec!["an item".into()]);
    paper.table(&["A", "B"], vec![vec!["1 | 2".into(), "two\nlines".into()]]).table(&["C"], Vec::new());
    paper
}

#[test]
fn what_people_type_is_never_markup() {
    let wanted = "# A \\<title\\> \\& more\n\n## First \\*heading\\*\n\n\\- no list\n\n1\\. no number\n\nThey said:\n\n> One\n\n> Two \\<b\\>\n\n\
                  - **Kept:** yes\n\n### Second\n\n- an item\n\n| A | B |\n| --- | --- |\n| 1 \\| 2 | two lines |\n";
    assert_eq!(markdown(&paper()), wanted);
}

#[test]
fn a_page_for_a_browser_fetches_nothing_and_runs_nothing() {
    let page = html(&paper()).unwrap();
    for part in [
        "<h1>A &lt;title&gt; &amp; more</h1>",
        "<blockquote>Two &lt;b&gt;</blockquote>",
        "<dt>Kept:</dt><dd>yes</dd>",
        "<th scope=\"row\" class=\"whole\">1 | 2</th>",
        "<td class=\"whole\">two lines</td>",
    ] {
        assert!(page.contains(part), "no {part} in\n{page}");
    }
    for never in ["<script", "http", "url(", "<b>", "@import"] {
        assert!(!page.contains(never), "{never} is in\n{page}");
    }
}

#[test]
fn plain_lines_keep_columns() {
    let mut paper = Document::new("T");
    paper.table(&["Ref", "Outcome"], vec![vec!["CR-0001".into(), "upheld".into()]]);
    assert_eq!(plain(&paper), ["T", "  Ref      Outcome", "  CR-0001  upheld"]);
}

#[test]
fn a_word_file_has_headings_tables_and_escaped_text() {
    let bytes = docx(&paper()).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let (document, styles) = (part("word/document.xml"), part("word/styles.xml"));
    for style in ["Title", "Heading1", "Heading2", "Quote"] {
        assert!(document.contains(&format!("<w:pStyle w:val=\"{style}\" />")), "{style}");
        assert_eq!(styles.matches(&format!("w:styleId=\"{style}\"")).count(), 1, "{style}");
    }
    assert_eq!(styles.matches("w:styleId=\"Normal\"").count(), 1, "two styles of one name make a file that Word mends");
    assert!(styles.contains("<w:name w:val=\"heading 1\" />") && styles.contains("<w:outlineLvl w:val=\"0\" />"));
    assert_eq!((document.matches("<w:tbl>").count(), document.matches("<w:tr>").count() + document.matches("<w:tr ").count()), (1, 2));
    // The heading of a table is repeated on every page that it runs over; no other row is.
    assert_eq!(document.matches("<w:tblHeader />").count(), 1);
    assert!(document.find("<w:tblHeader />") < document.rfind("<w:tr>").or(document.rfind("<w:tr ")));
    assert!(document.contains("Two &lt;b&gt;") && document.contains(">Kept: <"), "{document}");
    assert!(part("[Content_Types].xml").contains("wordprocessingml.document.main+xml"));
}

#[test]
fn a_paper_leaves_out_what_is_empty() {
    let mut paper = Document::new("T");
    paper.text("  ").quote("Reason", "").items(Vec::new()).facts([("A", String::new())]).table(&["A"], Vec::new());
    assert_eq!(paper.blocks, Vec::<Block>::new());
}
