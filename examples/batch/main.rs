//! Reads files and folders of annual reports, in parallel, and writes them out as JSON lines, as CSV tables, or in the
//! prescribed form.
//!
//! `cargo run --release --example batch -- [OPTIONS] PATH...`; `--help` lists the options.

mod find;
mod formats;
mod library;
mod output;
mod pipeline;
mod summary;

use std::io;
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use xxgk::Severity;

use find::Document;
use formats::{Format, Read};
use library::Member;
use output::Output;
use summary::{Console, Summary};

/// Reads annual reports on the disclosure of government information (政府信息公开工作年度报告).
///
/// Exit status: 0 all read, 1 a file could not be read or written, 2 wrong arguments, 3 an error-level finding with
/// --strict.
#[derive(Parser)]
#[command(name = "batch", version)]
struct Args {
    /// Files, and folders whose .txt, .md, .html and .htm files are read, recursively.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// What to write.
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// Where to write: a file, or for text, markdown and html a folder [default: standard output].
    #[arg(long, value_name = "FILE|DIR")]
    out: Option<PathBuf>,
    /// No progress and no closing summary.
    #[arg(long)]
    quiet: bool,
    /// How many documents to read at a time [default: one for each processor].
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroU16>,
    /// Exit with status 3 where any document has an error-level finding.
    #[arg(long)]
    strict: bool,
    /// Check what must agree between successive years of one authority, too; the findings follow all others.
    #[arg(long)]
    series: bool,
}

impl Args {
    /// The arguments, or the exit with status 2 that clap gives to wrong ones.
    fn checked() -> Self {
        let args = Args::parse();
        let schema = args.format == Format::Jsonschema;
        if schema && !args.paths.is_empty() {
            Args::command().error(ErrorKind::ArgumentConflict, "--format jsonschema takes no PATH").exit();
        }
        if !schema && args.paths.is_empty() {
            Args::command().error(ErrorKind::MissingRequiredArgument, "a PATH is needed: a file or a folder").exit();
        }
        args
    }
}

fn main() -> ExitCode {
    let args = Args::checked();
    let result = if args.format == Format::Jsonschema { schema(&args) } else { convert(&args) };
    result.unwrap_or_else(|error| {
        // A reader that has seen enough (`| head`) is no error.
        if is_broken_pipe(&error) {
            return ExitCode::SUCCESS;
        }
        summary::say(&format!("error: {error:#}"));
        ExitCode::FAILURE
    })
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|e| e.downcast_ref::<io::Error>()).any(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

fn schema(args: &Args) -> anyhow::Result<ExitCode> {
    let mut output = Output::open(args.format, args.out.as_deref(), &[])?;
    output.text(&library::schema()?)?;
    output.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn convert(args: &Args) -> anyhow::Result<ExitCode> {
    let (documents, unreachable) = find::documents(&args.paths);
    let console = Console::new(args.quiet, documents.len());
    for failure in &unreachable {
        console.complain(failure);
    }
    if documents.is_empty() && unreachable.is_empty() {
        console.complain(&format!("nothing to read: no file ends in {}", find::ENDINGS.join(", ")));
    }
    let mut summary = Summary::new(unreachable.len());
    let mut output = Output::open(args.format, args.out.as_deref(), &documents)?;
    output.text(args.format.head())?;
    let members = read_all(args, documents, &console, &mut output, &mut summary)?;
    if args.series {
        compare(args, members, &mut output, &mut summary)?;
    }
    output.finish()?;
    console.close(&summary);
    Ok(summary.status(args.strict))
}

/// What a worker hands over for one document.
struct Done {
    rendered: Vec<u8>,
    counts: Summary,
    member: Option<Member>,
}

/// Reads and writes the documents; gives back what the checks across years need.
fn read_all(
    args: &Args,
    documents: Vec<Document>,
    console: &Console,
    output: &mut Output,
    summary: &mut Summary,
) -> anyhow::Result<Vec<Member>> {
    let mut members = Vec::new();
    let work = |document: Document| {
        let done = one(args, &document);
        (document, done)
    };
    pipeline::ordered(args.jobs, documents, work, |(document, done)| {
        let written = done.and_then(|done| {
            output.document(&document, &done.rendered)?;
            Ok(done)
        });
        match written {
            Ok(done) => {
                summary.add(done.counts);
                members.extend(done.member);
            }
            Err(error) if output.is_stream() && error.is::<output::Broken>() => return Err(error),
            Err(error) => {
                summary.failures += 1;
                console.complain(&format!("{}: {error:#}", document.name()));
            }
        }
        console.advance();
        Ok(())
    })?;
    Ok(members)
}

fn one(args: &Args, document: &Document) -> anyhow::Result<Done> {
    let bytes = std::fs::read(&document.path).context("cannot be read")?;
    let read = Read::new(document.name(), library::parse(&bytes));
    let rendered = args.format.render(&read)?;
    let counts = Summary::of(&read);
    let member = args.series.then(|| Member::new(read.file, read.parsed.report));
    Ok(Done { rendered, counts, member })
}

/// Writes and counts the findings between the years of each authority.
fn compare(args: &Args, members: Vec<Member>, output: &mut Output, summary: &mut Summary) -> anyhow::Result<()> {
    for (file, finding) in library::series(members)? {
        summary.errors += usize::from(finding.severity() == Severity::Error);
        if args.format == Format::Findings {
            output.bytes(&library::findings(&file, &[finding])?)?;
        }
    }
    Ok(())
}
