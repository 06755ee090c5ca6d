//! How long to wait: between tries, for a claim whose process is gone, and altogether.

use chrono::{DateTime, TimeDelta, Utc};

/// The most between two tries. RFC 5321 §4.5.4.1 has 30 minutes or more for ordinary mail; an alert runs on 24 hours, so
/// the first tries come sooner.
pub const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(60);

/// A message that nobody could hand over for so long is given up and said so (RFC 5321 §4.5.4.1: 4 to 5 days).
pub const GIVEN_UP_AFTER: TimeDelta = TimeDelta::days(5);

/// Whoever claimed a message and has said nothing for so long is gone. Handing over one message is given up long before
/// (`runtime/post.rs`), so that nobody alive is overtaken.
pub const STALE_AFTER: TimeDelta = TimeDelta::minutes(10);

/// Minutes to wait after the first failed tries; after that [`LONGEST_WAIT`].
const FIRST: [i64; 6] = [1, 2, 4, 8, 15, 30];

/// How long to wait after so many failed tries.
pub fn wait_after(tries: u32) -> TimeDelta {
    let place = usize::try_from(tries.max(1) - 1).unwrap_or(usize::MAX);
    FIRST.get(place).map_or(LONGEST_WAIT, |minutes| TimeDelta::minutes(*minutes))
}

/// Whether the time for a try has come. A time further away than the longest wait was set by a clock that has been put back
/// since: waiting for it would hold the message up.
pub fn is_time(now: DateTime<Utc>, next_at: DateTime<Utc>) -> bool {
    next_at <= now || next_at > now + LONGEST_WAIT
}

/// Whether a claim was left behind by a process that is gone. A claim from the future was made before the clock was put
/// back: it is old once it lies as far ahead.
pub fn is_stale(now: DateTime<Utc>, claimed_at: DateTime<Utc>) -> bool {
    now - claimed_at >= STALE_AFTER || claimed_at - now >= STALE_AFTER
}
