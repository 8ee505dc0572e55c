import {type Complaint, listed, nearestName} from "../fault.ts";
import type {Path, PlacedYaml} from "../placed-yaml.ts";
import {type CaseFileSpec, NO_ROW} from "./case-schema.ts";
import type {Scheme} from "./types.ts";

/** Ids that stand in a ledger's rule_id without being a rule: the caps. */
function capIds(scheme: Scheme): string[] {
  return [...scheme.caps.map(({id}) => `cap:${id}`), ...scheme.items.map(({no}) => `item:${no}`), "cap:bonus"];
}

/** Names in what a case expects that the scheme does not have; a mistyped one would expect nothing. */
export function checkExpected(spec: CaseFileSpec, placed: PlacedYaml, scheme: Scheme): Complaint[] {
  const complaints: Complaint[] = [];
  const known = (path: Path, name: string, names: readonly string[], what: string, isKey = false) => {
    if (names.includes(name)) return;
    const near = nearestName(name, names);
    const place = isKey ? placed.keyAt(path) : placed.at(path);
    complaints.push({
      place,
      what: `${what} ${name}`,
      advice: near ? `是否指 ${near}？` : names.length > 0 ? `可用：${listed(names)}` : "请改正或删去"
    });
  };
  const rules = scheme.rules.map(({id}) => id);
  const vetoes = scheme.rules.filter(({measure}) => measure.kind === "veto").map(({id}) => id);
  const items = scheme.items.map(({no}) => no);
  const grades = scheme.grades.map(({name}) => name);
  for (const [i, {name, expect}] of spec.cases.entries()) {
    const at = ["cases", i, "expect"];
    const first = spec.cases.findIndex((other) => other.name === name);
    if (first < i) complaints.push({place: placed.at(["cases", i, "name"]), what: `用例“${name}”写了两次`, advice: "请改名或合并"});
    if (Object.keys(expect.units).length + expect.ledger.length === 0)
      complaints.push({place: placed.keyAt(at), what: `用例“${name}”没有写应得的结果`, advice: "请在 expect 里写 units 或 ledger"});
    for (const [code, unit] of Object.entries(expect.units)) {
      const path = [...at, "units", code];
      if (typeof unit.grade === "string") known([...path, "grade"], unit.grade, grades, "办法没有等次");
      for (const item of Object.keys(unit.items ?? {}))
        known([...path, "items", item], item, items, "办法的 items 里没有内容", true);
      for (const [j, id] of (unit.vetoes ?? []).entries()) known([...path, "vetoes", j], id, vetoes, "办法没有否决规则");
    }
    for (const [j, {kind, rule_id, item, subject, points}] of expect.ledger.entries()) {
      const path = [...at, "ledger", j];
      if (typeof rule_id === "string") known([...path, "rule_id"], rule_id, [...rules, ...capIds(scheme)], "办法没有规则");
      if (typeof item === "string") known([...path, "item"], item, items, "办法的 items 里没有内容");
      if (kind !== NO_ROW) continue;
      if (typeof rule_id !== "string")
        complaints.push({place: placed.at(path), what: `kind: ${NO_ROW} 没有写是哪条规则`, advice: "请写 rule_id"});
      if (item !== undefined || subject !== undefined || points !== undefined)
        complaints.push({
          place: placed.at(path),
          what: `kind: ${NO_ROW} 表示这条规则没有任何一行`,
          advice: "请只写 unit_code 和 rule_id"
        });
    }
  }
  return complaints;
}
