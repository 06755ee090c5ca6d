//! The backend of a real terminal: crossterm's, but for one question that it must never ask.
//!
//! ratatui asks the terminal where its cursor is whenever it clears the screen, at every change of size too. Over SSH
//! that is a round trip in the middle of typing, a terminal that does not answer costs two seconds, and keys pressed
//! meanwhile are lost. This program always draws the whole screen, so the answer does not matter.

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::io::{self, BufWriter, Stdout};

/// Crossterm's backend without the question for the cursor.
pub struct Screen(CrosstermBackend<BufWriter<Stdout>>);

impl Screen {
    /// A backend on standard output: one write for a frame.
    pub fn new() -> Screen {
        Screen(CrosstermBackend::new(BufWriter::with_capacity(64 * 1024, io::stdout())))
    }
}

impl Default for Screen {
    fn default() -> Screen {
        Screen::new()
    }
}

impl Backend for Screen {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.0.draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.0.clear_region(region)
    }

    fn append_lines(&mut self, lines: u16) -> io::Result<()> {
        self.0.append_lines(lines)
    }

    fn size(&self) -> io::Result<Size> {
        self.0.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.0.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.0)
    }
}
