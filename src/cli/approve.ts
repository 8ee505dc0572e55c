import {Command} from "commander";
import {tallyText} from "../export/confirm/tally.ts";
import {fault, listed} from "../fault.ts";
import {type Approved, type ApproveRequest, approve, waiverOptions} from "../release/approve.ts";
import {OBSTACLES, obstacleText, type WaiverAsked} from "../release/obstacle.ts";
import {type Signed, signManifest} from "../release/sign.ts";
import {openWorkspace, shownPath} from "../workspace/workspace.ts";
import {cutOffOptions, type MakeCommand, optionsOf, printJson} from "./common.ts";
import {tellWaiting, waitSeconds, withWait} from "./decision.ts";
import {type Effects, instant, progressOn, today} from "./output.ts";
import {type PassphraseFlags, withPassphrase} from "./passphrase.ts";
import {openKeys} from "./seal.ts";

/** Options of approve and of release supersede. */
export interface ApproveFlags extends PassphraseFlags {
  readonly by?: string;
  readonly post?: string;
  readonly organ?: string;
  readonly meeting?: string;
  readonly documentNo?: string;
  readonly on?: string;
  readonly waive?: readonly string[];
  readonly asOf?: string;
  readonly decisionsUntil?: string;
  readonly sign?: readonly string[];
  readonly dryRun?: boolean;
  readonly wait?: string;
}

/** Adds the options of an approval. */
export function withApproval(command: Command): Command {
  const options = withWait(
    command
      .option("--by <name>", "审定人姓名（必填）")
      .option("--post <post>", "审定人职务（必填），须是制度规定的")
      .option("--organ <organ>", "审定机关；默认按职务")
      .option("--meeting <text>", "哪次会议审定的，如 区安委会2026年第1次会议；制度规定集体审定的，会议和文号至少写一个")
      .option("--document-no <text>", "审定文件的文号")
      .option("--on <date>", "审定的日期（必填）")
      .option("--waive <what=reason>", "豁免一项障碍并写明理由，可写几次，如 --waive 退回=三行属测试数据", many)
      .option("--as-of <date>", "统计截止日；默认取 xunheng.yaml")
      .option("--decisions-until <date>", "评议和异议复核的决定计到哪一天；默认取 xunheng.yaml，再默认统计截止日")
      .option("--sign <key>", "审定后用工作区的这把密钥签名，可写几次；密钥先打开，口令不对就不审定", many)
      .option("--dry-run", "只说有哪些障碍、会审定什么，不写任何东西")
  );
  return withPassphrase(options);
}

