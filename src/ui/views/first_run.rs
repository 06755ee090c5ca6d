//! The first screen of a database without a framework.

use crate::app::App;
use crate::ui::text::{piece, put_pieces, wrap};
use crate::ui::theme::Look;
use crate::ui::{boxed, middle};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws it.
pub fn draw(_app: &App, look: Look, buffer: &mut Buffer, body: Rect) {
    let inside = boxed(buffer, middle(body, 76, 18), "Welcome", &[], true, look);
    let lines = [
        (
            "closeloop carries a review cycle from the sample to the closed loop: who is reviewed, by whom, with what grade, what had to happen, and whether it did.",
            false,
        ),
        ("", false),
        ("This database has no framework yet. Leave with q, then choose one:", false),
        ("  closeloop framework list", true),
        ("  closeloop init --framework merton", true),
        ("", false),
        ("Or look around first, in a made-up council:", false),
        ("  closeloop demo", true),
    ];
    let mut y = inside.y + 1;
    for (text, command) in lines {
        let style = if command { look.key() } else { look.text() };
        let wrapped = if command { vec![text.to_string()] } else { wrap(text, inside.width as usize - 4, look) };
        for line in wrapped {
            put_pieces(buffer, Rect::new(inside.x + 2, y, inside.width - 4, 1), &[piece(line, style)], look);
            y += 1;
        }
    }
}
