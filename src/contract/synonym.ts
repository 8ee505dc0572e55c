import {headerKey} from "./header.ts";
import type {Table} from "./index.ts";

/** Table → column → what offices head it with, beside its own header; `inspect` suggests by it, `load` never guesses. */
const HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  unit: {
    unit_code: "单位代码 单位编号 编码 代码 机构代码 区划代码 行政区划代码 单位ID",
    unit_name: "名称 单位 单位全称 单位简称 镇街名称 镇街 地区 部门名称 部门 被巡查单位 被检查单位",
    unit_kind: "类别 类型 单位类型 单位性质",
    parent_code: "上级单位编码 上级单位代码 上级单位 主管单位编码 主管单位 所属单位编码",
    managed_by: "托管单位 代管单位",
    successor_code: "承继单位 承接单位编码 承接单位",
    peer_group: "分组 考核组 组别 考核类别",
    sort_order: "序号 排列顺序 顺序",
    valid_from: "启用时间 设立日期 成立日期",
    valid_to: "停用时间 撤销日期 撤并日期",
    exposure: "监管企业数 企业数 企业户数 监管对象数量"
  },
  inspection: {
    inspection_id: "编号 检查编号 任务编号 巡查任务编号 暗访编号 督导编号",
    unit_code: "被巡查单位 被巡查单位代码 被检查单位 被检查单位编码 巡查对象 受检单位 单位编码 单位代码 被巡查地区",
    kind: "巡查类型 巡查类别 检查方式 检查类型 方式",
    organiser_level: "层级 巡查层级 组织单位层级",
    round_no: "巡查轮次 批次 巡查批次",
    team_no: "组别 巡查组别 检查组 组号",
    items: "巡查内容 检查内容 巡查重点",
    planned_from: "计划开始日期 计划开始时间",
    planned_to: "计划结束日期 计划结束时间",
    approved_on: "方案审批日期 方案批准时间",
    notified_on: "告知时间 通知日期 通知时间",
    trained_on: "培训时间",
    announced_on: "公告日期 进驻公告时间",
    hotline_on: "举报电话公布日期",
    started_on: "进驻时间 入驻日期 开始日期 开始时间 巡查开始日期 巡查开始时间 检查日期 检查时间 巡查日期 巡查时间",
    ended_on: "结束时间 巡查结束日期 巡查结束时间",
    left_on: "离驻日期 撤离日期",
    reported_on: "报告时间 提交报告日期 报告提交日期",
    fed_back_on: "反馈时间 反馈意见日期",
    feedback_received_on: "收到反馈时间 接收反馈日期",
    published_on: "公布时间 公开日期",
    archived_on: "归档时间"
  },
  member: {
    inspection_id: "检查编号 任务编号 巡查任务编号",
    member_id: "工号 人员代码 成员编号",
    role: "组内分工 组内角色 角色",
    rank: "职务 职级",
    employer_code: "工作单位编码 单位编码",
    in_service: "是否现职 在职",
    from_on: "参加时间 入组日期",
    to_on: "离开时间 离组日期"
  },
  visit: {
    visit_id: "编号 检查点编号 记录编号",
    inspection_id: "检查编号 任务编号 巡查任务编号",
    unit_code: "属地 所在镇街 所属镇街 属地代码 单位编码",
    place_name: "企业名称 单位名称 场所名称 被检查单位 被检查单位名称 受检单位 受检企业 点位",
    visited_on: "检查时间 检查日期 暗访日期 暗访时间 巡查日期 巡查时间 日期",
    trip_no: "批次 检查批次号",
    place_kind: "行业 行业类别 企业类别 场所类别 类别",
    credit_code: "信用代码 社会信用代码 统一信用代码",
    checkers: "检查人 检查组成员 检查人",
    record_no: "记录编号 检查记录编号"
  },
  finding: {
    finding_id: "编号 隐患编号 问题ID 隐患ID 台账编号 记录编号 问题序号 隐患序号",
    inspection_id: "检查编号 任务编号 巡查任务编号 巡查批次编号 暗访编号",
    unit_code:
      "责任单位 责任单位代码 整改责任单位 整改单位 责任部门 整改部门 被检查单位 被检查单位编码 被检查单位名称 被巡查单位 被巡查单位编码 受检单位 单位编码 单位代码 单位名称 单位 属地 属地编码 所属镇街 所在镇街 责任属地 责任属地编码",
    layer: "层面 责任层级 问题层级 层级",
    item: "巡查项目 检查项目 内容编号 巡查要点 对应巡查内容 巡查重点 暗访重点",
    severity: "问题等级 问题程度 问题级别 严重性 等级",
    description:
      "隐患描述 问题描述及隐患 存在问题 存在的问题 存在的主要问题 主要问题 问题内容 问题详情 问题情况 问题表现 具体问题 发现问题 发现的问题 发现的隐患和问题 隐患内容 隐患情况 隐患问题 问题隐患 问题及隐患 存在隐患 存在的隐患 问题 隐患",
    found_on: "巡视时间 巡视日期 发现时间 检查时间 检查日期 巡查时间 巡查日期 暗访时间 暗访日期 排查时间 排查日期 问题发现时间",
    visit_id: "检查点编号 点位 被暗访单位点位编号 单位点位编号",
    category: "隐患类别 隐患类型 问题类型 问题分类 类别",
    industry: "行业 行业类别 所属行业 领域",
    nature: "问题性质",
    hazard_level: "隐患等级 隐患分级 隐患程度",
    criterion: "判定依据 判定标准 重大隐患判定标准",
    violated: "违反条款内容 法律依据 违反的法律法规 依据条款 检查依据 违反依据",
    fault: "责任划分 责任类型",
    source: "来源 隐患来源 发现方式 线索来源",
    requirement: "整改意见 整改建议 处理意见 提出整改要求 要求",
    arose_on: "形成日期 形成时间",
    handed_on: "交办时间 移交日期 移交时间 下发日期 下发时间 下达日期",
    due_on:
      "整改时限 整改限期 限期 完成时限 整改完成时限 整改截止日期 整改截止时间 整改到期日 要求完成时间 要求完成日期 要求整改时间 限期整改时间 限期整改日期 计划完成时间 计划完成日期 应完成日期 截止日期",
    fix_now: "是否立即整改 立行立改 是否立行立改 当场整改 是否当场整改",
    measure: "措施 防控措施",
    owner: "责任人 整改人 责任领导 包保责任人",
    fund_wan: "资金(万元) 投入资金(万元) 治理资金(万元)",
    plan: "预案",
    claimed_on_time: "是否按期 是否按期整改 是否按期完成",
    lead_code: "牵头单位 牵头部门",
    supervisor_code: "督办单位 督办部门 督导单位 监管部门"
  },
  rectification: {
    finding_id: "编号 隐患编号 问题ID 隐患ID 台账编号",
    stage: "环节 阶段 整改阶段 整改状态 状态 办理环节 进展",
    on_date: "办理日期 办理时间 完成日期 完成时间 整改日期 整改时间 整改完成日期 整改完成时间 验收日期 销号日期 时间",
    new_due_on: "延期至日期 延长至 延期后期限",
    applied_on: "申请时间 延期申请日期",
    approved_by: "审批人 批准领导",
    document_no: "文件号 文件编号",
    recorded_at: "登记日期 录入时间 填报时间 上报时间",
    evidence: "证明材料 佐证材料 附件",
    handler: "经办人 填报人"
  },
  response: {
    inspection_id: "检查编号 任务编号",
    unit_code: "报送单位 报送单位编码 责任单位编码 被巡查单位编码 单位代码",
    kind: "类别 报告类型",
    submitted_on: "报送时间 报告日期 上报日期",
    document_no: "报告文号 文件号"
  },
  action: {
    action_id: "编号 督办编号",
    kind: "措施类别 处理方式 处理措施 督办方式",
    unit_code: "责任单位 单位 责任单位编码 被约谈单位 单位代码",
    taken_on: "措施日期 约谈日期 督办日期 挂牌日期 实施日期 时间",
    finding_id: "隐患编号",
    inspection_id: "检查编号",
    by_office: "督办单位 约谈单位",
    to_office: "移交单位 移送单位",
    document_no: "文件号 督办文号",
    closed_on: "解除日期 摘牌日期",
    result: "处理结果 办理结果"
  },
  accident: {
    accident_id: "编号",
    unit_code: "单位 责任单位 事故单位 属地 属地编码 责任单位编码 发生地",
    occurred_on: "发生时间 事故日期 事故时间 事故发生日期 事故发生时间",
    accident_grade: "事故级别 等级",
    accident_type: "事故类型 类别",
    deaths: "死亡 死亡数 死亡人数(人)",
    injuries: "重伤 受伤人数 重伤人数(人)",
    loss_wan: "直接经济损失 经济损失(万元)",
    liable: "是否责任事故",
    concealed: "是否瞒报 瞒报",
    reported_at: "上报时间",
    concluded_on: "结案日期 批复日期",
    document_no: "文号 结案文号"
  },
  tip: {
    tip_id: "编号 信访编号 受理编号",
    inspection_id: "检查编号",
    unit_code: "被举报单位 被举报单位编码 涉及单位 责任单位编码",
    received_on: "举报日期 举报时间 受理日期 收到时间",
    channel: "举报方式 来源",
    outcome: "核查情况 办理结果 结果",
    closed_on: "办结时间"
  },
  judgement: {
    unit_code: "单位代码 被评单位编码",
    year: "考核年度 年份",
    rule_id: "规则 评分项编号",
    points: "得分 分数 评分",
    reason: "评分理由 扣分原因",
    judged_by: "评分人 打分人",
    judged_on: "评分日期 打分日期",
    evidence: "佐证材料"
  },
  appraisal: {
    unit_code: "单位代码",
    year: "考核年度 年份",
    item_code: "指标编码 考核指标编码",
    item_name: "指标名称 考核指标",
    full: "分值 标准分",
    points: "考核得分 分数"
  },
  official: {
    person_id: "工号 人员代码",
    person_name: "人员姓名 名字",
    unit_code: "任职单位编码 单位代码",
    post: "现任职务 职位",
    duty: "安全生产职责 职责",
    portfolio: "分管工作 分管行业",
    from_on: "任职时间 到任日期",
    to_on: "离任时间 免职日期"
  },
  appeal: {
    appeal_id: "编号 复核编号 申诉编号",
    subject_kind: "申请事项 类别",
    subject_id: "问题编号",
    unit_code: "申请单位 单位编码",
    filed_on: "申诉日期 申请时间",
    decided_on: "复核日期 决定时间",
    decision: "复核结果 复核决定 结果",
    decided_by: "复核机关",
    grounds: "复核理由"
  },
  confirmation: {
    unit_code: "单位代码 被评单位编码",
    year: "考核年度 年份",
    rule_id: "规则 评分项编号",
    subject: "问题编号",
    points: "扣分分值",
    answer: "确认意见 意见",
    answered_on: "确认日期 答复日期",
    reason: "异议理由"
  }
};

