import {tableNamed} from "../../../src/contract/index.ts";
import {visibleColumns} from "../../../src/site/audience.ts";
import type {SiteAudience} from "../../../src/site/build.ts";
import {openRules} from "../../../src/warehouse/scored.ts";
import {run} from "../../cli/run.ts";
import {type Cells, makeOffice, type Office} from "../../office.ts";
import {type Mark, tellingScheme} from "../../site/canary.ts";
import {plant} from "../../site/planted.ts";

/** An office in which every text, number and day is a mark, with a result that was approved. */
export interface MarkedOffice {
  readonly office: Office;
  readonly marks: readonly Mark[];
  /** What was planted in columns that the audience may not see, and in nothing that it may. */
  hiddenFrom(audience: SiteAudience): Mark[];
  /** What was planted in columns that it may see. */
  shownTo(audience: SiteAudience): Mark[];
}

interface Planted {
  readonly regime: string;
  readonly kind: string;
  readonly source: string;
  /** Day on which the second inspection was fed back; empty: not yet. */
  readonly fedBack: string;
  readonly post: string;
  /** What the regime says of the annual assessment. */
  readonly use: string;
  /** What stands in the way of its approval. */
  readonly waive: readonly string[];
  /** More marks than these are told. */
  readonly least: number;
}

/** The offices that are tried: one whose regime keeps nothing secret, others that keep their visits secret for ever. */
export const OFFICES = {
  open: {
    ...{regime: "mudan-2023", kind: "全面", source: "巡查", fedBack: "2025-09-24", post: "区安委会主任"},
    ...{use: "{what: 巡查情况, force: 参考}", waive: ["违反", "办法"], least: 60}
  },
  /** As `secret`, and the second inspection is not fed back yet. */
  silent: {
    ...{regime: "gongzhuling", kind: "暗访", source: "暗访", fedBack: "", post: "市安委会办公室主任"},
    ...{use: "{what: 巡视（暗访）情况, force: 纳入, unit_kinds: [镇街]}", waive: ["违反", "办法"], least: 10}
  },
  secret: {
    ...{regime: "gongzhuling", kind: "暗访", source: "暗访", fedBack: "2025-09-24", post: "市安委会办公室主任"},
    ...{use: "{what: 巡视（暗访）情况, force: 纳入, unit_kinds: [镇街]}", waive: ["违反", "办法"], least: 20}
  }
} satisfies Record<string, Planted>;

const assessed = (use: string) => `assessment:
  year_indicator: {code: AQ-03, name: 安全生产, full: 10}
  uses: [${use}]
`;

/** Free texts that begin as a formula does: nothing may run them. */
const FORMULAS = ["description", "requirement", "measure", "evidence", "reason", "grounds", "result"];

function asFormulas(tables: Readonly<Record<string, Cells>>): Record<string, Cells> {
  const cell = (column: string, value: string | number) =>
    FORMULAS.includes(column) && String(value).startsWith("zz-") ? `=${value}` : value;
  return Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [
      name,
      rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, cell(column, value)])))
    ])
  );
}

/** Loads and approves a planted office; all that is in the way is waived. */
export async function approvedOffice({regime, kind, source, fedBack, post, use, waive}: Planted): Promise<MarkedOffice> {
  const {tables, marks} = plant(kind, source, fedBack);
  const office = makeOffice(asFormulas(tables), {regime, schemes: "[telling]", as_of: "2025-12-31"});
  office.file("schemes/telling.yaml", `${tellingScheme(regime, ["镇街"])}${assessed(use)}`);
  await office.load();
  const waivers = waive.flatMap((what) => ["--waive", `${what}=测试`]);
  const approver = ["--by", "审定人", "--post", post, "--on", "2026-01-05"];
  const approved = await run("approve", "-w", office.directory, ...approver, ...waivers);
  if (approved.exit !== 0) throw new Error(approved.stderr || approved.stdout);
  const rules = await openRules(office.space());
  const seen = (audience: SiteAudience) => visibleColumns(rules.regime, audience, "2025-12-31");
  return {
    ...{office, marks},
    shownTo: (audience) => marks.filter((m) => seen(audience)(m.table, m.column)),
    hiddenFrom: (audience) => {
      const visible = seen(audience);
      // What an office writes into a column that may be seen may be seen, wherever else it stands.
      const told = Object.entries(tables).flatMap(([table, rows]) => {
        const columns = tableNamed(table).columns.filter(({name}) => visible(table, name));
        return rows.flatMap((row) => columns.map(({name}) => String(row[name] ?? "")));
      });
      const text = told.join("\n");
      return marks.filter((m) => !visible(m.table, m.column) && !text.includes(m.value));
    }
  };
}
