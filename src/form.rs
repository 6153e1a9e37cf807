//! The prescribed form as data: both editions, every section, row and column with identifier, label and variants, and
//! the sums within a report. Reading, checking and writing look things up here; only words that hint at a table, or that
//! sentences use, stand where they are looked for. It never looks at a document.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// The edition of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Edition {
    /// The trial form, 国办公开办函〔2019〕60号: reports on 2019 and 2020.
    #[serde(rename = "2019")]
    V2019,
    /// The form in force, 国办公开办函〔2021〕30号: reports on 2021 and later.
    #[serde(rename = "2021")]
    V2021,
}

impl Edition {
    /// Both editions, oldest first.
    pub const ALL: [Edition; 2] = [Edition::V2019, Edition::V2021];

    /// `2019` or `2021`.
    pub const fn id(self) -> &'static str {
        match self {
            Edition::V2019 => "2019",
            Edition::V2021 => "2021",
        }
    }

    /// The notice that prescribes the edition.
    pub const fn notice(self) -> &'static str {
        match self {
            Edition::V2019 => "国办公开办函〔2019〕60号",
            Edition::V2021 => "国办公开办函〔2021〕30号",
        }
    }

    /// The edition prescribed for reports on `year`.
    pub const fn of_year(year: u16) -> Self {
        if year < 2021 { Edition::V2019 } else { Edition::V2021 }
    }

    /// The form of this edition.
    pub fn form(self) -> &'static Form {
        static FORMS: LazyLock<[Form; 2]> = LazyLock::new(|| Edition::ALL.map(Form::new));
        &FORMS[self as usize]
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// One of the six numbered sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// 一、总体情况: prose.
    Overview,
    /// 二、主动公开政府信息情况: table 1.
    Disclosure,
    /// 三、收到和处理政府信息公开申请情况: table 2.
    Requests,
    /// 四、政府信息公开行政复议、行政诉讼情况: table 3.
    Proceedings,
    /// 五、存在的主要问题及改进情况: prose.
    Problems,
    /// 六、其他需要报告的事项: prose.
    OtherMatters,
}

impl Section {
    /// All six, in the form's order.
    pub const ALL: [Section; 6] = [
        Section::Overview,
        Section::Disclosure,
        Section::Requests,
        Section::Proceedings,
        Section::Problems,
        Section::OtherMatters,
    ];

    /// The identifier, as in JSON.
    pub const fn id(self) -> &'static str {
        ["overview", "disclosure", "requests", "proceedings", "problems", "other_matters"][self as usize]
    }

    /// The section's number as the form prints it.
    pub const fn number(self) -> &'static str {
        ["一", "二", "三", "四", "五", "六"][self as usize]
    }

    /// The prescribed title, without its number.
    pub const fn title(self) -> &'static str {
        self.titles()[0]
    }

    /// The prescribed title, and those that offices use instead.
    pub const fn titles(self) -> &'static [&'static str] {
        match self {
            Section::Overview => {
                &["总体情况", "工作开展总体情况", "概述", "基本情况", "总体工作情况", "政府信息公开工作总体情况"]
            }
            Section::Disclosure => &[
                "主动公开政府信息情况",
                "主动公开政府信息的情况",
                "政府信息主动公开情况",
                "行政机关主动公开政府信息情况",
            ],
            Section::Requests => &[
                "收到和处理政府信息公开申请情况",
                "政府信息公开申请收到和处理情况",
                "依申请公开政府信息情况",
                "收到和处理政府信息公开申请的情况",
            ],
            Section::Proceedings => &[
                "政府信息公开行政复议、行政诉讼情况",
                "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
                "政府信息公开行政复议和行政诉讼情况",
                "行政复议、行政诉讼情况",
            ],
            Section::Problems => &[
                "存在的主要问题及改进情况",
                "政府信息公开工作存在的主要问题及改进情况",
                "存在的主要问题和改进情况",
                "存在问题及改进情况",
                "存在的问题及改进措施",
                "存在的主要问题及改进措施",
            ],
            Section::OtherMatters => {
                &["其他需要报告的事项", "其他需要报告事项", "需要报告的其他事项", "其他需要报告的情况"]
            }
        }
    }
}

