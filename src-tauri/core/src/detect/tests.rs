use super::jotted::shown;
use super::*;

#[test]
fn a_kinds_name_is_its_name_on_the_wire() {
    for detector in DETECTORS {
        let wire = serde_json::to_string(&detector.kind).unwrap();
        assert_eq!(wire, format!("\"{}\"", detector.kind.name()));
    }
}

#[test]
fn every_kind_has_one_detector() {
    let mut kinds: Vec<FlagKind> = DETECTORS.iter().map(|detector| detector.kind).collect();
    kinds.sort();
    kinds.dedup();
    assert_eq!((kinds.len(), DETECTORS.len()), (17, 17));
}

#[test]
fn who_learns_about_scams_is_not_deceived() {
    let row = |item: &str| shown(&format!("2025-03-14 10:38 buy 73.80 知识平台; item {item}"));
    assert!(row("公开课：识破刷单返利骗局").is_empty());
    assert_eq!(row("刷单返利 垫付任务"), ["1 scam-words"]);
}
