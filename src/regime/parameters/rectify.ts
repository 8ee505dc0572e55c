import {z} from "zod";
import {
  actionKind,
  anyColumn,
  clock,
  dateColumn,
  findingDay,
  findings,
  flagColumn,
  known,
  recordedIn,
  stretch,
  text,
  texts,
  yes
} from "../vocabulary.ts";

/** What happens to a finding, and to those who do not put it right. */
export const RECTIFY = {
  finding_told: known("问题告知", "发现的问题什么时候告诉谁；enterprise、government 分别是企业和政府、部门层面的问题", {
    what: text.optional(),
    promptly: yes.optional(),
    with_advice: yes.optional(),
    findings: findings.optional(),
    enterprise: z.strictObject({before: dateColumn, to: text, approval: text.optional(), promptly: yes.optional()}).optional(),
    government: z.strictObject({with: dateColumn, to: text}).optional()
  }),
  fix_now: known("立即整改", "能立即整改的立即整改，否则限时", {flag: flagColumn, otherwise: dateColumn}),
  five_in_place: known("五落实", "限时整改的问题须落实哪几项", {
    columns: z.strictObject({措施: anyColumn, 责任: anyColumn, 资金: anyColumn, 时限: anyColumn, 预案: anyColumn})
  }),
  finding_due: known("问题整改期限", "没有指定期限的问题多少日内整改", {...clock, start: findingDay}),
  extension: known("延期", "整改期限可以延长几次，是否须在到期之前申请", {
    max_times: z.int().min(1).max(99),
    apply_before_due: z.boolean()
  }),
  rectify_report: known("整改情况报告", "被巡查单位多少日内报送整改情况；ceiling 表示不得再延长", {
    ...clock,
    ceiling: z.boolean().optional(),
    to: text.optional()
  }),
  handling_proposal: known("处理意见", "整改情况报告须含对有关单位和人员的处理意见", {flag: flagColumn}),
  periodic_report: known("后续定期报告", "首次报告之后每隔多久再报，报到什么时候", {
    every: z.strictObject({length: clock.length, unit: clock.unit}),
    until: text
  }),
  loop: {
    title: "闭环环节",
    doc: "问题处理依次经过的环节；maps 是每个环节由什么记录，没有写的台账不记录",
    schema: z
      .strictObject({stages: z.array(text), maps: z.record(text, recordedIn).optional()})
      .refine(({stages, maps = {}}) => Object.keys(maps).every((name) => stages.includes(name)), {
        error: "maps 里有 stages 没有的环节；请使用 stages 里的名称",
        path: ["maps"]
      })
  },
  tracking: known("跟踪督办", "由谁跟踪督办整改", {by: text}),
  summon_late: known("逾期约谈", "逾期未整改或整改不力时约谈谁", {action: actionKind, when: texts, who: text}),
  summon: known("约谈", "什么情况下约谈谁", {
    action: actionKind,
    when: text,
    who: texts,
    by: text.optional(),
    promptly: yes.optional(),
    findings: findings.optional()
  }),
  summon_report: known("约谈落实情况", "约谈之后要求报告落实情况", {by: text, promptly: yes.optional()}),
  list_major: known("重大隐患挂牌督办", "重大隐患由谁挂牌督办", {action: actionKind, by: text, findings: findings.optional()}),
  report_major: known("重大问题报告", "哪些重大情况及时报告谁", {
    what: texts,
    to: text,
    action: actionKind.optional(),
    promptly: yes.optional(),
    findings: findings.optional()
  }),
  urge_major: known("督促整改", "重大隐患和非法违法行为及时督促谁整改", {
    what: texts,
    who: texts,
    promptly: yes.optional(),
    findings: findings.optional()
  }),
  no_direct_handling: known("不直接查处", "巡查工作不直接查处具体问题和隐患", {what: texts}),
  expose: known("曝光", "哪些问题通过媒体曝光", {
    action: actionKind,
    what: texts,
    promptly: yes.optional(),
    findings: findings.optional()
  }),
  hand_over: known("移交", "违法违规行为和线索移交给谁、经过什么手续", {
    action: actionKind,
    what: texts,
    to: texts,
    through: text.optional(),
    steps: texts.optional(),
    promptly: yes.optional(),
    findings: findings.optional()
  }),
  hand_over_discipline: known("移送纪检监察", "违纪违法线索移送给谁、经过什么手续", {
    action: actionKind,
    what: texts,
    to: text,
    steps: texts.optional(),
    findings: findings.optional()
  }),
  case_filing: known("立案查处", "不宜由行业部门处理的案件移交谁立案", {action: actionKind, to: text}),
  cooperate: known("配合巡查", "被巡查单位不得有的行为，或应尽的配合；categories 是记录这些行为的问题类别", {
    what: texts,
    categories: texts.optional()
  }),
  must_rectify: known(
    "必须整改",
    "不得拒绝整改或不按要求整改；categories 是记录拒不整改的问题类别，silent 是逾期多久没有动作也算",
    {
      what: texts,
      categories: texts.optional(),
      silent: stretch.optional()
    }
  )
} as const;
