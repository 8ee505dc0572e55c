import {describe, expect, it} from "vitest";
import {PARAMETERS, type ParameterName} from "../../src/regime/parameters.ts";
import {parameterOn} from "../../src/regime/resolve.ts";
import type {Modality} from "../../src/regime/types.ts";
import {FIVE, IDS, type RegimeId} from "./five.ts";

/** A day on which each regime's campaign or cycle runs. */
const DAY: Readonly<Record<RegimeId, string>> = {
  "mudan-2023": "2025-06-30",
  "hunan-2021": "2025-06-30",
  "shandong-2018": "2018-03-15",
  gongzhuling: "2025-06-30",
  "hainan-2016": "2025-06-30"
};

/** What the documents say: parameter, regime, clause, modality, and the value (or the part of it that is a number, a day or a name). */
const SAID: readonly (readonly [ParameterName, RegimeId, string, Modality, object])[] = [
  ["targets", "mudan-2023", "一（二）", "应当", {unit_kinds: ["镇街", "部门", "单位"]}],
  ["targets", "hunan-2021", "一（二）", "应当", {unit_kinds: ["市州", "部门", "单位"]}],
  ["targets", "shandong-2018", "方案二（一）", "应当", {unit_kinds: ["设区市"]}],
  ["targets", "gongzhuling", "第三条", "应当", {unit_kinds: ["镇街", "园区", "部门", "企业"]}],
  ["targets", "hainan-2016", "一（二）", "应当", {unit_kinds: ["市县"]}],
  ["extend_to", "hunan-2021", "一（二）", "可以", {unit_kinds: ["县区", "园区", "功能区", "企业"]}],
  ["extend_to", "shandong-2018", "方案二（一）", "应当", {unit_kinds: ["镇街", "企业", "单位"]}],
  ["extend_to", "hainan-2016", "三（二）", "可以", {unit_kinds: ["镇街", "部门", "企业"]}],
  ["county_coverage", "shandong-2018", "方案二（一）", "应当", {unit_kinds: ["县区"], all: true}],
  ["inspection_kinds", "mudan-2023", "三（一）", "应当", {kinds: ["全面", "专项"]}],
  ["inspection_kinds", "hunan-2021", "四（二）1、四（二）2", "应当", {kinds: ["综合", "机动"]}],
  ["inspection_kinds", "shandong-2018", "方案二（一）、方案二（三）", "应当", {kinds: ["巡查", "回头看"]}],
  ["return_visit", "shandong-2018", "方案二（三）", "可以", {kinds: ["回头看"], approval: "按程序另行报批"}],
  ["inspection_kinds", "gongzhuling", "第二条", "应当", {kinds: ["暗访"]}],
  ["inspection_kinds", "hainan-2016", "一（二）", "应当", {kinds: ["巡查"]}],
  ["team_size", "mudan-2023", "二（一）", "原则上", {min: 4, leaders: 1, deputies: 1}],
  ["team_size", "hunan-2021", "二（一）", "应当", {min: 6, max: 8, leaders: 1, deputies: 1}],
  ["team_size", "shandong-2018", "方案二（二）", "应当", {max: 10, leaders: 1, deputies: 1, by_unit: {济南市: 12, 青岛市: 12}}],
  ["teams", "shandong-2018", "方案二（二）", "应当", {count: 4}],
  ["leader_rank", "hunan-2021", "二（一）", "应当", {deputy: {in_service: true}}],
  ["leader_rank", "shandong-2018", "方案二（二）", "应当", {deputy: {ranks: ["正处级"], in_service: true}}],
  ["team_approval", "mudan-2023", "二（一）", "应当", {by: "区安委会领导同志"}],
  ["team_approval", "hunan-2021", "二（二）", "应当", {by: "省安委会"}],
  ["team_approval", "hainan-2016", "二", "应当", {by: "省安委会"}],
  ["random_draw", "hainan-2016", "二", "应当", {flag: "inspection.drawn"}],
  ["recusal", "mudan-2023", "四（二）3", "原则上", {grounds: ["任职回避", "地域回避", "公务回避"]}],
  ["cycle", "mudan-2023", "三（一）", "应当", {years: 2, counts: ["全面"], extended_counts: false, unit_kinds: ["镇街"]}],
  ["cycle", "hainan-2016", "一（二）", "应当", {years: 3, counts: ["巡查"], extended_counts: false, unit_kinds: ["市县"]}],
  ["yearly_share", "hainan-2016", "一（二）", "应当", {unit_kinds: ["市县"]}],
  ["round", "shandong-2018", "方案前言、方案二（一）", "应当", {round_no: "1", year: 2018}],
  ["month_quota", "gongzhuling", "第五条（二）", "应当", {trips: 4}],
  ["year_quota", "gongzhuling", "第五条（二）", "应当", {places: 100}],
  ["key_periods", "gongzhuling", "第五条（二）", "应当", {more: true}],
  ["exempt", "mudan-2023", "三（一）", "原则上", {by_extended: ["国务院", "省", "市"], by_kind: ["专项"], bars: ["全面"]}],
  ["exempt", "hunan-2021", "四（二）1", "原则上", {by_extended: ["国务院"], by_kind: [], bars: ["综合"]}],
  ["site_time", "shandong-2018", "方案二（三）", "原则上", {start: "inspection.started_on", length: 1, unit: "months"}],
  ["plan", "mudan-2023", "三（三）1", "应当", {column: "inspection.approved_on"}],
  ["notice", "mudan-2023", "三（三）1", "应当", {column: "inspection.notified_on", before: "inspection.started_on"}],
  ["training", "mudan-2023", "三（三）1", "应当", {column: "inspection.trained_on"}],
  ["announcement", "mudan-2023", "三（三）2", "应当", {column: "inspection.announced_on"}],
  ["hotline", "mudan-2023", "三（三）2", "应当", {column: "inspection.hotline_on"}],
  ["plan", "hunan-2021", "三（三）1", "应当", {column: "inspection.approved_on"}],
  ["notice", "hunan-2021", "三（三）1", "应当", {column: "inspection.notified_on"}],
  ["briefing", "hunan-2021", "三（三）2", "应当", {what: ["巡查工作任务", "巡查时间", "巡查要求"]}],
  ["announcement", "hunan-2021", "四（二）6", "应当", {where: "媒体"}],
  ["self_check", "shandong-2018", "通知一", "应当", {who: "各市"}],
  ["liaison", "shandong-2018", "通知二、通知结尾", "应当", {list_by: "2018-02-09"}],
  ["hotline", "shandong-2018", "通知三、方案五（五）", "应当", {column: "inspection.hotline_on"}],
  ["focus", "gongzhuling", "第七条（一）", "应当", {columns: ["inspection.planned_from", "inspection.planned_to"]}],
  ["unannounced", "gongzhuling", "第二条、第五条（一）", "应当", {flag: "inspection.unannounced"}],
  ["report", "mudan-2023", "三（三）4", "应当", {start: "inspection.ended_on", length: 10, unit: "workdays"}],
  ["report", "hunan-2021", "三（三）4", "应当", {start: "inspection.ended_on", length: 5, unit: "workdays"}],
  ["report", "shandong-2018", "方案五（一）", "应当", {start: "inspection.ended_on", length: 15, unit: "workdays"}],
  ["report_approval", "shandong-2018", "方案五（一）", "应当", {by: "组长"}],
  ["result_approval", "mudan-2023", "四（三）", "应当", {by: "区安委会领导同志", collegial: false}],
  ["result_approval", "hunan-2021", "三（三）5、四（二）5", "应当", {by: "省安全生产委员会", collegial: true}],
  ["result_approval", "shandong-2018", "方案五（一）、方案五（二）", "应当", {by: "省政府安委会", collegial: true}],
  ["result_approval", "hainan-2016", "一（四）", "应当", {by: "省安委会", collegial: true}],
  [
    "result_approval",
    "gongzhuling",
    "第八条（一）、第八条（二）、第八条（三）",
    "应当",
    {by: "市安委会办公室领导", collegial: false}
  ],
  ["monthly_report", "gongzhuling", "第八条（二）", "应当", {fixed_day: 30}],
  ["report_to", "hainan-2016", "一（四）", "应当", {to: ["省安委会"]}],
  ["feedback", "mudan-2023", "三（三）5", "应当", {promptly: true}],
  ["feedback_order", "hunan-2021", "三（三）5", "应当", {after: "inspection.report_approved_on", approved_by: "省安委会"}],
  [
    "feedback_order",
    "shandong-2018",
    "方案五（二）",
    "应当",
    {after: "inspection.notice_approved_on", approved_by: "省政府安委会"}
  ],
  ["rectify_notice", "shandong-2018", "方案五（二）", "应当", {with: "inspection.fed_back_on"}],
  ["feedback", "gongzhuling", "第七条（五）", "应当", {promptly: true}],
  [
    "rectify_report",
    "mudan-2023",
    "三（三）5",
    "应当",
    {start: "inspection.feedback_received_on", length: 2, unit: "months", rest_day: "顺延"}
  ],
  [
    "rectify_report",
    "hunan-2021",
    "三（三）6",
    "应当",
    {start: "inspection.feedback_received_on", length: 1, unit: "months", ceiling: true}
  ],
  ["handling_proposal", "hunan-2021", "三（三）6", "应当", {flag: "response.has_handling"}],
  ["rectify_report", "shandong-2018", "方案五（三）", "应当", {length: 2, unit: "months"}],
  ["periodic_report", "shandong-2018", "方案五（三）", "应当", {until: "整改完毕"}],
  ["fix_now", "gongzhuling", "第七条（三）", "应当", {flag: "finding.fix_now", otherwise: "finding.due_on"}],
  ["five_in_place", "gongzhuling", "第七条（三）", "应当", {columns: {措施: "finding.measure", 时限: "finding.due_on"}}],
  ["finding_told", "mudan-2023", "三（三）5", "应当", {promptly: true, with_advice: true}],
  ["finding_told", "hunan-2021", "三（三）3", "应当", {what: "重要问题和重大安全隐患"}],
  [
    "finding_told",
    "shandong-2018",
    "方案五（三）",
    "应当",
    {enterprise: {before: "inspection.left_on", approval: "组长"}, government: {with: "inspection.fed_back_on"}}
  ],
  ["finding_told", "gongzhuling", "第七条（五）", "应当", {promptly: true}],
  ["loop", "mudan-2023", "三（三）5", "应当", {maps: {整改: "完成"}}],
  ["loop", "hunan-2021", "四（二）4", "应当", {stages: ["发现问题", "建立清单", "诊断分析", "分类处置", "移交督办", "整改销号"]}],
  ["loop", "shandong-2018", "方案五（三）", "应当", {maps: {建立问题清单: "finding.found_on", 整改并报告: "完成"}}],
  ["tracking", "shandong-2018", "方案五（三）", "应当", {by: "省政府安委会办公室"}],
  ["record", "gongzhuling", "第七条（四）", "应当", {signers: ["主要负责人", "现场负责人"]}],
  ["slip", "gongzhuling", "第七条（五）", "应当", {no: "visit.slip_no", to: "行业管理部门"}],
  ["case_filing", "gongzhuling", "第七条（六）", "应当", {action: "立案"}],
  ["loop", "hainan-2016", "缺（二）", "应当", {stages: []}],
  ["summon_late", "mudan-2023", "三（三）5", "应当", {action: "约谈"}],
  ["summon", "hunan-2021", "四（二）3", "可以", {action: "约谈"}],
  ["summon", "gongzhuling", "第八条（一）", "应当", {action: "约谈"}],
  ["summon", "hainan-2016", "缺（二）", "应当", {action: "约谈"}],
  ["list_major", "mudan-2023", "三（三）5", "应当", {action: "挂牌督办", by: "区安委会"}],
  ["report_major", "mudan-2023", "三（三）5", "应当", {action: "书面报告"}],
  ["expose", "hunan-2021", "四（二）6", "应当", {action: "曝光"}],
  ["report_major", "shandong-2018", "方案五（一）", "应当", {what: ["重大问题"]}],
  ["expose", "shandong-2018", "方案五（五）", "应当", {action: "曝光"}],
  ["report_major", "gongzhuling", "第七条（三）", "应当", {to: "巡视（暗访）工作办公室"}],
  ["urge_major", "hainan-2016", "一（四）", "应当", {what: ["重大隐患", "非法违法行为"]}],
  ["no_direct_handling", "hainan-2016", "一（四）", "原则上", {what: ["具体问题", "事故隐患"]}],
  ["hand_over", "mudan-2023", "三（三）5", "应当", {steps: ["分类处置"]}],
  ["hand_over_discipline", "mudan-2023", "四（三）", "应当", {to: "区纪委监委"}],
  ["hand_over", "hunan-2021", "三（三）5", "应当", {through: "省安委办"}],
  [
    "hand_over_discipline",
    "gongzhuling",
    "第八条（一）",
    "应当",
    {steps: ["巡视（暗访）工作办公室初审", "市安委会办公室领导批准"]}
  ],
  ["publish", "mudan-2023", "三（三）6", "应当", {column: "inspection.published_on"}],
  ["unit_publish", "hunan-2021", "四（二）6", "应当", {where: "媒体"}],
  ["advance_notice", "shandong-2018", "方案五（五）", "应当", {where: "省级主流媒体"}],
  ["announcement", "shandong-2018", "方案五（五）", "应当", {where: "当地主流媒体"}],
  ["feedback_publish", "shandong-2018", "方案五（五）", "应当", {where: "当地主流媒体"}],
  ["publish", "shandong-2018", "方案五（五）", "应当", {column: "inspection.published_on"}],
  ["secret", "gongzhuling", "第九条（二）", "不得", {what: ["人员", "时间", "地点", "单位", "路线", "被检查单位的商业机密"]}],
  ["organ_order", "mudan-2023", "四（三）", "应当", {after: "inspection.result_approved_on", column: "inspection.organ_sent_on"}],
  ["look_back", "shandong-2018", "方案三", "应当", {from: "2016-01-01"}],
  ["recording", "hunan-2021", "四（二）4", "应当", {flags: ["inspection.recorded"]}],
  ["recording", "gongzhuling", "第五条（三）", "应当", {flags: ["visit.recorded"]}],
  ["recording", "hainan-2016", "缺（二）", "应当", {flags: ["inspection.recorded"]}],
  ["archive", "mudan-2023", "三（三）3", "应当", {column: "inspection.archived_on"}],
  ["archive", "hunan-2021", "四（二）4", "应当", {column: "inspection.archived_on"}],
  ["archive", "gongzhuling", "第七条（四）、第七条（六）", "应当", {column: "inspection.archived_on"}],
  ["archive", "hainan-2016", "缺（二）", "应当", {column: "inspection.archived_on"}],
  ["credentials", "gongzhuling", "第七条（二）", "应当", {flag: "visit.credentials_shown"}],
  ["detached", "mudan-2023", "四（二）3", "应当", {}],
  ["detached", "hunan-2021", "四（一）2", "原则上", {}],
  ["detached", "shandong-2018", "方案五（六）", "原则上", {}],
  ["leave", "mudan-2023", "四（二）3", "应当", {approvals: [{roles: ["组长", "副组长"], by: ["区安委会主要领导同志"]}]}],
  ["leave", "shandong-2018", "方案五（六）", "应当", {flag: "member.leave_approved"}],
  ["same_team", "mudan-2023", "四（二）3", "应当", {within: "一个巡查周期"}],
  ["same_team", "hunan-2021", "二（二）", "应当", {within: "一个巡查工作周期"}],
  ["same_team", "hainan-2016", "二", "应当", {within: "巡查期间"}],
  ["cooperate", "mudan-2023", "四（二）1", "不得", {}],
  ["cooperate", "hunan-2021", "四（三）", "不得", {}],
  ["cooperate", "shandong-2018", "方案六（二）", "应当", {}],
  ["cooperate", "gongzhuling", "第十条（二）", "不得", {}],
  ["cooperate", "hainan-2016", "缺（三）", "不得", {}],
  ["must_rectify", "mudan-2023", "四（二）1", "不得", {}],
  ["must_rectify", "hunan-2021", "三（三）6", "应当", {}],
  ["must_rectify", "hainan-2016", "缺（三）", "不得", {}],
  ["evaluation", "hainan-2016", "一（三）", "应当", {of: ["各市县政府", "有关单位", "有关个人"]}]
];