/// One of the three tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Table 1, 主动公开 (article 20 of the Regulations).
    Disclosure,
    /// Table 2, 收到和处理政府信息公开申请.
    Requests,
    /// Table 3, 行政复议、行政诉讼.
    Proceedings,
}

impl Table {
    /// All three, in the form's order.
    pub const ALL: [Table; 3] = [Table::Disclosure, Table::Requests, Table::Proceedings];

    /// The identifier, as in JSON.
    pub const fn id(self) -> &'static str {
        self.section().id()
    }

    /// The section that holds the table.
    pub const fn section(self) -> Section {
        match self {
            Table::Disclosure => Section::Disclosure,
            Table::Requests => Section::Requests,
            Table::Proceedings => Section::Proceedings,
        }
    }
}

/// What a column's cells hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A non-negative whole number.
    Count,
    /// A signed whole number: more or fewer than the year before.
    Change,
    /// An amount of money.
    Amount,
}

/// A column of a row.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// The identifier, as in JSON and in the cells table.
    pub id: &'static str,
    /// The prescribed label.
    pub label: &'static str,
    /// What its cells hold.
    pub kind: Kind,
}

/// A row of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// The identifier, as in JSON and in the cells table.
    pub id: &'static str,
    /// The number before the label (`一、`, `（一）`, `1.`), or nothing.
    pub number: &'static str,
    /// The prescribed label, without number and note.
    pub label: &'static str,
    /// The note in brackets behind the label, or nothing.
    pub note: &'static str,
    /// Other wordings of the label that offices print.
    pub variants: &'static [&'static str],
    /// The heads above the row, outermost first: for table 1 the item of article 20, for table 2 the groups.
    pub groups: &'static [&'static str],
    /// The columns, in order.
    pub columns: &'static [Column],
}

/// A cell's address: table, row and column, written `requests/granted/total`.
///
/// # Examples
/// ```
/// use xxgk::CellPath;
/// let path: CellPath = "requests/denied.state_secret/total".parse().unwrap();
/// assert_eq!(path.to_string(), "requests/denied.state_secret/total");
/// assert!("requests/granted/sum".parse::<CellPath>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellPath {
    /// The table.
    pub table: Table,
    /// The row's identifier.
    pub row: &'static str,
    /// The column's identifier.
    pub column: &'static str,
}

impl fmt::Display for CellPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.table.id(), self.row, self.column)
    }
}

/// A text that is no [`CellPath`] of either edition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no cell of the form: table/row/column is expected, as in requests/granted/total")]
pub struct UnknownCell(String);

impl FromStr for CellPath {
    type Err = UnknownCell;

    fn from_str(s: &str) -> Result<Self, UnknownCell> {
        let found = Edition::ALL.iter().rev().find_map(|e| e.form().paths.iter().find(|p| p.to_string() == s));
        found.copied().ok_or_else(|| UnknownCell(s.to_owned()))
    }
}

/// A sum that the form prescribes within a report (勾稽关系).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// `new_received` + `carried_over` = `outcomes_total` + `carried_forward`, each column.
    Balance,
    /// `outcomes_total` = the sum of the outcomes, each column.
    OutcomesSum,
    /// `total` = the sum of the six kinds of applicant, each row.
    RowSum,
    /// `total` = `upheld` + `corrected` + `other` + `pending`, each kind of proceeding.
    ProceedingsSum,
}

/// One equation of the form: the cells on the left add up to the cells on the right.
#[derive(Debug)]
pub struct Equation {
    /// The rule that it is a case of.
    pub rule: Rule,
    /// Positions in [`Form::paths`].
    pub left: Vec<usize>,
    /// Positions in [`Form::paths`].
    pub right: Vec<usize>,
}

