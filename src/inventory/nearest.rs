//! Which of the known names somebody may have meant by one that is not known.

/// The most names that are listed.
const MOST: usize = 3;

/// The known names that are nearest to one that is not known, the nearest first, then by name; none
/// where all are far: more than a third of its letters would have to change.
///
/// The distance is that of optimal string alignment, without case: a letter too many, too few,
/// another one, or two that were swapped. Costs time in proportion to the names of a like length.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Vec<String> {
    let wanted = name.trim().to_lowercase();
    let length = wanted.chars().count();
    let far = (length / 3).clamp(1, 4);
    let mut near: Vec<(usize, &str)> = Vec::new();
    for other in known {
        let folded = other.trim().to_lowercase();
        if folded.chars().count().abs_diff(length) > far {
            continue;
        }
        let distance = strsim::osa_distance(&wanted, &folded);
        if distance <= far {
            near.push((distance, other));
        }
    }
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(MOST).map(|(_, name)| name.to_owned()).collect()
}

/// Asks which of the nearest names was meant: "did you mean “a” or “b”?".
pub fn did_you_mean(near: &[String]) -> String {
    let near: Vec<String> = near.iter().map(|name| format!("“{name}”")).collect();
    format!("did you mean {}?", near.join(" or "))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn swapped_and_missing_letters_are_near_and_other_words_far() {
        let known = ["ci-runner@test", "ci-runner@dev", "ledger@prod"];
        assert_eq!(
            nearest("ci-runer@test", known.into_iter()),
            ["ci-runner@test", "ci-runner@dev"]
        );
        assert_eq!(nearest("Ledger@Prdo", known.into_iter()), ["ledger@prod"]);
        assert!(nearest("mail@prod", known.into_iter()).is_empty());
        assert!(nearest("", known.into_iter()).is_empty());
    }
}
