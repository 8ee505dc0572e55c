import {cpSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {verify} from "../../src/release/verify.ts";
import {type MadeRelease, madeRelease} from "./made.ts";

const root = mkdtempSync(join(tmpdir(), "xunheng-verify-"));
afterAll(() => rmSync(root, {recursive: true, force: true}));

let made: MadeRelease;
beforeAll(async () => {
  made = await madeRelease();
});

describe("verify", () => {
  it("passes a release that nobody touched, in any place, when a trusted key signed it", async () => {
    const copy = join(root, "anywhere");
    cpSync(made.directory, copy, {recursive: true});
    const found = await verify(copy, {trusted: made.trusted, record: null});
    expect(found.problems).toEqual([]);
    expect(found).toMatchObject({ok: true, unchanged: true, kind: "release", recomputed: {script: true, program: true}, notes: []});
  });
});