impl Equation {
    /// Whether it is a sum of table 2 over one of its columns.
    pub(crate) fn is_of_column(&self) -> bool {
        matches!(self.rule, Rule::OutcomesSum | Rule::Balance)
    }
}

/// The form of one edition.
#[derive(Debug)]
pub struct Form {
    /// The edition.
    pub edition: Edition,
    /// Every cell, in the form's order.
    pub paths: Vec<CellPath>,
    /// What each cell holds, in the same order.
    pub kinds: Vec<Kind>,
    /// What must add up within a report.
    pub equations: Vec<Equation>,
    /// The equations that each cell stands in, as positions in `equations`.
    pub equations_of: Vec<Vec<usize>>,
}

impl Form {
    fn new(edition: Edition) -> Self {
        let mut form =
            Form { edition, paths: Vec::new(), kinds: Vec::new(), equations: Vec::new(), equations_of: Vec::new() };
        for table in Table::ALL {
            for row in form.rows(table) {
                for column in row.columns {
                    form.paths.push(CellPath { table, row: row.id, column: column.id });
                    form.kinds.push(column.kind);
                }
            }
        }
        form.equations = form.sums();
        form.equations_of = vec![Vec::new(); form.paths.len()];
        for (i, equation) in form.equations.iter().enumerate() {
            for &cell in equation.left.iter().chain(&equation.right) {
                form.equations_of[cell].push(i);
            }
        }
        form
    }

    fn sums(&self) -> Vec<Equation> {
        let width = APPLICANTS.len();
        let requests = self.first(Table::Requests);
        let row_of =
            |id: &str| self.rows(Table::Requests).iter().position(|r| r.id == id).map_or(0, |r| requests + r * width);
        let (new, over, total, forward) =
            (row_of("new_received"), row_of("carried_over"), row_of("outcomes_total"), row_of("carried_forward"));
        let row_sum = |rule, start: usize, width: usize| Equation {
            rule,
            left: vec![start + width - 1],
            right: (start..start + width - 1).collect(),
        };
        let rows = (requests..=forward).step_by(width).map(|start| row_sum(Rule::RowSum, start, width));
        let outcomes = (0..width).map(|c| Equation {
            rule: Rule::OutcomesSum,
            left: vec![total + c],
            right: (over + width..total).step_by(width).map(|start| start + c).collect(),
        });
        let balance = (0..width).map(|c| Equation {
            rule: Rule::Balance,
            left: vec![new + c, over + c],
            right: vec![total + c, forward + c],
        });
        let proceedings = (self.first(Table::Proceedings)..self.paths.len())
            .step_by(RESULTS.len())
            .map(|start| row_sum(Rule::ProceedingsSum, start, RESULTS.len()));
        rows.chain(outcomes).chain(balance).chain(proceedings).collect()
    }

    /// The rows of a table, in order.
    pub const fn rows(&self, table: Table) -> &'static [Row] {
        match (self.edition, table) {
            (Edition::V2019, Table::Disclosure) => DISCLOSURE_2019,
            (Edition::V2021, Table::Disclosure) => DISCLOSURE_2021,
            (Edition::V2019, Table::Requests) => REQUESTS_2019,
            (Edition::V2021, Table::Requests) => REQUESTS_2021,
            (_, Table::Proceedings) => PROCEEDINGS,
        }
    }

    /// The position in `paths` of a table's first cell.
    pub fn first(&self, table: Table) -> usize {
        self.paths.partition_point(|p| p.table < table)
    }

    /// The position of a cell in `paths`; `None` where this edition has no such cell.
    pub fn index(&self, path: CellPath) -> Option<usize> {
        self.paths.iter().position(|p| *p == path)
    }

    /// The row and the column of a cell.
    pub fn find(&self, path: CellPath) -> Option<(&'static Row, &'static Column)> {
        let row = self.rows(path.table).iter().find(|r| r.id == path.row)?;
        Some((row, row.columns.iter().find(|c| c.id == path.column)?))
    }
}

