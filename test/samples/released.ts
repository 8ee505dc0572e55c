import {cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {main} from "../../src/cli/main.ts";
import {openRules} from "../../src/warehouse/scored.ts";
import {openWorkspace} from "../../src/workspace/workspace.ts";
import {loadedSample} from "./loaded.ts";

/** The moment at which samples are approved in tests. */
export const APPROVED_AT = new Date("2026-01-20T02:00:00Z");

const shared = process.env.XUNHENG_LOADED ?? mkdtempSync(join(tmpdir(), "xunheng-released-"));
if (!process.env.XUNHENG_LOADED) process.once("exit", () => rmSync(shared, {recursive: true, force: true}));

/**
 * A sample with an approved result, made once for all test files by the command line, everything that stands in its way waived:
 * read it, never write into it.
 * Shape: the sample's id in, its directory out.
 */
export async function releasedSample(id: string): Promise<string> {
  const ready = join(shared, "released", id);
  if (existsSync(ready)) return ready;
  const draft = join(mkdtempSync(join(shared, ".draft-")), id);
  cpSync(await loadedSample(id), draft, {recursive: true});
  await approveSample(draft);
  mkdirSync(dirname(ready), {recursive: true});
  try {
    renameSync(draft, ready);
  } catch {
    // Another file was faster.
  }
  rmSync(dirname(draft), {recursive: true, force: true});
  return ready;
}

/** Approves the result of a loaded sample as its regime asks. Errors: what the command said. */
export async function approveSample(directory: string, ...more: readonly string[]): Promise<void> {
  const {regime} = await openRules(openWorkspace(directory));
  const {posts = []} = (regime.parameters.result_approval?.values.at(-1)?.value ?? {}) as {posts?: readonly string[]};
  const said = ["--by", "钱审定", "--post", posts[0] ?? "", "--meeting", "2026年第1次会议", "--on", "2026-01-20"];
  const asked = await run("approve", "-w", directory, ...said, "--dry-run", "--json");
  const {obstacles} = JSON.parse(asked.stdout) as {obstacles: readonly {id: string}[]};
  const waived = obstacles.flatMap(({id}) => ["--waive", `${id}=演示数据有意如此`]);
  const done = await run("approve", "-w", directory, ...said, ...waived, ...more);
  if (done.exit !== 0) throw new Error(done.stderr);
}

async function run(...args: readonly string[]): Promise<{exit: number; stdout: string; stderr: string}> {
  const [out, err]: [string[], string[]] = [[], []];
  const effects = {
    stdout: (t: string) => void out.push(t),
    stderr: (t: string) => void err.push(t),
    now: () => APPROVED_AT,
    terminal: false
  };
  const exit = await main(args, effects);
  return {exit, stdout: out.join(""), stderr: err.join("")};
}
