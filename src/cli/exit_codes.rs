//! How every command can end: one table, which the help and the manual show.

/// Done.
pub(super) const DONE: u8 = 0;
/// The input could not be read or imported.
pub(super) const INPUT: u8 = 1;
/// Wrong usage, an unknown name, or no window.
pub(super) const USAGE: u8 = 2;
/// The output could not be written.
pub(super) const OUTPUT: u8 = 3;
/// A check found something that fails.
pub(super) const FOUND: u8 = 4;
/// The newer of two inventories is worse, and that was to fail.
pub(super) const WORSE: u8 = 5;

/// Every exit code with what it means, as the manual says it.
pub const EXIT_CODES: [(u8, &str); 6] = [
    (DONE, "done"),
    (INPUT, "the input could not be read or imported"),
    (USAGE, "wrong usage, an unknown name, or no window can be opened"),
    (OUTPUT, "the output could not be written"),
    (FOUND, "`check` found something that fails"),
    (WORSE, "something got worse, and `diff` was called with `--fail-on-worse`"),
];

/// The table as one sentence, for the help.
pub(super) fn exit_codes() -> String {
    let codes = EXIT_CODES.map(|(code, meaning)| format!("{code} {}", meaning.replace('`', "")));
    format!("Exit codes: {}", codes.join("; "))
}
