//! Texts in the place of the name of a service that name none.

use super::compare::same_word;

/// Whether a cell says of services that there are several, or where they are said, and names none:
/// `various`, `siehe oben`, `several`.
pub(crate) fn names_no_service(cell: &str) -> bool {
    let inner = cell.trim_matches(|sign: char| sign.is_whitespace() || "()[]<>.,;".contains(sign));
    if inner.is_empty() {
        return true;
    }
    NAMES_NONE.iter().any(|word| word.len() == inner.len() && same_word(inner, word))
}

/// What stands for services that are not named, in several languages.
#[rustfmt::skip]
const NAMES_NONE: [&str; 62] = [
    "various", "several", "multiple", "misc", "miscellaneous", "different", "many", "others", "see above",
    "as above", "same as above", "see below", "ditto", "idem", "same", "etc",
    "diverse", "div", "verschiedene", "mehrere", "sonstige", "sonstiges", "siehe oben", "siehe unten", "s.o",
    "s. o", "s.u", "s. u", "dito", "wie oben", "und weitere", "weitere", "usw", "andere",
    "divers", "diverses", "plusieurs", "autres", "voir ci-dessus", "voir plus haut", "différents",
    "varios", "varias", "otros", "ver arriba", "diversos", "muchos",
    "vari", "varie", "diversi", "altri", "vedi sopra", "molti",
    "diversen", "verschillende", "meerdere", "zie boven", "overige",
    "vários", "várias", "outros", "ver acima",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_several_services_name_none_of_them() {
        for cell in
            ["various", "(various)", "siehe oben", "Siehe_oben", "div.", ",", "s.o.", "Vários"]
        {
            assert!(names_no_service(cell), "{cell}");
        }
        for cell in ["web", "s3", "othello", "same-day-delivery", "all", "*", "diverse-shop"] {
            assert!(!names_no_service(cell), "{cell}");
        }
    }
}
