import type {Command} from "commander";
import {demandPower, organisationData} from "../export/organisation/data.ts";
import {organisationFiles} from "../export/organisation/files.ts";
import {chosenRecipients} from "../export/organisation/recipient.ts";
import {organisationJsonSchema} from "../export/organisation/schema.ts";
import {fault} from "../fault.ts";
import {demandApproved} from "../release/demand.ts";
import {isDate} from "../workspace/workspace.ts";
import {printJson} from "./common.ts";
import {finishExport, openForExport, withExport} from "./export-common.ts";
import {answerEnquiry} from "./export-organisation-reply.ts";
import type {Effects} from "./output.ts";

/** Options of `export organisation` beside those of every export. */
export interface OrganisationFlags {
  readonly number?: string;
  readonly date?: string;
  readonly contact?: string;
  readonly request?: string;
  readonly persons?: string;
  readonly from?: string;
  readonly until?: string;
  readonly schema?: boolean;
}

/** `xunheng export organisation`: the letter, workbook and data for the organisation department; with --request the answer to a 函询. */
export function addExportOrganisation(parent: Command, effects: Effects): void {
  withExport(
    parent
      .command("organisation")
      .description("组织部：单位结果，有关负责人任期与问题的对照；只用审定结果，制度有规定才能导出")
      .option("--number <no>", "发文字号；不写则标“代拟稿”")
      .option("--date <date>", "成文日期")
      .option("--contact <text>", "联系人及电话")
      .option("--request <no>", "答复函询：来函文号，须同时写 --persons")
      .option("--persons <file>", "函询名单（.xlsx 或 .csv）：人员编号，或姓名和单位")
      .option("--from <date>", "函询期间的起日")
      .option("--until <date>", "函询期间的止日")
      .option("--schema", "打印 organisation.json 的 JSON Schema，不导出")
  ).action(async (_, command: Command) => {
    const flags = command.optsWithGlobals<OrganisationFlags>();
    if (flags.schema === true) {
      printJson(effects, organisationJsonSchema());
      return;
    }
    checkFlags(flags);
    if (flags.request !== undefined) {
      await answerEnquiry(command, effects);
      return;
    }
    const {scored, to, json, by, recipients, workspace} = await openForExport<OrganisationFlags>(command, effects);
    try {
      const power = demandPower(scored);
      demandApproved(scored, "送组织部门的结果");
      const chosen = chosenRecipients(power, recipients);
      const {number = null, date = null, contact = null} = flags;
      const data = await organisationData(scored);
      const files = await organisationFiles(data, scored, {number, date, contact, recipients: chosen});
      const shared = {what: "organisation", title: `${power.verb}${chosen.join("、")}`, to, files, by, workspace, json};
      await finishExport(effects, scored, {
        ...shared,
        recipients: chosen,
        lines: [`依据：《${scored.regime.title}》${power.clause}`]
      });
    } finally {
      scored.close();
    }
  });
}

function checkFlags({date, from, until, request, persons}: OrganisationFlags): void {
  for (const [name, value] of Object.entries({"--date": date, "--from": from, "--until": until}))
    if (value !== undefined && !isDate(value))
      throw fault(2, {place: null, what: `${name} 的日期“${value}”不存在`, advice: "请写成2025-12-31的样子"});
  if (from !== undefined && until !== undefined && from > until)
    throw fault(2, {place: null, what: `--from ${from} 晚于 --until ${until}`, advice: "请核对函询的期间"});
  if ((request === undefined) !== (persons === undefined))
    throw fault(2, {place: null, what: "--request 和 --persons 要一起写", advice: "答复函询要有来函文号和名单"});
  if (request === undefined && (from !== undefined || until !== undefined))
    throw fault(2, {place: null, what: "--from、--until 只用于函询", advice: "请同时写 --request 和 --persons，或去掉它们"});
  if (request !== undefined && (request.trim() === "" || /\p{C}/u.test(request)))
    throw fault(2, {place: null, what: "--request 是空的，或含有控制字符", advice: "请写上来函文号，如 --request 组函〔2026〕3号"});
}