/** Columns in which offices write a unit's name where the contract has its code. */
const NAMES = /^(?!.*(编码|代码|编号|ID)).*(单位|部门|属地|镇街|对象|地区|发生地)(名称)?$/i;

/** What of another office's words is one of the contract's, beside words that hold it. */
const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  organiser_level: {区: "县级", 区级: "县级", 县: "县级", 国家: "国务院"},
  unit_kind: {
    乡镇: "镇街",
    镇: "镇街",
    乡: "镇街",
    街道: "镇街",
    街道办: "镇街",
    街道办事处: "镇街",
    县市区: "县区",
    区县: "县区",
    开发区: "园区",
    地市: "设区市",
    市直部门: "部门",
    区直部门: "部门"
  },
  layer: {政府: "党委政府", 党委: "党委政府", 党政: "党委政府"},
  stage: {已整改: "完成", 整改到位: "完成", 已办结: "完成"},
  source: {信访: "举报", 自查: "自报"},
  channel: {信件: "来信", 电子邮箱: "邮箱", 热线: "电话"},
  outcome: {属实: "查实", 不属实: "不实", 正在核查: "核查中"}
};
const YES = ["有", "已", "对", "真", "T"];
const NO = ["没有", "未", "错", "假", "F"];

/**
 * What offices call the columns of a table: header → contract column, in the order of the contract.
 * @example synonyms(tableNamed("finding"))["整改时限"] // "due_on"
 */
