//! Words that were probably meant: the nearest known one to what somebody wrote. It must not know what the words are for.

/// The known word nearest to a misspelt one, if any is near enough to be what was meant.
pub fn near_miss<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let wanted = plain(wrong);
    let limit = (wanted.chars().count() / 3).clamp(1, 4);
    let measured = known.into_iter().filter(|word| *word != wrong).map(|word| (distance(&wanted, &plain(word)), word));
    measured.filter(|(away, _)| *away <= limit).min_by_key(|(away, _)| *away).map(|(_, word)| word.to_string())
}

/// Case and the choice of hyphen, underscore or space are never what a person gets wrong on purpose.
fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How many letters have to be changed, added or left out to make one word of the other (Levenshtein 1966), two swapped
/// neighbours counting as one (Damerau 1964).
pub fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut older: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, from) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, to) in right.iter().enumerate() {
            let kept = above[column] + usize::from(from != to);
            let mut best = kept.min(above[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && left[row - 1] == *to && right[column - 1] == *from {
                best = best.min(older[column - 1] + 1);
            }
            current.push(best);
        }
        older = std::mem::replace(&mut above, current);
    }
    above.last().copied().unwrap_or_default()
}
