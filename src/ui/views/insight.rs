//! The insight view: the pages as tabs, what a page says in sentences, its run chart where there is room, and its numbers.

use crate::app::App;
use crate::app::command::Command;
use crate::app::msg::Report;
use crate::domain::count::counted;
use crate::domain::insight::Chart;
use crate::domain::insight::pages::{GridCell, GridRow, InsightGrid, Opens, PageOf};
use crate::ui::boxed;
use crate::ui::text::{Piece, fit, piece, put, put_pieces, width, wrap};
use crate::ui::theme::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws it.
pub fn draw(app: &App, look: Look, buffer: &mut Buffer, body: Rect, report: &mut Report) {
    let view = &app.insight;
    let mut right = match &view.wanted.only {
        Some(cycle) => vec![piece(format!("{cycle} alone"), look.key())],
        None => vec![piece(view.wanted.window.label(), look.dim())],
    };
    // A register belongs to the whole council, whatever the other pages were narrowed to.
    let narrowed = view.wanted.page != PageOf::Behind;
    if let Some(kind) = view.wanted.kind.as_ref().filter(|_| narrowed) {
        right.push(piece(format!("{}{}", look.dot(), view.kind_label(kind)), look.key()));
    }
    if let Some(service) = view.wanted.service.as_ref().filter(|_| narrowed) {
        right.push(piece(format!("{}{service}", look.dot()), look.key()));
    }
    // Why two people do not count the same.
    if let Some(withheld) = view.shown().map(|detail| detail.withheld).filter(|withheld| *withheld > 0) {
        let said = counted(withheld, "review withheld", "reviews withheld");
        right.insert(0, piece(format!("{said} from you{}", look.dot()), look.attention()));
    }
    if view.counting && view.shown().is_some() {
        right.insert(0, piece(format!("counting anew{}{}", look.ellipsis(), look.dot()), look.attention()));
    } else if view.old {
        let key = app.keymap.hint(Command::Refresh);
        right.insert(0, piece(format!("others have written: {key} counts anew{}", look.dot()), look.attention()));
    }
    let inside = boxed(buffer, body, "6 Insight", &right, true, look);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let pages = app.framework.as_ref().map(|framework| PageOf::under(framework)).unwrap_or_default();
    tabs(&pages, view.wanted.page, look, buffer, Rect { height: 1, ..inside });
    let mut area = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
    let Some(detail) = view.shown() else {
        if view.counting {
            waits(app, look, buffer, area);
        }
        return;
    };
    let grid = &detail.grid;
    let room = area.width as usize;
    // What the row is, in full, stands below; a third of the screen at most is sentences.
    let below = below(app, room, look);
    area.height = area.height.saturating_sub(below.len() as u16);
    for (place, line) in below.iter().enumerate() {
        put_pieces(buffer, Rect { y: area.bottom() + place as u16, height: 1, ..area }, line, look);
    }
    let said: Vec<String> = grid.says.iter().flat_map(|sentence| wrap(sentence, room, look)).collect();
    for line in whole_or_cut(app, said, room_for_words(grid, area.height as usize), room, look) {
        put(buffer, area.x, area.y, &line, room, look.dim(), look);
        area = down(area, 1);
    }
    if grid.rows.is_empty() {
        for line in wrap(&grid.empty, room, look) {
            put(buffer, area.x, area.y, &line, room, look.text(), look);
            area = down(area, 1);
        }
        return;
    }
    let tall = area.height >= 18;
    if let Some(chart) = grid.chart.as_ref().filter(|_| tall) {
        let high = ((area.height - 6) / 2).clamp(5, 13);
        let at = grid.rows.get(view.at.0).map(|row| row.label.as_str()).unwrap_or_default();
        run_chart(chart, at, look, buffer, Rect { height: high, ..area });
        area = down(area, high);
    }
    if let Some(chart) = grid.chart.as_ref().filter(|_| !tall) {
        let at = grid.rows.get(view.at.0).map(|row| row.label.as_str()).unwrap_or_default();
        put_pieces(buffer, Rect { height: 1, ..area }, &spark(chart, at, look), look);
        area = down(area, 1);
    }
    report.register = table(grid, view.at, look, buffer, area);
}

/// How many lines the sentences above the numbers may take: what the numbers leave, of which half the screen at least is theirs if they
/// fill it.
fn room_for_words(grid: &InsightGrid, height: usize) -> usize {
    let rows = grid.rows.len() + 1 + usize::from(grid.chart.is_some());
    height.saturating_sub(rows.min((height / 2).max(8))).max(2)
}

