import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, it} from "vitest";
import {run} from "../../cli/run.ts";
import {loadedSample} from "../../samples/loaded.ts";

const root = mkdtempSync(join(tmpdir(), "xunheng-dossier-"));
afterAll(() => rmSync(root, {recursive: true, force: true}));

it.each([
  [["--to", "a.docx"], "--finding 和 --unit 应写一个，也只能写一个；"],
  [["--finding", "F", "--unit", "U", "--to", "a.docx"], "--finding 和 --unit 应写一个，也只能写一个；"],
  [["--finding", "F", "--to", "a.pdf"], "a.pdf: 一问一档写成 Word 文件；"],
  [["--finding", "F"], "没有写 --to；"]
])("refuses %j with a sentence", async (flags, sentence) => {
  const ran = await run("export", "dossier", ...flags, "-w", root);
  expect(ran.exit).toBe(2);
  expect(ran.stderr).toContain(sentence);
  expect(ran.stderr).not.toContain("at ");
});

it("writes a unit's cards as one file and names the result they were made from", async () => {
  const to = join(root, "一问一档.docx");
  const ran = await run("export", "dossier", "--unit", "990107", "--to", to, "-w", await loadedSample("mudan-2023"), "--json");
  expect(ran.stderr).toBe("");
  expect(ran.exit).toBe(0);
  const {what, title, files, stamp} = JSON.parse(ran.stdout);
  expect([what, title]).toEqual(["一问一档", "榆砾镇安全生产巡查问题一问一档"]);
  expect(files).toEqual([{path: to, sha256: expect.stringMatching(/^[0-9a-f]{64}$/)}]);
  expect(stamp).toMatchObject({release: null, demo: true, as_of: "2025-12-31"});
  expect(readFileSync(to).subarray(0, 2).toString()).toBe("PK");
}, 60_000);
