//! Messages about a sitting of the panel: it is called off, stands again, or is moved. Each says where the sitting stood before and
//! stands now, so that of several only those go out that tell somebody what they do not know. M07.

use super::{Letter, Message, News, Stand};
use chrono::{DateTime, Utc};

/// Whether a message about a sitting is needed no more: it says what is no longer so, or nothing that its addressee does not know.
/// `earlier`: what they were written to about the same sitting before, in order. `stands`: when it begins as things are; none: it
/// does not take place.
pub fn is_needless(message: &Message, earlier: &[Letter], stands: Option<DateTime<Utc>>) -> bool {
    if says(message) != stands {
        return true;
    }
    let before = was(earlier.first().map_or(message, |letter| &letter.message));
    let known = earlier.iter().rfind(|letter| has_gone_out(letter)).map_or(before, |letter| says(&letter.message));
    known == says(message)
}

/// When the sitting begins, as the message says; none: it does not take place.
fn says(message: &Message) -> Option<DateTime<Utc>> {
    if message.cause.news == News::SittingCalledOff { None } else { message.said.by }
}

/// When it was to begin before; none: it was called off.
fn was(message: &Message) -> Option<DateTime<Utc>> {
    match message.cause.news {
        // One that was queued before messages said this: that it was to take place is sure.
        News::SittingCalledOff => Some(message.said.was.unwrap_or_default()),
        _ => message.said.was,
    }
}

/// Whether it may have reached its addressee.
fn has_gone_out(letter: &Letter) -> bool {
    letter.may_have_arrived || matches!(letter.stand, Stand::Sent { .. } | Stand::Claimed { .. })
}
