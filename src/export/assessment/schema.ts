import {z} from "zod";
import {KINDS} from "../../score/types.ts";

const text = (description: string) => z.string().meta({description});
const maybe = (description: string) => z.string().nullable().meta({description});
const flag = (description: string) => z.boolean().meta({description});
const day = z.iso.date();
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const milli = (description: string) =>
  z
    .int()
    .nullable()
    .meta({description: `${description}，千分之一分`});
const figure = (description: string) =>
  z
    .string()
    .regex(/^-?\d+\.\d{2,3}$/)
    .nullable()
    .meta({description: `${description}，分`});
const force = z.enum(["参考", "依据", "纳入", "替代"]);

const release = z
  .strictObject({
    id: text("审定结果编号"),
    approver: z.strictObject({name: text("姓名"), post: text("职务"), organ: text("机关")}),
    on: day.meta({description: "审定日期"}),
    meeting: maybe("会议"),
    document_no: maybe("文号"),
    waivers: z.array(z.strictObject({what: text("豁免事项"), reason: text("理由")})),
    supersedes: maybe("更正并取代的审定结果"),
    manifest: hash.meta({description: "审定件清单 manifest.json 的 SHA-256"}),
    fallen: maybe("不再有效的原因，空：有效")
  })
  .nullable()
  .meta({description: "空：未审定，不得作为依据"});

const stamp = z.strictObject({
  authority: text("作出结果的机关"),
  regime: text("制度"),
  year: z.int().meta({description: "考核年度"}),
  as_of: day.meta({description: "统计截止日"}),
  decisions_until: day.meta({description: "评议和异议复核的决定计到哪一天"}),
  known_at: text("数据截止时间"),
  run: hash.meta({description: "运行编号"}),
  digest: hash.meta({description: "结果摘要"}),
  provisional: flag("得分是否暂定"),
  demo: flag("演示数据"),
  release
});

const indicator = z.strictObject({
  use: z.int().min(1).meta({description: "第几项用途"}),
  what: text("用途，按制度的说法"),
  force,
  clause: text("制度的依据条款"),
  code: text("考核项编码"),
  name: text("考核项名称"),
  full: figure("满分"),
  full_milli: milli("满分"),
  points: figure("得分"),
  points_milli: milli("得分"),
  own: figure("考核表原有的得分"),
  own_milli: milli("考核表原有的得分"),
  inspected: figure("替代：巡查结果折合的得分"),
  inspected_milli: milli("替代：巡查结果折合的得分"),
  counts: flag("是否计入考核总分"),
  awaits_acceptance: flag("依据：考核办还没有采纳"),
  rule_id: maybe("只取一条规则时的规则编号"),
  item: maybe("替代：取哪一项巡查内容"),
  source: z.enum(["本年巡查", "沿用上次", "采用上级结果"]).nullable(),
  source_year: z.int().nullable(),
  provisional: flag("得分是否暂定"),
  because: text("怎样得来，一句话")
});

const row = z.strictObject({
  seq: z.int(),
  kind: z.enum(KINDS),
  item: maybe("巡查内容"),
  rule_id: maybe("规则编号；cap:、item: 开头的是封顶"),
  rule: maybe("规则名称"),
  subject: maybe("问题、事故、措施等的编号；空：没有，或不得提供"),
  fact: maybe("事实"),
  on: day.nullable().meta({description: "事实的日期"}),
  because: maybe("计分理由"),
  breach: maybe("违反条款：制度的条款，其后是问题所列的法条"),
  basis: maybe("计分条款：评分办法的条款"),
  milli: z.int().meta({description: "分值，千分之一分；一个单位的各行相加就是它的得分"}),
  points: figure("分值").unwrap(),
  evidence: maybe("佐证"),
  opinion: maybe("单位在扣分确认中的意见，及复核结果")
});

const unit = z.strictObject({
  unit_code: text("单位编码"),
  unit_name: text("单位名称"),
  unit_kind: text("单位类别"),
  peer_group: maybe("考核分组"),
  covered: z.enum(["已巡查", "巡查中", "当年不再安排", "未巡查", "未反馈"]),
  covered_because: maybe("巡查情况说明"),
  score: figure("巡查得分，否决之后"),
  milli: milli("巡查得分"),
  grade: maybe("等次"),
  rank: z.int().min(1).nullable().meta({description: "在同类同组中的名次"}),
  provisional: flag("得分是否暂定"),
  provisional_because: text("暂定原因"),
  vetoes: z.array(z.strictObject({rule_id: z.string(), name: z.string(), effect: z.string(), subject: maybe("编号")})),
  indicators: z.array(indicator),
  total: z
    .strictObject({full: figure("满分"), without: figure("不替代"), with: figure("替代后"), awaiting: figure("待采纳")})
    .nullable()
    .meta({description: "考核表各项合计"}),
  ledger: z.array(row)
});

const scheme = z.strictObject({
  scheme: text("评分办法编号"),
  name: text("评分办法名称"),
  document_no: maybe("文号"),
  uninspected: text("未巡查的单位怎样办"),
  indicator: z.strictObject({code: text("考核指标编码"), name: text("名称"), full: figure("满分").unwrap(), full_milli: z.int()}),
  uses: z.array(
    z.strictObject({no: z.int(), what: text("用途"), force, clause: text("依据条款"), unit_kinds: z.array(z.string())})
  ),
  not_reached: z
    .array(z.strictObject({unit_kind: z.string(), units: z.int()}))
    .meta({description: "没有条款所及、因而未列的单位类别"}),
  units: z.array(unit),
  warnings: z.array(z.string())
});

/** The export as zod knows it; assessmentSchema prints it. */
export const assessmentShape = z.strictObject({
  format: z.literal(1),
  kind: z.literal("assessment"),
  stamp,
  marks: z.array(z.string()).meta({description: "必须与数字一同看到的字样：未审定、暂定、演示数据"}),
  kept_back: z
    .strictObject({clause: z.string(), what: z.array(z.string())})
    .nullable()
    .meta({description: "制度规定不得泄露的内容和条款"}),
  schemes: z.array(scheme),
  silent: z.array(z.string()).meta({description: "没有写怎样用于考核的评分办法，其单位未列"})
});

/** JSON Schema (draft 2020-12) of `export assessment --to X.json`. */
export function assessmentSchema(): object {
  return {title: "巡衡：供年度考核的结果", ...z.toJSONSchema(assessmentShape, {target: "draft-2020-12"})};
}
