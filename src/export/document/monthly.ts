import {fault} from "../../fault.ts";
import {parameterOn} from "../../regime/resolve.ts";
import type {Scored} from "../../warehouse/scored.ts";
import type {Block, OfficialDocument} from "../official/document.ts";
import {secrecyBlock} from "./deadline.ts";
import {clauseOf, type DocumentKind, type DocumentOptions, demandClause, officialHead} from "./kind.ts";
import {type MonthFacts, type MonthFinding, monthFacts, monthSpan} from "./month-facts.ts";
import {monthInspections, monthItems, openFindings} from "./month-tables.ts";
import {basisWords, citeOf, countsWords, dayWords, heading, sentence, text, wordOf} from "./phrase.ts";
import {sender} from "./team.ts";
import {SEVERITIES} from "./told.ts";

/** 月报: a month's visits, what they found, what became of it; drafted from the month's records. */
export const monthly: DocumentKind = {
  name: "monthly",
  title: "月报",
  about: "每月的巡查（暗访）情况：次数、点位、问题、处理和未整改的，报上级办公室",
  takes: ["month"],
  isWorking: true,
  needs: (regime, day) => clauseOf(regime, "monthly_report", day),
  make
};

async function make(scored: Scored, options: DocumentOptions): Promise<OfficialDocument> {
  const {regime, when} = scored;
  const clause = demandClause(monthly, regime, when.as_of);
  const month = options.month ?? "";
  if (`${month}-01` > when.as_of)
    throw fault(2, {
      place: null,
      what: `${month}在统计截止日${when.as_of}之后`,
      advice: "请写已经到了的月份，或用 --as-of 改统计截止日"
    });
  const value = parameterOn(regime)("monthly_report", when.as_of) as {fixed_day: number; to?: string};
  const facts = await monthFacts(scored, monthSpan(month, value.fixed_day, when.as_of));
  const inspection = wordOf(regime, "inspection", "巡查");
  const organiser = parameterOn(regime)("organiser", when.as_of) as {team?: string} | undefined;
  const team = `${sender(scored)}${organiser?.team ?? wordOf(regime, "team", "巡查组")}`;
  const to = value.to === undefined || value.to.endsWith("办公室") ? scored.space.authority : value.to;
  const listed = facts.findings.filter((f) => f.is_told && f.done_on === null);
  const {before, due_on} = facts.span;
  return {
    ...officialHead(scored, options),
    issuer: team,
    signer: options.signer ?? "＿＿＿＿",
    title: `关于${monthWords(month)}安全生产${inspection}情况的报告`,
    addressee: options.addressee ?? to,
    body: [
      text(
        sentence(`按照${basisWords(regime, [clause])}的规定，现将${monthWords(month)}安全生产${inspection}情况报告如下`),
        `本报告所列为${dayWords(before)}报告之后、${dayWords(due_on)}以前（含当日）结束的${inspection}，整改情况统计至${dayWords(when.as_of)}。`
      ),
      heading(1, "工作开展情况"),
      ...work(scored, facts),
      heading(1, `发现的${wordOf(regime, "finding", "问题")}`),
      ...found(scored, facts),
      heading(1, "督办和处理情况"),
      ...handled(scored, facts),
      heading(1, "整改情况"),
      ...rectified(scored, facts),
      heading(1, "下一步工作"),
      ...next(scored, facts),
      ...secrecyBlock(scored, "报告"),
      text("特此报告。")
    ],
    annexes: [
      {title: `${monthWords(month)}${inspection}情况表`, body: [monthInspections(scored, facts)], landscape: true},
      ...(listed.length > 0
        ? [{title: `尚未整改的${wordOf(regime, "finding", "问题")}`, body: [openFindings(listed)], landscape: true}]
        : [])
    ],
    signature: team,
    printed: {by: team, on: options.date ?? null}
  };
}

function monthWords(month: string): string {
  return `${Number(month.slice(0, 4))}年${Number(month.slice(5, 7))}月`;
}

function work({regime, when}: Scored, {span, inspections, places, trips, firms_year}: MonthFacts): Block[] {
  const inspection = wordOf(regime, "inspection", "巡查");
  const blocks: Block[] = [];
  if (trips) {
    const short = trips.need - trips.have;
    const met = short > 0 ? `少于每月至少${trips.need}次的规定，差${short}次` : `符合每月至少${trips.need}次的规定`;
    blocks.push(
      text(
        sentence(`${monthWords(span.month)}（按自然月）进行${inspection}${trips.have}次，${met}${citeOf(regime, "month_quota")}`)
      )
    );
  }
  if (inspections.length === 0) blocks.push(text(sentence(`本期没有结束的${inspection}`)));
  else {
    const units = new Set(inspections.map((i) => i.unit_name)).size;
    blocks.push(
      text(
        sentence(
          `本期结束${inspection}${inspections.length}次，涉及属地和部门${units}个，检查点位${places.places}个（生产经营单位${places.firms}户）`
        )
      )
    );
    const silent = inspections.filter((i) => i.unannounced === true).length;
    const announced = inspections.filter((i) => i.unannounced === false).length;
    const unknown = inspections.length - silent - announced;
    if (clauseOf(regime, "unannounced", when.as_of) !== null)
      blocks.push(
        text(
          sentence(
            `其中${countsWords(
              [
                ["不预先通知的", silent],
                ["预先通知的", announced],
                ["台账没有写明的", unknown]
              ],
              "次"
            )}${citeOf(regime, "unannounced")}`
          )
        )
      );
    if (places.places > 0) blocks.push(text(sentence(placeWords(places))));
  }
  const year = parameterOn(regime)("year_quota", when.as_of) as {places: number} | undefined;
  if (year) {
    const short = year.places - firms_year;
    const met = short > 0 ? `距全年不少于${year.places}户还差${short}户` : `已达到全年不少于${year.places}户的规定`;
    blocks.push(
      text(
        sentence(`本年至${dayWords(span.until)}累计${inspection}生产经营单位${firms_year}户，${met}${citeOf(regime, "year_quota")}`)
      )
    );
  }
  return blocks;
}