const MAJOR = {hazard_level: ["重大"]};
const GRAVE = {severity: ["重大"]};
const CLUE = {nature: ["非法违法行为", "问题线索"]};
const OFFICIAL_CLUE = {nature: ["问题线索"], layer: ["党委政府", "部门"]};

/** Readings of the sample offices that decide something, each declared as an interpretation of its parameter. */
const READ: readonly (readonly [ParameterName, RegimeId, object])[] = [
  ["list_major", "mudan-2023", {findings: [{nature: ["事故隐患"], hazard_level: ["重大"]}]}],
  ["report_major", "mudan-2023", {findings: [GRAVE]}],
  ["hand_over", "mudan-2023", {findings: [CLUE]}],
  ["hand_over", "hunan-2021", {findings: [CLUE]}],
  ["hand_over", "gongzhuling", {findings: [CLUE]}],
  ["hand_over_discipline", "mudan-2023", {findings: [OFFICIAL_CLUE]}],
  ["hand_over_discipline", "gongzhuling", {findings: [OFFICIAL_CLUE]}],
  ["finding_told", "hunan-2021", {findings: [GRAVE, MAJOR]}],
  ["expose", "hunan-2021", {findings: [{layer: ["企业"], ...MAJOR}]}],
  ["expose", "shandong-2018", {findings: [MAJOR]}],
  ["summon", "gongzhuling", {findings: [{...GRAVE, layer: ["党委政府", "部门"]}]}],
  ["summon", "hainan-2016", {findings: [GRAVE, MAJOR]}],
  ["urge_major", "hainan-2016", {findings: [MAJOR, {nature: ["非法违法行为"]}]}],
  ["same_team", "mudan-2023", {keep_percent: 50}],
  ["same_team", "hunan-2021", {keep_percent: 50}],
  ["same_team", "hainan-2016", {from: "member.from_on", to: "member.to_on"}],
  ["monthly_report", "gongzhuling", {done: "inspection.reported_on"}],
  ["cooperate", "mudan-2023", {categories: ["不配合巡查"]}],
  ["cooperate", "hunan-2021", {categories: ["不配合巡查"]}],
  ["cooperate", "shandong-2018", {categories: ["不配合巡查"]}],
  ["cooperate", "gongzhuling", {categories: ["不配合巡查"]}],
  ["cooperate", "hainan-2016", {categories: ["不配合巡查"]}],
  ["must_rectify", "mudan-2023", {categories: ["拒不整改"], silent: {length: 30, unit: "days"}}],
  ["must_rectify", "hunan-2021", {categories: ["拒不整改"], silent: {length: 30, unit: "days"}}],
  ["must_rectify", "hainan-2016", {categories: ["拒不整改"], silent: {length: 30, unit: "days"}}],
  ["undated", "mudan-2023", {length: 30, unit: "days"}],
  ["undated", "hunan-2021", {length: 30, unit: "days"}],
  ["undated", "shandong-2018", {length: 30, unit: "days"}],
  ["undated", "gongzhuling", {length: 30, unit: "days"}],
  ["undated", "hainan-2016", {length: 30, unit: "days"}]
];

