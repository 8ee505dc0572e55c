import {readFileSync} from "node:fs";
import {fileURLToPath} from "node:url";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {LedgerEntry, UnitScore} from "../../src/score/types.ts";
import {quotedString} from "../../src/sql.ts";
import {ledgerRows, openScored, type Scored} from "../../src/warehouse/scored.ts";
import {loadedSample} from "../samples/loaded.ts";

const PAGE = readFileSync(fileURLToPath(new URL("../../src/guide/worked.md", import.meta.url)), "utf8");
const OPENING = /^工作区 `(.+)`，单位 `(.+)`，得分 \*\*(.+)\*\*，等次 \*\*(.+?)\*\*(，暂定)?。$/m;
const FACT_HEAD = ["问题", "行", "层面", "内容", "程度", "发现", "期限", "完成", "逾期天数", "说明"];
const LEDGER_HEAD = ["类别", "内容", "规则", "对象", "分值", "违反条款", "计分依据", "怎么得来"];
const SUM_HEAD = ["内容", "满分", "增减", "得分"];

/** One unit worked by hand: what the page claims. */
interface Example {
  readonly id: string;
  readonly unit: string;
  readonly score: string;
  readonly grade: string;
  readonly provisional: boolean;
  readonly facts: readonly (readonly string[])[];
  readonly ledger: readonly (readonly string[])[];
  readonly sums: readonly (readonly string[])[];
}

const EXAMPLES = PAGE.split(/^## /m).flatMap((section): Example[] => {
  const [, id, unit, score, grade, provisional] = OPENING.exec(section) ?? [];
  if (!id || !unit || !score || !grade) return [];
  const tables = {facts: table(section, FACT_HEAD), ledger: table(section, LEDGER_HEAD), sums: table(section, SUM_HEAD)};
  return [{id, unit, score, grade, provisional: provisional !== undefined, ...tables}];
});

it("works one unit for every regime that has a sample", () => {
  expect(EXAMPLES.map((e) => e.id).sort()).toEqual(["gongzhuling", "hainan-2016", "hunan-2021", "mudan-2023", "shandong-2018"]);
});

describe.each(EXAMPLES)("the unit worked by hand in $id", ({id, unit, ...claim}) => {
  let scored: Scored;
  let ledger: readonly LedgerEntry[];
  let result: UnitScore;

  beforeAll(async () => {
    scored = await openScored(await loadedSample(id));
    ledger = await ledgerRows(scored.db, unit);
    result = scored.result.schemes.flatMap((s) => s.units).find((u) => u.unit_code === unit) as UnitScore;
  });
  afterAll(() => scored?.close());

  it("has the score, the grade and the mark 暂定 of the page", () => {
    expect(result).toMatchObject({score: claim.score, grade: claim.grade, provisional: claim.provisional, covered: "已巡查"});
  });

  it("has the page's ledger, row by row and in its order", () => {
    const rows = ledger.filter((e) => e.kind !== "基础");
    expect(rows.map((e) => [e.kind, e.item, e.rule_id, e.subject, e.milli, e.breach, e.basis])).toEqual(
      claim.ledger.map(([kind, item, rule, subject, points, breach, basis]) =>
        [kind, item, rule, subject].map(blank).concat(milli(points), [breach, basis].map(blank))
      )
    );
  });

  it("has the page's items, their full points, sums and scores", () => {
    const based = new Map(ledger.filter((e) => e.kind === "基础").map((e) => [e.item, e.milli]));
    const items = claim.sums.slice(0, -1);
    expect(result.items.map((i) => i.item)).toEqual(items.map(([no]) => no));
    for (const [no = "", full, change, points] of items) {
      const lost = ledger.filter((e) => e.item === no && e.kind !== "基础").reduce((total, e) => total + e.milli, 0);
      const want = full === "不涉及" ? [no, undefined, 0, null] : [no, milli(full), milli(change), milli(points)];
      const item = result.items.find((i) => i.item === no);
      expect([no, based.get(no), lost, item?.score == null ? null : milli(item.score)]).toEqual(want);
    }
    const total = (column: number) => items.reduce((sum, row) => sum + (row[1] === "不涉及" ? 0 : milli(row[column])), 0);
    expect(claim.sums.at(-1)?.slice(1).map(milli)).toEqual([total(1), total(2), total(3)]);
  });

  it("has the page's findings with their days", async () => {
    const ids = claim.facts.map(([finding = ""]) => quotedString(finding)).join(", ");
    const rows = await scored.db.rows<Record<string, string | null>>(
      `select finding_id, layer, item, severity, found_on::varchar as found_on, due_on::varchar as due_on,
        done_on::varchar as done_on, days_overdue::varchar as days_overdue
      from finding_all where scored_unit = ${quotedString(unit)} and finding_id in (${ids})`
    );
    const shown = new Map(rows.map((r) => [r.finding_id, Object.values(r)]));
    for (const [finding = "", , ...cells] of claim.facts)
      expect(shown.get(finding)).toEqual([finding, ...cells.slice(0, 7).map(blank)]);
  });

  it("names the source row of every finding it charges", () => {
    const named = new Map(claim.facts.map(([finding = "", row]) => [finding, Number(row)]));
    for (const e of ledger.filter((l) => l.subject !== null && named.has(l.subject)))
      expect([e.subject, e.row]).toEqual([e.subject, named.get(e.subject ?? "")]);
  });
});

/** Cells of the table under one heading line; an empty list when the section has none. */
function table(section: string, head: readonly string[]): string[][] {
  const lines = section.split("\n");
  const at = lines.indexOf(`| ${head.join(" | ")} |`);
  const below = at < 0 ? [] : lines.slice(at + 2);
  const end = below.findIndex((line) => !line.startsWith("|"));
  return below.slice(0, end < 0 ? below.length : end).map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim())
  );
}

function blank(cell: string | undefined): string | number | null {
  return cell === undefined || cell === "—" ? null : cell;
}

/** Points of the page, `−1.700`, or of the program, `12.335`, in milli-points. */
function milli(points: string | undefined): number {
  const [, minus, whole = "", part = ""] = /^([−-]?)\+?(\d+)\.(\d{2,3})$/.exec(points ?? "") ?? [];
  if (whole === "") throw new RangeError(`${points} is not a number of points`);
  const value = Number(whole) * 1000 + Number(part.padEnd(3, "0"));
  return minus && value > 0 ? -value : value;
}
