//! Passwords in command lines: `curl -u user:X`, `mysql -pX`, `sshpass -p X`.

use std::ops::Range;

use crate::import::secrets::labelled_secrets::non_empty;
use crate::import::secrets::secret_shapes::is_mixed;

/// The programs that take a password behind `-p`.
const WITH_PASSWORD: [&str; 14] = [
    "mysql",
    "mysqldump",
    "mysqladmin",
    "mysqlimport",
    "mariadb",
    "mariadb-dump",
    "sshpass",
    "mongo",
    "mongosh",
    "mongodump",
    "htpasswd",
    "7z",
    "plink",
    "sqlplus",
];
/// Other programs, and behind which flag they take one.
const FLAGS: [(&str, &str); 6] = [
    ("redis-cli", "-a"),
    ("ldapsearch", "-w"),
    ("ldapmodify", "-w"),
    ("sqlcmd", "-P"),
    ("bcp", "-P"),
    ("login", "-p"),
];

/// Passwords in command lines: `curl -u user:X`, `mysql -pX`, `sshpass -p X`.
pub(crate) fn in_commands(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut program = None;
    let runs =
        || text.split_whitespace().map(|run| (run.as_ptr() as usize - text.as_ptr() as usize, run));
    let mut all = runs().peekable();
    while let Some((start, run)) = all.next() {
        let name =
            run.rsplit('/').next().unwrap_or_default().trim_start_matches(['`', '$', '(', '"']);
        let lower = name.to_ascii_lowercase();
        if WITH_PASSWORD.contains(&lower.as_str()) || FLAGS.iter().any(|(known, _)| *known == lower)
        {
            program = Some(lower);
            continue;
        }
        let next = all.peek().copied();
        found.extend(login_flag((start, run), next));
        found.extend(windows_user(run, next));
        let Some(program) = &program else { continue };
        let own = FLAGS.iter().find(|(known, _)| known == program).map(|(_, flag)| *flag);
        let flag = own.unwrap_or("-p");
        let Some(glued) = run.strip_prefix(flag) else { continue };
        let takes_next = own.is_some() || !program.starts_with('m') || program.starts_with("mongo");
        match next {
            Some((at, value)) if glued.is_empty() && takes_next && !value.starts_with('-') => {
                found.push(at..at + value.len());
            }
            _ => found.extend(non_empty(start + flag.len()..start + run.len())),
        }
    }
    found
}

/// The password behind `/user:NAME`, as the commands of Windows take it.
fn windows_user(run: &str, next: Option<(usize, &str)>) -> Option<Range<usize>> {
    let is_user = run.get(..6).is_some_and(|flag| flag.eq_ignore_ascii_case("/user:"));
    let (start, value) = next.filter(|(_, value)| is_user && is_mixed(value))?;
    Some(start..start + value.len())
}

/// The password of a flag that was copied without its program: `-pX`.
pub(crate) fn lone_flag(text: &str) -> Option<Range<usize>> {
    let value = text.strip_prefix("-p")?;
    let is_value = is_mixed(value) && value.bytes().any(|byte| byte.is_ascii_digit());
    let is_one = !value.contains(|sign: char| sign.is_whitespace() || "-_.".contains(sign));
    (is_value && is_one).then_some(2..text.len())
}

/// The password of a login behind `-u` or `--user`, also of one that is glued to the flag.
fn login_flag((start, run): (usize, &str), next: Option<(usize, &str)>) -> Option<Range<usize>> {
    const LOGINS: [&str; 5] = ["--user", "--proxy-user", "-u", "-U", "--login"];
    let flag = LOGINS.iter().find(|flag| run.starts_with(**flag))?;
    let glued = run.get(flag.len()..)?.trim_start_matches('=');
    let (start, login) =
        if glued.is_empty() { next? } else { (start + run.len() - glued.len(), glued) };
    let at = login.find([':', '%'])?;
    let end = login.trim_end_matches(['"', '\'']).len();
    non_empty(start + at + 1..start + end)
}