/** What records each stage of a loop; a stage left out is recorded by nothing. */
const RECORDED: Readonly<Record<RegimeId, object | undefined>> = {
  "mudan-2023": {整改: "完成", 报送整改和查处情况: "response.submitted_on"},
  "hunan-2021": {
    发现问题: "finding.found_on",
    建立清单: "清单",
    诊断分析: "诊断",
    分类处置: "处置",
    移交督办: "移交督办",
    整改销号: "销号"
  },
  "shandong-2018": {建立问题清单: "finding.found_on", 反馈: "inspection.fed_back_on", 整改并报告: "完成"},
  gongzhuling: {
    记录表签字: "visit.record_signed",
    填写督办单: "visit.slip_no",
    移交行业管理部门或立案查处: ["移交督办", "action.kind=行业移交|立案"]
  },
  "hainan-2016": undefined
};

/** Where a document is silent, the parameter is absent. */
const SILENT: Readonly<Record<RegimeId, readonly ParameterName[]>> = {
  "mudan-2023": ["site_time", "feedback_order", "leader_rank", "summon", "recording", "credentials", "look_back", "month_quota"],
  "hunan-2021": ["cycle", "recusal", "site_time", "leave", "publish", "list_major", "summon_late", "credentials", "look_back"],
  "shandong-2018": ["cycle", "exempt", "recusal", "team_approval", "summon", "summon_late", "hand_over", "recording", "archive"],
  gongzhuling: ["cycle", "exempt", "team_size", "team_approval", "report", "rectify_report", "publish", "list_major", "detached"],
  "hainan-2016": ["exempt", "team_size", "report", "rectify_report", "feedback_order", "publish", "hand_over", "detached", "leave"]
};

