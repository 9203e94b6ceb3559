//! What spreadsheets make of cells: errors, rounded numbers, and days.

/// Whether a cell is the error of a formula that a spreadsheet could not compute.
pub(crate) fn is_spreadsheet_error(cell: &str) -> bool {
    cell.starts_with('#') && ERRORS.iter().any(|error| error.eq_ignore_ascii_case(cell))
}

/// The errors in the languages of spreadsheets: English, German, French, Spanish, Italian, Dutch and
/// Portuguese.
#[rustfmt::skip]
const ERRORS: [&str; 42] = [
    "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!",
    "#GETTING_DATA", "#CONNECT!", "#BLOCKED!", "#UNKNOWN!", "#BUSY!",
    "#BEZUG!", "#WERT!", "#ZAHL!", "#ÜBERLAUF!", "#KALK!", "#FELD!",
    "#NOM?", "#VALEUR!", "#NOMBRE!", "#NUL!", "#PROPAGATION!", "#EPARS!",
    "#¡REF!", "#¿NOMBRE?", "#¡VALOR!", "#¡DIV/0!", "#¡NUM!", "#¡NULO!", "#¡DESBORDAMIENTO!",
    "#RIF!", "#NOME?", "#VALORE!", "#NULLO!",
    "#VERW!", "#NAAM?", "#WAARDE!", "#GETAL!", "#LEEG!",
];

/// Whether a spreadsheet rounded a long number: `1.23E+11`.
pub(crate) fn is_rounded_number(cell: &str) -> bool {
    // This is asked of the id in every row, and hardly any starts like this.
    let starts_so = matches!(cell.as_bytes(), [digit, sign, ..]
        if digit.is_ascii_digit() && b".,Ee".contains(sign));
    if !starts_so {
        return false;
    }
    let Some((digits, power)) = cell.split_once("E+").or_else(|| cell.split_once("e+")) else {
        return false;
    };
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, rest) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    whole.len() == 1 && number(whole) && number(rest) && number(power)
}

/// Whether a spreadsheet may have made a day of an id: `3-Mar`, `Mar-03`.
pub(crate) fn is_day_for_id(cell: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if !(5..=6).contains(&cell.len()) {
        return false;
    }
    let Some((one, other)) = cell.split_once('-') else { return false };
    let day =
        |text: &str| matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
    let month = |text: &str| MONTHS.iter().any(|month| text.eq_ignore_ascii_case(month));
    (day(one) && month(other)) || (month(one) && day(other))
}
