import {existsSync, mkdtempSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {siteSpace} from "../../src/cli/site-command.ts";
import {buildSite, type SiteAudience} from "../../src/site/build.ts";
import {type Served, serveSite} from "../../src/site/serve.ts";
import {DATA} from "../../src/workspace/workspace.ts";
import {loadedSample} from "../samples/loaded.ts";

/** A built and served site of loaded samples. */
export interface SampleSite extends Served {
  readonly spaces: readonly {readonly id: string; readonly dir: string}[];
  readonly directory: string;
}

/** Ids of all samples. */
export function sampleIds(): string[] {
  const samples = join(DATA, "samples");
  return readdirSync(samples)
    .filter((id) => existsSync(join(samples, id, "xunheng.yaml")))
    .toSorted();
}

/** Loads the samples, builds their site, serves it on a free port; `close` removes everything. */
export async function openSampleSite(ids: readonly string[], audience: SiteAudience = "analyst"): Promise<SampleSite> {
  const scratch = mkdtempSync(join(tmpdir(), "xunheng-test-"));
  const spaces = [];
  for (const id of ids) {
    spaces.push(await siteSpace(await loadedSample(id), {}));
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