/// These lines, at most so many; where there are more, the last one says which key shows all.
fn whole_or_cut(app: &App, mut lines: Vec<String>, most: usize, room: usize, look: Look) -> Vec<String> {
    if lines.len() > most {
        lines.truncate(most);
        let key = app.keymap.hint(Command::InsightWords);
        let more = format!(" {} {key} in full", look.ellipsis());
        if let Some(last) = lines.last_mut() {
            let kept = last.trim_end_matches(['.', ',']);
            let kept = fit(kept, room.saturating_sub(width(&more)), look).trim_end_matches(look.ellipsis()).trim_end().to_string();
            *last = format!("{kept}{more}");
        }
    }
    lines
}

/// What stands where a page will stand once it is counted.
fn waits(app: &App, look: Look, buffer: &mut Buffer, area: Rect) {
    let (next, back) = (app.keymap.hint(Command::ViewInsight), app.keymap.hint(Command::Back));
    let said = format!("Counting{} Nothing waits for it: {next} turns the page, {back} leaves.", look.ellipsis());
    for (place, line) in wrap(&said, area.width as usize, look).iter().enumerate() {
        put(buffer, area.x, area.y + place as u16, line, area.width as usize, look.dim(), look);
    }
}

fn down(area: Rect, lines: u16) -> Rect {
    let lines = lines.min(area.height);
    Rect { y: area.y + lines, height: area.height - lines, ..area }
}

fn tabs(pages: &[PageOf], page: PageOf, look: Look, buffer: &mut Buffer, area: Rect) {
    let long: usize = pages.iter().map(|page| width(page.label()) + 2).sum();
    let narrow = long > area.width as usize;
    let mut pieces = Vec::new();
    for shown in pages.iter().copied() {
        let style = if shown == page { look.chosen() } else { look.dim() };
        // The names are worth more than the room between them.
        pieces.push(piece(format!(" {}{}", shown.label(), if narrow { "" } else { " " }), style));
    }
    put_pieces(buffer, area, &pieces, look);
}

/// What the cursor is on, and what Enter does there.
fn below(app: &App, room: usize, look: Look) -> Vec<Vec<Piece>> {
    let view = &app.insight;
    let (Some(row), Some(detail)) = (view.row(), view.shown()) else { return Vec::new() };
    let whole = whole_or_cut(app, wrap(&row.whole, room, look), 3, room, look);
    let mut lines: Vec<Vec<Piece>> = whole.into_iter().map(|line| vec![piece(line, look.text())]).collect();
    let column = detail.grid.columns.get(view.at.1).map(String::as_str).unwrap_or_default();
    let open = app.keymap.hint(Command::Open);
    let said = match view.cell() {
        Some(GridCell { count: Some(count), opens: Some(_), .. }) => {
            let records = if *count == 1 { "the 1 record" } else { "the records" };
            format!("{column} {}: {open} opens {records} behind it ({count}).", view.cell().map_or("", |cell| cell.text.as_str()))
        }
        Some(GridCell { opens: Some(_), .. }) => format!("{open} opens it."),
        _ => String::new(),
    };
    let shaded = view.cell().and_then(|cell| cell.shade).filter(|share| *share > 0.0).map(|share| {
        let quarters = QUARTERS[quarter(share) - 1];
        format!(" {} is {quarters}.", shade(share, look))
    });
    let shaded = shaded.filter(|shaded| width(&said) + width(shaded) <= room).unwrap_or_default();
    let said = format!("{said}{shaded}");
    // Why a share moved is what people ask of it next.
    let cycle = view.cycle_at_hand().filter(|_| view.wanted.page == PageOf::Cycles).map(|_| {
        let (beside, alone) = (app.keymap.hint(Command::ThenAndNow), app.keymap.hint(Command::InsightOne));
        let back = if view.wanted.only.is_some() { "all cycles again" } else { "this cycle alone" };
        format!(" {beside}: what moved since the cycle before. {alone}: {back}.")
    });
    let cycle = cycle.filter(|more| width(&said) + width(more) <= room).unwrap_or_default();
    lines.push(vec![piece(format!("{said}{cycle}").trim().to_string(), look.dim())]);
    lines
}

