//! Which families are asked first for a script: faces of plain shape that read well in small print, as each system brings
//! them. The order is fixed, so that the same fonts always give the same choice.

use unicode_script::Script;

/// Whose forms the signs have that Chinese, Japanese and Korean share, told by what else stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tradition {
    /// No such signs.
    None,
    /// Simplified Chinese: nothing says otherwise.
    Simplified,
    /// Traditional Chinese: phonetic signs beside them.
    Traditional,
    /// Japanese: syllable signs beside them.
    Japanese,
    /// Korean: Hangul beside them.
    Korean,
}

impl Tradition {
    /// The tradition of a text.
    pub fn of(text: &str) -> Self {
        let mut found = Self::None;
        for character in text.chars().filter(|character| *character >= '\u{1100}') {
            match unicode_script::UnicodeScript::script(&character) {
                Script::Hiragana | Script::Katakana => return Self::Japanese,
                Script::Hangul => return Self::Korean,
                Script::Bopomofo => return Self::Traditional,
                Script::Han => found = Self::Simplified,
                _ => {}
            }
        }
        found
    }

    fn families(self) -> &'static [&'static str] {
        match self {
            Self::None => &[],
            Self::Simplified => &[
                "Noto Sans CJK SC",
                "Noto Sans SC",
                "Source Han Sans SC",
                "Microsoft YaHei",
                "PingFang SC",
                "Hiragino Sans GB",
                "WenQuanYi Zen Hei",
                "WenQuanYi Micro Hei",
                "SimHei",
                "SimSun",
            ],
            Self::Traditional => &[
                "Noto Sans CJK TC",
                "Noto Sans TC",
                "Source Han Sans TC",
                "Microsoft JhengHei",
                "PingFang TC",
                "Heiti TC",
                "PMingLiU",
            ],
            Self::Japanese => &[
                "Noto Sans CJK JP",
                "Noto Sans JP",
                "Source Han Sans",
                "Yu Gothic",
                "Meiryo",
                "Hiragino Sans",
                "Hiragino Kaku Gothic ProN",
                "IPAexGothic",
                "IPAGothic",
                "MS Gothic",
            ],
            Self::Korean => &[
                "Noto Sans CJK KR",
                "Noto Sans KR",
                "Source Han Sans K",
                "Malgun Gothic",
                "Apple SD Gothic Neo",
                "NanumGothic",
                "Gulim",
            ],
        }
    }
}

/// Families for whatever has none of its own, and for signs of no script.
const GENERAL: [&str; 17] = [
    "Noto Sans",
    "Segoe UI",
    "Segoe UI Symbol",
    "Segoe UI Historic",
    "Noto Sans Symbols",
    "Noto Sans Symbols 2",
    "Noto Sans Symbols2",
    "Noto Sans Math",
    "Noto Emoji",
    "Segoe UI Emoji",
    "Apple Symbols",
    "DejaVu Sans",
    "Arial Unicode MS",
    "Arial",
    "Tahoma",
    "Helvetica",
    "FreeSans",
];

/// Families for a script, the best first.
fn of_script(script: Script) -> &'static [&'static str] {
    match script {
        Script::Arabic | Script::Syriac | Script::Thaana => {
            &["Segoe UI", "Geeza Pro", "Arial", "Tahoma", "DejaVu Sans", "Noto Naskh Arabic"]
        }
        Script::Hebrew => &["Segoe UI", "Arial Hebrew", "Arial", "Tahoma", "DejaVu Sans"],
        Script::Thai | Script::Lao | Script::Khmer => {
            &["Leelawadee UI", "Leelawadee", "Thonburi", "Lao Sangam MN", "Khmer Sangam MN", "Tahoma", "Waree", "Loma"]
        }
        Script::Devanagari
        | Script::Bengali
        | Script::Gurmukhi
        | Script::Gujarati
        | Script::Oriya
        | Script::Tamil
        | Script::Telugu
        | Script::Kannada
        | Script::Malayalam
        | Script::Sinhala => &["Nirmala UI", "Mangal", "Devanagari Sangam MN", "Lohit Devanagari"],
        _ => &[],
    }
}

/// The place of a family in the order for a script; those that nobody named come last.
pub fn rank(family: &str, script: Script, tradition: Tradition) -> usize {
    let mut at = 0;
    let mut place = |wanted: &str| {
        at += 1;
        family.eq_ignore_ascii_case(wanted).then_some(at)
    };
    let shared = match (script, tradition) {
        (Script::Han | Script::Common | Script::Inherited, tradition) => tradition,
        (Script::Hiragana | Script::Katakana, _) => Tradition::Japanese,
        (Script::Hangul, _) => Tradition::Korean,
        (Script::Bopomofo, _) => Tradition::Traditional,
        _ => Tradition::None,
    };
    let own = format!("Noto Sans {}", script.full_name().replace('_', " "));
    let named = shared.families().iter().copied().chain([own.as_str()]).chain(of_script(script).iter().copied());
    named.chain(GENERAL).find_map(&mut place).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_says_whose_signs_it_has() {
        for (text, tradition) in [
            ("Torque", Tradition::None),
            ("停止", Tradition::Simplified),
            ("停止 ボタン", Tradition::Japanese),
            ("停止 정지", Tradition::Korean),
            ("ㄊㄧㄥˊ停止", Tradition::Traditional),
        ] {
            assert_eq!(Tradition::of(text), tradition, "{text}");
        }
    }

    #[test]
    fn families_of_the_script_stand_before_the_general_ones_and_those_before_all_others() {
        let order = |families: [&str; 3], script, tradition| {
            let ranks = families.map(|family| rank(family, script, tradition));
            assert!(ranks.is_sorted_by(|one, next| one < next), "{families:?} are {ranks:?}");
        };
        order(["Noto Sans Arabic", "Segoe UI", "Comic Sans MS"], Script::Arabic, Tradition::None);
        order(["Noto Sans CJK JP", "Yu Gothic", "Noto Sans CJK SC"], Script::Han, Tradition::Japanese);
        order(["Noto Sans CJK SC", "microsoft yahei", "Noto Sans CJK JP"], Script::Han, Tradition::Simplified);
        order(["Noto Sans Thai", "Leelawadee UI", "Arial"], Script::Thai, Tradition::None);
    }
}
