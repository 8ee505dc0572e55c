import {z} from "zod";
import {
  anyColumn,
  clock,
  columnOrTable,
  dateColumn,
  day,
  flagColumn,
  known,
  signers,
  step,
  stretch,
  text,
  texts,
  unitKinds,
  yes
} from "../vocabulary.ts";

function isWholeClock(value: Readonly<Record<string, unknown>>): boolean {
  const given = ["start", "length", "unit"].filter((key) => value[key] !== undefined).length;
  return given === 3 || (given === 0 && value.rest_day === undefined);
}

/** What the inspectors do, from the plan to the archive. */
export const PROCEDURE = {
  plan: known("巡查方案", "由谁制定方案；column 是批准日期", step),
  notice: known("提前告知", "进驻之前告知被巡查单位", step),
  training: known("集中培训", "进驻之前培训组员", step),
  self_check: known("自查", "巡查之前由被巡查单位自查自纠", {who: text, against: texts}),
  liaison: known("联络安排", "被巡查单位须明确的人和单位；list 是名单里写什么（不写为全部），list_by 是报名单的最后一天", {
    who: texts,
    list: texts.optional(),
    list_by: day.optional()
  }),
  focus: known("重点和日程", "开展之前明确重点内容和日程；columns 是记录日程的列", {columns: z.array(dateColumn).min(1)}),
  advance_notice: known("巡查前公布", "开展之前在媒体公布哪些内容", step),
  announcement: known("进驻公告", "进驻时公布哪些内容", step),
  hotline: known("举报渠道", "进驻后公布哪些举报或联系渠道", {...step, channels: texts}),
  briefing: known("进驻通报", "进驻后向被巡查单位说明哪些事项", {what: texts}),
  methods: known("工作方式", "可以采用的方式", {ways: texts}),
  credentials: known("出示证件", "检查时向对方出示证件", {flag: flagColumn}),
  record: known("记录表", "每个受检点位填写记录表并经对方签字", {
    no: anyColumn,
    signed: flagColumn,
    signer: anyColumn,
    signers,
    what: texts.optional()
  }),
  slip: known("督办单", "检查之后填写督办单，交给哪里", {no: anyColumn, to: text}),
  recording: known("影像留存", "检查过程以录音、摄影、摄像记录", {flags: z.array(flagColumn).min(1), means: texts}),
  archive: known("归档", "材料归档保存", {...step, to: text.optional()}),
  report: known("巡查报告", "结束之后多少日内形成（报送）报告", clock),
  report_to: known("报告对象", "报告（或结果）报给谁，抄送谁", {to: texts, copy: texts.optional()}),
  report_approval: known("报告审定", "报告报出之前由谁审定", {by: text, column: dateColumn.optional()}),
  result_approval: known(
    "结果审定",
    "巡查结果由谁审定之后才算数；posts 是可以署名审定的职务，collegial 为 true 是由集体审定，审定时须写明会议或文号",
    {by: text, posts: texts, collegial: z.boolean()}
  ),
  monthly_report: known("每月报告", "每月几日之前报送当月情况", {
    fixed_day: z.int().min(1).max(31),
    to: text.optional(),
    done: dateColumn.optional()
  }),
  feedback: {
    title: "反馈",
    doc: "向谁反馈、怎样反馈、多少日内反馈",
    schema: z
      .strictObject({
        column: dateColumn,
        to: text,
        promptly: yes.optional(),
        together: yes.optional(),
        start: dateColumn.optional(),
        length: clock.length.optional(),
        unit: clock.unit.optional(),
        rest_day: clock.rest_day
      })
      .refine(isWholeClock, {error: "反馈的时限没有写全；请把 start、length、unit 一起写上，或都不写"})
  },
  feedback_order: known("反馈的先后", "哪件事办完之后才能反馈", {after: dateColumn, column: dateColumn, approved_by: text}),
  rectify_notice: known("整改通知", "整改通知与反馈同时印发", {with: dateColumn, by: text.optional()}),
  feedback_publish: known("反馈意见公开", "反馈意见在哪里公开", {where: text}),
  publish: known("结果公布", "巡查结束之后公布结果", {
    column: dateColumn,
    after: dateColumn,
    what: text,
    how: text.optional(),
    promptly: yes.optional()
  }),
  unit_publish: known("被巡查单位公开整改", "被巡查单位通过媒体公布哪些情况", {what: texts, where: text, promptly: yes.optional()}),
  secret: known(
    "保密",
    "哪些内容不得泄露；columns 是因此不给办公室以外任何人看的列，until 是记下反馈的列（反馈之前这次巡查的一切都不给看），unit_kinds 是名称和编码都不给看的单位",
    {
      what: texts,
      columns: z.array(columnOrTable).min(1),
      until: dateColumn
        .refine((name) => name.startsWith("inspection."), {error: "until 应是巡查的日期列；请写成 inspection.fed_back_on 的样子"})
        .optional(),
      unit_kinds: unitKinds.optional()
    }
  ),
  evaluation: known("作出评价", "对谁的工作作出评价", {of: texts}),
  progress: known("情况通报", "巡查期间及时报送哪些信息，汇总之后通报给谁", {
    what: texts,
    to: text,
    by: text.optional(),
    who: texts.optional(),
    promptly: yes.optional()
  }),
  organ_order: known("通报组织部门的先后", "结果经谁审定之后才能通报组织部门", {
    after: dateColumn,
    column: dateColumn,
    approved_by: text,
    promptly: yes.optional()
  }),
  undated: {
    title: "没有写明时间的事项",
    doc: "文件只写“及时”或没有写时间的事项，自起因之日起过多久还没有办，算作未办；不写则没有期限",
    schema: stretch
  }
} as const;
