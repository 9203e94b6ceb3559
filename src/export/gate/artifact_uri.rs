//! The name of a file as a reference of SARIF: relative to the working folder where it lies below it, for
//! code forges find files by their paths in the repository.

/// The reference to a file. `folder` is the absolute working folder, or empty where it is not known. A
/// backslash parts folders, as in the paths of Windows.
pub(super) fn artifact_uri(name: &str, folder: &str) -> String {
    // What standard input was named on the command line names no file.
    if let Some(within) = name.strip_prefix('-').filter(|it| it.is_empty() || it.starts_with('/')) {
        return format!("stdin{}", artifact_uri_within(within));
    }
    let (name, folder) = (name.replace('\\', "/"), folder.replace('\\', "/"));
    let is_relative = !name.starts_with('/') && !has_drive(&name);
    if is_relative && folder.is_empty() {
        return encoded(&parts(&name), false);
    }
    let whole = if is_relative { format!("{folder}/{name}") } else { name };
    let of_file = parts(&whole);
    if !folder.is_empty()
        && let Some(below) = of_file.strip_prefix(parts(&folder).as_slice())
        && !below.is_empty()
    {
        return encoded(below, false);
    }
    let start = if whole.starts_with("//") { "file://" } else { "file:///" };
    format!("{start}{}", encoded(&of_file, has_drive(&whole)))
}

/// The reference to a member of what was read from standard input.
fn artifact_uri_within(member: &str) -> String {
    let parts = parts(member);
    if parts.is_empty() { String::new() } else { format!("/{}", encoded(&parts, false)) }
}

/// Whether a path begins with the letter of a drive.
fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic())
}

/// The folders of a path and the file, without those that say nothing. Steps up that lead above the
/// start stay.
fn parts(path: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        let can_go_up = parts.last().is_some_and(|last| *last != "..");
        match part {
            ".." if can_go_up => drop(parts.pop()),
            ".." if path.starts_with('/') => {}
            part => parts.push(part),
        }
    }
    parts
}

fn encoded(parts: &[&str], has_drive: bool) -> String {
    let mut uri = String::new();
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            uri.push('/');
        }
        for byte in part.bytes() {
            let is_of_drive = byte == b':' && at == 0 && has_drive;
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || is_of_drive {
                uri.push(char::from(byte));
            } else {
                uri.extend([format!("%{byte:02X}")]);
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::artifact_uri;

    #[test]
    fn files_below_the_working_folder_are_relative_and_others_are_absolute() {
        for (name, expected) in [
            ("data/a b.csv", "data/a%20b.csv"),
            ("./data//x.csv", "data/x.csv"),
            ("data/../x.csv", "x.csv"),
            ("/repo/data/x.csv", "data/x.csv"),
            ("/repo/../repo/x.csv", "x.csv"),
            ("/repository/x.csv", "file:///repository/x.csv"),
            ("../x.csv", "file:///x.csv"),
            ("../../../x.csv", "file:///x.csv"),
            ("../other/x.csv", "file:///other/x.csv"),
            ("/data/ü.csv", "file:///data/%C3%BC.csv"),
            ("c:x.csv", "c%3Ax.csv"),
            ("C:\\x", "file:///C:/x"),
            ("C:\\a b\\..\\x.csv", "file:///C:/x.csv"),
            ("d:/x.csv", "file:///d:/x.csv"),
            ("data\\x.csv", "data/x.csv"),
            ("-", "stdin"),
            ("-/a b.csv", "stdin/a%20b.csv"),
            ("-x.csv", "-x.csv"),
            ("./-", "-"),
            ("\\\\server\\share\\x.csv", "file://server/share/x.csv"),
        ] {
            assert_eq!(artifact_uri(name, "/repo"), expected, "{name}");
        }
    }

    #[test]
    fn a_working_folder_of_windows_is_one_too_and_none_leaves_names_as_they_are() {
        assert_eq!(artifact_uri("C:\\repo\\x.csv", "C:\\repo"), "x.csv");
        assert_eq!(artifact_uri("x.csv", "C:\\repo"), "x.csv");
        assert_eq!(artifact_uri("..\\x.csv", "C:\\repo"), "file:///C:/x.csv");
        assert_eq!(artifact_uri("../x.csv", ""), "../x.csv");
        assert_eq!(artifact_uri("/data/x.csv", ""), "file:///data/x.csv");
        assert_eq!(artifact_uri("/data/x.csv", "/"), "data/x.csv");
    }
}