/// The points of a share over the cycles, the line in the middle, limits where there are any: glyphs alone, no colour needed.
fn run_chart(chart: &Chart, at: &str, look: Look, buffer: &mut Buffer, area: Rect) {
    let rows = usize::from(area.height.saturating_sub(1)).max(2);
    let left = 6;
    let step = ((area.width as usize - left - 2) / chart.points.len().max(1)).clamp(2, 9);
    let level = |proportion: f64| ((1.0 - proportion.clamp(0.0, 1.0)) * (rows - 1) as f64).round() as u16;
    let (dot, chosen, signal, centre, limit) =
        if look.ascii { ("o", "@", "*", "-", ".") } else { ("\u{25cf}", "\u{25c9}", "\u{25c8}", "\u{2500}", "\u{2504}") };
    for (share, label) in [(1.0, "100 %"), (0.5, " 50 %"), (0.0, "  0 %")] {
        put(buffer, area.x, area.y + level(share), label, left, look.dim(), look);
    }
    for (place, point) in chart.points.iter().enumerate() {
        let x = area.x + (left + place * step) as u16;
        if let Some(centre_at) = chart.centre {
            for cell in 0..step as u16 {
                put(buffer, x + cell, area.y + level(centre_at), centre, 1, look.dim(), look);
            }
        }
        for edge in point.limits.iter().flat_map(|(low, high)| [*low, *high]) {
            for cell in 0..step as u16 {
                put(buffer, x + cell, area.y + level(edge), limit, 1, look.dim(), look);
            }
        }
        let Some(share) = point.share.proportion() else { continue };
        let here = point.name == at;
        let (glyph, style) = match (here, chart.is_signalled(place)) {
            (true, _) => (chosen, look.key()),
            (false, true) => (signal, look.attention()),
            (false, false) => (dot, look.text()),
        };
        put(buffer, x + step as u16 / 2, area.y + level(share), glyph, 1, style, look);
    }
    let words = match chart.centre {
        Some(middle) => {
            let names = [chart.points.first(), chart.points.last()].map(|point| point.map_or("", |point| point.name.as_str()));
            let line = format!("{} {:.0} %", line_word(chart), middle * 100.0);
            format!("{} to {}: share Good or better; line: {line}; {chosen} where the cursor is, {signal} in a signal", names[0], names[1])
        }
        None => String::new(),
    };
    put(buffer, area.x + left as u16, area.bottom() - 1, &words, area.width as usize - left, look.dim(), look);
}

/// The same in one line, where there is no room for the chart: a column, or without Unicode the tens of per cent, for each point.
fn spark(chart: &Chart, at: &str, look: Look) -> Vec<Piece> {
    const COLUMNS: [&str; 8] = ["\u{2581}", "\u{2582}", "\u{2583}", "\u{2584}", "\u{2585}", "\u{2586}", "\u{2587}", "\u{2588}"];
    let mut pieces = vec![piece("Good or better ", look.dim())];
    for (place, point) in chart.points.iter().enumerate() {
        let share = point.share.proportion().unwrap_or_default();
        let glyph = match look.ascii {
            true => ((share * 10.0).floor() as u32).min(9).to_string(),
            false => COLUMNS[((share * 7.0).round() as usize).min(7)].to_string(),
        };
        let style = if point.name == at {
            look.key()
        } else if chart.is_signalled(place) {
            look.attention()
        } else {
            look.text()
        };
        pieces.push(piece(format!("{glyph} "), style));
    }
    if let Some(centre) = chart.centre {
        pieces.push(piece(format!(" {} {:.0} %", line_word(chart), centre * 100.0), look.dim()));
    }
    pieces
}

fn line_word(chart: &Chart) -> &'static str {
    match chart.lines {
        crate::domain::insight::Lines::Median => "median",
        crate::domain::insight::Lines::Limits => "mean, with limits",
    }
}

