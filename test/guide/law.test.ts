import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {CHECKS, checksOf} from "../../src/regime/check-names.ts";
import {clockValue, dueDate} from "../../src/regime/clock.ts";
import {clauseCoverage, KNOWN, regimeCheck} from "../../src/regime/coverage.ts";
import {PARAMETERS} from "../../src/regime/parameters.ts";
import {parseRegime} from "../../src/regime/parse.ts";
import {parameterOn} from "../../src/regime/resolve.ts";
import type {ClockLength} from "../../src/regime/types.ts";
import {readCalendar} from "../../src/workspace/calendar.ts";

const page = readFileSync("src/guide/law.md", "utf8");
const [example = ""] = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = ""]) => text);

/** The rows of a table of the page, by its first heading. */
function tableAfter(heading: string): string[][] {
  const lines = page.slice(page.indexOf(`\n| ${heading} |`) + 1).split("\n");
  const end = lines.findIndex((line) => !line.startsWith("|"));
  return lines.slice(2, end).map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim())
  );
}

const named = (cell: string) => [...cell.matchAll(/`([a-z_-]+)`/g)].map(([, name = ""]) => name);

describe("the guide to regimes", () => {
  const regime = parseRegime(example, "guide.yaml");
  const valueOn = parameterOn(regime);

  it("has a whole regime that can be used, every clause answered by something that exists", () => {
    expect(regimeCheck(regime, KNOWN)).toEqual([]);
    expect(clauseCoverage(regime)).toMatchObject({covered: regime.clauses.length - 1});
    expect(checksOf(regime, "2026-06-30").map(({id}) => id)).toEqual([
      "team-size",
      "notice-missing",
      "report-late",
      "feedback-late",
      "cycle-coverage",
      "response-late",
      "major-not-listed",
      "overdue-not-summoned"
    ]);
  });

  it("changes the rule on the day that the file says, and not for what is only announced", () => {
    expect(valueOn("rectify_report", "2025-12-31")).toMatchObject({length: 60});
    expect(valueOn("rectify_report", "2026-01-01")).toMatchObject({length: 45, rest_day: "顺延"});
    expect(valueOn("rectify_report", "2027-06-01")).toMatchObject({length: 45});
  });

  it("counts as it says", () => {
    const calendar = readCalendar(null);
    const due = (start: string, clock: ClockLength) => dueDate(calendar, start, clock).due_on;
    const report = clockValue(valueOn("report", "2026-05-06")) as ClockLength;
    expect(due("2026-05-06", report)).toBe("2026-05-09"); // a Saturday that is worked
    expect(due("2025-12-31", {length: 2, unit: "months"})).toBe("2026-02-28");
    expect(due("2023-12-31", {length: 2, unit: "months"})).toBe("2024-02-29");
  });

  it("names every check with its title, the parameter it follows from, and what it looks at", () => {
    const rows = tableAfter("编号");
    expect(rows.map(([id = "", title, needs = ""]) => [...named(id), title, ...named(needs)])).toEqual(
      CHECKS.map(({id, title, needs}) => [id, title, ...needs])
    );
    expect(rows.filter(([, , , looks = ""]) => looks.length < 5)).toEqual([]);
  });

  it("names parameters that exist", () => {
    const rows = [...tableAfter("种类").map((r) => r[1] ?? ""), ...tableAfter("编号").map((r) => r[2] ?? "")];
    expect(rows.flatMap(named).filter((name) => !Object.hasOwn(PARAMETERS, name))).toEqual([]);
  });
});
