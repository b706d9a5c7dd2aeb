//! The program as a test runs it, and pages for it to read.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program with these arguments.
pub fn fazhi(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fazhi"));
    command.args(arguments).stdin(Stdio::null());
    command
}

/// What the program did.
pub struct Done {
    /// Exit code.
    pub code: i32,
    /// What it printed.
    pub out: String,
    /// What it said.
    pub err: String,
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Runs the program.
pub fn run(arguments: &[&str]) -> Done {
    fazhi(arguments).output().unwrap().into()
}

/// Runs the program and expects that all goes well; what it printed.
pub fn output(arguments: &[&str]) -> String {
    let done = run(arguments);
    assert_eq!(done.code, 0, "{arguments:?}: {}", done.err);
    done.out
}

/// Runs the program with something on standard input.
pub fn run_with_input(arguments: &[&str], input: &str) -> Done {
    let mut command = fazhi(arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap().into()
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The text of the `number`-th invented page: the form of a county's report, in few and plain sentences.
pub fn page(number: usize) -> String {
    let (year, next, cases) = (2018 + number % 7, 2019 + number % 7, 10 + number);
    format!(
        "武山县人民政府关于{year}年度法治政府建设情况的报告

{year}年,武山县深入学习贯彻习近平法治思想,全面推进依法行政,法治政府建设取得新的成效。现将有关情况报告如下:
一、主要举措
(一)做好行政复议。县司法局落实《中华人民共和国行政复议法》,收到行政复议申请{cases}件,受理{number}件,全部在法定期限内审结,纠正不当行为2件。
(二)规范行政执法。县公安局按照《武山县行政执法办法》开展检查{cases}次,落实行政执法公示、执法全过程记录和重大执法决定法制审核制度。
(三)加强普法宣传。县教育局组织学生参加宪法宣传活动{cases}场,发放资料{number}份,群众的法治意识进一步增强。
二、存在问题
(一)执法力量不足。基层执法人员缺乏,部分乡镇的执法工作开展不够规范。
(二)普法形式单一。少数单位的宣传停留在发放资料上,效果不够明显。
三、下一步打算
(一)加强执法力量。{next}年将招录执法人员{number}名,组织专题培训,提高基层执法水平。
(二)创新普法形式。运用新媒体开展宣传,推动法治观念深入人心。
"
    )
}

/// Pages as JSON Lines.
pub fn pages(numbers: impl Iterator<Item = usize>) -> String {
    numbers
        .map(|number| {
            let url = format!("https://example.org/{number}");
            serde_json::json!({ "text": page(number), "url": url }).to_string() + "\n"
        })
        .collect()
}
