//! The three tables as typed structs, in both editions, with their cells in the form's order.
//! The order of the fields is the order of [`Form::paths`](crate::form::Form::paths); a test holds the two together.

use serde::{Deserialize, Serialize};

use super::{Amount, Cell, Slot, SlotMut};

/// A count of the form: a non-negative whole number.
pub type Count = Cell<u64>;

/// Table 1: what was disclosed on the organ's own initiative (article 20 of the Regulations).
#[expect(clippy::large_enum_variant, reason = "a report has one of them, and plain data is the simpler")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Disclosure {
    /// The trial form, 国办公开办函〔2019〕60号.
    V2019(Disclosure2019),
    /// The form in force, 国办公开办函〔2021〕30号.
    V2021(Disclosure2021),
}

/// Table 1 in the edition of 2021.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Disclosure2021 {
    /// 规章, article 20 (1).
    pub rules: Documents2021,
    /// 行政规范性文件, article 20 (1).
    pub normative_documents: Documents2021,
    /// 行政许可, article 20 (5).
    pub licensing: Decisions2021,
    /// 行政处罚, article 20 (6).
    pub penalties: Decisions2021,
    /// 行政强制, article 20 (6).
    pub coercion: Decisions2021,
    /// 行政事业性收费, article 20 (8).
    pub fees: Fees2021,
}

/// Documents, in pieces (件).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Documents2021 {
    /// 本年制发件数.
    pub issued: Count,
    /// 本年废止件数.
    pub repealed: Count,
    /// 现行有效件数.
    pub in_force: Count,
}

/// Decisions of the year.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Decisions2021 {
    /// 本年处理决定数量.
    pub decisions: Count,
}

/// Fees of the year.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fees2021 {
    /// 本年收费金额, in 万元.
    pub amount: Cell<Amount>,
}

/// Table 1 in the edition of 2019.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Disclosure2019 {
    /// 规章, article 20 (1).
    pub rules: Documents2019,
    /// 规范性文件, article 20 (1).
    pub normative_documents: Documents2019,
    /// 行政许可, article 20 (5).
    pub licensing: Decisions2019,
    /// 其他对外管理服务事项, article 20 (5).
    pub other_services: Decisions2019,
    /// 行政处罚, article 20 (6).
    pub penalties: Decisions2019,
    /// 行政强制, article 20 (6).
    pub coercion: Decisions2019,
    /// 行政事业性收费, article 20 (8).
    pub fees: Fees2019,
    /// 政府集中采购, article 20 (9).
    pub procurement: Procurement,
}

/// Documents, in pieces.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Documents2019 {
    /// 本年新制作数量.
    pub made: Count,
    /// 本年新公开数量.
    pub newly_disclosed: Count,
    /// 对外公开总数量.
    pub total_disclosed: Count,
}

/// Items and decisions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Decisions2019 {
    /// 上一年项目数量.
    pub previous_items: Count,
    /// 本年增/减, signed.
    pub change: Cell<i64>,
    /// 处理决定数量.
    pub decisions: Count,
}

/// Items for which fees are charged.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fees2019 {
    /// 上一年项目数量.
    pub previous_items: Count,
    /// 本年增/减, signed.
    pub change: Cell<i64>,
}

/// Centralised procurement.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Procurement {
    /// 采购项目数量.
    pub projects: Count,
    /// 采购总金额, in the unit that the cell names.
    pub amount: Cell<Amount>,
}

/// Table 2: applications received and handled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Requests {
    /// 一、本年新收政府信息公开申请数量.
    pub new_received: Applicants,
    /// 二、上年结转政府信息公开申请数量.
    pub carried_over: Applicants,
    /// 三、本年度办理结果 （一） to （六）.
    pub outcomes: Outcomes,
    /// （七）总计.
    pub outcomes_total: Applicants,
    /// 四、结转下年度继续办理.
    pub carried_forward: Applicants,
}

/// A row of table 2: applications by the kind of applicant, in pieces (件).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Applicants {
    /// 自然人.
    pub natural_person: Count,
    /// 商业企业.
    pub business: Count,
    /// 科研机构.
    pub research: Count,
    /// 社会公益组织.
    pub public_welfare: Count,
    /// 法律服务机构.
    pub legal_service: Count,
    /// 其他.
    pub other: Count,
    /// 总计.
    pub total: Count,
}

/// 三、本年度办理结果: how the applications were answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Outcomes {
    /// （一）予以公开.
    pub granted: Applicants,
    /// （二）部分公开.
    pub partially_granted: Applicants,
    /// （三）不予公开.
    pub denied: Denied,
    /// （四）无法提供.
    pub unable: Unable,
    /// （五）不予处理.
    pub not_processed: NotProcessed,
    /// （六）其他处理.
    pub other: OtherOutcomes,
}

