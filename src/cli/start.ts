import {existsSync, readdirSync, realpathSync} from "node:fs";
import {join} from "node:path";
import {complaintText, Fault} from "../fault.ts";
import {buildSite, type SiteSpace} from "../site/build.ts";
import {serveSite} from "../site/serve.ts";
import {DATA, ROOT} from "../workspace/workspace.ts";
import {loadWorkspace} from "./load.ts";
import {EFFECTS, type Effects, progressOn, today} from "./output.ts";
import {siteSpace} from "./site-command.ts";

/**
 * `npm start`: loads the samples, builds their site and serves it on this machine. Rejected rows do not stop it.
 * Shape: where it is served.
 * Errors: Fault of whatever could not be read or built.
 */
export async function start(
  effects: Effects = EFFECTS,
  {to = join(ROOT, "dist"), port = 3000, samples = join(DATA, "samples")} = {}
) {
  const began = effects.now().getTime();
  const said = (text: string) =>
    effects.stdout(`[${((effects.now().getTime() - began) / 1000).toFixed(1).padStart(5)}秒] ${text}\n`);
  const ids = readdirSync(samples).filter((id) => existsSync(join(samples, id, "xunheng.yaml")));
  const spaces: SiteSpace[] = [];
  for (const id of ids.sort()) {
    const directory = join(samples, id);
    const {tables, failures} = await loadWorkspace(directory, effects);
    for (const failure of failures) effects.stderr(`${complaintText(failure)}\n`);
    const sums = Object.values(tables).reduce((sum, t) => ({read: sum.read + t.read, waiting: sum.waiting + t.rejected + t.held}), {
      read: 0,
      waiting: 0
    });
    said(`已装入样例 ${id}：${sums.read}行${sums.waiting > 0 ? `，其中${sums.waiting}行退回或挂起（样例有意为之）` : ""}`);
    spaces.push(await siteSpace(directory, {today: today(effects)}));
  }
  const progress = progressOn(effects);
  const {files} = await buildSite({to, audience: "analyst", spaces}, {progress: progress.show}).finally(progress.done);
  said(`已生成站点：${spaces.length}个工作区，${files}个文件`);
  const served = await serveSite(to, port);
  said(`请在浏览器打开 ${served.url} （按 Ctrl+C 停止）`);
  return served;
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename) {
  try {
    await start();
  } catch (error) {
    process.stderr.write(`${error instanceof Fault ? error.message : ((error as Error).stack ?? String(error))}\n`);
    process.exitCode = error instanceof Fault ? error.exit : 4;
  }
}
