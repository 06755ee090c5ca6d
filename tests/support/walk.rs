//! What the robot does on the way of a review under any framework: fills in a form, takes a step, follows the finish list.

use super::driver::Robot;
use closeloop::app::command::Command;
use closeloop::app::form::Input;
use closeloop::app::overlay::Overlay;
use closeloop::domain::grade::Grade;

/// What the robot writes where words are asked for.
pub const WORDS: &str = "Seen in the record";

impl Robot {
    /// Fills in what the form on top requires and does not know yet: this grade, the first choice, today, a few words.
    pub fn fills_in(&mut self, grade: Grade) -> &mut Robot {
        let mut been = Vec::new();
        while let Some(field) = self.form().field().filter(|field| !been.contains(&field.key)).cloned() {
            let empty = field.input.value().is_empty();
            match &field.input {
                Input::Choice { options, .. } if empty && field.required => {
                    let place = options.iter().position(|(key, _)| key == grade.key()).unwrap_or(0);
                    self.press(&"right ".repeat(place + 1))
                }
                Input::Scale { .. } => self.type_text("7"),
                Input::Line(_) if empty && field.required && field.hint.contains("a date") => self.type_text("today"),
                Input::Line(_) | Input::Text(_) if empty && field.required => self.type_text(WORDS),
                Input::Person { people, .. } if empty && field.required => {
                    let name = people[0].1.clone();
                    self.type_text(name.split(',').next().unwrap_or_default())
                }
                _ => self,
            };
            been.push(field.key);
            self.press_command(Command::NextField);
        }
        self
    }

    /// Fills in the form on top and saves it; nothing may be refused.
    #[track_caller]
    pub fn saves(&mut self, grade: Grade) -> &mut Robot {
        self.fills_in(grade).press("ctrl-s").expect_no_dialog()
    }

    /// Takes the next step of the open record at a moment; its form has to be the one with this title.
    #[track_caller]
    pub fn steps(&mut self, moment: &str, title: &str) -> &mut Robot {
        self.at(moment).press("e").expect_dialog(title).saves(Grade::Good)
    }

    /// Lets the finish list lead from one missing thing to the next until everything is there, each with this grade.
    #[track_caller]
    pub fn follows_the_finish_list(&mut self, grade: Grade) -> &mut Robot {
        for _ in 0..60 {
            self.press("f");
            if self.frame().contains("Everything is there.") {
                return self;
            }
            let before = self.world.detail(&self.reference()).missing.clone();
            self.press("enter").expect_no_dialog().press("enter");
            assert!(matches!(self.app().overlays.last(), Some(Overlay::Form(_))), "nothing opens for {before:#?}\n{}", self.frame());
            self.saves(grade);
            let after = self.world.detail(&self.reference()).missing.clone();
            assert_ne!(before, after, "what the finish list led to did not put it right\n{}", self.frame());
        }
        panic!("the finish list has no end\n{}", self.frame());
    }

    /// Confirms the submission from the finish list.
    #[track_caller]
    pub fn submits(&mut self, says: &str) -> &mut Robot {
        self.press("enter").expect_dialog("Submit").expect_line(says).type_text("submit").press("enter").expect_no_dialog()
    }

    /// The panel sits today under this chair and gives the one item that waits this grade; then its record is open again.
    #[track_caller]
    pub fn is_moderated(&mut self, chair: &str, grade: Grade) -> &mut Robot {
        let reference = self.reference();
        self.press_command(Command::ViewSitting)
            .press_command(Command::PlanSitting)
            .goes_to("on")
            .instead("today")
            .goes_to("at")
            .instead("23:00")
            .goes_to("chair")
            .type_text(chair);
        // S07: where services moderate their own, the sitting is that of the case's.
        if self.form().fields.iter().any(|field| field.key == "service") {
            let service = self.world.store.reading().service_of_review(self.world.id(&reference)).unwrap();
            self.goes_to("service").type_text(&service[..1]);
        }
        self.press("ctrl-s").expect_no_dialog().press("enter").press_command(Command::BeginSitting).press("ctrl-s").expect_no_dialog();
        self.press_command(Command::PutOnTable).expect_line(&format!("now {reference}")).expect_line("Judged together");
        self.press_command(Command::DecideItem).expect_dialog(&format!("{reference} \u{b7} Decide")).fills_in(grade);
        self.press("ctrl-s").expect_dialog("The panel decides").type_text("decide").press("enter").expect_no_dialog();
        self.press_command(Command::CloseSitting).type_text("close").press("enter").expect_no_dialog().expect_line("This sitting is over.");
        self.press("esc esc backspace").opens(&reference)
    }

    /// The reference of the open record.
    #[track_caller]
    pub fn reference(&self) -> String {
        self.app().record.as_ref().expect("a record is open").detail.facts.review.reference.clone()
    }

    /// Opens a cycle from the cycle view, with its focus for the first of its reasons.
    #[track_caller]
    pub fn opens_a_cycle(&mut self, starts: &str, focus: &str) -> &mut Robot {
        self.press("5 o").expect_dialog("Open a cycle").goes_to("starts").instead(starts);
        self.goes_to("focus").type_text(focus).goes_to("reason").press("right ctrl-s").expect_no_dialog().expect_notice("opened")
    }

    /// Draws so many cases for the cycle in view and gives each to whom the program proposes.
    #[track_caller]
    pub fn draws_and_allocates(&mut self, size: usize) -> &mut Robot {
        self.press("d")
            .expect_dialog("Draw the sample")
            .goes_to("size")
            .instead(&size.to_string())
            .goes_to("seed")
            .instead("7")
            .press("ctrl-s");
        self.type_text("draw").press("enter").expect_no_dialog().expect_notice(&format!("{size} cases drawn"));
        self.press("a").expect_dialog("Proposed reviewers").expect_line(&format!("{size} of {size} have a reviewer"));
        self.press("ctrl-s").expect_no_dialog().expect_notice(&format!("{size} reviews allocated"))
    }

    /// Looks at the end of the way: the record says so, the list shows it under `done` and no more among the open, the journal holds.
    #[track_caller]
    pub fn is_finalised(&mut self, shown: &[&str]) -> &mut Robot {
        let reference = self.reference();
        self.expect_line("finalised");
        for text in shown {
            self.expect_line(text);
        }
        self.press("e").expect_notice("Nothing is left to do here.");
        self.press("1 / ctrl-u").type_text(&format!("done {reference}")).press("enter").expect_row_selected(&reference);
        self.press("/ ctrl-u").type_text(&reference).press("enter").expect_line("Nothing matches the filter.");
        self.press("backspace").world.assert_verified();
        self
    }
}