/// （三）不予公开.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Denied {
    /// 1.属于国家秘密.
    pub state_secret: Applicants,
    /// 2.其他法律行政法规禁止公开.
    pub prohibited_by_law: Applicants,
    /// 3.危及“三安全一稳定”.
    pub security_and_stability: Applicants,
    /// 4.保护第三方合法权益.
    pub third_party_rights: Applicants,
    /// 5.属于三类内部事务信息.
    pub internal_affairs: Applicants,
    /// 6.属于四类过程性信息.
    pub process_information: Applicants,
    /// 7.属于行政执法案卷.
    pub enforcement_files: Applicants,
    /// 8.属于行政查询事项.
    pub administrative_inquiry: Applicants,
}

/// （四）无法提供.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Unable {
    /// 1.本机关不掌握相关政府信息.
    pub not_held: Applicants,
    /// 2.没有现成信息需要另行制作.
    pub requires_creation: Applicants,
    /// 3.补正后申请内容仍不明确.
    pub still_unclear: Applicants,
}

/// （五）不予处理.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NotProcessed {
    /// 1.信访举报投诉类申请.
    pub petition: Applicants,
    /// 2.重复申请.
    pub repeat: Applicants,
    /// 3.要求提供公开出版物.
    pub publication: Applicants,
    /// 4.无正当理由大量反复申请.
    pub excessive: Applicants,
    /// 5.要求行政机关确认或重新出具已获取信息.
    pub reconfirmation: Applicants,
}

/// （六）其他处理: one row in the edition of 2019, three in that of 2021.
#[expect(clippy::large_enum_variant, reason = "a report has one of them, and plain data is the simpler")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum OtherOutcomes {
    /// （六）其他处理, a row of its own figures.
    V2019(Applicants),
    /// Three reasons.
    V2021(OtherReasons),
}

/// （六）其他处理 in the edition of 2021.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OtherReasons {
    /// 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请.
    pub not_corrected: Applicants,
    /// 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请.
    pub not_paid: Applicants,
    /// 3.其他.
    pub other: Applicants,
}

/// Table 3: administrative reconsideration and litigation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Proceedings {
    /// 行政复议.
    pub reconsideration: Results,
    /// 行政诉讼: 未经复议直接起诉.
    pub direct_litigation: Results,
    /// 行政诉讼: 复议后起诉.
    pub litigation_after_reconsideration: Results,
}

/// How proceedings ended, in cases (件).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Results {
    /// 结果维持.
    pub upheld: Count,
    /// 结果纠正.
    pub corrected: Count,
    /// 其他结果.
    pub other: Count,
    /// 尚未审结.
    pub pending: Count,
    /// 总计.
    pub total: Count,
}

impl Applicants {
    /// The seven cells, in the form's order, the total last.
    pub fn cells(&self) -> [&Count; 7] {
        [
            &self.natural_person,
            &self.business,
            &self.research,
            &self.public_welfare,
            &self.legal_service,
            &self.other,
            &self.total,
        ]
    }

    /// The same, to be changed.
    pub fn cells_mut(&mut self) -> [&mut Count; 7] {
        [
            &mut self.natural_person,
            &mut self.business,
            &mut self.research,
            &mut self.public_welfare,
            &mut self.legal_service,
            &mut self.other,
            &mut self.total,
        ]
    }

    /// The sum of the six kinds of applicant; `None` where one has no figure, or the sum is past [`u64::MAX`].
    pub fn sum(&self) -> Option<u64> {
        self.cells()[..6].iter().try_fold(0_u64, |sum, cell| sum.checked_add(*cell.value()?))
    }
}

impl Results {
    /// The five cells, in the form's order, the total last.
    pub fn cells(&self) -> [&Count; 5] {
        [&self.upheld, &self.corrected, &self.other, &self.pending, &self.total]
    }

    /// The same, to be changed.
    pub fn cells_mut(&mut self) -> [&mut Count; 5] {
        [&mut self.upheld, &mut self.corrected, &mut self.other, &mut self.pending, &mut self.total]
    }

    /// The sum of the four results; `None` where one has no figure, or the sum is past [`u64::MAX`].
    pub fn sum(&self) -> Option<u64> {
        self.cells()[..4].iter().try_fold(0_u64, |sum, cell| sum.checked_add(*cell.value()?))
    }
}

impl Outcomes {
    /// The rows, in the form's order: 21 in the edition of 2021, 19 in that of 2019.
    pub fn rows(&self) -> Vec<&Applicants> {
        let Outcomes { granted, partially_granted, denied: d, unable: u, not_processed: n, other } = self;
        let mut rows = Vec::with_capacity(21);
        rows.extend([granted, partially_granted]);
        rows.extend([&d.state_secret, &d.prohibited_by_law, &d.security_and_stability, &d.third_party_rights]);
        rows.extend([&d.internal_affairs, &d.process_information, &d.enforcement_files, &d.administrative_inquiry]);
        rows.extend([&u.not_held, &u.requires_creation, &u.still_unclear]);
        rows.extend([&n.petition, &n.repeat, &n.publication, &n.excessive, &n.reconfirmation]);
        match other {
            OtherOutcomes::V2019(row) => rows.push(row),
            OtherOutcomes::V2021(o) => rows.extend([&o.not_corrected, &o.not_paid, &o.other]),
        }
        rows
    }

