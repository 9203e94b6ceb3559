//! What is different where a person looks on: colours, lines that fit, and how far the work is.

use std::io::{self, IsTerminal as _, Write, stderr, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::remarks::Remarks;
use crate::export::TextStyle;
use crate::inventory::{Progress, grouped, is_hidden};

/// How long a command works before it says how far it is, and how often it says so then.
const FIRST: Duration = Duration::from_millis(700);
const EVERY: Duration = Duration::from_millis(200);

/// The narrowest terminal that lines are broken for.
const NARROWEST: usize = 40;

/// Which of the streams lead to a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terminal {
    /// How an answer in text looks best; `None` where it does not go to a terminal.
    pub answer: Option<TextStyle>,
    /// Whether remarks are read on a terminal as they come.
    pub remarks: bool,
}

impl Terminal {
    /// What this process writes to. Colours are left out where `NO_COLOR` is set or the terminal has none.
    pub fn detected() -> Self {
        // Consoles of Windows read the codes once they are asked to.
        anstyle_query::windows::enable_ansi_colors();
        let style = || TextStyle {
            width: terminal_size::terminal_size_of(stdout())
                .map(|(width, _)| usize::from(width.0).max(NARROWEST)),
            colours: !anstyle_query::no_color()
                && anstyle_query::clicolor() != Some(false)
                && anstyle_query::term_supports_ansi_color(),
        };
        Self { answer: stdout().is_terminal().then(style), remarks: stderr().is_terminal() }
    }
}

/// A line on the error stream of a terminal that says how far the work is, erased before anything else is
/// written; it ends with the answer.
pub(super) struct ProgressLine {
    shared: Arc<Shared>,
    ticking: Option<(Sender<()>, JoinHandle<()>)>,
}

#[derive(Default)]
struct Shared {
    /// Whether the line is on the terminal.
    is_drawn: Mutex<bool>,
    /// Whether nothing is to be drawn any more.
    has_ended: AtomicBool,
}

/// Takes the line away and goes on at the start of it.
const ERASE: &[u8] = b"\r\x1b[K";

impl ProgressLine {
    /// Begins to show how far the work is, where somebody reads it and does not want errors alone.
    pub(super) fn new(terminal: Terminal, remarks: Remarks, progress: &Progress) -> Self {
        let shared = Arc::new(Shared::default());
        let ticking = (terminal.remarks && remarks != Remarks::Errors).then(|| {
            let (ending, ended) = channel();
            let (shared, progress, start) = (shared.clone(), progress.clone(), Instant::now());
            let ticks = move || {
                let mut wait = FIRST;
                while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                    wait = EVERY;
                    shared.draw(&words(&progress, start.elapsed()));
                }
            };
            (ending, std::thread::spawn(ticks))
        });
        Self { shared, ticking }
    }

    /// The error stream, before whose output the line is erased.
    pub(super) fn beside<'a>(&self, stream: &'a mut dyn Write) -> Beside<'a> {
        Beside { stream, shared: self.shared.clone(), answer: None }
    }

    /// The stream of the answer, which ends the line. On a terminal control characters are shown escaped,
    /// unless the answer is said to have codes of its own.
    pub(super) fn before_answer<'a>(
        &self,
        stream: &'a mut dyn Write,
        terminal: Terminal,
        has_own_codes: Arc<AtomicBool>,
    ) -> Beside<'a> {
        let escapes = terminal.answer.is_some();
        let answer = Some(Answer { escapes, has_own_codes, begun: Vec::new() });
        Beside { stream, shared: self.shared.clone(), answer }
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        self.shared.end();
        if let Some((ending, ticks)) = self.ticking.take() {
            drop(ending);
            // A thread that failed to draw has nothing to say.
            drop(ticks.join());
        }
    }
}

impl Shared {
    fn draw(&self, words: &str) {
        let mut is_drawn = self.is_drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if self.has_ended.load(Ordering::Relaxed) {
            return;
        }
        let mut err = stderr();
        // Where the error stream is closed nobody reads it.
        drop(err.write_all(ERASE).and_then(|()| err.write_all(words.as_bytes())));
        drop(err.flush());
        *is_drawn = true;
    }

    fn erase(&self) {
        let mut is_drawn = self.is_drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::take(&mut *is_drawn) {
            drop(stderr().write_all(ERASE));
        }
    }