/// The report's name, as its title ends.
pub const REPORT_NAME: &str = "政府信息公开工作年度报告";
/// The regulations that ask for it, as its preamble opens.
pub const REGULATIONS: &str = "《中华人民共和国政府信息公开条例》";
/// The head above the first column of table 2, with the rule of balance that the form prints itself.
pub const BALANCE_NOTE: &str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";
/// The head above all columns of table 2.
pub const APPLICANTS_HEAD: &str = "申请人情况";
/// The head above the five kinds of organisation in table 2.
pub const ORGANISATIONS_HEAD: &str = "法人或其他组织";
/// The head of a subtotal of the organisations, which some offices add to table 2.
pub const SUBTOTAL_HEADS: &[&str] = &["法人小计", "小计", "组织小计", "法人或其他组织小计"];
/// The head of a column of running numbers, which some offices put in front of a table.
pub const NUMBERS_HEAD: &str = "序号";
/// The head of the first column of table 1.
pub const CONTENT_HEAD: &str = "信息内容";
/// A row that some provinces add behind 规范性文件 in table 1, with figures in the same columns; it is no part of the form.
pub const OTHER_DOCUMENTS: &str = "其他主动公开文件";
/// The head above the two kinds of litigation in table 3.
pub const LITIGATION_HEAD: &str = "行政诉讼";

const fn count(id: &'static str, label: &'static str) -> Column {
    Column { id, label, kind: Kind::Count }
}

const DOCUMENTS_2021: &[Column] =
    &[count("issued", "本年制发件数"), count("repealed", "本年废止件数"), count("in_force", "现行有效件数")];
const DECISIONS_2021: &[Column] = &[count("decisions", "本年处理决定数量")];
const FEES_2021: &[Column] =
    &[Column { id: "amount", label: "本年收费金额（单位：万元）", kind: Kind::Amount }];
const DOCUMENTS_2019: &[Column] = &[
    count("made", "本年新制作数量"),
    count("newly_disclosed", "本年新公开数量"),
    count("total_disclosed", "对外公开总数量"),
];
const CHANGE: Column = Column { id: "change", label: "本年增/减", kind: Kind::Change };
const DECISIONS_2019: &[Column] =
    &[count("previous_items", "上一年项目数量"), CHANGE, count("decisions", "处理决定数量")];
const FEES_2019: &[Column] = &[count("previous_items", "上一年项目数量"), CHANGE];
const PROCUREMENT: &[Column] =
    &[count("projects", "采购项目数量"), Column { id: "amount", label: "采购总金额", kind: Kind::Amount }];

/// The seven columns of table 2.
pub const APPLICANTS: &[Column] = &[
    count("natural_person", "自然人"),
    count("business", "商业企业"),
    count("research", "科研机构"),
    count("public_welfare", "社会公益组织"),
    count("legal_service", "法律服务机构"),
    count("other", "其他"),
    count("total", "总计"),
];

/// The five columns of each kind of proceeding in table 3.
pub const RESULTS: &[Column] = &[
    count("upheld", "结果维持"),
    count("corrected", "结果纠正"),
    count("other", "其他结果"),
    count("pending", "尚未审结"),
    count("total", "总计"),
];

const ITEM_1: &[&str] = &["第二十条第（一）项"];
const ITEM_5: &[&str] = &["第二十条第（五）项"];
const ITEM_6: &[&str] = &["第二十条第（六）项"];
const ITEM_8: &[&str] = &["第二十条第（八）项"];
const ITEM_9: &[&str] = &["第二十条第（九）项"];

const fn plain(
    id: &'static str,
    label: &'static str,
    groups: &'static [&'static str],
    columns: &'static [Column],
) -> Row {
    Row { id, number: "", label, note: "", variants: &[], groups, columns }
}

