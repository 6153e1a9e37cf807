//! In: the reports of many authorities on many years. Out: what does not agree between the years of each authority.
//! It keeps no prose, which no check across years looks at.

use std::collections::HashMap;

use xxgk::{Diagnostic, Report, check};

/// A report of a series, without its prose.
pub struct Member {
    file: String,
    report: Report,
}

impl Member {
    pub fn new(file: String, mut report: Report) -> Self {
        for prose in [&mut report.overview, &mut report.problems, &mut report.other_matters] {
            *prose = Vec::new();
        }
        Member { file, report }
    }
}

/// The findings, each with the file of the later year, in the order of the files.
pub fn findings(members: &[Member]) -> Vec<(&str, Vec<Diagnostic>)> {
    let reports: Vec<&Report> = members.iter().map(|member| &member.report).collect();
    let mut found: HashMap<usize, Vec<Diagnostic>> = HashMap::new();
    for group in check::group(&reports, |_, _| false) {
        let of_one: Vec<&Report> = group.iter().map(|i| reports[*i]).collect();
        for (i, finding) in check::series(&of_one) {
            found.entry(group[i]).or_default().push(finding);
        }
    }
    members.iter().enumerate().filter_map(|(i, member)| Some((member.file.as_str(), found.remove(&i)?))).collect()
}
