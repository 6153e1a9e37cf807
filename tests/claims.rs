//! What sentences of the prose state: the crate's own sentences, and, where it lies beside the crate, the corpus's.

use std::collections::BTreeSet;
use std::path::Path;

use xxgk::check::claims;

/// A sentence with what it states.
#[derive(serde::Deserialize)]
struct Case {
    sentence: String,
    claims: Vec<Stated>,
}

#[derive(serde::Deserialize)]
struct Stated {
    kind: String,
    value: u64,
}

fn cases(path: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"))).collect()
}

/// What is wrong with the claims of each sentence, and how many there were to find.
fn differences(cases: &[Case]) -> (Vec<String>, usize) {
    let mut wrong = Vec::new();
    for case in cases {
        let found = claims(&case.sentence);
        let set: BTreeSet<_> = found.iter().map(|c| (c.kind.id(), c.value)).collect();
        let want: BTreeSet<_> = case.claims.iter().map(|c| (c.kind.as_str(), c.value)).collect();
        if set != want || found.len() != set.len() {
            wrong.push(format!("{}\n  found {set:?}\n  want  {want:?}", case.sentence));
        }
        assert!(found.iter().all(|c| case.sentence.get(c.range.clone()).is_some_and(|text| !text.is_empty())));
    }
    (wrong, cases.iter().map(|case| case.claims.len()).sum())
}

#[test]
fn own_sentences() {
    let cases = cases(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/claims.jsonl"));
    assert!(cases.len() >= 60);
    let (wrong, _) = differences(&cases);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sentences_of_the_corpus() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/claims.jsonl");
    if path.exists() {
        let (wrong, claims) = differences(&cases(&path));
        assert!(claims > 0 && wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn any_text_is_read_in_time() {
    for word in ["未", "收到申请", "12件", "（其中", "行政复议、", "一百", "1,", "均已", "结转", "申请3件，"]
    {
        let text = word.repeat(5_000);
        let start = std::time::Instant::now();
        let _ = claims(&text);
        assert!(start.elapsed().as_secs() < 5, "{word}");
    }
}

#[test]
fn a_sentence_with_so_many_figures_states_something_and_one_with_more_is_a_table_s_text() {
    for (figures, found) in [(64, 1), (65, 0)] {
        let sentence = format!("全年收到政府信息公开申请12件{}。", "，另有3项".repeat(figures - 1));
        assert_eq!(claims(&sentence).len(), found, "{figures}");
    }
}
