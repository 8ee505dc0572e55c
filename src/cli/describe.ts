import {Command} from "commander";
import {FACTS} from "../contract/fact.ts";
import {TABLES} from "../contract/index.ts";
import {RESULTS} from "../contract/result.ts";
import {fault, nearestName} from "../fault.ts";
import {type MakeCommand, optionsOf, printJson} from "./common.ts";
import {textTable} from "./output.ts";

interface Described {
  readonly view: string;
  readonly title: string;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly doc: string;
    readonly audiences: readonly string[];
  }[];
}

/** `xunheng describe`: the documented columns of an input table or a fact view. */
export const describeCommand: MakeCommand = (effects) =>
  new Command("describe")
    .description("列出一张表或一个事实视图的列：类型、含义、谁能看")
    .argument("[view]", "表名或视图名，如 finding、finding_fact；不写则列出全部")
    .action((view: string | undefined, _, command: Command) => {
      const {json} = optionsOf<object>(command);
      const all = everything();
      if (view === undefined) {
        if (json) printJson(effects, {views: all.map(({view: name, title}) => ({view: name, title}))});
        else
          effects.stdout(
            textTable(
              ["名称", "含义", "列数"],
              all.map((v) => [v.view, v.title, v.columns.length])
            )
          );
        return;
      }
      const found = all.find((v) => v.view === view);
      if (!found) {
        const near = nearestName(
          view,
          all.map((v) => v.view)
        );
        throw fault(2, {
          place: null,
          what: `没有表或视图 ${view}`,
          advice: near ? `是否指 ${near}？` : "用 xunheng describe 看有哪些"
        });
      }
      if (json) printJson(effects, found);
      else
        effects.stdout(
          `${found.title} ${found.view}\n${textTable(
            ["列", "类型", "含义", "可见"],
            found.columns.map((c) => [c.name, c.type, c.doc, c.audiences.join(" ")])
          )}`
        );
    });

function everything(): Described[] {
  const facts = FACTS.map(({name, title, columns}) => ({view: name, title: `${title}事实`, columns}));
  const tables = TABLES.map(({name, title, columns}) => ({
    view: name,
    title,
    columns: columns.map((c) => ({
      name: c.name,
      type: c.type,
      doc: `${c.header}${c.required ? "（必填）" : ""}${c.values.length > 0 ? `：${c.values.join("、")}` : ""}${c.fallback === null ? "" : `；默认${c.fallback}`}`,
      audiences: c.audiences
    }))
  }));
  const results = RESULTS.map(({name, title, columns}) => ({view: name, title, columns}));
  return [...tables, ...facts, ...results];
}
