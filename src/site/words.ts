import {tableNamed} from "../contract/index.ts";
import {PARAMETERS} from "../regime/parameters.ts";

/** Keys of parameter values, in the words of the rule page; `true` and `false` are words for yes and no. */
const KEYS: Readonly<Record<string, string>> = {
  action: "措施",
  after: "须在其后",
  against: "对照",
  all: "覆盖全部",
  apply_before_due: "到期之前申请",
  approval: "批准",
  approvals: "批准",
  approved_by: "审定",
  at_least: "至少（个）",
  bars: "不再安排的方式",
  before: "须早于",
  by: "由谁",
  by_extended: "上级延伸",
  by_kind: "本级巡查",
  by_unit: "点名的单位上限（人）",
  categories: "记录为问题类别",
  category: "问题类别",
  ceiling: "最迟期限，不得再延长",
  channels: "渠道",
  collegial: "集体审定，须有会议或文号",
  column: "记录在",
  columns: "记录在",
  copy: "抄送",
  count: "组数",
  counts: "算作覆盖的方式",
  declared: "申报记录",
  deputies: "副组长（人）",
  deputy: "副组长",
  done: "完成以此为准",
  enterprise: "企业层面的问题",
  every: "间隔",
  except: "例外",
  experts_count: "专家计入人数",
  extended_counts: "上级延伸算作覆盖",
  findings: "指下列问题（符合其一）",
  fixed_day: "每月几日前",
  flag: "记录在",
  flags: "记录在",
  from: "自",
  government: "政府、部门层面的问题",
  grounds: "回避种类",
  groups: "批次",
  hazard_level: "隐患级别",
  how: "方式",
  in_service: "须现职",
  keep_percent: "前后两次至少留下的人数（%）",
  kinds: "方式",
  layer: "问题层面",
  leader: "组长",
  leaders: "组长（人）",
  led_by: "带队部门",
  length: "时长",
  list: "名单内容",
  list_by: "报名单截止",
  longer: "可以延长",
  maps: "各环节记录在",
  max: "至多（人）",
  max_times: "至多次数",
  means: "手段",
  min: "至少（人）",
  month: "月份",
  more: "增加频次",
  nature: "性质",
  no: "编号记录在",
  not_after: "不得晚于",
  office: "日常工作",
  of: "对象",
  organiser: "组织",
  otherwise: "否则限期，记录在",
  places: "每年至少（户）",
  post: "职务",
  posts: "可以署名的职务",
  promptly: "及时",
  proposed_by: "提出",
  ranks: "职级",
  rest_day: "末日为休息日",
  result: "结果记录在",
  roles: "组内职务",
  round_no: "轮次",
  same_year_earlier: "限当年在先的巡查",
  severity: "严重程度",
  signed: "签字记录在",
  signer: "签字人记录在",
  signers: "签字人",
  silent: "逾期后没有整改动作满这么久即视为拒不整改",
  stages: "环节",
  start: "起算",
  steps: "手续",
  team: "工作机构",
  through: "经由",
  to: "对谁",
  together: "集中反馈",
  trips: "每月至少（次）",
  unit: "单位",
  unit_kinds: "单位类别",
  units: "单位",
  until: "直到",
  ways: "方式",
  what: "内容",
  when: "情形",
  where: "地点或媒体",
  who: "对象",
  with: "同时于",
  with_advice: "同时提出整改建议",
  within: "期间",
  year: "年度",
  years: "每几年一遍"
};

/** `table.column` or `table.*` as a value. */
const COLUMN = /^([a-z]+)\.([a-z_]+|\*)$/;

const UNITS: Readonly<Record<string, string>> = {workdays: "个工作日", days: "日", months: "个月"};

/** What a parameter is called, and what it says. */
export function parameterTitle(name: string): {title: string; doc: string} {
  const {title = name, doc = ""} = PARAMETERS[name] ?? {};
  return {title, doc};
}

