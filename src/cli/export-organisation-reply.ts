import {basename} from "node:path";
import type {Command} from "commander";
import {readAsked} from "../export/organisation/asked.ts";
import {demandPower} from "../export/organisation/data.ts";
import {chosenRecipients} from "../export/organisation/recipient.ts";
import {type EnquiryReply, type KnownRelease, replyTo} from "../export/organisation/reply.ts";
import {periodText} from "../export/organisation/reply-document.ts";
import {knownRelease, replyFiles} from "../export/organisation/reply-files.ts";
import {writeExport} from "../export/write.ts";
import {fault} from "../fault.ts";
import {recordHandout} from "../release/handout.ts";
import {openResult} from "../release/open.ts";
import {standings} from "../release/standing.ts";
import {openRules} from "../warehouse/scored.ts";
import {readDecisions} from "../workspace/decision.ts";
import {openWorkspace, type Workspace} from "../workspace/workspace.ts";
import {optionsOf, printJson} from "./common.ts";
import type {ExportFlags} from "./export-common.ts";
import type {OrganisationFlags} from "./export-organisation.ts";
import {type Effects, instant} from "./output.ts";

/** `export organisation --request NO --persons FILE`: the answer to a 函询, from every standing release, and logged with each. */
export async function answerEnquiry(command: Command, effects: Effects): Promise<void> {
  const {workspace, json, ...flags} = optionsOf<OrganisationFlags & ExportFlags>(command);
  const {to, by, request = "", persons = "", number = null, date = null, contact = null, from = null, until = null} = flags;
  if (to === undefined || to === "") throw fault(2, {place: null, what: "没有写 --to", advice: "请写明写到哪个目录"});
  if (by === undefined || by.trim() === "")
    throw fault(2, {place: null, what: "没有写 --by", advice: "答复函询要登记，请写明由谁答复"});
  refuseOne(flags as Readonly<Record<string, unknown>>);
  const space = openWorkspace(workspace);
  const recipient = await demandPersons(space, flags.recipient ?? []);
  const asked = readAsked(persons);
  const releases = await knownReleases(workspace, space);
  const reply = replyTo(request, asked, releases, {from, until});
  const files = await replyFiles(reply, {number, date, contact, recipient});
  const written = await writeExport(to, files, async (ready) => {
    for (const {stamp} of reply.releases)
      if (stamp.release)
        await recordHandout(space, {
          ...{at: instant(effects), by, what: "organisation-reply", to: [recipient], request, files: ready},
          release: {id: stamp.release.id, manifest: stamp.release.manifest}
        });
  });
  if (json) printJson(effects, {what: "organisation-reply", to, files: written, request, recipient, ...summary(reply)});
  else print(effects, reply, {to, count: written.length, recipient, list: basename(persons)});
}

/** An answer is taken from all results that stand: options that pick one make no sense with it. */
function refuseOne(flags: Readonly<Record<string, unknown>>): void {
  const named = {
    release: "--release",
    draft: "--draft",
    asOf: "--as-of",
    decisionsUntil: "--decisions-until",
    knownAt: "--known-at",
    year: "--year"
  };
  const given = Object.entries(named).find(([key]) => flags[key] !== undefined);
  if (given)
    throw fault(2, {place: null, what: `答复函询不能写 ${given[1]}`, advice: "答复取全部现行的审定结果；期间请用 --from、--until"});
}

/** To whom the answer goes. Errors: Fault 3 where the regime reaches no persons, or for a foreign recipient; Fault 2 when it is not said. */
async function demandPersons(space: Workspace, named: readonly string[]): Promise<string> {
  const {regime} = await openRules(space);
  const power = demandPower({regime});
  if (!power.persons)
    throw fault(3, {
      place: null,
      what: `制度没有规定结果可用于人员（《${regime.title}》${power.clause}只及于单位）`,
      advice: "不能答复人员函询"
    });
  const chosen = chosenRecipients(power, named);
  if (chosen.length === 1) return chosen[0] as string;
  throw fault(2, {place: null, what: "没有说明答复哪个机关", advice: `请用 --recipient 写明一个：${power.recipients.join("、")}`});
}

/** What every standing release gives, newest first. Errors: Fault 3 when none stands. */
async function knownReleases(workspace: string, space: Workspace): Promise<KnownRelease[]> {
  const {decisions} = readDecisions(space.state.decisions);
  const standing = standings(decisions).filter(({fallen}) => fallen === null);
  if (standing.length === 0)
    throw fault(3, {
      place: null,
      what: `工作区 ${space.id} 没有现行的审定结果，不能答复函询`,
      advice: "请先用 xunheng approve 审定"
    });
  const known: KnownRelease[] = [];
  for (const {id} of standing) {
    const scored = await openResult(workspace, {release: id});
    try {
      if (scored.regime.organisation?.persons) known.push(await knownRelease(scored));
    } finally {
      scored.close();
    }
  }
  if (known.length === 0)
    throw fault(3, {place: null, what: "现行的审定结果所依的制度都没有规定可用于人员", advice: "不能答复人员函询"});
  return known.sort((a, b) => (a.data.stamp.as_of < b.data.stamp.as_of ? 1 : -1));
}

/** Whom the list's rows were found to mean, without a word on anybody's findings. */
function summary({persons, releases}: EnquiryReply) {
  return {
    releases: releases.map(({stamp}) => stamp.release?.id),
    persons: persons.map(({row, found, person_id}) => ({row, found, person_id}))
  };
}

function print(
  effects: Effects,
  {persons, releases, request, period}: EnquiryReply,
  {to, count, recipient, list}: {readonly to: string; readonly count: number; readonly recipient: string; readonly list: string}
): void {
  effects.stdout(`答复${recipient}函询（${request}）：已写出${count}个文件，${to}\n`);
  effects.stdout(`  期间：${periodText(period)}；依据审定结果 ${releases.map(({stamp}) => stamp.release?.id).join("、")}\n`);
  for (const {row, found, asked, person_name} of persons) {
    const who = person_name ?? asked.name ?? asked.person_id;
    if (found !== "已找到") effects.stdout(`  ${list}:${row}: ${who}：${found}；请核对后另行答复\n`);
  }
  effects.stdout("  已登记发放，见 xunheng release show\n");
}