function placeWords({places, shown, signed, slipped, slips, recorded}: MonthFacts["places"]): string {
  return `在${places}个点位中，出示证件的${shown}个，记录表经签字确认的${signed}个，填写督办单的${slipped}个（督办单${slips}份），留有影像记录的${recorded}个`;
}

function found({regime, when}: Scored, {findings}: MonthFacts): Block[] {
  const mine = findings.filter((f) => f.is_new);
  const finding = wordOf(regime, "finding", "问题");
  if (mine.length === 0) return [text(sentence(`本期没有发现${finding}`))];
  const count = (of: (f: MonthFinding) => boolean) => mine.filter(of).length;
  const severity = SEVERITIES.map((s) => [s, count((f) => f.severity === s)] as const);
  const layers = ["党委政府", "部门", "企业"].map((layer) => [`${layer}层面`, count((f) => f.layer === layer)] as const);
  const apart = count((f) => !f.is_told);
  const now = count((f) => f.fix_now === true);
  const slow = mine.filter((f) => f.layer === "企业" && f.fix_now !== true);
  const five = slow.filter((f) => f.five_missing !== null).length;
  const grave = count((f) => f.hazard_level === "重大");
  return [
    text(
      sentence(
        `本期发现${finding}${mine.length}个，其中${countsWords(severity, "个")}；按问题层面分，${countsWords(layers, "个")}${grave > 0 ? `；隐患级别为重大的${grave}个` : ""}`
      )
    ),
    ...(clauseOf(regime, "fix_now", when.as_of) === null
      ? []
      : [
          text(
            sentence(
              `责成立即整改的${now}个；企业限时整改的${slow.length}个，其中“五落实”不全的${five}个${citeOf(regime, "fix_now")}`
            )
          )
        ]),
    monthItems(regime.items, mine),
    ...(apart > 0 ? [text(sentence(`以上含线索、案件和举报事项${apart}个，不在附件中列出`))] : [])
  ];
}

function handled({regime}: Scored, {span, actions, inspections}: MonthFacts): Block[] {
  const told = inspections.filter((i) => i.fed_back_on !== null).length;
  const untold = inspections.length - told;
  const inspection = wordOf(regime, "inspection", "巡查");
  const kinds = actions.map(({kind, count}) => [kind, count] as const);
  return [
    ...(inspections.length === 0
      ? []
      : [
          text(
            sentence(
              `本期结束的${inspection}，已向${wordOf(regime, "unit", "被巡查单位")}反馈的${told}次${untold > 0 ? `，尚未反馈的${untold}次` : ""}`
            )
          )
        ]),
    text(
      sentence(
        kinds.length === 0
          ? `${dayWords(span.before)}之后至${dayWords(span.due_on)}没有约谈、移交、立案等处理措施`
          : `${dayWords(span.before)}之后至${dayWords(span.due_on)}采取处理措施：${countsWords(kinds, "件")}`
      )
    )
  ];
}

function rectified({regime, when}: Scored, {span, findings, done}: MonthFacts): Block[] {
  const finding = wordOf(regime, "finding", "问题");
  const mine = findings.filter((f) => f.is_new);
  const settled = mine.filter((f) => f.done_on !== null).length;
  const open = mine.filter((f) => f.done_on === null);
  const late = (of: readonly MonthFinding[]) => of.filter((f) => f.state === "逾期").length;
  const old = findings.filter((f) => !f.is_new);
  const day = dayWords(when.as_of);
  return [
    ...(mine.length === 0
      ? []
      : [text(sentence(`截至${day}，本期发现的${finding}已整改${settled}个，尚未整改${open.length}个，其中逾期${late(open)}个`))]),
    text(sentence(`${dayWords(span.before)}之后至${dayWords(span.due_on)}完成整改的${finding}${done}个（含以前发现的）`)),
    text(
      sentence(
        old.length === 0
          ? `截至${day}，没有以前发现而尚未整改的${finding}`
          : `截至${day}，以前发现的${finding}尚未整改${old.length}个，其中逾期${late(old)}个`
      )
    )
  ];
}

/** What the records leave to be done; the rest is for the team to write. */
function next({regime, when}: Scored, {span, findings, trips, firms_year}: MonthFacts): Block[] {
  const open = findings.filter((f) => f.done_on === null).length;
  const inspection = wordOf(regime, "inspection", "巡查");
  const year = parameterOn(regime)("year_quota", when.as_of) as {places: number} | undefined;
  const short = year && !span.until.endsWith("-12-31") ? year.places - firms_year : 0;
  const parts = [
    ...(open > 0 ? [`督促尚未整改的${open}个${wordOf(regime, "finding", "问题")}按期整改`] : []),
    ...(trips ? [`下月至少进行${inspection}${trips.need}次`] : []),
    ...(short > 0 ? [`年内还须${inspection}生产经营单位${short}户`] : [])
  ];
  return [...(parts.length === 0 ? [] : [text(sentence(parts.join("；")))]), text("其他安排：＿＿＿＿＿＿＿＿")];
}