const DISCLOSURE_2021: &[Row] = &[
    plain("rules", "规章", ITEM_1, DOCUMENTS_2021),
    Row {
        variants: &["规范性文件", "规范性档案"],
        ..plain("normative_documents", "行政规范性文件", ITEM_1, DOCUMENTS_2021)
    },
    plain("licensing", "行政许可", ITEM_5, DECISIONS_2021),
    plain("penalties", "行政处罚", ITEM_6, DECISIONS_2021),
    plain("coercion", "行政强制", ITEM_6, DECISIONS_2021),
    plain("fees", "行政事业性收费", ITEM_8, FEES_2021),
];

const DISCLOSURE_2019: &[Row] = &[
    plain("rules", "规章", ITEM_1, DOCUMENTS_2019),
    Row {
        variants: &["行政规范性文件", "规范性档案"],
        ..plain("normative_documents", "规范性文件", ITEM_1, DOCUMENTS_2019)
    },
    plain("licensing", "行政许可", ITEM_5, DECISIONS_2019),
    Row {
        variants: &["其他对外管理服务"], ..plain("other_services", "其他对外管理服务事项", ITEM_5, DECISIONS_2019)
    },
    plain("penalties", "行政处罚", ITEM_6, DECISIONS_2019),
    plain("coercion", "行政强制", ITEM_6, DECISIONS_2019),
    plain("fees", "行政事业性收费", ITEM_8, FEES_2019),
    plain("procurement", "政府集中采购", ITEM_9, PROCUREMENT),
];

const RESULT: &[&str] = &["三、本年度办理结果"];
const DENIED: &[&str] = &["三、本年度办理结果", "（三）不予公开"];
const UNABLE: &[&str] = &["三、本年度办理结果", "（四）无法提供"];
const NOT_PROCESSED: &[&str] = &["三、本年度办理结果", "（五）不予处理"];
const OTHER: &[&str] = &["三、本年度办理结果", "（六）其他处理"];

