//! A frame as an SVG picture, for the README: the very cells that the program drew.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

const WIDE: f32 = 8.4;
const HIGH: f32 = 18.0;

/// The picture of a frame.
pub fn svg(buffer: &Buffer) -> String {
    let area = buffer.area;
    let (width, height) = (f32::from(area.width) * WIDE + 16.0, f32::from(area.height) * HIGH + 16.0);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"14\">\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1c1c1c\"/>\n"
    );
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            // A run of cells that look alike is one piece of text.
            let look = look(buffer, x, y);
            let start = x;
            let mut run = String::new();
            while x < area.width && self::look(buffer, x, y) == look {
                run.push_str(buffer[(x, y)].symbol());
                x += 1;
            }
            let (left, top) = (8.0 + f32::from(start) * WIDE, 8.0 + f32::from(y) * HIGH);
            let long = f32::from(x - start) * WIDE;
            if look.1 != "#1c1c1c" {
                text.push_str(&format!(
                    "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{long:.1}\" height=\"{HIGH}\" fill=\"{}\"/>\n",
                    look.1
                ));
            }
            if run.trim().is_empty() {
                continue;
            }
            let bold = if look.2 { " font-weight=\"bold\"" } else { "" };
            text.push_str(&format!(
                "<text x=\"{left:.1}\" y=\"{:.1}\" fill=\"{}\"{bold} textLength=\"{long:.1}\" xml:space=\"preserve\">{}</text>\n",
                top + 13.5,
                look.0,
                run.replace('&', "&amp;").replace('<', "&lt;")
            ));
        }
    }
    text.push_str("</svg>\n");
    text
}

fn look(buffer: &Buffer, x: u16, y: u16) -> (String, String, bool) {
    let cell = &buffer[(x, y)];
    let (mut front, mut back) = (colour(cell.fg, "#d8d8d8"), colour(cell.bg, "#1c1c1c"));
    if cell.modifier.contains(Modifier::REVERSED) {
        std::mem::swap(&mut front, &mut back);
    }
    (front, back, cell.modifier.contains(Modifier::BOLD))
}

/// The colour of one of the 256, as the usual palette has it.
fn colour(colour: Color, otherwise: &str) -> String {
    let Color::Indexed(index) = colour else { return otherwise.to_string() };
    let part = |n: u8| if n == 0 { 0 } else { 55 + 40 * u16::from(n) };
    match index {
        16..=231 => {
            let cube = index - 16;
            format!("#{:02x}{:02x}{:02x}", part(cube / 36), part(cube / 6 % 6), part(cube % 6))
        }
        232..=255 => {
            let grey = 8 + 10 * u16::from(index - 232);
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
        _ => otherwise.to_string(),
    }
}