    fn end(&self) {
        self.has_ended.store(true, Ordering::Relaxed);
        self.erase();
    }
}

/// How far the work is. What follows the reading has no measure but the time.
fn words(progress: &Progress, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    match progress.amounts() {
        Some((done, whole)) if done < whole => {
            let rows = match progress.rows() {
                0 => String::new(),
                rows => format!(", {} rows", grouped(rows)),
            };
            format!("reading: {} %{rows}, {seconds} s", 100 * done / whole)
        }
        _ => format!("working: {seconds} s"),
    }
}

/// A stream that the line of progress makes way for.
pub(super) struct Beside<'a> {
    stream: &'a mut dyn Write,
    shared: Arc<Shared>,
    answer: Option<Answer>,
}

/// What is known of the answer that a stream carries.
struct Answer {
    /// Whether control characters are shown escaped.
    escapes: bool,
    has_own_codes: Arc<AtomicBool>,
    /// The first bytes of a character of which the others are still to come.
    begun: Vec<u8>,
}

impl Answer {
    /// The bytes as a terminal may have them: no character that hides, or turns the text round, but line
    /// ends and tabs.
    fn escaped(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut all = std::mem::take(&mut self.begun);
        all.extend_from_slice(bytes);
        let mut out = Vec::with_capacity(all.len());
        let mut chunks = all.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            for character in chunk.valid().chars() {
                if is_hidden(character) && !matches!(character, '\n' | '\t') {
                    out.extend(format!("\\u{{{:x}}}", u32::from(character)).bytes());
                } else {
                    out.extend(character.encode_utf8(&mut [0; 4]).bytes());
                }
            }
            // At the end it may be the beginning of a character.
            if chunks.peek().is_none() && chunk.invalid().first().is_some_and(|&byte| byte >= 0xc2)
            {
                self.begun = chunk.invalid().to_vec();
            } else {
                out.extend_from_slice(chunk.invalid());
            }
        }
        out
    }
}

impl Write for Beside<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(answer) = &mut self.answer else {
            self.shared.erase();
            return self.stream.write(bytes);
        };
        self.shared.end();
        if !answer.escapes || answer.has_own_codes.load(Ordering::Relaxed) {
            return self.stream.write(bytes);
        }
        self.stream.write_all(&answer.escaped(bytes))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if let Some(begun) = self.answer.as_mut().map(|answer| std::mem::take(&mut answer.begun)) {
            self.stream.write_all(&begun)?;
        }
        self.stream.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_character_reaches_a_terminal_raw() {
        let terminal = Terminal { answer: Some(TextStyle::default()), remarks: false };
        let line = ProgressLine::new(terminal, Remarks::Warnings, &Progress::default());
        let written = |own: bool, parts: &[&[u8]]| {
            let mut out = Vec::new();
            let own = Arc::new(AtomicBool::new(own));
            let mut stream = line.before_answer(&mut out, terminal, own);
            for part in parts {
                stream.write_all(part).unwrap();
            }
            String::from_utf8(out).unwrap()
        };
        let hostile =
            "a\u{1b}]0;x\u{7},\u{9b}31m\u{7f}é\u{a9}\u{202e}x\u{200b}\u{e0041}😀\n\tb\r\n";
        let expected = "a\\u{1b}]0;x\\u{7},\\u{9b}31m\\u{7f}é\u{a9}\\u{202e}x\\u{200b}\\u{e0041}😀\n\tb\\u{d}\n";
        assert_eq!(written(false, &[hostile.as_bytes()]), expected);
        let single: Vec<&[u8]> = hostile.as_bytes().chunks(1).collect();
        assert_eq!(written(false, &single), expected);
        assert_eq!(written(true, &[hostile.as_bytes()]), hostile);
    }

    #[test]
    fn what_is_read_has_a_share_and_what_follows_a_time() {
        let progress = Progress::default();
        assert_eq!(words(&progress, Duration::from_millis(2_900)), "working: 2 s");
        progress.set_whole(200);
        progress.set_done(90);
        progress.set_rows(12_345);
        let said = words(&progress, Duration::from_secs(1));
        assert_eq!(said, "reading: 45 %, 12,345 rows, 1 s");
        progress.set_done(200);
        assert_eq!(words(&progress, Duration::from_secs(3)), "working: 3 s");
    }
}
