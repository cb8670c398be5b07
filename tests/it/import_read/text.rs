//! Text with separators: every encoding, separator, quote and decimal mark.

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS, WINDOWS_1250, WINDOWS_1252};

use super::{cells, only_sheet};

#[test]
fn every_encoding_is_recognised() {
    let german = "Schritt;Fehlerart;B\n10;Gehäuse nicht geschlossen – Öl läuft aus;8\n";
    let polish = "Nr operacji;Potencjalna wada;Z\n10;Pęknięcie obudowy, zużycie narzędzia;8\n";
    let czech = "Krok;Vada;V\n10;Špatný průměr závitu, příliš vysoká teplota;8\n";
    let french = "Opération;Défaillance;G\n10;Pièce abîmée à l'arrivée;8\n";
    let signs = "Step;Specification;S\n10;Ø 5 ±0,1 mm, Ra 0,8 µm, 20 °C;8\n";
    let chinese = "工序号;潜在失效模式;严重度\n10;尺寸超差,无法装配;8\n";
    let taiwanese = "工序;潛在失效模式;嚴重度\n10;尺寸超差,無法組裝;8\n";
    let japanese = "工程番号;故障モード;厳しさ\n10;はんだ付け不良;8\n";
    let korean = "공정번호;고장형태;심각도\n10;치수 불량, 조립 불가;8\n";
    let cases: [(&str, &'static Encoding); 9] = [
        (german, WINDOWS_1252),
        (polish, WINDOWS_1250),
        (czech, WINDOWS_1250),
        (french, WINDOWS_1252),
        (signs, WINDOWS_1252),
        (chinese, GBK),
        (taiwanese, BIG5),
        (japanese, SHIFT_JIS),
        (korean, EUC_KR),
    ];
    for (text, encoding) in cases {
        let expected: Vec<String> = text
            .lines()
            .enumerate()
            .flat_map(|(row, line)| {
                line.split(';').zip(["A", "B", "C"]).map(move |(field, column)| {
                    let kind = if field.bytes().all(|b| b.is_ascii_digit()) { "number" } else { "text" };
                    format!("{column}{} {kind} {field}", row + 1)
                })
            })
            .collect();
        let utf16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        let (own, _, lost) = encoding.encode(text);
        assert!(!lost, "{}", encoding.name());
        let files: [(&str, Vec<u8>); 8] = [
            (encoding.name(), own.into_owned()),
            ("UTF-8", text.into()),
            ("UTF-8 with mark", format!("\u{feff}{text}").into()),
            ("UTF-16LE", utf16(u16::to_le_bytes)),
            ("UTF-16BE", utf16(u16::to_be_bytes)),
            ("UTF-16LE with mark", [&[0xFF, 0xFE], &utf16(u16::to_le_bytes)[..]].concat()),
            ("UTF-16BE with mark", [&[0xFE, 0xFF], &utf16(u16::to_be_bytes)[..]].concat()),
            ("CR LF", text.replace('\n', "\r\n").into()),
        ];
        for (name, bytes) in files {
            assert_eq!(cells(&only_sheet("x.csv", &bytes)), expected, "{name} of {text}");
        }
    }
}

#[test]
fn a_text_that_was_damaged_stays_what_it_is() {
    let mut bytes = "Größe;Fläche;Höhe;Länge;Stärke;Tür;Öl;".repeat(4).into_bytes();
    bytes.push(0xFF);
    assert!(cells(&only_sheet("x.csv", &bytes)).iter().any(|cell| cell.ends_with("text Größe")));
}

#[test]
fn every_separator_is_recognised() {
    for (separator, file) in [(",", "x.csv"), (";", "x.csv"), ("\t", "x.txt"), ("|", "x.txt"), ("\t", "x.tsv")] {
        let text = "Step,Mode,Effect\n10,torn,\"leak; \"\"noise\"\"\nand more\"\n\n20,,bent\n".replace(',', separator);
        let expected = [
            "A1 text Step",
            "B1 text Mode",
            "C1 text Effect",
            "A2 number 10",
            "B2 text torn",
            "C2 text leak; \"noise\"\nand more",
            "A4 number 20",
            "C4 text bent",
        ];
        for line_end in ["\n", "\r\n", "\r"] {
            let bytes = text.replace('\n', line_end);
            assert_eq!(cells(&only_sheet(file, bytes.as_bytes())), expected, "{separator:?} {line_end:?}");
        }
    }
    assert_eq!(
        cells(&only_sheet("x.csv", b"sep=;\r\na,b,c;1,5\r\n")),
        ["A1 text a,b,c", "B1 number 1.5"],
        "the line that names the separator is no data"
    );
}

#[test]
fn nothing_moves_in_ragged_rows() {
    let text = "a,b,c\n1\n,2\n1,2,3,4,5\n,,\n\"x\"y,z\n";
    assert_eq!(
        cells(&only_sheet("x.csv", text.as_bytes())),
        [
            "A1 text a",
            "B1 text b",
            "C1 text c",
            "A2 number 1",
            "B3 number 2",
            "A4 number 1",
            "B4 number 2",
            "C4 number 3",
            "D4 number 4",
            "E4 number 5",
            "A6 text xy",
            "B6 text z",
        ]
    );
}

#[test]
fn a_quote_that_never_closes_swallows_nothing() {
    let text = "Step;Tool\n10;\"4 in pipe\n20;hammer\n";
    assert_eq!(
        cells(&only_sheet("x.csv", text.as_bytes())),
        ["A1 text Step", "B1 text Tool", "A2 number 10", "B2 text \"4 in pipe", "A3 number 20", "B3 text hammer"]
    );
}

#[test]
fn only_what_loses_nothing_is_a_number() {
    let text = "007;1.10;10-20;1/2;1e5;+5;5%;01.02.2024;TRUE;3,5;-2;1.234,5\n";
    assert_eq!(
        cells(&only_sheet("x.csv", text.as_bytes())),
        [
            "A1 text 007",
            "B1 text 1.10",
            "C1 text 10-20",
            "D1 text 1/2",
            "E1 text 1e5",
            "F1 text +5",
            "G1 text 5%",
            "H1 text 01.02.2024",
            "I1 text TRUE",
            "J1 text 3,5",
            "K1 number -2",
            "L1 text 1.234,5",
        ],
        "1.10 and 3,5 contradict each other about the decimal mark"
    );
    let text = "3,5;1.234,5;0,25;1.000\n";
    assert_eq!(
        cells(&only_sheet("x.csv", text.as_bytes())),
        ["A1 number 3.5", "B1 number 1234.5", "C1 number 0.25", "D1 number 1000"]
    );
}

#[test]
fn strange_bytes_lose_nothing_that_is_text() {
    assert_eq!(
        cells(&only_sheet("x.csv", b"a,b\0c\n1,2\n")),
        ["A1 text a", "B1 text bc", "A2 number 1", "B2 number 2"]
    );
    let long = "x".repeat(500_000);
    assert_eq!(cells(&only_sheet("x.csv", format!("a,{long}\n").as_bytes()))[1].len(), "B1 text ".len() + 500_000);
}
