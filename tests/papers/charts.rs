//! Charts: the same in a browser, in Word and in words, and never without their numbers.

use closeloop::domain::insight::{Chart, Share};
use closeloop::report::chart::{GradeRow, Picture, Plot, WIDTH};
use closeloop::report::{Document, docx, html, markdown, plain};

fn run() -> Picture {
    let months = [
        "Jan 26", "Feb 26", "Mar 26", "Apr 26", "May 26", "Jun 26", "Jul 26", "Aug 26", "Sep 26", "Oct 26", "Nov 26", "Dec 26", "Jan 27",
        "Feb 27",
    ];
    let good = [9, 10, 8, 11, 9, 12, 10, 13, 9, 10, 11, 12, 20, 14];
    let shares = months.into_iter().zip(good).map(|(month, n)| (month.to_string(), Share::new(n, 21)));
    Picture { title: "Good or better, by cycle".into(), plot: Plot::Run(Chart::of(shares)) }
}

fn grades() -> Picture {
    let row = |name: &str, counts| GradeRow { name: name.into(), counts, of: 21 };
    let rows = vec![
        row("Original", [Some(2), Some(9), Some(7), Some(3)]),
        row("Moderated", [Some(1), Some(8), Some(8), Some(4)]),
        row("Children with disabilities and their families", [Some(0), Some(6), Some(5), None]),
    ];
    let labels = ["Outstanding", "Good", "Requires improvement", "Inadequate"].map(String::from);
    Picture { title: "Grades before and after moderation".into(), plot: Plot::Grades { labels, rows } }
}

fn themes() -> Picture {
    let rows = vec![("Voice of the child".to_string(), 12), ("Chronology".to_string(), 7), ("Drift & delay".to_string(), 1)];
    Picture { title: "Themes <coded>".into(), plot: Plot::Counts(rows) }
}

fn paper() -> Document {
    let mut paper = Document::new("Charts");
    paper.picture(run()).picture(grades()).picture(themes());
    paper
}

#[test]
fn a_chart_says_every_point_in_words() {
    let words = run().in_words();
    assert!(words.starts_with("Good or better, by cycle: Jan 26 9 of 21 (43 %); Feb 26 10 of 21 (48 %)"), "{words}");
    assert!(grades().in_words().contains("Original: Outstanding 2, Good 9, Requires improvement 7, Inadequate 3"));
    assert!(grades().in_words().contains("Inadequate left out"));
    let none = Picture { title: "Themes".into(), plot: Plot::Counts(Vec::new()) };
    assert_eq!(none.in_words(), "Themes: nothing to show yet.");
    assert!(plain::plain(&paper()).contains(&words) && markdown::markdown(&paper()).contains("43 %"));
}

#[test]
fn a_drawing_says_each_share_as_its_words_do() {
    // A half goes up, and what is hardly less than all is not all.
    let shares = [("May", 1, 8), ("June", 3, 8), ("July", 217, 218)].map(|(month, n, of)| (month.to_string(), Share::new(n, of)));
    let picture = Picture { title: "Good or better".into(), plot: Plot::Run(Chart::of(shares)) };
    let drawn = picture.svg().unwrap();
    for percent in ["13 %", "38 %", "99 %"] {
        assert!(picture.in_words().contains(percent), "{}", picture.in_words());
        assert!(drawn.lines().any(|line| line == percent), "{percent}: {drawn}");
    }
    assert!(!drawn.lines().any(|line| line == "12 %"), "{drawn}");
}

#[test]
fn a_browser_gets_drawings_with_their_words_and_fetches_nothing() {
    let page = html::html(&paper()).unwrap();
    assert_eq!(page.matches("<svg role=\"img\" aria-label=\"").count(), 3);
    assert_eq!(page.matches("</svg>").count(), 3);
    assert!(page.contains("aria-label=\"Themes &lt;coded&gt;: Voice of the child 12; Chronology 7; Drift &amp; delay 1.\""));
    assert!(page.contains("<figcaption>Figure 3: Themes &lt;coded&gt;</figcaption>"));
    assert!(!page.contains("<coded>") && !page.contains("src=") && !page.contains("<script"));
    // What stands in the drawing itself is guarded as well.
    assert!(page.contains("Drift &amp; delay\n") || page.contains(">\nDrift &amp; delay"), "{page}");
}