/// The numbers; gives how many rows fit. The label stays on the left while columns follow the cursor.
fn table(grid: &InsightGrid, (at, column): (usize, usize), look: Look, buffer: &mut Buffer, area: Rect) -> usize {
    let room = area.width as usize;
    let label = grid.rows.iter().filter(|row| !row.heading).map(|row| width(&row.label)).max().unwrap_or(0).max(width(&grid.head));
    let (whole, label) = (label, label.min((room * 2 / 5).max(18)).min(room.saturating_sub(12)));
    let mut widths: Vec<usize> = (0..grid.columns.len())
        .map(|place| {
            let cells = grid
                .rows
                .iter()
                .filter_map(|row| row.cells.get(place))
                .map(|cell| width(&cell.text) + 2 * usize::from(cell.shade.is_some()));
            cells.max().unwrap_or(0).max(width(&grid.columns[place]).min(14))
        })
        .collect();
    // Where every column finds room, what is left makes headings whole, then what the rows are about.
    let taken = label + 2 + widths.iter().map(|wide| wide + 2).sum::<usize>();
    let mut spare = room.saturating_sub(taken);
    for (wide, head) in widths.iter_mut().zip(&grid.columns) {
        let more = width(head).saturating_sub(*wide).min(spare);
        (*wide, spare) = (*wide + more, spare - more);
    }
    let label = whole.min(label + spare);
    // Columns from the first that lets the one under the cursor be seen.
    let free = room.saturating_sub(label + 2);
    let mut first = 0;
    while first < column && widths.iter().skip(first).take(column + 1 - first).map(|wide| wide + 2).sum::<usize>() > free {
        first += 1;
    }
    let mut shown = Vec::new();
    let mut x = label + 2;
    for (place, wide) in widths.iter().enumerate().skip(first) {
        if x + wide > room {
            break;
        }
        shown.push((place, x, *wide));
        x += wide + 2;
    }
    put(buffer, area.x, area.y, &fit(&grid.head, label, look), label, look.heading(), look);
    for (place, x, wide) in &shown {
        let head = fit(&grid.columns[*place], *wide, look).into_owned();
        let words = grid.rows.iter().filter_map(|row| row.cells.get(*place)).any(is_words);
        let pad = if words { 0 } else { wide.saturating_sub(width(&head)) };
        put(buffer, area.x + (x + pad) as u16, area.y, &head, *wide, look.heading(), look);
    }
    let more = shown.last().is_some_and(|(place, ..)| place + 1 < widths.len());
    if first > 0 {
        put(buffer, area.x + label as u16, area.y, "<", 1, look.key(), look);
    }
    if more {
        put(buffer, area.x + area.width - 1, area.y, ">", 1, look.key(), look);
    }
    let height = (area.height as usize).saturating_sub(1);
    let top = if at < height { 0 } else { (at + 1 - height).min(grid.rows.len().saturating_sub(height)) };
    for (line, (place, row)) in grid.rows.iter().enumerate().skip(top).take(height).enumerate() {
        let y = area.y + 1 + line as u16;
        draw_row(row, (place == at).then_some(column), &shown, label, look, buffer, Rect { y, height: 1, ..area });
    }
    height
}

/// Words begin on the left; numbers end on the right.
fn is_words(cell: &GridCell) -> bool {
    matches!(cell.opens, Some(Opens::Practice(..)))
}

fn draw_row(
    row: &GridRow,
    cursor: Option<usize>,
    shown: &[(usize, usize, usize)],
    label: usize,
    look: Look,
    buffer: &mut Buffer,
    area: Rect,
) {
    if row.heading {
        put(buffer, area.x, area.y, &row.label, area.width as usize, look.heading(), look);
        return;
    }
    let style = if cursor.is_some() { look.key() } else { look.text() };
    put(buffer, area.x, area.y, &fit(&row.label, label, look), label, style, look);
    for (place, x, wide) in shown {
        let Some(cell) = row.cells.get(*place) else { continue };
        let glyph = cell.shade.map_or(String::new(), |share| format!(" {}", shade(share, look)));
        let text = format!("{}{glyph}", cell.text);
        let pad = if is_words(cell) { 0 } else { wide.saturating_sub(width(&text)) };
        let here = cursor == Some(*place);
        let style = match (here, &cell.opens) {
            (true, _) => look.selected(),
            (false, Some(_)) => look.text(),
            (false, None) => look.dim(),
        };
        if here {
            // The cell under the cursor is marked with brackets as well, so that it is found without colour.
            let y = area.y;
            put(buffer, area.x + (x + pad) as u16 - 1, y, "[", 1, look.key(), look);
            put(buffer, area.x + (x + pad + width(&text)) as u16, y, "]", 1, look.key(), look);
        }
        put(buffer, area.x + (x + pad) as u16, area.y, &text, *wide, style, look);
    }
}

/// A share as a shade; the number stands beside it.
fn shade(share: f64, look: Look) -> &'static str {
    let shades = if look.ascii { [" ", ".", ":", "+", "#"] } else { [" ", "\u{2591}", "\u{2592}", "\u{2593}", "\u{2588}"] };
    shades[quarter(share)]
}

/// What a shade stands for, from the lightest.
const QUARTERS: [&str; 4] = ["up to 25 %", "up to 50 %", "up to 75 %", "over 75 %"];

/// In which quarter a share lies, from 1 to 4; nought where there is none of it.
fn quarter(share: f64) -> usize {
    ((share.clamp(0.0, 1.0) * 4.0).ceil() as usize).min(QUARTERS.len())
}
