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
    assert_eq!((kinds.len(), DETECTORS.len()), (16, 16));
}

#[test]
fn every_scam_phrase_has_a_reason_in_both_languages_and_is_found_by_its_first_letter() {
    let list = scam_words::words();
    assert!(list.phrase.len() >= 15);
    for phrase in &list.phrase {
        assert!(!phrase.words.is_empty());
        assert!(!phrase.reason.zh.is_empty() && !phrase.reason.en.is_empty());
        for word in &phrase.words {
            assert_eq!(word, &word.to_ascii_lowercase(), "Latin letters stand in lower case");
            assert!(word.chars().count() >= 2, "one letter alone says nothing: {word}");
        }
    }
}
