//! Every colour and glyph, named by what it means; each meaning also has a word or a glyph, never colour alone.

use crate::domain::grade::Grade;
use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

/// How much colour the terminal gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// 256 colours.
    Full,
    /// The terminal's own 16, for terminals and eyes that know no others.
    Sixteen,
    /// None at all (`NO_COLOR`): bold, underlined and reversed only.
    None,
    /// Bright on black, nothing dimmed.
    HighContrast,
}

/// How the screen looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Only ASCII characters (PuTTY, `--ascii`).
    pub ascii: bool,
    /// Colours.
    pub colour: Colour,
}

impl Look {
    /// UTF-8 and full colour.
    pub const PLAIN: Look = Look { ascii: false, colour: Colour::Full };

    fn style(self, full: u8, sixteen: Color, otherwise: Modifier) -> Style {
        match self.colour {
            Colour::Full => Style::new().fg(Color::Indexed(full)),
            Colour::Sixteen => Style::new().fg(sixteen),
            Colour::None => Style::new().add_modifier(otherwise),
            Colour::HighContrast => Style::new().fg(sixteen).add_modifier(Modifier::BOLD),
        }
    }

    /// Ordinary text.
    pub fn text(self) -> Style {
        if self.colour == Colour::HighContrast { Style::new().fg(Color::White) } else { Style::new() }
    }

    /// Text that only explains.
    pub fn dim(self) -> Style {
        match self.colour {
            Colour::Full => Style::new().fg(Color::Indexed(245)),
            Colour::Sixteen => Style::new().fg(Color::DarkGray),
            Colour::None => Style::new(),
            Colour::HighContrast => Style::new().fg(Color::White),
        }
    }

    /// Headings and titles.
    pub fn heading(self) -> Style {
        self.style(153, Color::Cyan, Modifier::BOLD).add_modifier(Modifier::BOLD)
    }

    /// Keys in hints.
    pub fn key(self) -> Style {
        self.style(222, Color::Yellow, Modifier::BOLD)
    }

    /// Late, breached, refused.
    pub fn alarm(self) -> Style {
        self.style(210, Color::LightRed, Modifier::BOLD).add_modifier(Modifier::BOLD)
    }

    /// Due today, soon, to be looked at.
    pub fn attention(self) -> Style {
        self.style(221, Color::Yellow, Modifier::UNDERLINED)
    }

    /// Done, clean.
    pub fn good(self) -> Style {
        self.style(114, Color::Green, Modifier::empty())
    }

    /// A line of a border: of the pane with the cursor, or of another.
    pub fn border(self, focused: bool) -> Style {
        if focused { self.style(110, Color::Cyan, Modifier::BOLD) } else { self.style(240, Color::DarkGray, Modifier::empty()) }
    }

    /// The row under the cursor.
    pub fn selected(self) -> Style {
        match self.colour {
            Colour::Full => Style::new().bg(Color::Indexed(238)).add_modifier(Modifier::BOLD),
            Colour::Sixteen | Colour::None | Colour::HighContrast => Style::new().add_modifier(Modifier::REVERSED),
        }
    }

    /// The field or option under the cursor.
    pub fn chosen(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// A grade.
    pub fn grade(self, grade: Grade) -> Style {
        match grade {
            Grade::Outstanding => self.style(117, Color::LightCyan, Modifier::empty()),
            Grade::Good => self.style(114, Color::Green, Modifier::empty()),
            Grade::RequiresImprovement => self.style(221, Color::Yellow, Modifier::empty()),
            Grade::Inadequate => self.style(210, Color::LightRed, Modifier::BOLD).add_modifier(Modifier::BOLD),
        }
    }

    /// The glyph of a grade.
    pub fn grade_glyph(self, grade: Grade) -> &'static str {
        match (grade, self.ascii) {
            (Grade::Outstanding, false) => "\u{25c6}",
            (Grade::Good, false) => "\u{25cf}",
            (Grade::RequiresImprovement, false) => "\u{25b2}",
            (Grade::Inadequate, false) => "\u{25bc}",
            (Grade::Outstanding, true) => "O",
            (Grade::Good, true) => "G",
            (Grade::RequiresImprovement, true) => "R",
            (Grade::Inadequate, true) => "I",
        }
    }

    /// Between two parts of a line.
    pub fn dot(self) -> &'static str {
        if self.ascii { " - " } else { " \u{b7} " }
    }

    /// Done.
    pub fn tick(self) -> &'static str {
        if self.ascii { "x" } else { "\u{2713}" }
    }

    /// From one thing to another.
    pub fn arrow(self) -> &'static str {
        if self.ascii { "->" } else { "\u{2192}" }
    }

    /// Before the row under the cursor.
    pub fn cursor(self) -> &'static str {
        if self.ascii { ">" } else { "\u{25b8}" }
    }

    /// A marked row.
    pub fn mark(self) -> &'static str {
        if self.ascii { "*" } else { "\u{25c8}" }
    }

    /// After the heading of the column that a list is sorted by: smaller than the signs of grades, which point up and down too.
    pub fn sorted(self, reversed: bool) -> &'static str {
        match (self.ascii, reversed) {
            (false, false) => "\u{25b4}",
            (false, true) => "\u{25be}",
            (true, false) => "^",
            (true, true) => "v",
        }
    }

    /// A row that somebody else changed.
    pub fn changed(self) -> &'static str {
        "~"
    }

    /// A line between parts of the header.
    pub fn bar(self) -> &'static str {
        if self.ascii { " | " } else { " \u{2502} " }
    }

    /// Where text was cut.
    pub fn ellipsis(self) -> &'static str {
        if self.ascii { "~" } else { "\u{2026}" }
    }

    /// The border's characters.
    pub fn border_set(self) -> border::Set<'static> {
        if self.ascii {
            border::Set {
                top_left: "+",
                top_right: "+",
                bottom_left: "+",
                bottom_right: "+",
                vertical_left: "|",
                vertical_right: "|",
                horizontal_top: "-",
                horizontal_bottom: "-",
            }
        } else {
            border::ROUNDED
        }
    }

    /// A bar of so many cells, filled to a share of 0 to 1; readable without colour.
    pub fn meter(self, share: f64, cells: usize) -> String {
        let filled = (share.clamp(0.0, 1.0) * cells as f64).round() as usize;
        let (full, empty) = if self.ascii { ("#", ".") } else { ("\u{2588}", "\u{2591}") };
        full.repeat(filled) + &empty.repeat(cells - filled)
    }
}
