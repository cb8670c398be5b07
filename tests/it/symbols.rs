//! The shipped symbols and special-characteristic classes.

use goldthread::base::Text;
use goldthread::model::class::{ClassError, ClassSets, Confidence};
use goldthread::model::symbol::SymbolShape;
use goldthread::store::assets;

fn assert_sound(name: &str, shape: &SymbolShape) {
    let points: Vec<_> = shape.outlines().iter().flat_map(|outline| outline.points.iter().copied()).collect();
    assert!(points.iter().flatten().all(|at| (0.0..=1.0).contains(at)), "{name} leaves the unit square");
    for axis in 0..2 {
        let low = points.iter().map(|point| point[axis]).fold(1.0, f32::min);
        let high = points.iter().map(|point| point[axis]).fold(0.0, f32::max);
        assert!(high - low > 0.6, "{name} fills too little of the square");
        let area = shape.label_area();
        assert!(area.min[axis] > low && area.max[axis] < high, "the letters leave the {name}");
    }
}

#[test]
fn every_kind_of_step_has_a_symbol() {
    let symbols = assets::process_flow_symbols().unwrap();
    let wanted = [
        "operation",
        "inspection",
        "operation_inspection",
        "transport",
        "storage",
        "delay",
        "decision",
        "rework",
        "scrap",
        "receiving",
        "shipping",
    ];
    for key in wanted {
        assert!(symbols.get(key).is_some_and(|symbol| !symbol.name.is_blank()), "{key}");
    }
    assert_eq!(symbols.symbols.len(), wanted.len());
    for (at, symbol) in symbols.symbols.iter().enumerate() {
        assert_sound(&symbol.key, &symbol.shape);
        let others = &symbols.symbols[at + 1..];
        assert!(others.iter().all(|other| other.shape.outlines() != symbol.shape.outlines()), "{} twice", symbol.key);
    }
}

#[test]
fn the_shapes_of_classes_stay_in_the_square() {
    for symbol in &assets::class_shapes().unwrap().symbols {
        assert_sound(&symbol.key, &symbol.shape);
    }
}

#[test]
fn classes_carry_drawn_symbols_and_the_text_that_stands_for_them() {
    let sets = assets::class_sets().unwrap();
    let shapes = assets::class_shapes().unwrap();
    for (class, shape, label, text) in [
        ("ford-cc", "inverted-delta", None, "[CC]"),
        ("gm-sc", "shield", Some("S/C"), "<S/C>"),
        ("gm-ff", "diamond", Some("F/F"), "<F/F>"),
        ("stellantis-s", "shield", Some("S"), "<S>"),
        ("stellantis-d", "diamond", Some("D"), "<D>"),
        ("stellantis-p", "pentagon", Some("P"), "<P>"),
        ("toyota-e", "inverted-delta", Some("E"), "[E]"),
        ("generic-cc", "box", Some("CC"), "CC"),
    ] {
        let class = sets.class(class).unwrap();
        let symbol = class.symbol.as_ref().unwrap();
        assert_eq!(symbol.outlines(), shapes.get(shape).unwrap().shape.outlines(), "{}", class.id);
        assert_eq!(symbol.label().map(Text::as_str), label, "{}", class.id);
        assert_eq!(class.text_fallback.as_str(), text);
    }
    assert!(sets.class("ford-sc").unwrap().symbol.is_none(), "Ford draws no delta for SC");
}

#[test]
fn what_nobody_confirmed_is_off_and_says_why() {
    let sets = assets::class_sets().unwrap();
    let classes: Vec<_> = sets.iter().flat_map(|set| &set.classes).collect();
    for class in &classes {
        assert!(!class.code.is_blank() && !class.meaning.is_blank() && !class.text_fallback.is_blank(), "{}", class.id);
        assert_eq!(class.enabled, class.confidence != Confidence::Unverified, "{}", class.id);
        assert!(class.confidence == Confidence::Confirmed || class.note.is_some(), "{}", class.id);
    }
    let off: Vec<_> = classes.iter().filter(|class| !class.enabled).map(|class| class.id.as_str()).collect();
    assert!(off.contains(&"honda-ha") && off.contains(&"stellantis-psa-s") && off.contains(&"bmw-bm-z"), "{off:?}");
}

const OWN: &str = r#"ClassSet(
    format: 1,
    id: "own",
    name: "Own",
    customer: "Us",
    source: "our standard",
    classes: [
        (id: "own-x", code: "X", symbol: Some((shape: "circle", label: Some("X"))), text_fallback: "(X)",
         meaning: "Ours.", rank: Other, minimum_severity: Some(5), applies_to: Process, obligations: [ControlPlan],
         confidence: Confirmed, enabled: true),
    ],
)
"#;

#[test]
fn a_companys_own_classes_work() {
    let mut sets = ClassSets::clone(&*assets::class_sets().unwrap());
    sets.add(assets::read_class_set("own.ron", OWN).unwrap()).unwrap();
    assert_eq!(sets.class("own-x").unwrap().code.as_str(), "X");
    assert_eq!(sets.class("ford-cc").unwrap().code.as_str(), "CC");
    let again = assets::read_class_set("own.ron", OWN).unwrap();
    assert_eq!(sets.add(again), Err(ClassError::DuplicateSet("own".to_owned())));
}

#[test]
fn broken_classes_are_refused() {
    let refusal = |text: String| assets::read_class_set("own.ron", &text).unwrap_err().to_string();
    let shape = refusal(OWN.replace("\"circle\"", "\"hexagon\""));
    assert!(
        shape.starts_with("own.ron: class `own-x` names the shape `hexagon`") && shape.contains("shield"),
        "{shape}"
    );
    assert!(refusal(OWN.replace("rank: Other", "rank: Odd")).starts_with("own.ron:9:"));
    assert!(refusal(OWN.replace("enabled: true", "enabled: true, glyph: 1")).contains("`glyph`"));

    let mut sets = ClassSets::default();
    let doubtful = assets::read_class_set("own.ron", &OWN.replace("Confirmed", "Unverified")).unwrap();
    assert_eq!(sets.add(doubtful), Err(ClassError::UnverifiedInUse("own-x".to_owned())));
    assert_eq!(sets, ClassSets::default());
}

#[test]
fn a_shape_outside_the_square_is_refused() {
    let text = r#"SymbolSet(format: 1, id: "x", name: "X", symbols: [
        (key: "big", name: "Big", label_area: ((0.2, 0.2), (0.8, 0.8)), outlines: [Circle(center: (0.5, 0.5), radius: 0.6)]),
    ])"#;
    let message = assets::read_symbol_set("x.ron", text).unwrap_err().to_string();
    assert!(message.starts_with("x.ron: symbol `big`: the point (1.1, 0.5) lies outside"), "{message}");
    let absurd = text.replace("radius: 0.6", "radius: 1e38");
    assert!(assets::read_symbol_set("x.ron", &absurd).is_err());
}