describe("the five regimes say what their documents say", () => {
  it.each(SAID)("%s of %s: %s, %s", (name, id, clause, modality, value) => {
    const parameter = FIVE[id].parameters[name];
    expect([parameter?.clause, parameter?.modality]).toEqual([clause, modality]);
    expect(parameterOn(FIVE[id])(name, DAY[id])).toMatchObject(value);
  });

  it.each(READ)("%s of %s: reads what the words leave open, and says so", (name, id, value) => {
    expect(parameterOn(FIVE[id])(name, DAY[id])).toMatchObject(value);
    const readings = FIVE[id].parameters[name]?.interpretation ?? [];
    expect(readings.length).toBeGreaterThan(0);
    for (const {question, answer, basis, decided_by} of readings)
      expect([question, answer, basis, decided_by].every((words) => words.length > 1) && decided_by).toBe("样例单位");
  });

  it.each(IDS)("%s says what records each stage of its loop", (id) => {
    expect((parameterOn(FIVE[id])("loop", DAY[id]) as {maps?: object}).maps).toEqual(RECORDED[id]);
  });

  it.each(IDS)("%s is silent where its document is", (id) => {
    for (const name of SILENT[id]) expect(FIVE[id].parameters[name], name).toBeUndefined();
  });

  it("fixes no finding's deadline and knows no extension, in any of the five", () => {
    for (const id of IDS) {
      expect(FIVE[id].parameters.finding_due).toBeUndefined();
      expect(FIVE[id].parameters.extension).toBeUndefined();
    }
    expect(Object.keys(PARAMETERS)).toEqual(expect.arrayContaining(["finding_due", "extension"]));
  });

  it("gives each regime its contents", () => {
    expect(IDS.map((id) => FIVE[id].items.length)).toEqual([10, 10, 10, 11, 10]);
    expect(FIVE["shandong-2018"].items[7]?.clause).toBe("方案三8");
    expect(FIVE.gongzhuling.items[10]?.clause).toBe("第六条（十一）");
    for (const id of IDS) expect(FIVE[id].items.map(({no}) => no)).toEqual(FIVE[id].items.map((_, i) => String(i + 1)));
  });

  it("lets the annual assessment use results as far as the clause allows", () => {
    expect(IDS.map((id) => FIVE[id].assessment.map(({force, clause}) => `${force} ${clause}`))).toEqual([
      ["参考 四（三）"],
      ["纳入 四（二）5"],
      ["替代 方案四", "纳入 方案五（一）"],
      ["纳入 第八条（三）"],
      ["依据 一（四）"]
    ]);
  });

  it("reports to the organisation department only where the document says so, and on persons only where it reaches them", () => {
    expect(IDS.map((id) => FIVE[id].organisation && [FIVE[id].organisation?.verb, FIVE[id].organisation?.persons])).toEqual([
      ["通报", true],
      ["抄报", true],
      ["抄送", false],
      null,
      ["报送", true]
    ]);
  });

  it("states the documents' own dates and nothing more", () => {
    expect(IDS.map((id) => [FIVE[id].adopted_on, FIVE[id].issued_on, FIVE[id].effective_on])).toEqual([
      [null, "2023-12-06", null],
      ["2021-08-04", null, null],
      [null, null, null],
      [null, null, null],
      [null, "2016-07-14", null]
    ]);
    expect(IDS.map((id) => FIVE[id].text)).toEqual(["全文", "全文", "全文", "全文", "摘录"]);
  });

  it("declares what the words leave open", () => {
    const open: [RegimeId, ParameterName][] = [
      ["mudan-2023", "cycle"],
      ["mudan-2023", "exempt"],
      ["mudan-2023", "team_size"],
      ["mudan-2023", "rectify_report"],
      ["hunan-2021", "exempt"],
      ["hunan-2021", "inspection_kinds"],
      ["hunan-2021", "team_size"],
      ["hunan-2021", "rectify_report"],
      ["shandong-2018", "rectify_report"],
      ["shandong-2018", "periodic_report"],
      ["shandong-2018", "team_size"],
      ["shandong-2018", "round"],
      ["gongzhuling", "month_quota"],
      ["gongzhuling", "year_quota"],
      ["gongzhuling", "monthly_report"],
      ["gongzhuling", "secret"],
      ["hainan-2016", "cycle"]
    ];
    for (const [id, name] of open) expect(FIVE[id].parameters[name]?.interpretation.length, `${id} ${name}`).toBeGreaterThan(0);
  });
});