    /// The same, to be changed.
    pub fn rows_mut(&mut self) -> Vec<&mut Applicants> {
        let Outcomes { granted, partially_granted, denied: d, unable: u, not_processed: n, other } = self;
        let mut rows = Vec::with_capacity(21);
        rows.extend([granted, partially_granted]);
        rows.extend([&mut d.state_secret, &mut d.prohibited_by_law, &mut d.security_and_stability]);
        rows.extend([&mut d.third_party_rights, &mut d.internal_affairs, &mut d.process_information]);
        rows.extend([&mut d.enforcement_files, &mut d.administrative_inquiry]);
        rows.extend([&mut u.not_held, &mut u.requires_creation, &mut u.still_unclear]);
        rows.extend([&mut n.petition, &mut n.repeat, &mut n.publication, &mut n.excessive, &mut n.reconfirmation]);
        match other {
            OtherOutcomes::V2019(row) => rows.push(row),
            OtherOutcomes::V2021(o) => rows.extend([&mut o.not_corrected, &mut o.not_paid, &mut o.other]),
        }
        rows
    }
}

impl Requests {
    /// The rows, in the form's order: 25 in the edition of 2021, 23 in that of 2019.
    pub fn rows(&self) -> Vec<&Applicants> {
        let mut rows = Vec::with_capacity(25);
        rows.extend([&self.new_received, &self.carried_over]);
        rows.extend(self.outcomes.rows());
        rows.extend([&self.outcomes_total, &self.carried_forward]);
        rows
    }

    /// The same, to be changed.
    pub fn rows_mut(&mut self) -> Vec<&mut Applicants> {
        let mut rows = Vec::with_capacity(25);
        rows.extend([&mut self.new_received, &mut self.carried_over]);
        rows.extend(self.outcomes.rows_mut());
        rows.extend([&mut self.outcomes_total, &mut self.carried_forward]);
        rows
    }
}

impl Proceedings {
    /// The three kinds of proceeding, in the form's order.
    pub fn rows(&self) -> [&Results; 3] {
        [&self.reconsideration, &self.direct_litigation, &self.litigation_after_reconsideration]
    }

    /// The same, to be changed.
    pub fn rows_mut(&mut self) -> [&mut Results; 3] {
        [&mut self.reconsideration, &mut self.direct_litigation, &mut self.litigation_after_reconsideration]
    }
}

impl Disclosure {
    pub(super) fn slots(&self) -> Vec<Slot<'_>> {
        // Room for the whole report, whose other tables follow.
        let mut slots = Vec::with_capacity(200);
        match self {
            Disclosure::V2021(d) => {
                for r in [&d.rules, &d.normative_documents] {
                    slots.extend([&r.issued, &r.repealed, &r.in_force].map(Slot::Count));
                }
                slots.extend([&d.licensing, &d.penalties, &d.coercion].map(|r| Slot::Count(&r.decisions)));
                slots.push(Slot::Amount(&d.fees.amount));
            }
            Disclosure::V2019(d) => {
                for r in [&d.rules, &d.normative_documents] {
                    slots.extend([&r.made, &r.newly_disclosed, &r.total_disclosed].map(Slot::Count));
                }
                for r in [&d.licensing, &d.other_services, &d.penalties, &d.coercion] {
                    slots.extend([Slot::Count(&r.previous_items), Slot::Change(&r.change), Slot::Count(&r.decisions)]);
                }
                slots.extend([Slot::Count(&d.fees.previous_items), Slot::Change(&d.fees.change)]);
                slots.extend([Slot::Count(&d.procurement.projects), Slot::Amount(&d.procurement.amount)]);
            }
        }
        slots
    }

    pub(super) fn slots_mut(&mut self) -> Vec<SlotMut<'_>> {
        // Room for the whole report, whose other tables follow.
        let mut slots = Vec::with_capacity(200);
        match self {
            Disclosure::V2021(d) => {
                for r in [&mut d.rules, &mut d.normative_documents] {
                    slots.extend([&mut r.issued, &mut r.repealed, &mut r.in_force].map(SlotMut::Count));
                }
                let decisions = [&mut d.licensing, &mut d.penalties, &mut d.coercion];
                slots.extend(decisions.map(|r| SlotMut::Count(&mut r.decisions)));
                slots.push(SlotMut::Amount(&mut d.fees.amount));
            }
            Disclosure::V2019(d) => {
                for r in [&mut d.rules, &mut d.normative_documents] {
                    slots.extend([&mut r.made, &mut r.newly_disclosed, &mut r.total_disclosed].map(SlotMut::Count));
                }
                for r in [&mut d.licensing, &mut d.other_services, &mut d.penalties, &mut d.coercion] {
                    slots.push(SlotMut::Count(&mut r.previous_items));
                    slots.push(SlotMut::Change(&mut r.change));
                    slots.push(SlotMut::Count(&mut r.decisions));
                }
                slots.extend([SlotMut::Count(&mut d.fees.previous_items), SlotMut::Change(&mut d.fees.change)]);
                slots.extend([SlotMut::Count(&mut d.procurement.projects), SlotMut::Amount(&mut d.procurement.amount)]);
            }
        }
        slots
    }
}
