//! Pages for a browser: landmarks, names for tables, pages of paper, and nothing that what people typed could end.

use closeloop::report::Document;
use closeloop::report::html::html;

fn paper() -> Document {
    let mut paper = Document::new("Report: \"October\"; } @import </style>");
    paper.running.stands = "Version 1, published on 3 November 2026".into();
    paper.running.handling = "For the Insights team alone".into();
    paper.heading(1, "Themes").table(&["Theme", "Reviews"], vec![vec!["Drift".into(), "9".into()]]);
    paper
}

#[test]
fn a_page_has_landmarks_and_its_tables_have_names_and_headings_both_ways() {
    let page = html(&paper()).unwrap();
    for said in ["<html lang=\"en-GB\">", "<header>\n<h1>", "<main>", "</main>", "<meta name=\"author\" content=\"Insights team\">"] {
        assert!(page.contains(said), "no {said} in {page}");
    }
    let named = page.split("aria-labelledby=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(page.contains(&format!("<h2 id=\"{named}\">Themes</h2>")), "{page}");
    assert!(
        page.contains("<th scope=\"col\">Theme</th>")
            && page.contains("<th scope=\"row\" class=\"whole\">Drift</th><td class=\"whole\">9</td>"),
        "{page}"
    );
}

#[test]
fn a_printed_page_is_a4_numbered_and_says_what_paper_it_is_of() {
    let page = html(&paper()).unwrap();
    for said in [
        "@page{size:A4",
        "@bottom-right{content:\"Page \" counter(page) \" of \" counter(pages)}",
        "@top-right{content:\"For the Insights team alone\"}",
        "thead{display:table-header-group}",
        "color-scheme:only light",
    ] {
        assert!(page.contains(said), "no {said} in {page}");
    }
    assert!(page.contains("@bottom-left{content:\"Insights team\\00002e  Version 1\\00002c  published on 3 November 2026\"}"), "{page}");
}

#[test]
fn no_title_ends_the_style_it_stands_in() {
    let page = html(&paper()).unwrap();
    let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    assert!(style.contains("@top-left{content:\"Report\\00003a  \\000022 October\\000022 \\00003b  \\00007d  \\000040 import"), "{style}");
    assert!(!style.contains("@import"), "{style}");
    assert_eq!(page.matches("</style>").count(), 1);
}

#[test]
fn a_short_list_is_printed_in_one_piece() {
    let page = |items: usize| {
        let mut paper = paper();
        paper.items((0..items).map(|item| format!("Point {item}")).collect());
        html(&paper).unwrap()
    };
    assert!(page(5).contains("<ul class=\"short\">") && page(5).contains(".short{break-inside:avoid}"));
    assert!(page(6).contains("<ul>\n<li>Point 0"));
}