/**
 * The value of a parameter in words, a line each.
 * Shape: a checked value of any parameter in; `名称：值` lines out, periods as one sentence first.
 * @example valueLines({start: "inspection.ended_on", length: 10, unit: "workdays"}) // ["自结束日期的次日起10个工作日内"]
 */
export function valueLines(value: unknown): string[] {
  if (!isMap(value)) return [words(value)];
  const {rest, lines} = period(value);
  return [...lines, ...Object.entries(rest).map(([key, v]) => line(key, v))];
}

/** The word for a key of a value. Errors: RangeError for a key nobody has named. */
export function keyWord(key: string): string {
  if (/[\u4e00-\u9fff]/.test(key)) return key;
  const word = KEYS[key];
  if (word === undefined) throw new RangeError(`参数的键 ${key} 没有中文名称`);
  return word;
}

function line(key: string, value: unknown): string {
  if (value === true) return keyWord(key);
  if (value === false) return `${keyWord(key)}：否`;
  const until = key === "to" && typeof value === "string" && COLUMN.test(value);
  return `${until ? "至" : keyWord(key)}：${words(value)}`;
}

function words(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "无" : value.map(words).join(value.some(isMap) ? "；" : "、");
  if (isMap(value)) return valueLines(value).join("，");
  if (typeof value === "boolean") return value ? "是" : "否";
  return columnWord(String(value));
}

/** A column of the contract as people know it: `inspection.ended_on` is 巡查的结束日期. */
function columnWord(text: string): string {
  const [, kinds] = /^action\.kind=(.+)$/.exec(text) ?? [];
  if (kinds) return `“督办措施”中的${kinds.replaceAll("|", "或")}`;
  const [, table, column] = COLUMN.exec(text) ?? [];
  if (!table || !column) return text;
  const {title, columns} = tableNamed(table);
  return column === "*" ? `“${title}”全部` : `“${columns.find((c) => c.name === column)?.header ?? text}”`;
}

/** A clock as one sentence. */
function period(value: Readonly<Record<string, unknown>>): {lines: string[]; rest: Record<string, unknown>} {
  if (!("length" in value && "unit" in value)) return {lines: [], rest: {...value}};
  const {start, length, unit, rest_day, ...rest} = value;
  const long = `${length}${UNITS[String(unit)] ?? unit}`;
  const first = start === undefined ? long : `自${columnWord(String(start))}的次日起${long}内`;
  return {lines: [first, ...(rest_day === undefined ? [] : [`末日为休息日的${rest_day}`])], rest};
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Short names of derived columns; contract columns go by their header. */
const DERIVED: Readonly<Record<string, string>> = {
  given_due_on: "原整改期限",
  due_source: "期限来源",
  done_on: "整改完成日",
  closed_on: "销号日",
  state: "状态",
  days_overdue: "逾期天数",
  repeat_no: "第几次出现",
  five_missing: "五落实所缺",
  last_stage: "最近环节",
  last_on: "最近环节日期",
  inspection_kind: "巡查方式",
  finding_count: "问题数",
  visit_count: "受检点位数",
  report_due_on: "巡查报告期限",
  report_days_late: "巡查报告逾期天数",
  response_due_on: "报送整改情况期限",
  responded_on: "报送整改情况日期",
  response_days_late: "报送逾期天数",
  is_concluded: "已批复结案",
  source_file: "来源文件",
  source_row: "来源行",
  scored_unit: "计分单位"
};

/** What columns are called on the pages, by table: the contract's header, or a short name of a derived column. */
export function factLabels(): Record<string, Record<string, string>> {
  const tables = ["unit", "inspection", "finding", "rectification", "action", "accident", "tip", "response"];
  return Object.fromEntries(
    tables.map((name) => [name, {...DERIVED, ...Object.fromEntries(tableNamed(name).columns.map((c) => [c.name, c.header]))}])
  );
}
