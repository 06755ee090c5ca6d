//! Shares against published worked examples.

use closeloop::domain::insight::Share;
use proptest::prelude::*;

#[test]
fn wilson_gives_the_published_intervals() {
    // Newcombe 1998, Statistics in Medicine 17, table I, method 3.
    for (n, of, low, high) in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)] {
        let (lower, upper) = Share::new(n, of).wilson().unwrap();
        assert!((lower - low).abs() < 5e-5 && (upper - high).abs() < 5e-5, "{n} of {of}: {lower} to {upper}");
    }
}

#[test]
fn a_share_of_nothing_is_none_and_halves_round_up() {
    assert_eq!(Share::new(0, 0).proportion(), None);
    assert_eq!(Share::new(0, 0).wilson(), None);
    assert_eq!(Share::new(0, 0).percent(), None);
    assert_eq!(Share::new(1, 8).percent(), Some(13));
    assert_eq!(Share::new(1, 3).percent(), Some(33));
    assert_eq!(Share::new(7, 7).percent(), Some(100));
    assert_eq!((Share::new(872, 875).percent(), Share::new(1, 300).percent(), Share::new(0, 300).percent()), (Some(99), Some(1), Some(0)));
}

proptest! {
    #[test]
    fn an_interval_holds_its_share_and_stays_a_proportion(of in 1u32..5_000, part in 0.0f64..=1.0) {
        let n = (f64::from(of) * part) as u32;
        let (low, high) = Share::new(n, of).wilson().unwrap();
        let share = f64::from(n) / f64::from(of);
        prop_assert!(0.0 <= low && low <= share + 1e-12 && share <= high + 1e-12 && high <= 1.0);
    }
}
