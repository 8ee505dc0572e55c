import type {Complaint} from "../fault.ts";
import type {Path, PlacedYaml} from "../placed-yaml.ts";
import {likelyName, shown, valueAt} from "../placed-zod.ts";
import {isDay} from "./vocabulary.ts";

/**
 * What the parts of a regime file say to each other: clauses cited are listed, numbers are given once, kinds are the
 * regime's own, values are dated from the document's day on. Reads plain values, so that a file whose shape is wrong in
 * one place is still checked in all others.
 */
export function referenceComplaints(placed: PlacedYaml): Complaint[] {
  return [...repeated(placed, "items"), ...repeated(placed, "clauses"), ...citations(placed), ...kinds(placed), ...dates(placed)];
}

/** The entries of a map, none for anything else. */
export function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Clause numbers of a citation: `四（二）1、四（二）2` cites two. */
export function citedClauses(citation: string): string[] {
  return citation.split("、").map((no) => no.trim());
}

function repeated({value, at}: PlacedYaml, name: "items" | "clauses"): Complaint[] {
  const first = new Map<unknown, number>();
  return listOf(valueAt(value, [name])).flatMap((entry, i): Complaint[] => {
    const no = valueAt(entry, ["no"]);
    const before = first.get(no);
    if (no === undefined || before === undefined) {
      first.set(no, i);
      return [];
    }
    const line = at([name, before, "no"]).line;
    return [{place: at([name, i, "no"]), what: `${name} 的 ${no} 已在第${line}行出现`, advice: "每个编号只能有一项"}];
  });
}

function citations({value, at}: PlacedYaml): Complaint[] {
  const listed = listOf(valueAt(value, ["clauses"])).map((clause) => valueAt(clause, ["no"]));
  const known = new Set(listed.filter((no): no is string => typeof no === "string"));
  const paths: Path[] = [
    ...listOf(valueAt(value, ["items"])).map((_, i) => ["items", i, "clause"]),
    ...entriesOf(valueAt(value, ["parameters"])).map(([name]) => ["parameters", name, "clause"]),
    ...listOf(valueAt(value, ["assessment"])).map((_, i) => ["assessment", i, "clause"]),
    ["organisation", "clause"]
  ];
  return paths.flatMap((path) => {
    const citation = valueAt(value, path);
    if (typeof citation !== "string" || citation.trim() === "") return [];
    return citedClauses(citation)
      .filter((no) => !known.has(no))
      .map((no): Complaint => {
        const near = likelyName(no, known);
        return {
          place: at(path),
          what: `clauses 里没有条款 ${no}`,
          advice: near ? `是否指 ${near}？` : "请核对条款号，或补入 clauses"
        };
      });
  });
}

/** Which of the regime's two lists a key speaks of. */
const LISTS: Readonly<Record<string, "kinds" | "unit_kinds">> = {
  kinds: "kinds",
  counts: "kinds",
  bars: "kinds",
  by_kind: "kinds",
  unit_kinds: "unit_kinds"
};

function kinds({value, at}: PlacedYaml): Complaint[] {
  const own = {
    kinds: entriesOf(valueAt(value, ["kinds"])).map(([kind]) => kind),
    unit_kinds: listOf(valueAt(value, ["unit_kinds"])).map(String)
  };
  const used = (path: Path, key: string): Complaint[] => {
    const list = Object.hasOwn(LISTS, key) ? LISTS[key] : undefined;
    if (!list || own[list].length === 0) return [];
    return listOf(valueAt(value, [...path, key])).flatMap((kind, i): Complaint[] =>
      (own[list] as unknown[]).includes(kind)
        ? []
        : [{place: at([...path, key, i]), what: `${shown(kind)}不在本制度的 ${list} 里`, advice: `可用：${own[list].join("、")}`}]
    );
  };
  return [
    ...listOf(valueAt(value, ["assessment"])).flatMap((_, i) => used(["assessment", i], "unit_kinds")),
    ...entriesOf(valueAt(value, ["parameters"])).flatMap(([name, parameter]) =>
      entriesOf(valueAt(parameter, ["values"])).flatMap(([from, one]) =>
        entriesOf(one).flatMap(([key]) => used(["parameters", name, "values", from], key))
      )
    )
  ];
}

/** The first date of a value is the document's: effective, else issued, else adopted, else 不详. */
function dates({value, at, keyAt}: PlacedYaml): Complaint[] {
  const stated = ["effective_on", "issued_on", "adopted_on"].map((name) => valueAt(value, [name]));
  const since = stated.find((day): day is string => typeof day === "string" && isDay(day));
  return entriesOf(valueAt(value, ["parameters"])).flatMap(([name, parameter]): Complaint[] => {
    const path = ["parameters", name, "values"];
    const days = entriesOf(valueAt(parameter, ["values"])).map(([day]) => day);
    const first = since ?? "不详";
    if (days.length === 0) {
      if (valueAt(value, path) === undefined) return [];
      return [{place: at(path), what: `${name} 没有写明值`, advice: `请写成 ${first}: {…}`}];
    }
    return days.flatMap((day): Complaint[] => {
      if (day === "不详") {
        if (!since) return [];
        return [{place: keyAt([...path, day]), what: `文件有日期${since}，不应写不详`, advice: `请改为 ${since}`}];
      }
      if (!isDay(day)) return [{place: keyAt([...path, day]), what: `日期“${day}”不存在`, advice: `请写成 ${first} 的样子`}];
      if (since && day < since)
        return [{place: keyAt([...path, day]), what: `日期${day}早于文件的日期${since}`, advice: `最早请写 ${since}`}];
      return [];
    });
  });
}
