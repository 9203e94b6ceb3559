//! Fonts of the system for scripts that the shipped ones lack, found when a text first needs one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use egui::FontData;
use egui::epaint::text::{FallbackRequest, FontInsert, FontProvider};
use skrifa::{FontRef, MetadataProvider as _};

/// How names of font files begin that are worth a look for all scripts, the best first: families that
/// systems bring along and that cover many scripts. Compared in small letters without signs.
const OF_MANY: [&str; 16] = [
    "notosansregular",
    "dejavusans",
    "liberationsansregular",
    "arialunicode",
    "arial",
    "segoeui",
    "helveticaneue",
    "sfns",
    "tahoma",
    "freesans",
    "nimbussansregular",
    "notosansmonoregular",
    "unifont",
    "lucidagrande",
    "seguisym",
    "symbola",
];

/// Where the characters of a script stand, from the first to the last.
type Range = (u32, u32);

/// The same for the scripts that these seldom have.
const OF_ONE: [(&[Range], &[&str]); 6] = [
    // Hebrew; Arabic and Syriac.
    (&[(0x0590, 0x05FF), (0xFB1D, 0xFB4F)], &["notosanshebrew", "arialhb", "sfhebrew", "david"]),
    (
        &[(0x0600, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)],
        &["notosansarabic", "notonaskharabic", "geezapro", "sfarabic"],
    ),
    // Scripts of India and its neighbours up to Myanmar.
    (
        &[(0x0900, 0x109F), (0x1780, 0x17FF)],
        &[
            "notosansdevanagari",
            "notosansthai",
            "nirmala",
            "leelawad",
            "kohinoor",
            "thonburi",
            "lohit",
        ],
    ),
    // Chinese, Japanese and Korean.
    (
        &[(0x1100, 0x11FF), (0x2E80, 0x9FFF), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF)],
        &[
            "notosanscjk",
            "notosansjp",
            "notosanssc",
            "notosanskr",
            "droidsansfallback",
            "wqymicrohei",
            "msyh",
            "yugoth",
            "meiryo",
            "malgun",
            "pingfang",
            "hiragino",
            "applesdgothic",
            "sourcehansans",
        ],
    ),
    (&[(0x2_0000, 0x3_FFFF)], &["notosanscjk", "mingliub", "simsunb", "pingfang"]),
    // Emoji and signs, in outlines: colour pictures are not drawn.
    (
        &[(0x2190, 0x2BFF), (0x1_F000, 0x1_FBFF)],
        &["notoemoji", "seguiemj", "symbola", "dejavusans", "notosanssymbols", "applesymbols"],
    ),
];

/// Files that are larger hold more than one would wait for.
const LARGEST: u64 = 64 << 20;

/// How many levels of folders, and how many files, are searched at most.
const DEEPEST: usize = 5;
const MOST_FILES: usize = 20_000;

/// Looks through the folders in which systems keep their fonts, once, and reads a file when a text needs
/// it. What has no outline anywhere stays the sign for a missing character.
#[derive(Default)]
pub(crate) struct SystemFonts {
    /// By their names in small letters without signs.
    files: OnceLock<BTreeMap<String, PathBuf>>,
    /// What was read, by name: faces with other characters come from the same file.
    read: Mutex<BTreeMap<String, Option<Arc<Vec<u8>>>>>,
}

impl SystemFonts {
    /// Asked by every context of the program, so that folders are looked through once.
    pub(crate) fn shared() -> Arc<dyn FontProvider> {
        static SHARED: OnceLock<Arc<SystemFonts>> = OnceLock::new();
        SHARED.get_or_init(Arc::default).clone()
    }

    fn bytes(&self, name: &str, path: &Path) -> Option<Arc<Vec<u8>>> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = read.entry(name.to_owned()).or_insert_with(|| {
            let size = std::fs::metadata(path).ok()?.len();
            let bytes = (size <= LARGEST).then(|| std::fs::read(path).ok())??;
            Some(Arc::new(bytes))
        });
        bytes.clone()
    }
}

impl FontProvider for SystemFonts {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        let sign = request.cluster.chars().next()?;
        let files = self.files.get_or_init(|| font_files(&folders()));
        for (name, path) in candidates(files, sign) {
            let Some(bytes) = self.bytes(name, path) else { continue };
            if draws(&bytes, sign) {
                let data = FontData::from_blob(bytes, 0);
                return Some(FontInsert::new(&format!("system {name}"), data, Vec::new()));
            }
        }
        None
    }
}