#[test]
fn a_signalled_point_is_square_and_every_line_has_its_name() {
    let drawing = run().svg().unwrap();
    assert_eq!(drawing.matches("<circle").count(), 13);
    for name in ["mean", "upper limit", "lower limit", "Feb", "27", "21", "reviews", "67 %", "100 %"] {
        assert!(drawing.contains(name), "{name}");
    }
}

#[test]
fn word_gets_a_picture_for_each_chart_its_number_and_words_for_who_cannot_see_it() {
    let bytes = docx::docx(&paper()).unwrap();
    let mut file = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = file.file_names().map(|name| name.unwrap().to_string()).filter(|name| name.ends_with(".png")).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut file.by_name("word/document.xml").unwrap(), &mut text).unwrap();
    assert!(text.contains("descr=\"Themes &lt;coded&gt;: Voice of the child 12; Chronology 7; Drift &amp; delay 1.\""), "{text}");
    assert!(text.contains("descr=\"Good or better, by cycle: Jan 26 9 of 21 (43"));
    for number in 1..=3 {
        assert!(text.contains(&format!("<wp:docPr id=\"{number}\" name=\"Figure {number}\" descr=\"")), "{number}");
        assert!(text.contains(&format!("Figure {number}: ")), "{number}");
    }
}

#[test]
fn a_picture_for_word_is_as_large_as_it_says_and_not_empty() {
    for picture in [run(), grades(), themes()] {
        let decoder = png::Decoder::new(std::io::Cursor::new(picture.png().unwrap()));
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height), (WIDTH * 2, picture.height() * 2));
        let dark = pixels.chunks(3).filter(|pixel| pixel.iter().all(|part| *part < 100)).count();
        assert!(dark > 500, "{}: {dark} dark pixels", picture.title);
        if let Ok(folder) = std::env::var("CLOSELOOP_LOOK") {
            std::fs::write(format!("{folder}/{}.png", picture.title.replace(' ', "_")), picture.png().unwrap()).unwrap();
            std::fs::write(format!("{folder}/page.html"), html::html(&paper()).unwrap()).unwrap();
            std::fs::write(format!("{folder}/paper.docx"), docx::docx(&paper()).unwrap()).unwrap();
        }
    }
}

#[test]
fn what_is_left_out_of_a_bar_keeps_its_room() {
    let row = |counts| GradeRow { name: "Own".into(), counts, of: 23 };
    let labels = ["Outstanding", "Good", "Requires improvement", "Inadequate"].map(String::from);
    let picture = |counts| Picture { title: "Grades".into(), plot: Plot::Grades { labels: labels.clone(), rows: vec![row(counts)] } };
    let part = picture([None, Some(13), None, None]);
    assert!(part.in_words().contains("Good 13, Requires improvement left out, Inadequate left out, of 23"), "{}", part.in_words());
    assert!(part.svg().unwrap().contains("left out") && part.svg().unwrap().contains("of 23"));
    let whole = picture([Some(2), Some(13), Some(8), Some(0)]).svg().unwrap();
    assert!(!whole.contains("left out") && whole.contains("of 23"));
}

#[test]
fn no_word_of_a_table_is_broken_in_word() {
    let head = ["Area", "Outstanding", "Good", "Requires improvement", "Inadequate", "Answers"];
    let cells = ["Recording and communication with children and with their families", "under 5", "under 5", "left out", "9", "12"];
    let mut paper = Document::new("Table");
    paper.table(&head, vec![cells.map(String::from).to_vec()]);
    let bytes = docx::docx(&paper).unwrap();
    let mut file = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut file.by_name("word/document.xml").unwrap(), &mut text).unwrap();
    let grid = text.split("<w:gridCol w:w=\"").skip(1).map(|rest| rest.split('"').next().unwrap().parse::<usize>().unwrap());
    let grid: Vec<usize> = grid.collect();
    assert_eq!(grid.len(), head.len());
    // A letter of a wide face at ten points, in bold, takes 6.5 points; a cell has 4.5 at either side.
    for (wide, longest) in grid.iter().zip(["communication", "Outstanding", "under 5", "improvement", "Inadequate", "Answers"]) {
        assert!(*wide >= longest.len() * 130 + 180, "{longest}: {wide}");
    }
    assert!(grid.iter().sum::<usize>() <= 11_906 - 2 * 1_134);
}

