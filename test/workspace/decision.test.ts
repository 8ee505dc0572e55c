import {appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {appendDecision, type DecisionBody, readDecisions, sealDecision, setTornAside} from "../../src/workspace/decision.ts";

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "xunheng-decision-"));
  path = join(directory, "decisions.jsonl");
});
afterEach(() => rmSync(directory, {recursive: true, force: true}));

const revoke = (batch: string): DecisionBody => ({
  at: "2026-01-05T09:00:00.000+08:00",
  kind: "revoke-batch",
  by: "演示员",
  args: {batch, reason: "演示"}
});

/** A log of one line with an intact chain, whatever it says. */
function planted(body: object): void {
  writeFileSync(path, `${JSON.stringify(sealDecision([], body as DecisionBody))}\n`);
}

describe("the decision log", () => {
  it("binds each line to the one before, and follows the chain when read", () => {
    const first = appendDecision(path, revoke("000001-unit"));
    const second = appendDecision(path, revoke("000002-unit"));
    expect(second).toMatchObject({n: 2, prev: first.hash});
    expect(readDecisions(path)).toEqual({decisions: [first, second], torn: null});
  });

  it("names the line that was changed, left out or moved", () => {
    for (const batch of ["000001-unit", "000002-unit", "000003-unit"]) appendDecision(path, revoke(batch));
    const lines = readFileSync(path, "utf8").split("\n");
    const read = (changed: readonly (string | undefined)[]) => {
      writeFileSync(path, changed.join("\n"));
      return () => readDecisions(path);
    };
    expect(read([lines[0], lines[1]?.replace("演示员", "别人"), lines[2], ""])).toThrow(
      /jsonl:2: 第2条决定与前一条接不上，记录被改动过；请用备份恢复/
    );
    expect(read([lines[0], lines[2], ""])).toThrow(/jsonl:2: 第2条决定与前一条接不上/);
    expect(read([lines[1], lines[0], ""])).toThrow(/jsonl:1: 第1条决定与前一条接不上/);
    expect(read([lines[0], "{", lines[2], ""])).toThrow(/jsonl:2: 不是完整的决定记录/);
    expect(read([lines[0], "", lines[1], ""])).toThrow(/jsonl:2: 不是完整的决定记录/);
  });

  it("says of a decision of unknown kind or shape what is wrong with it", () => {
    const good = revoke("000001-unit");
    const said = (body: object) => {
      planted(body);
      return () => readDecisions(path);
    };
    expect(said({...good, kind: "forget-all"})).toThrow(
      /jsonl:1: 不认识的决定“forget-all”（可用：accept-withdrawals、revoke-batch/
    );
    expect(said({...good, args: {reason: "演示"}})).toThrow(/jsonl:1: 决定（撤销批次）的 args.batch 缺少或不对/);
    expect(said({...good, args: {...good.args, also: "000002-unit"}})).toThrow(/决定（撤销批次）的 args.also 不认识/);
    expect(said({...good, by: " "})).toThrow(/的 by 缺少或不对/);
    expect(said({...good, at: "昨天"})).toThrow(/的 at 缺少或不对/);
    expect(said({...good, kind: "accept-withdrawals", args: {source: "unit", batch_n: "5"}})).toThrow(
      /决定（接受撤走）的 args.batch_n 缺少或不对/
    );
    expect(said({...good, kind: "waive", args: {source: "unit", marks: []}})).toThrow(/决定（放弃更正）的 args.marks 缺少或不对/);
  });

  it("misses decisions that were taken from its end", () => {
    const first = appendDecision(path, revoke("000001-unit"));
    appendDecision(path, revoke("000002-unit"));
    writeFileSync(path, `${JSON.stringify(first)}\n`);
    expect(() => readDecisions(path)).toThrow(/末尾少了1条决定，记录被改动过；请用备份恢复/);
    rmSync(path);
    expect(() => readDecisions(path)).toThrow("末尾少了2条决定");
  });

  it("sets a torn last line aside and says so, and keeps what stood before", () => {
    const first = appendDecision(path, revoke("000001-unit"));
    // A kill in the middle of a character leaves bytes that are no text.
    const torn = Buffer.from('{"n":2,"by":"演').subarray(0, -1);
    appendFileSync(path, torn);
    expect(readDecisions(path)).toMatchObject({decisions: [first], torn: expect.stringContaining('{"n":2')});
    expect(setTornAside(path)).toMatch(/最后一行没有写完.*这条决定没有生效.*decisions\.jsonl\.torn-2；/);
    expect(readFileSync(`${path}.torn-2`)).toEqual(torn);
    expect(readDecisions(path)).toEqual({decisions: [first], torn: null});
    appendFileSync(path, "{");
    expect(appendDecision(path, revoke("000002-unit")).n).toBe(2);
    expect(readdirSync(directory).sort()).toEqual([
      "decisions.end",
      "decisions.jsonl",
      "decisions.jsonl.torn-2",
      "decisions.jsonl.torn-2-2"
    ]);
    expect(setTornAside(path)).toBeNull();
  });

  it("counts a last line that only lacks its line end", () => {
    const first = appendDecision(path, revoke("000001-unit"));
    writeFileSync(path, readFileSync(path, "utf8").trimEnd());
    expect(readDecisions(path)).toEqual({decisions: [first], torn: null});
    const second = appendDecision(path, revoke("000002-unit"));
    expect(readDecisions(path).decisions).toEqual([first, second]);
  });

  it("changes nothing where it cannot write", () => {
    mkdirSync(path);
    expect(() => appendDecision(path, revoke("000001-unit"))).toThrow(/EISDIR/);
    expect(existsSync(join(directory, "decisions.jsonl.torn-1"))).toBe(false);
  });
});
