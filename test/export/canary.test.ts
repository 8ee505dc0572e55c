import {readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {SiteAudience} from "../../src/site/build.ts";
import {run} from "../cli/run.ts";
import {rounds} from "../rounds.ts";
import type {Mark} from "../site/canary.ts";
import {csvCells, isRun, runParts} from "./canary/formula.ts";
import {approvedOffice, type MarkedOffice, OFFICES} from "./canary/office.ts";
import {holds, textOf} from "./canary/read.ts";

/** Loading, approving and an export, on a busy machine. */
const SLOW = 180_000;

/** An export: its arguments, to whom it goes (null: the unit that it is about), where it is written. */
interface Export {
  readonly args: readonly string[];
  readonly audience: SiteAudience | null;
  readonly to: string;
}

/** People whom the organisation department asks about, in the office's directory. */
const LIST = "名单.csv";

const ASSESSMENT: Export = {args: ["assessment"], audience: "leadership", to: "考核"};
const ORGANISATION: Export = {args: ["organisation", "--by", "演示员"], audience: "organisation", to: "组织"};
const OTHERS: readonly Export[] = [
  {
    args: ["organisation", "--by", "演示员", "--request", "组函〔2026〕1号", "--persons", LIST],
    audience: "organisation",
    to: "函复"
  },
  {args: ["assessment"], audience: "leadership", to: "考核.xlsx"},
  {args: ["assessment", "--table", "明细"], audience: "leadership", to: "明细.csv"},
  {args: ["confirm"], audience: "leadership", to: "确认"},
  {args: ["findings"], audience: "leadership", to: "回填"},
  {args: ["brief"], audience: "leadership", to: "简报.docx"},
  {args: ["document", "circular"], audience: "leadership", to: "通报.docx"},
  {args: ["document", "publication"], audience: "public", to: "公示稿.docx"},
  {args: ["document", "feedback", "--inspection", "zz-inspection-inspection_id-1"], audience: null, to: "反馈意见.docx"},
  {args: ["document", "notice", "--inspection", "zz-inspection-inspection_id-1"], audience: null, to: "整改通知.docx"},
  {args: ["document", "summon", "--unit", "T01"], audience: null, to: "约谈通知书.docx"}
];

/** The soak tries every export of both offices; `npm test` what the two departments get from one. */
const isSoak = rounds(1) > 1;

const places = (marks: readonly Mark[]) => [...new Set(marks.map((m) => `${m.table}.${m.column} of ${m.of}: ${m.value}`))];

/** All files of an export below a directory, or the one file. */
function filesOf(path: string): string[] {
  if (/\.\w+$/.test(path)) return [path];
  return readdirSync(path, {recursive: true, encoding: "utf8"})
    .map((name) => join(path, name))
    .filter((name) => /\.\w+$/.test(name));
}

const cases = Object.entries(OFFICES)
  .filter(([name]) => isSoak || name === "open")
  .map(([name, office]) => ({name, ...office, exports: [ASSESSMENT, ORGANISATION, ...(isSoak ? OTHERS : [])]}));

describe.each(cases)("exports of a $name office", ({exports, ...planted}) => {
  let marked: MarkedOffice;
  const wrote = new Map<Export, string>();

  beforeAll(async () => {
    marked = await approvedOffice(planted);
    const directory = marked.office.directory;
    const people = marked.marks.filter((m) => m.table === "official" && m.column === "person_id").map((m) => m.value);
    writeFileSync(join(directory, LIST), ["人员编号", ...people, ""].join("\n"));
    for (const one of exports) {
      const args = one.args.map((text) => (text === LIST ? join(directory, LIST) : text));
      const path = join(directory, one.to);
      const {exit, stderr} = await run("export", ...args, "--to", path, "-w", directory);
      if (exit === 0) wrote.set(one, await textOf(path));
      else if (exit !== 3) throw new Error(`${one.args.join(" ")}: ${exit} ${stderr}`);
    }
  }, SLOW);
  afterAll(() => marked?.office.remove());

  test("are made, but for those that the regime refuses", () => {
    const refused = exports.filter((one) => !wrote.has(one)).map((one) => one.to);
    expect(refused).toEqual(
      planted.name === "open" ? [] : ["组织", "函复", "通报.docx", "公示稿.docx", "整改通知.docx", "约谈通知书.docx"]
    );
  });

  test("hold nothing that is planted in a column that their reader may not see", () => {
    for (const [{to, audience}, text] of wrote) {
      if (audience === null) continue;
      const hidden = marked.hiddenFrom(audience);
      expect(hidden.length).toBeGreaterThan(50);
      expect([to, places(hidden.filter((m) => holds(text, m)))]).toEqual([to, []]);
    }
  });

  test("hold neither clues nor cases", () => {
    // A day of the year may be the last day of something else.
    const clues = marked.marks.filter((m) => m.of === "clue" && !m.value.startsWith("2025-"));
    expect(clues.length).toBeGreaterThan(10);
    for (const [{to}, text] of wrote) expect([to, places(clues.filter((m) => holds(text, m)))]).toEqual([to, []]);
  });

  test("hold nothing of an inspection that is not fed back, where visits are secret", () => {
    const silent = marked.marks.filter((m) => planted.fedBack === "" && (m.of === "B" || m.of === "C"));
    for (const [{to}, text] of wrote) expect([to, places(silent.filter((m) => holds(text, m)))]).toEqual([to, []]);
  });

  test("hold what their reader is to see, so that it would be found", () => {
    for (const one of [ASSESSMENT, ORGANISATION].filter((e) => wrote.has(e)))
      expect(marked.shownTo(one.audience ?? "public").filter((m) => holds(wrote.get(one) ?? "", m)).length).toBeGreaterThan(
        planted.least
      );
  });

  test("have no cell that a spreadsheet program would run, though texts begin as formulas do", () => {
    const paths = [...wrote.keys()].flatMap(({to}) => filesOf(join(marked.office.directory, to)));
    expect(paths.filter((path) => path.endsWith(".xlsx")).length).toBeGreaterThan(0);
    for (const path of paths) {
      if (/\.(xlsx|docx)$/.test(path)) expect([path, runParts(readFileSync(path))]).toEqual([path, []]);
      if (path.endsWith(".csv")) expect([path, csvCells(readFileSync(path, "utf8")).filter(isRun)]).toEqual([path, []]);
    }
    expect([...wrote.values()].some((text) => text.includes("=zz-"))).toBe(true);
  });

  test("name nowhere the directory in which they were made", () => {
    for (const [{to}, text] of wrote) expect([to, text.includes(marked.office.directory)]).toEqual([to, false]);
  });
});