/// Where texts stand in a drawing: their middle, how high, and what they say.
fn texts(drawing: &str) -> Vec<(f64, f64, String)> {
    let number = |tag: &str, name: &str| tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?.parse::<f64>().ok();
    let one = |text: &str| {
        let (tag, rest) = text.split_once('>')?;
        Some((number(tag, "x")?, number(tag, "y")?, rest.split('<').next()?.trim().to_string()))
    };
    drawing.split("<text").skip(1).filter_map(one).collect()
}

#[test]
fn the_first_and_the_latest_point_have_their_names_and_no_two_names_touch() {
    let months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    for many in 1..=48 {
        let named = |at: usize| format!("{} {}", months[at % 12], 2023 + at / 12);
        let shares = (0..many).map(|at| (named(at), Share::new(10 + (at as u32 % 5), 21 + at as u32)));
        let drawing = Picture { title: "Run".into(), plot: Plot::Run(Chart::of(shares)) }.svg().unwrap();
        // How many reviews a point is of stands on one line with the word for it; the months are above it, each over its number.
        let all = texts(&drawing);
        let level = all.iter().find(|(.., said)| said == "reviews").unwrap().1;
        let mut counts: Vec<_> = all.iter().filter(|(_, y, said)| *y == level && said != "reviews").collect();
        counts.sort_by(|one, other| one.0.total_cmp(&other.0));
        assert_eq!(counts.first().unwrap().2, "21", "{many}: the first has no name");
        assert_eq!(counts.last().unwrap().2, (20 + many).to_string(), "{many}: the last has no name");
        for pair in counts.windows(2) {
            let between = pair[1].0 - pair[0].0;
            let widest = all.iter().filter(|(x, y, _)| (*x == pair[0].0 || *x == pair[1].0) && *y > level - 60.0 && *y <= level);
            let widest = widest.map(|(.., said)| said.chars().count()).max().unwrap() as f64 * 7.3;
            assert!(between >= widest, "{many}: {pair:?} touch");
        }
    }
}

#[test]
fn no_two_grades_look_alike_without_colour() {
    let labels = ["Outstanding", "Good", "Requires improvement", "Inadequate"].map(String::from);
    let rows = vec![GradeRow { name: "Own".into(), counts: [Some(25); 4], of: 100 }];
    let picture = Picture { title: "Grades".into(), plot: Plot::Grades { labels, rows } };
    let mut reader = png::Decoder::new(std::io::Cursor::new(picture.png().unwrap())).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let wide = reader.next_frame(&mut pixels).unwrap().width as usize;
    let grey = |x: usize, y: usize| {
        let at = 3 * (y * wide + x);
        0.299 * f64::from(pixels[at]) + 0.587 * f64::from(pixels[at + 1]) + 0.114 * f64::from(pixels[at + 2])
    };
    // Within the bar, away from its letters and edges: it begins where a level line is dark, and ends beside "of 100".
    let rows: Vec<usize> = (picture.height() as usize + 6..picture.height() as usize * 3 / 2).collect();
    let middle = rows[rows.len() / 2];
    let begins = (0..wide).find(|x| (*x..*x + 40).all(|x| grey(x, middle) < 90.0)).unwrap();
    let quarter = (2 * (WIDTH as usize - 64) - begins) / 4;
    let look = |part: usize| {
        let from = begins + part * quarter + quarter / 12;
        let all: Vec<f64> = rows.iter().flat_map(|y| (from..from + quarter / 6).map(|x| grey(x, *y))).collect();
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        (mean, (all.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / all.len() as f64).sqrt())
    };
    let looks: Vec<_> = (0..4).map(look).collect();
    for one in 0..4 {
        for other in one + 1..4 {
            let ((mean, rough), (its_mean, its_rough)) = (looks[one], looks[other]);
            assert!((mean - its_mean).abs() > 40.0 || (rough - its_rough).abs() > 40.0, "{one} and {other} look alike: {looks:?}");
        }
    }
}