/// Whether the first face of a file has an outline for a character.
fn draws(bytes: &[u8], sign: char) -> bool {
    let Ok(font) = FontRef::from_index(bytes, 0) else { return false };
    let glyph = font.charmap().map(sign).filter(|glyph| glyph.to_u32() != 0);
    glyph.is_some_and(|glyph| font.outline_glyphs().get(glyph).is_some())
}

/// The files that are worth a look for a character, the best first.
fn candidates(
    files: &BTreeMap<String, PathBuf>,
    sign: char,
) -> impl Iterator<Item = (&String, &PathBuf)> {
    let code = u32::from(sign);
    let is_in =
        move |ranges: &[Range]| ranges.iter().any(|(low, high)| (*low..=*high).contains(&code));
    let own = OF_ONE.into_iter().filter(move |(ranges, _)| is_in(ranges));
    let begins = own.flat_map(|(_, names)| names.iter().copied()).chain(OF_MANY);
    begins.flat_map(|begin| {
        let from = files.range(begin.to_owned()..);
        let mut found: Vec<_> = from.take_while(|(name, _)| name.starts_with(begin)).collect();
        // The plain face before the bold and the slanted one.
        found.sort_by_key(|(name, _)| (is_styled(name), name.len()));
        found
    })
}

fn is_styled(name: &str) -> bool {
    ["bold", "italic", "oblique", "light", "thin", "black", "condensed", "narrow"]
        .iter()
        .any(|style| name.contains(style))
}

/// Where systems keep their fonts.
fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/System/Library/Fonts",
        "/Library/Fonts",
        "/run/host/fonts",
    ]
    .map(PathBuf::from)
    .to_vec();
    if let Some(windows) = std::env::var_os("WINDIR") {
        folders.push(PathBuf::from(windows).join("Fonts"));
    }
    folders.extend(dirs::font_dir());
    folders.extend(dirs::home_dir().map(|home| home.join(".fonts")));
    folders
}

/// The font files in some folders by name; of several of one name the first.
fn font_files(folders: &[PathBuf]) -> BTreeMap<String, PathBuf> {
    let mut files = BTreeMap::new();
    for folder in folders {
        gather(folder, DEEPEST, &mut files);
    }
    files
}

fn gather(folder: &Path, deep: usize, files: &mut BTreeMap<String, PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let ending = path.extension().and_then(|own| own.to_str()).map(str::to_ascii_lowercase);
        let is_font = matches!(ending.as_deref(), Some("ttf" | "otf" | "ttc" | "otc"));
        match path.file_stem().and_then(|own| own.to_str()) {
            Some(stem) if is_font && files.len() < MOST_FILES => {
                let plain = stem.chars().filter(char::is_ascii_alphanumeric);
                let name = plain.map(|letter| letter.to_ascii_lowercase()).collect();
                files.entry(name).or_insert(path);
            }
            _ if deep > 0 && path.is_dir() => gather(&path, deep - 1, files),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::FONT_FILES;

    #[test]
    fn a_file_is_found_by_name_and_taken_only_where_it_draws_the_character() {
        let folder = tempfile::tempdir().expect("a folder");
        let below = folder.path().join("truetype");
        std::fs::create_dir(&below).expect("a folder");
        let [(_, sans), (_, strong), (_, mono)] = FONT_FILES;
        // Only the mono has box drawing; a file of another kind and one that is no font are passed over.
        for (name, bytes) in [
            ("DejaVuSans-Bold.ttf", strong),
            ("DejaVu_Sans.ttf", sans),
            ("Arial.TTF", mono),
            ("Noto Sans-Regular.ttf", b"no font".as_slice()),
            ("Arial Unicode.txt", mono),
        ] {
            std::fs::write(below.join(name), bytes).expect("written");
        }
        let files = font_files(&[folder.path().to_owned(), folder.path().join("missing")]);
        assert_eq!(files.len(), 4, "{files:?}");
        let names: Vec<&str> = candidates(&files, 'ж').map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["notosansregular", "dejavusans", "dejavusansbold", "arial"]);
        let fonts = SystemFonts { files: files.into(), ..SystemFonts::default() };
        let family = egui::FontFamily::Proportional;
        let found = |cluster: &str| {
            let request = FallbackRequest { cluster, family: &family };
            fonts.font_for(&request).map(|font| font.name)
        };
        assert_eq!(found("─").as_deref(), Some("system arial"));
        assert_eq!(found("ж").as_deref(), Some("system dejavusans"));
        assert_eq!(found("\u{10FFFD}"), None);
    }
}
