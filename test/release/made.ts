import {cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {approve} from "../../src/release/approve.ts";
import {fingerprint, newKey, type PublicKey, publicPem, readPublicKey} from "../../src/release/key.ts";
import {signManifest} from "../../src/release/sign.ts";
import type {TrustedKey} from "../../src/release/trust.ts";
import {appendDecision} from "../../src/workspace/decision.ts";
import {openWorkspace, type Workspace} from "../../src/workspace/workspace.ts";
import {makeOffice, type Office} from "../office.ts";

/** An office of three towns with a release that is signed by a key which the office trusts. */
export interface MadeRelease {
  readonly space: Workspace;
  readonly directory: string;
  readonly trusted: readonly TrustedKey[];
}

const UNITS = ["990101", "990102", "990103"];
const AT = "2026-01-20T09:00:00.000+08:00";
export const RELEASE = "office-2025-r1";

/** Rows of the tiny office, by table. */
export function releaseTables() {
  return {
    unit: UNITS.map((unit_code, i) => ({unit_code, unit_name: `演示${i + 1}镇`, unit_kind: "镇街"})),
    inspection: UNITS.map((unit_code, i) => ({
      ...{inspection_id: `X${i + 1}`, unit_code, kind: "全面", organiser_level: "县级"},
      ...{started_on: "2025-03-03", ended_on: "2025-03-14"}
    })),
    finding: Array.from({length: 12}, (_, i) => ({
      ...{finding_id: `F${i + 1}`, inspection_id: `X${(i % 3) + 1}`, unit_code: UNITS[i % 3] ?? "", layer: "党委政府"},
      ...{item: String((i % 6) + 1), severity: i % 5 === 0 ? "重大" : "一般", description: `第${i + 1}个问题`},
      ...{found_on: "2025-03-04", due_on: "2025-04-01"}
    })),
    rectification: Array.from({length: 8}, (_, i) => ({
      ...{finding_id: `F${i + 1}`, stage: "完成", on_date: i % 3 === 0 ? "2025-05-20" : "2025-03-20"}
    }))
  };
}

/** The tiny office, not loaded yet. */
export function releaseOffice(): Office {
  return makeOffice(releaseTables());
}

/** Approves the result of a loaded workspace, whatever stands in the way. */
export async function approveAll(space: Workspace, at = AT): Promise<string> {
  const request = {
    ...{at, waivers: [], cut_offs: {}},
    approver: {by: "王某", post: "区安委会主任", on: at.slice(0, 10), document_no: "样例〔2026〕3号", today: at.slice(0, 10)}
  };
  const {standing} = await approve(space, {...request, dry: true}, "xunheng approve");
  const waivers = standing.map(({id}) => ({id, reason: "样例"}));
  const {written} = await approve(space, {...request, waivers}, "xunheng approve");
  return written?.directory ?? "";
}

const shared = process.env.XUNHENG_LOADED ?? mkdtempSync(join(tmpdir(), "xunheng-made-"));
if (!process.env.XUNHENG_LOADED) process.once("exit", () => rmSync(shared, {recursive: true, force: true}));

/** The release, made once for all test files of a run: copy it before anything is written into it. */
export async function madeRelease(): Promise<MadeRelease> {
  const ready = join(shared, "released", "office");
  if (!existsSync(ready)) await makeShared(join(shared, "released"));
  const space = openWorkspace(ready);
  const key = readPublicKey(readFileSync(join(ready, "安委办.pub.pem"), "utf8"), {file: "安委办.pub.pem"});
  return {space, directory: join(space.state.directory, "releases", RELEASE), trusted: [trustedKey(key)]};
}

function trustedKey(key: PublicKey): TrustedKey {
  return {name: "安委办", algorithm: key.algorithm, fingerprint: fingerprint(key), by: "file"};
}

async function makeShared(place: string): Promise<void> {
  const office = releaseOffice();
  try {
    await office.load();
    const space = office.space();
    const key = newKey("ed25519");
    const args = {name: "安委办", algorithm: "ed25519", fingerprint: fingerprint(key), public_key: publicPem(key)};
    appendDecision(space.state.decisions, {at: "2026-01-19T09:00:00.000+08:00", kind: "trust-key", by: "李某", args});
    const directory = await approveAll(space);
    signManifest(directory, {name: "安委办", key, at: AT});
    writeFileSync(join(office.directory, "安委办.pub.pem"), publicPem(key));
    const draft = mkdtempSync(join(shared, ".released-"));
    cpSync(office.directory, join(draft, "office"), {recursive: true});
    try {
      renameSync(draft, place);
    } catch {
      // Another file was faster.
      rmSync(draft, {recursive: true, force: true});
    }
  } finally {
    office.remove();
  }
}