function many(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

const HELP = `
审定之前先看清：xunheng approve --dry-run …
障碍（都可以写明理由豁免，理由印在每一份材料上）：
  来源  有来源没有装入，或装入后有变动    得分  没有一个单位有得分
  评议  有评议尚未作出              异议  有异议复核尚未决定
  暂定  否决待定、期限未公布        退回  有退回的行未处理
  挂起  有挂起的行                  撤走  有撤走的行未接受
  违反  程序检查有违反（逐项写 违反:report-late，或用 违反 一并豁免）
  办法  办法没有正式印发，或施行晚于所评期间    语义  与上一个审定结果的算法不同
不能豁免：审定人不是制度规定的职务；审定人参加过本结果的评议；集体审定没有会议或文号。

审定以后数据照常装入，审定结果不变；要更正用 xunheng release supersede，要撤回用 xunheng release withdraw。
例：xunheng approve --by 张三 --post 区安委会主任 --meeting 区安委会2026年第1次会议 --on 2026-01-20

退出码：0 已审定；2 用法有误；3 按规定不能审定`;

/** `xunheng approve`: freezes the result of a workspace as a release. */
export const approveCommand: MakeCommand = (effects, end) =>
  withApproval(new Command("approve").description("审定结果：冻结为一份自带数据、办法和复算脚本的审定件"))
    .option("--year <year>", "考核年度；默认取 xunheng.yaml")
    .addHelpText("after", HELP)
    .action(async (_, command: Command) => {
      const {workspace, json, ...flags} = optionsOf<ApproveFlags & {year?: string}>(command);
      const ran = await runApproval(workspace, flags, effects);
      printApproval(ran, json === true, effects);
      if (ran.approved.standing.length > 0) end(3);
    });

/** An approval that was run: what came of it, its signatures, and the command as it was called. */
export interface Ran {
  readonly approved: Approved;
  readonly signed: readonly Signed[];
  readonly line: string;
}

/**
 * Runs an approval from a command line.
 * @param supersedes the release to be corrected, with the reason
 */
export async function runApproval(
  workspace: string,
  flags: ApproveFlags & {year?: string},
  effects: Effects,
  supersedes?: ApproveRequest["supersedes"]
): Promise<Ran> {
  const space = openWorkspace(workspace);
  const progress = progressOn(effects);
  const {as_of, decisions_until, year} = cutOffOptions({...flags}, effects);
  const request: ApproveRequest = {
    at: instant(effects),
    approver: {
      ...{by: flags.by ?? "", post: flags.post ?? "", organ: flags.organ, on: flags.on ?? ""},
      ...{meeting: flags.meeting, document_no: flags.documentNo, today: today(effects)}
    },
    waivers: (flags.waive ?? []).map(waiverOf),
    cut_offs: {as_of, decisions_until, year, today: today(effects)},
    supersedes,
    dry: flags.dryRun,
    wait: waitSeconds(flags.wait),
    waiting: tellWaiting(effects),
    progress: (text) => progress.show(text)
  };
  const line = lineOf(workspace, flags, supersedes);
  const keys = await openKeys(workspace, flags.sign ?? [], flags, effects);
  try {
    const approved = await approve(space, request, line);
    const {written} = approved;
    const signed = written === null ? [] : keys.map((one) => signManifest(written.directory, {...one, at: instant(effects)}));
    return {approved, signed, line};
  } finally {
    progress.done();
  }
}

/** `退回=三行属测试数据` in two. Errors: Fault 2 without a reason, or for a word that is no obstacle. */
function waiverOf(text: string): WaiverAsked {
  const [, id = "", reason = ""] = /^([^=＝]*)[=＝]([\s\S]*)$/u.exec(text) ?? [];
  const kind = id.trim().split(/[:：]/u)[0] ?? "";
  if (!(OBSTACLES as readonly string[]).includes(kind))
    throw fault(2, {
      place: null,
      what: `--waive “${text}”看不懂`,
      advice: `请写成 事项=理由，事项可用：${listed(OBSTACLES)}`
    });
  return {id: id.trim().replace("：", ":"), reason};
}

/** The command as it was called, so that the line to paste needs no more than its reasons. */
function lineOf(workspace: string, flags: ApproveFlags & {year?: string}, supersedes: ApproveRequest["supersedes"]): string {
  const given: Record<string, string | undefined> = {
    ...{"-w": workspace === "." ? undefined : workspace, "--by": flags.by, "--post": flags.post, "--organ": flags.organ},
    ...{"--meeting": flags.meeting, "--document-no": flags.documentNo, "--on": flags.on, "--year": flags.year},
    ...{"--as-of": flags.asOf, "--decisions-until": flags.decisionsUntil, "--reason": supersedes?.reason},
    "--passphrase-file": flags.passphraseFile
  };
  const options = [
    ...Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${quoted(value)}`])),
    ...(flags.sign ?? []).map((name) => `--sign ${quoted(name)}`)
  ];
  const waivers = (flags.waive ?? []).map((text) => `--waive ${quoted(text)}`);
  return ["xunheng", supersedes ? `release supersede ${supersedes.id}` : "approve", ...options, ...waivers].join(" ");
}

function quoted(text: string): string {
  return /^[\p{L}\p{N}_./:〔〕（）-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Prints what came of an approval. */
export function printApproval(ran: Ran, json: boolean, effects: Effects): void {
  if (json) printJson(effects, approvedJson(ran));
  else effects.stdout(approvedText(ran));
}

function approvedJson({approved, signed}: Ran) {
  const {id, approver, scored, waived, standing, confirmation, holders, written, notes} = approved;
  const {run, digest, as_of, decisions_until, known_at, provisional} = scored.result;
  return {
    ...{approved: written !== null, release: id, year: scored.year, approver},
    ...{run, digest, as_of, decisions_until, known_at, provisional},
    obstacles: [
      ...waived.map(({obstacle, reason}) => ({...obstacle, waived: reason})),
      ...standing.map((o) => ({...o, waived: null}))
    ],
    ...{confirmation, holders},
    directory: written === null ? null : shownPath(written.directory),
    manifest: written?.manifest ?? null,
    decision: written?.decision ?? null,
    signatures: signed,
    notes
  };
}

function approvedText({approved, signed, line}: Ran): string {
  const {id, approver, scored, waived, standing, confirmation, written, holders, notes} = approved;
  const {result, space, year} = scored;
  const units = result.schemes.flatMap((s) => s.units);
  const count = units.filter((u) => u.score !== null).length;
  return [
    `${space.authority} ${year}年 ${scored.regime.words.inspection ?? "巡查"}结果\n`,
    `统计截止日 ${result.as_of} · 决定计至 ${result.decisions_until}${result.provisional ? " · 暂定" : ""}${space.demo ? " · 演示数据" : ""}\n`,
    `${units.length}个单位，${count}个有得分\n`,
    `审定人 ${approver.by}（${approver.post}），${approver.organ}，${approver.on}${basisText(approved)}\n`,
    ...tallyText(confirmation).map((line) => `${line}\n`),
    waived.length > 0 ? `\n豁免${waived.length}项\n` : "",
    ...waived.map(({obstacle, reason}) => `  ${obstacleText(obstacle)}\n    理由：${reason}\n`),
    standing.length > 0 ? `\n还有${standing.length}项障碍\n` : "",
    ...standing.map((one) => `  ${obstacleText(one)}\n    见 ${one.command}\n`),
    "\n",
    ...notes.map((note) => `！ ${note}\n`),
    written === null ? dryText(approved, line) : writtenText(id, written, signed),
    holders.length > 0 ? `持有旧件的：${holders.join("、")}；请把新的审定结果交给他们\n` : "",
    `摘要 ${result.digest}\n运行 ${result.run}\n`
  ].join("");
}

function basisText({approver: {meeting, document_no}}: Approved): string {
  return [meeting, document_no].flatMap((text) => (text === null ? [] : [`，${text}`])).join("");
}

function dryText({id, standing}: Approved, line: string): string {
  if (standing.length === 0) return `没有障碍；以上只是预演（--dry-run），去掉它就会审定为 ${id}\n`;
  return `以上只是预演（--dry-run）。请先办理；确需豁免的，把理由写清后运行：\n${line}${waiverOptions(standing)}\n`;
}

function writtenText(id: string, {directory, decision, manifest}: NonNullable<Approved["written"]>, signed: Ran["signed"]): string {
  const sign = signed.length > 0 ? "" : `签名 xunheng seal ${id} --key 名称，`;
  return [
    `已审定为 ${id}，记为第${decision.n}条决定，审定件在 ${shownPath(directory)}/\n`,
    ...signed.map((one) => `${one.name} 已签名，公钥指纹 ${one.fingerprint}\n`),
    `接着可以${sign}核验 xunheng verify ${shownPath(directory)}，导出 xunheng export --help\n`,
    `清单 SHA-256 ${manifest}\n`
  ].join("");
}
