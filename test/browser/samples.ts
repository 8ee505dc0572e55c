import {cpSync, existsSync, mkdtempSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {basename, join} from "node:path";
import {loadWorkspace} from "../../src/cli/load.ts";
import {siteSpace} from "../../src/cli/site-command.ts";
import {buildSite, type SiteAudience} from "../../src/site/build.ts";
import {type Served, serveSite} from "../../src/site/serve.ts";
import {DATA} from "../../src/workspace/workspace.ts";

/** A built and served site of loaded copies of samples. */
export interface SampleSite extends Served {
  readonly spaces: readonly {readonly id: string; readonly dir: string}[];
  readonly directory: string;
}

const QUIET = {stdout: () => {}, stderr: () => {}, now: () => new Date("2026-01-20T00:00:00Z"), terminal: false};

/** Ids of all samples. */
export function sampleIds(): string[] {
  const samples = join(DATA, "samples");
  return readdirSync(samples)
    .filter((id) => existsSync(join(samples, id, "xunheng.yaml")))
    .toSorted();
}

/** Loads copies of the samples, builds their site, serves it on a free port; `close` removes everything. */
export async function openSampleSite(ids: readonly string[], audience: SiteAudience = "analyst"): Promise<SampleSite> {
  const scratch = mkdtempSync(join(tmpdir(), "xunheng-test-"));
  const spaces = [];
  for (const id of ids) {
    const dir = join(scratch, id);
    cpSync(join(DATA, "samples", id), dir, {recursive: true, filter: (path) => basename(path) !== ".xunheng"});
    await loadWorkspace(dir, QUIET);
    spaces.push(await siteSpace(dir, {}));
  }
  const directory = join(scratch, "site");
  await buildSite({spaces, audience, to: directory});
  const served = await serveSite(directory, 0);
  return {
    url: served.url,
    spaces,
    directory,
    close: async () => {
      await served.close();
      rmSync(scratch, {recursive: true, force: true});
    }
  };
}
