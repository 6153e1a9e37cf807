//! The batch example's promises to scripts: order, exit status, names, and what it does with files that cannot be read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The example, which cargo builds before it runs the tests.
fn batch(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the example runs")
}

fn command(arguments: &[&str]) -> Command {
    let tests = std::env::current_exe().expect("the test's own path");
    let folder = tests.ancestors().nth(2).expect("the profile's folder");
    let mut command = Command::new(folder.join("examples").join(format!("batch{}", std::env::consts::EXE_SUFFIX)));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A new, empty folder.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn utf8(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

#[test]
fn the_order_is_that_of_the_paths_whatever_the_number_of_threads() {
    let one = batch(&["--quiet", "--format", "cells", "--jobs", "1", "tests/damaged", "tests/samples"]);
    let many = batch(&["--quiet", "--format", "cells", "--jobs", "7", "tests/samples", "tests/damaged"]);
    assert!(one.status.success() && one.stderr.is_empty(), "{}", stderr(&one));
    assert_eq!(stdout(&one), stdout(&many));
    assert!(
        stdout(&one).starts_with("file,edition,authority,year,table,row,column,state,value,unit,raw,line,start,end\n")
    );
}

#[test]
fn a_line_of_json_fits_the_schema() {
    let schema = serde_json::from_str(&stdout(&batch(&["--format", "jsonschema"]))).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    let lines = stdout(&batch(&["--quiet", "tests/samples", "tests/damaged"]));
    assert!(lines.lines().count() > 5);
    for line in lines.lines() {
        let line = serde_json::from_str(line).expect("a line of JSON");
        if let Err(error) = validator.validate(&line) {
            panic!("{error} at {}", error.instance_path());
        }
    }
}

#[test]
fn a_line_of_json_without_its_file_is_a_report() {
    let lines = stdout(&batch(&["--quiet", "tests/samples"]));
    assert_eq!(lines.lines().count(), 5);
    for line in lines.lines() {
        let mut line: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let file = line.as_object_mut().and_then(|line| line.remove("file")).expect("the document's path");
        let text = std::fs::read_to_string(file.as_str().expect("a text")).expect("a file");
        let report: xxgk::Report = serde_json::from_value(line).expect("a report");
        assert_eq!(report, xxgk::parse(&text).report);
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_others_are_written() {
    let output = batch(&["--quiet", "--format", "headers", "tests/samples", "tests/not-there.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).starts_with("tests/not-there.txt: cannot be read: "), "{}", stderr(&output));
    assert_eq!(stdout(&output).lines().count(), 6);
}

#[test]
fn wrong_arguments_are_2() {
    for arguments in
        [&[][..], &["--format", "pdf", "tests"], &["--format", "jsonschema", "tests"], &["--jobs", "0", "tests"]]
    {
        assert_eq!(batch(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn an_empty_folder_is_said_to_be_empty() {
    let output = batch(&["--quiet", utf8(&folder("empty"))]);
    assert!(output.status.success());
    assert_eq!(stderr(&output), "nothing to read: no file ends in .txt, .md, .html, .htm\n");
}

#[test]
fn the_summary_counts_what_is_no_report() {
    let folder = folder("others");
    std::fs::write(folder.join("letter.txt"), "您好。\n").expect("a file");
    let output = batch(&[utf8(&folder)]);
    assert!(output.status.success());
    let summary = stderr(&output);
    assert!(summary.contains("documents that are no report: 1\n") && summary.contains("letter.txt"), "{summary}");
    assert!(!summary.contains(['\r', '\x1b']), "something is redrawn where there is no terminal");
}

#[test]
fn findings_are_3_where_they_are_to_be() {
    let arguments = ["--quiet", "--format", "findings", "tests/damaged/m0008-2021-indented_cells"];
    assert_eq!(batch(&arguments).status.code(), Some(0));
    let strict = batch(&[&arguments[..], &["--strict"]].concat());
    assert_eq!(strict.status.code(), Some(3));
    assert!(stdout(&strict).contains("rule.row_sum,error,requests/granted/total,"));
}

#[test]
fn no_file_is_written_over() {
    let folder = folder("same");
    for name in ["a.txt", "a.html"] {
        std::fs::copy("tests/samples/luan-2023/document.txt", folder.join(name)).expect("a file");
    }
    let before = std::fs::read(folder.join("a.html")).expect("a file");
    let output = batch(&["--quiet", "--format", "html", "--out", utf8(&folder), utf8(&folder)]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(std::fs::read(folder.join("a.html")).expect("a file"), before);
    assert!(folder.join("a.html.html").is_file() && folder.join("a.txt.html").is_file());
    let document = folder.join("a.txt");
    assert_eq!(batch(&["--quiet", "--out", utf8(&document), utf8(&document)]).status.code(), Some(1));
}

#[test]
fn documents_of_one_name_have_a_file_each() {
    let folder = folder("one-name");
    let folders = ["x", "y", "z", "zz"].map(|name| folder.join(name));
    for folder in &folders {
        std::fs::create_dir(folder).expect("a folder");
        std::fs::copy("tests/samples/luan-2023/document.txt", folder.join("a.txt")).expect("a file");
    }
    let out = folder.join("out");
    let arguments = ["--quiet", "--format", "text", "--out", utf8(&out)];
    let output = batch(&arguments.into_iter().chain(folders.iter().map(|folder| utf8(folder))).collect::<Vec<_>>());
    assert!(output.status.success(), "{}", stderr(&output));
    let names = std::fs::read_dir(&out).expect("a folder").map(|file| file.expect("a file").file_name());
    assert_eq!(
        names.collect::<BTreeSet<_>>(),
        ["a.txt", "a.txt.2.txt", "a.txt.3.txt", "a.txt.txt"].map(Into::into).into()
    );
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child =
        command(&["tests", "tests/samples"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the example ends");
    assert!(output.status.success());
    assert_eq!(stderr(&output), "");
}

#[cfg(unix)]
#[test]
fn links_that_loop_and_names_that_are_not_utf_8_are_survived() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = folder("strange");
    std::os::unix::fs::symlink(&folder, folder.join("again")).expect("a link");
    std::fs::write(folder.join(OsStr::from_bytes(b"\xff.txt")), "一").expect("a file");
    let output = batch(&["--quiet", "--format", "headers", utf8(&folder)]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(stdout(&output).lines().count(), 2);
}
