import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {demandApproved} from "../../src/release/demand.ts";
import {openReleased, openResult, type ResultOptions} from "../../src/release/open.ts";
import {standingOf} from "../../src/release/standing.ts";
import {appendDecision, readDecisions} from "../../src/workspace/decision.ts";
import {openWorkspace} from "../../src/workspace/workspace.ts";
import {type MadeRelease, madeRelease, RELEASE} from "./made.ts";

const root = mkdtempSync(join(tmpdir(), "xunheng-open-"));
afterAll(() => rmSync(root, {recursive: true, force: true}));

let made: MadeRelease;
let office: string;
beforeAll(async () => {
  made = await madeRelease();
  office = join(root, "office");
  cpSync(made.space.directory, office, {recursive: true});
});

/** Which result is opened: its release, whether that has fallen, its day. */
async function opened(options: ResultOptions, workspace = office) {
  const scored = await openResult(workspace, {...options, columns: "needed"});
  scored.close();
  const {released, when} = scored;
  return {id: released?.id ?? null, fallen: released?.fallen ?? null, as_of: when.as_of};
}

describe("the result that is meant", () => {
  it("is the release that stands, unless the workspace as it stands is asked for, or another day", async () => {
    expect(await opened({})).toMatchObject({id: RELEASE, fallen: null, as_of: "2025-12-31"});
    expect(await opened({as_of: "2025-06-30"})).toMatchObject({id: null, as_of: "2025-06-30"});
  });

  it("is the release that is named, or nothing", async () => {
    expect((await opened({release: made.directory}, root)).id).toBe(RELEASE);
    await expect(opened({release: "office-2025-r9"})).rejects.toThrow(
      "工作区 office 没有审定结果 office-2025-r9；是否指 office-2025-r1？"
    );
    await expect(opened({release: RELEASE, as_of: "2025-06-30"})).rejects.toThrow("--release 不能和 --as-of 同时用");
    await expect(opened({release: RELEASE, draft: true})).rejects.toThrow("--release 不能和 --draft 同时用");
  });

  it("says of a release that was withdrawn that it has fallen", async () => {
    const body = {at: "2026-02-01T09:00:00.000+08:00", kind: "withdraw-release", by: "王某"} as const;
    const withdrawn = join(root, "withdrawn", "office");
    cpSync(office, withdrawn, {recursive: true});
    appendDecision(join(withdrawn, ".xunheng", "decisions.jsonl"), {
      ...body,
      args: {release: RELEASE, holders: [], reason: "推迟"}
    });
    const space = openWorkspace(withdrawn);
    expect(standingOf(readDecisions(space.state.decisions).decisions, 2025)).toBeNull();
    const scored = await openResult(withdrawn, {release: RELEASE, columns: "needed"});
    scored.close();
    expect(scored.released?.fallen).toBe("已于2026-02-01撤回，理由：推迟");
    expect(() => demandApproved(scored, "组织部参考")).toThrow("组织部参考不能由 office-2025-r1 生成：已于2026-02-01撤回");
  });
});

describe("a release that is opened alone", () => {
  function copy(name: string): string {
    const place = join(root, name);
    cpSync(made.directory, place, {recursive: true});
    return place;
  }

  it("is refused when its facts give another result than it names", async () => {
    const place = copy("swapped");
    const calendar = join(place, "calendar.json");
    writeFileSync(calendar, readFileSync(calendar, "utf8").replace("WRRW", "WWRW"));
    await expect(openReleased(place, {columns: "needed"})).rejects.toThrow(
      "从审定件 office-2025-r1 的事实重算，运行编号与清单不符；审定件被改动过，请用 xunheng verify 查出是哪个文件"
    );
  });

  it("is refused when another semantics computed it", async () => {
    const place = copy("semantics");
    const manifest = join(place, "manifest.json");
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace(/"semantics":\d+/, '"semantics":1'));
    await expect(openReleased(place)).rejects.toThrow(/审定件 office-2025-r1 的语义版本是1，本程序是\d+，算法不同，不能重算/);
  });

  it("is refused when a part is missing or no text", async () => {
    const place = copy("parts");
    writeFileSync(join(place, "regime.yaml"), Buffer.from([0xff, 0xfe, 0x41]));
    await expect(openReleased(place)).rejects.toThrow(/regime\.yaml: 文件不是 UTF-8/);
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]", ..."bcdefghij"].map((line, i) =>
      i === 0 ? line : `${line}: &${line} [${Array.from({length: 10}, () => `*${"abcdefghij"[i - 1]}`).join(", ")}]`
    );
    writeFileSync(join(place, "regime.yaml"), `${bomb.join("\n")}\n`);
    await expect(openReleased(place)).rejects.toThrow(/regime\.yaml/);
    rmSync(join(place, "regime.yaml"));
    await expect(openReleased(place)).rejects.toThrow(/regime\.yaml: 没有这个文件/);
    writeFileSync(join(place, "workspace.json"), '{"id": "../x"}');
    await expect(openReleased(place)).rejects.toThrow(/workspace\.json: id 缺少或不对/);
  });
});