const fn request(id: &'static str, number: &'static str, label: &'static str, groups: &'static [&'static str]) -> Row {
    Row { id, number, label, note: "", variants: &[], groups, columns: APPLICANTS }
}

const NEW_RECEIVED: Row = request("new_received", "一、", "本年新收政府信息公开申请数量", &[]);
const CARRIED_OVER: Row = request("carried_over", "二、", "上年结转政府信息公开申请数量", &[]);
const GRANTED: Row = request("granted", "（一）", "予以公开", RESULT);
const PARTIALLY_GRANTED: Row = Row {
    note: "（区分处理的，只计这一情形，不计其他情形）",
    ..request("partially_granted", "（二）", "部分公开", RESULT)
};
const STATE_SECRET: Row = request("denied.state_secret", "1.", "属于国家秘密", DENIED);
const PROHIBITED_BY_LAW: Row = Row {
    variants: &["其他法律法规禁止公开"],
    ..request("denied.prohibited_by_law", "2.", "其他法律行政法规禁止公开", DENIED)
};
const SECURITY: Row = request("denied.security_and_stability", "3.", "危及“三安全一稳定”", DENIED);
const THIRD_PARTY: Row = request("denied.third_party_rights", "4.", "保护第三方合法权益", DENIED);
const INTERNAL_AFFAIRS: Row = request("denied.internal_affairs", "5.", "属于三类内部事务信息", DENIED);
const PROCESS_INFORMATION: Row = request("denied.process_information", "6.", "属于四类过程性信息", DENIED);
const ENFORCEMENT_FILES: Row = request("denied.enforcement_files", "7.", "属于行政执法案卷", DENIED);
const ADMINISTRATIVE_INQUIRY: Row = request("denied.administrative_inquiry", "8.", "属于行政查询事项", DENIED);
const NOT_HELD: Row = request("unable.not_held", "1.", "本机关不掌握相关政府信息", UNABLE);
const REQUIRES_CREATION: Row = request("unable.requires_creation", "2.", "没有现成信息需要另行制作", UNABLE);
const STILL_UNCLEAR: Row = request("unable.still_unclear", "3.", "补正后申请内容仍不明确", UNABLE);
const PETITION: Row = request("not_processed.petition", "1.", "信访举报投诉类申请", NOT_PROCESSED);
const REPEAT: Row = request("not_processed.repeat", "2.", "重复申请", NOT_PROCESSED);
const PUBLICATION: Row = request("not_processed.publication", "3.", "要求提供公开出版物", NOT_PROCESSED);
const EXCESSIVE: Row = request("not_processed.excessive", "4.", "无正当理由大量反复申请", NOT_PROCESSED);
const RECONFIRMATION: Row =
    request("not_processed.reconfirmation", "5.", "要求行政机关确认或重新出具已获取信息", NOT_PROCESSED);
const NOT_CORRECTED: Row =
    request("other.not_corrected", "1.", "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", OTHER);
const NOT_PAID: Row =
    request("other.not_paid", "2.", "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", OTHER);
const OTHER_OTHER: Row = request("other.other", "3.", "其他", OTHER);
const OTHER_2019: Row = request("other", "（六）", "其他处理", RESULT);
const OUTCOMES_TOTAL: Row = request("outcomes_total", "（七）", "总计", RESULT);
const CARRIED_FORWARD: Row = Row {
    variants: &["结转下一年度继续办理", "结转下年继续办理", "结转下年度办理"],
    ..request("carried_forward", "四、", "结转下年度继续办理", &[])
};

const REQUESTS_2021: &[Row] = &[
    NEW_RECEIVED,
    CARRIED_OVER,
    GRANTED,
    PARTIALLY_GRANTED,
    STATE_SECRET,
    PROHIBITED_BY_LAW,
    SECURITY,
    THIRD_PARTY,
    INTERNAL_AFFAIRS,
    PROCESS_INFORMATION,
    ENFORCEMENT_FILES,
    ADMINISTRATIVE_INQUIRY,
    NOT_HELD,
    REQUIRES_CREATION,
    STILL_UNCLEAR,
    PETITION,
    REPEAT,
    PUBLICATION,
    EXCESSIVE,
    RECONFIRMATION,
    NOT_CORRECTED,
    NOT_PAID,
    OTHER_OTHER,
    OUTCOMES_TOTAL,
    CARRIED_FORWARD,
];

const REQUESTS_2019: &[Row] = &[
    NEW_RECEIVED,
    CARRIED_OVER,
    GRANTED,
    PARTIALLY_GRANTED,
    STATE_SECRET,
    PROHIBITED_BY_LAW,
    SECURITY,
    THIRD_PARTY,
    INTERNAL_AFFAIRS,
    PROCESS_INFORMATION,
    ENFORCEMENT_FILES,
    ADMINISTRATIVE_INQUIRY,
    NOT_HELD,
    REQUIRES_CREATION,
    STILL_UNCLEAR,
    PETITION,
    REPEAT,
    PUBLICATION,
    EXCESSIVE,
    RECONFIRMATION,
    OTHER_2019,
    OUTCOMES_TOTAL,
    CARRIED_FORWARD,
];

const PROCEEDINGS: &[Row] = &[
    plain("reconsideration", "行政复议", &[], RESULTS),
    plain("direct_litigation", "未经复议直接起诉", &[LITIGATION_HEAD], RESULTS),
    plain("litigation_after_reconsideration", "复议后起诉", &[LITIGATION_HEAD], RESULTS),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_editions_have_their_cells_and_sums() {
        for (edition, cells, requests) in [(Edition::V2019, 198, 161), (Edition::V2021, 200, 175)] {
            let form = edition.form();
            assert_eq!(form.paths.len(), cells);
            assert_eq!(form.paths.iter().filter(|p| p.table == Table::Requests).count(), requests);
            assert_eq!(form.equations.len(), requests / 7 + 7 + 7 + 3);
            for (i, path) in form.paths.iter().enumerate() {
                assert_eq!(form.index(*path), Some(i));
                assert_eq!(path.to_string().parse(), Ok(*path));
                let sums = if path.table == Table::Disclosure { 0 } else { form.equations_of[i].len() };
                assert!(path.table == Table::Disclosure || sums >= 1, "{path} stands in no sum");
            }
        }
    }
}