export function synonyms(table: Table): Readonly<Record<string, string>> {
  const own = new Set(table.columns.flatMap(({name, header}) => [headerKey(name), headerKey(header)]));
  const found: Record<string, string> = {};
  for (const {name} of table.columns) {
    for (const header of (HEADERS[table.name]?.[name] ?? "").split(" ")) {
      if (header !== "" && !own.has(headerKey(header))) found[header] ??= name;
    }
  }
  return found;
}

/** Whether a header stands over names of units rather than their codes. @example isUnitName("责任单位") // true */
export function isUnitName(header: string): boolean {
  return NAMES.test(headerKey(header));
}

/**
 * The contract's value that an office's word most likely means; null when nobody can say.
 * @param values the column's values, with the regime's own words first where it has some
 * @example likelyValue("severity", "重大事故隐患", ["一般", "较大", "重大"]) // "重大"
 */
export function likelyValue(column: string, word: string, values: readonly string[]): string | null {
  const text = headerKey(word);
  const known = VALUES[column]?.[text];
  if (known !== undefined && values.includes(known)) return known;
  if (values.join() === "是,否") return YES.includes(text) ? "是" : NO.includes(text) ? "否" : null;
  if (/[未不非否没无]/.test(text)) return null;
  const inside = values.filter((value) => text.includes(value)).sort((a, b) => b.length - a.length);
  const [longest] = inside;
  if (longest === undefined || inside.some((value) => !longest.includes(value))) return null;
  return longest;
}
