import {appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {type HandoutBody, handoutFile, holdersOf, readHandouts, recordHandout} from "../../src/release/handout.ts";
import type {Workspace} from "../../src/workspace/workspace.ts";

let directory: string;
let space: Pick<Workspace, "state">;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "xunheng-handout-"));
  const at = (name: string) => join(directory, name);
  space = {
    state: {directory, batches: at("batches"), warehouse: at("w.duckdb"), decisions: at("decisions.jsonl"), lock: at("lock")}
  };
});

afterEach(() => rmSync(directory, {recursive: true, force: true}));

const body = (more: Partial<HandoutBody> = {}): HandoutBody => ({
  at: "2026-01-20T09:00:00.000+08:00",
  by: "张三",
  release: {id: "office-2025-r1", manifest: "a".repeat(64)},
  what: "assessment",
  to: ["区考核办"],
  files: [{path: "考核.xlsx", sha256: "b".repeat(64)}],
  ...more
});

describe("the record of what left the office", () => {
  it("is empty before anything left", () => {
    expect(readHandouts(space)).toEqual([]);
  });

  it("keeps what was handed out in order, each line naming the one before", async () => {
    const first = await recordHandout(space, body());
    const second = await recordHandout(space, body({what: "organisation", to: ["区委组织部"], request: "函〔2026〕3号"}));
    expect(readHandouts(space)).toEqual([first, second]);
    expect(first).toMatchObject({n: 1, prev: "", release: "office-2025-r1", to: ["区考核办"], request: null});
    expect(second).toMatchObject({n: 2, prev: first.hash, request: "函〔2026〕3号"});
  });

  it("counts a recipient that was named twice once", async () => {
    expect((await recordHandout(space, body({to: ["区考核办", " 区考核办 "]}))).to).toEqual(["区考核办"]);
  });

  it("says who holds things made from a release", async () => {
    await recordHandout(space, body());
    await recordHandout(space, body({what: "circular", to: ["区考核办", "区委组织部"], at: "2026-01-21T09:00:00.000+08:00"}));
    await recordHandout(space, body({release: {id: "office-2025-r2", manifest: "c".repeat(64)}, to: ["区统计局"]}));
    expect(holdersOf(readHandouts(space), "office-2025-r1")).toEqual([
      {recipient: "区考核办", what: ["assessment", "circular"], at: "2026-01-21T09:00:00.000+08:00"},
      {recipient: "区委组织部", what: ["circular"], at: "2026-01-21T09:00:00.000+08:00"}
    ]);
  });

  it("wants to know who handed it out", async () => {
    await expect(recordHandout(space, body({by: " "}))).rejects.toThrow("没有写明 --by；审定结果交出去要记下经手人");
    expect(readHandouts(space)).toEqual([]);
  });

  it("names the line that was edited", async () => {
    await recordHandout(space, body());
    await recordHandout(space, body({what: "organisation"}));
    const path = handoutFile(space);
    writeFileSync(path, readFileSync(path, "utf8").replace("assessment", "assessmenx"));
    expect(() => readHandouts(space)).toThrow(/handed-out\.jsonl:1: 第1条发放与前一条接不上，记录被改动过；请用备份恢复/);
  });

  it("misses lines taken from the end", async () => {
    await recordHandout(space, body());
    const path = handoutFile(space);
    const one = readFileSync(path);
    await recordHandout(space, body({what: "organisation"}));
    writeFileSync(path, one);
    expect(() => readHandouts(space)).toThrow("末尾少了1条发放，记录被改动过");
  });

  it("goes on after a line that was not written to its end", async () => {
    const first = await recordHandout(space, body());
    appendFileSync(handoutFile(space), '{"n":2,"at":"2026');
    expect(readHandouts(space)).toEqual([first]);
    const second = await recordHandout(space, body({what: "organisation"}));
    expect(readHandouts(space)).toEqual([first, second]);
  });
});
