import type {Source} from "../../loaders/loader.ts";
import {filledColumns} from "../contract/constant.ts";
import {columnText} from "../contract/header.ts";
import type {Table} from "../contract/index.ts";
import {BLANKS} from "../contract/value.ts";
import {type Complaint, nearestName} from "../fault.ts";
import type {PlacedYaml} from "../placed-yaml.ts";

/** The `constants:` and `filled:` of a source as written. */
type Written = Partial<Pick<Source, "constants" | "filled" | "values">>;

/** What is wrong with the `constants:` and `filled:` of the source at position `i`. */
export function completionComplaints(
  {constants = {}, filled, values = {}}: Written,
  i: number,
  table: Table,
  placed: PlacedYaml
): Complaint[] {
  const complaints: Complaint[] = [];
  const key = (...path: string[]) => placed.keyAt(["sources", i, ...path]);
  const value = (...path: string[]) => placed.at(["sources", i, ...path]);
  const columnOf = (name: string) => table.columns.find((c) => c.name === name);
  for (const [name, text] of Object.entries(constants)) {
    const column = columnOf(name);
    if (!column) {
      complaints.push({place: key("constants", name), ...noColumn(table, name)});
      continue;
    }
    if (["", ...BLANKS].includes(text.trim())) {
      complaints.push({
        place: value("constants", name),
        what: `constants里的 ${name} 是空的`,
        advice: "请写上各行共有的取值，或删去这一项"
      });
    } else if (column.values.length > 0 && !column.values.includes(values[name]?.[text] ?? text)) {
      const near = nearestName(text, column.values);
      complaints.push({
        place: value("constants", name),
        what: `${columnText(column)}没有取值“${text}”`,
        advice: near ? `是否指 ${near}？` : `可用：${column.values.join("、")}`
      });
    }
  }
  const identity = table.key.filter((name) => columnOf(name)?.fallback === null);
  if (identity.length > 0 && identity.every((name) => name in constants))
    complaints.push({
      place: key("constants", identity[0] ?? ""),
      what: `constants写定了${identity.map((name) => columnOf(name)?.header).join("、")}，各行就是同一个编号`,
      advice: "编号各行不同，请让文件里的一列来写，用columns对应"
    });
  for (const name of filledColumns(filled)) {
    if (!columnOf(name)) complaints.push({place: value("filled"), ...noColumn(table, name)});
    else if (name in constants)
      complaints.push({
        place: value("filled"),
        what: `${name} 在constants里，每行都有，filled就没有意思了`,
        advice: "filled请写文件里有的行填、有的行空的那一列"
      });
  }
  return complaints;
}

function noColumn(table: Table, name: string): Pick<Complaint, "what" | "advice"> {
  const near = nearestName(
    name,
    table.columns.map((c) => c.name)
  );
  return {
    what: `表 ${table.name} 没有列 ${name}`,
    advice: near ? `是否指 ${near}？` : `可用列见 xunheng describe ${table.name}`
  };
}
