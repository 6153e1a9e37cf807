//! Openings with what is to be read from them: at least 95 in 100 of what they state, and nothing that they do not.

use std::fs;

use serde_json::Value;
use xxgk::{Field, parse};

/// What was read of an opening's fields.
#[derive(Default)]
struct Score {
    stated: usize,
    right: usize,
    wrong: Vec<String>,
}

impl Score {
    fn add(&mut self, id: &str, text: &str, truth: &Value) {
        let parsed = parse(text);
        for field in Field::ALL {
            let Some(stated) = truth.get(field.id()) else { continue };
            let stated = stated.as_str().map(str::to_owned).or_else(|| stated.as_u64().map(|n| n.to_string()));
            let read = parsed.report.header.get(field);
            self.stated += usize::from(stated.is_some());
            if stated.is_some() && read == stated {
                self.right += 1;
            } else if read.is_some() {
                self.wrong.push(format!("{id} {}: {read:?}, not {stated:?}", field.id()));
            }
            if let Some(place) = parsed.evidence.field(field).and_then(|e| e.place) {
                assert_eq!(text[place.start..place.end], parsed.evidence.field(field).unwrap().raw, "{id}");
            }
        }
    }
}

fn check(path: &str) {
    let openings = fs::read_to_string(path).expect(path);
    let mut score = Score::default();
    for line in openings.lines() {
        let opening: Value = serde_json::from_str(line).expect(line);
        let text = opening["text"].as_str().expect("an opening has a text");
        let id = opening["id"].as_str().unwrap_or_default();
        score.add(id, text, &opening["truth"]);
        score.add(&format!("{id} with CRLF"), &text.replace('\n', "\r\n"), &opening["truth"]);
    }
    assert!(score.stated > 0, "{path} is empty");
    assert!(score.wrong.is_empty(), "{path}: {:#?}", score.wrong);
    assert!(score.right * 100 >= score.stated * 95, "{path}: {} of {}", score.right, score.stated);
}

#[test]
fn openings_of_many_layouts() {
    check("tests/fixtures/openings.jsonl");
}

#[test]
fn openings_of_the_corpus() {
    let corpus = "../shared/corpus/openings.jsonl";
    if fs::exists(corpus).unwrap_or(false) {
        check(corpus);
    }
}
