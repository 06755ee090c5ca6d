//! Forms about interests: declaring one, withdrawing one, setting a suggestion of the lists aside.

use super::{People, choice, line, new, plain};
use crate::app::form::{Field, Form, FormFor, Input};
use crate::domain::id::ReviewId;
use crate::domain::interest::InterestKind;
use crate::domain::query::{DeclaredRow, InferredRow};

fn kind_field(chosen: &str) -> Field {
    let options = InterestKind::ALL.iter().map(|kind| (kind.key().to_string(), kind.label().to_string())).collect();
    plain("kind", "What it is", choice(options, chosen), true)
}

/// Declaring an interest: one\u{2019}s own, or on somebody's behalf.
pub fn interest(review: ReviewId, reference: &str, people: People) -> Form {
    let fields = vec![
        Field {
            hint: "type part of the name; empty: your own".into(),
            ..plain("person", "Whose", Input::Person { people, typed: String::new(), chosen: None, at: 0 }, false)
        },
        kind_field(""),
        Field { hint: "a few words; needed for something else".into(), ..plain("note", "In words", line(""), false) },
    ];
    let intro =
        "Whoever has an interest is recused at once: the case is withheld from them everywhere, and they have no part in its review.";
    new(FormFor::Interest(review), format!("{reference} \u{b7} Declare an interest"), intro, fields, 0, "declare")
}

/// Declaring one's own interest of a kind that needs words.
pub fn own_interest(review: ReviewId, reference: &str, kind: InterestKind) -> Form {
    let fields = vec![kind_field(kind.key()), plain("note", "In words", line(""), true)];
    let intro = "You are recused at once: the case is withheld from you everywhere.";
    let mut form = new(FormFor::Interest(review), format!("{reference} \u{b7} Declare an interest"), intro, fields, 0, "declare");
    form.at = 1;
    form
}

/// Withdrawing a declared interest.
pub fn withdraw_interest(row: &DeclaredRow, reference: &str) -> Form {
    let fields = vec![plain("because", "Why", line(""), true)];
    let intro =
        format!("{}: {}. Once it is withdrawn they see the case again. The reason stays in the history.", row.person, row.kind.label());
    new(FormFor::WithdrawInterest(row.interest), format!("{reference} \u{b7} Withdraw the interest"), intro, fields, 0, "withdraw")
}

/// Setting aside what the lists suggest about somebody.
pub fn dismiss(row: &InferredRow, review: ReviewId, reference: &str) -> Form {
    let fields = vec![plain("because", "Why", line(&row.dismissed), true)];
    let intro =
        format!("{}: {} Set aside, it no longer keeps them from reviewing this case. The reason stays in the history.", row.name, row.why);
    let kind = FormFor::Dismiss(review, row.person, row.inference);
    new(kind, format!("{reference} \u{b7} Set aside what the lists suggest"), intro, fields, 0, "set aside")
}
