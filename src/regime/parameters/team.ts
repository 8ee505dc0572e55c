import {z} from "zod";
import {actionKind, anyColumn, dateColumn, flagColumn, known, roles, text, texts} from "../vocabulary.ts";

const people = z.int().min(0).max(200);
const rank = z.strictObject({ranks: texts.optional(), post: text.optional(), in_service: z.boolean().optional()});

/** Who inspects. */
export const TEAM = {
  organiser: known("组织实施", "由谁组织、谁承担日常工作", {organiser: text, office: text, team: text.optional()}),
  teams: known("巡查组数", "派出几个组，由哪些部门带队", {count: z.int().min(1), led_by: texts.optional()}),
  team_size: {
    title: "每组人数",
    doc: "人数下限、上限和正副组长人数；by_unit 是文件点名的单位另定的上限",
    schema: z
      .strictObject({
        min: people.optional(),
        max: people.optional(),
        leaders: people,
        deputies: people,
        experts_count: z.boolean().optional(),
        by_unit: z.record(text, people).optional()
      })
      .refine(({min = 0, max = min}) => min <= max, {error: "下限大于上限，没有哪个组能符合；请核对 min、max"})
  },
  leader_rank: known("正副组长职级", "组长、副组长由什么职级、职务的人担任", {leader: rank.optional(), deputy: rank.optional()}),
  team_approval: known("人员批准", "谁提出人选、谁批准；column 是批准日期", {
    by: text,
    proposed_by: text,
    column: dateColumn.optional()
  }),
  random_draw: known("随机抽调", "组员按规定随机抽调；flag 是记录这件事的列", {flag: flagColumn}),
  experts: known("聘请专家", "需要时聘请专家或专业人员", {when: text}),
  invite: known("邀请参加", "可以邀请哪些人参与或随行", {who: texts, except: text.optional()}),
  recusal: known("回避", "实行哪几种回避；declared 是本人申报日期，result 是处理结果", {
    grounds: texts,
    declared: dateColumn,
    result: anyColumn
  }),
  detached: known("与原单位脱钩", "巡查期间不承担原单位工作", {from: dateColumn, to: dateColumn}),
  leave: known("请假批准", "什么人请假由谁批准", {
    flag: flagColumn,
    approvals: z.array(z.strictObject({roles, by: texts})).min(1)
  }),
  attendance: known("参加巡查", "被抽选的人员不得无故推脱；action 是对推脱的处理", {
    who: texts,
    action: actionKind,
    by: text,
    to: text
  }),
  same_team: known("人员相对固定", "在一个周期（或一次巡查）内不随意换人；keep_percent 是同一个组前后两次巡查至少留下的人数比例", {
    within: text,
    keep_percent: z.int().min(1).max(100).optional(),
    column: anyColumn.optional(),
    from: dateColumn.optional(),
    to: dateColumn.optional()
  })
} as const;
