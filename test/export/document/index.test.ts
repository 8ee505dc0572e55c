import {describe, expect, it} from "vitest";
import {DOCUMENTS, documentNamed} from "../../../src/export/document/index.ts";
import {checkSubjects, clauseOf, groundOf} from "../../../src/export/document/kind.ts";
import {parseRegime} from "../../../src/regime/parse.ts";
import {findDefinition} from "../../../src/workspace/workspace.ts";

const REGIMES = ["mudan-2023", "hunan-2021", "shandong-2018", "gongzhuling", "hainan-2016"];
const regimes = REGIMES.map((id) => {
  const {file, text} = findDefinition("regimes", id, ".");
  return parseRegime(text, file);
});

describe("the register of documents", () => {
  it("names each once, in English and in Chinese", () => {
    const names = DOCUMENTS.flatMap((d) => [d.name, d.title]);
    expect(new Set(names).size).toBe(names.length);
    expect(documentNamed("通报")).toBe(documentNamed("circular"));
  });

  it("says the nearest of a name it does not know", () => {
    expect(() => documentNamed("circlar")).toThrow("没有“circlar”这种文书；是否指 circular？");
  });

  it("cites only clauses that the regime's list of clauses has, or that a parameter cites", () => {
    for (const regime of regimes) {
      const known = new Set([
        ...regime.clauses.map((c) => c.no),
        ...Object.values(regime.parameters).flatMap((p) => p.clause.split("、"))
      ]);
      for (const kind of DOCUMENTS)
        for (const clause of kind.needs(regime, "2025-12-31")?.split("、") ?? [])
          expect([...known], `${regime.id} ${kind.name}`).toContain(clause);
    }
  });

  it("has nothing published and nothing passed round where the regime keeps its visits secret", () => {
    const secret = regimes.find((r) => r.parameters.secret);
    expect(secret).toBeDefined();
    if (!secret) return;
    for (const name of ["publication", "circular"])
      expect(() => groundOf(documentNamed(name), secret, "2025-12-31")).toThrow("要求对巡视（暗访）的情况保密");
  });

  it("lets circulars be written without a clause, but for where visits are secret; only a clause on circulars is cited", () => {
    const circular = documentNamed("circular");
    const grounds = regimes.map((r) => [r.id, r.parameters.secret ? "secret" : groundOf(circular, r, "2025-12-31")]);
    expect(grounds).toEqual([
      ["mudan-2023", null],
      ["hunan-2021", null],
      ["shandong-2018", "方案五（四）"],
      ["gongzhuling", "secret"],
      ["hainan-2016", null]
    ]);
  });

  it("is in force from the day of the clause", () => {
    const [mudan] = regimes;
    expect(mudan && clauseOf(mudan, "publish", "2023-12-05")).toBeNull();
    expect(mudan && clauseOf(mudan, "publish", "2023-12-06")).toBe("三（三）6");
  });
});

describe("checkSubjects", () => {
  const kind = {...documentNamed("circular"), takes: ["month", ["visit", "finding"]] as const, may: ["unit"] as const};

  it("asks for what is missing, and for one of several", () => {
    expect(() => checkSubjects(kind, {visit: "V-1"})).toThrow("请写上 --month");
    expect(() => checkSubjects(kind, {month: "2025-06"})).toThrow("请写上 --visit或--finding");
    expect(() => checkSubjects(kind, {month: "2025-06", visit: "V-1", finding: "F-1"})).toThrow(
      "只能写 --visit或--finding 其中一个"
    );
  });

  it("refuses what is of no use", () => {
    expect(() => checkSubjects(kind, {month: "2025-06", visit: "V-1", inspection: "X"})).toThrow("用不上 --inspection");
    expect(() => checkSubjects(kind, {month: "2025-06", visit: "V-1", unit: "990101"})).not.toThrow();
  });
});
