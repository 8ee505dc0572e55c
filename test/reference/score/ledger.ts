// Rows of the ledger: their order, their sums, their digest.
//
// Reading taken: rows of one key (two responses of one inspection) are added up, so that the key stays unique.

import {createHash} from "node:crypto";
import type {LedgerLine} from "../input.ts";
import {compareBytes, groupBy} from "../value.ts";

/** The order of the kinds. */
export const KINDS = [
  "基础",
  "扣分",
  "择高返还",
  "封顶返还",
  "加分",
  "比率",
  "分档",
  "同比",
  "位次",
  "评议",
  "复核",
  "折算",
  "取整",
  "否决"
] as const;
export type Kind = (typeof KINDS)[number];

/** One cause of points of one unit. */
export interface Line {
  readonly kind: Kind;
  readonly item: string | null;
  readonly rule_id: string | null;
  readonly subject: string | null;
  readonly milli: number;
}

export function sumOf(lines: readonly {readonly milli: number}[]): number {
  return lines.reduce((sum, {milli}) => sum + milli, 0);
}

/** A unit's rows in order, without those of zero but 基础. */
export function ordered(unit_code: string, lines: readonly Line[]): LedgerLine[] {
  const groups = groupBy(lines, ({kind, item, rule_id, subject}) => JSON.stringify([kind, item, rule_id, subject]));
  return [...groups.values()]
    .flatMap((same) => same.slice(0, 1).map((line) => ({...line, milli: sumOf(same)})))
    .filter((line) => line.milli !== 0 || line.kind === "基础")
    .sort(
      (a, b) =>
        KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
        compareBytes(a.item ?? "", b.item ?? "") ||
        compareBytes(a.rule_id ?? "", b.rule_id ?? "") ||
        compareBytes(a.subject ?? "", b.subject ?? "")
    )
    .map((line, i) => ({unit_code, seq: i + 1, ...line}));
}

/** SHA-256 over the units' scores and rows, as 4-scheme words it; lines in order. */
export function digestOf(
  units: readonly {readonly unit_code: string; readonly milli: number | null}[],
  ledger: readonly LedgerLine[]
): string {
  const rows = groupBy(ledger, (line) => line.unit_code);
  const lines = units
    .filter((unit) => unit.milli !== null)
    .map(({unit_code, milli}) => {
      const text = (rows.get(unit_code) ?? []).map((l) =>
        [l.kind, l.item ?? "", l.rule_id ?? "", l.subject ?? "", l.milli].join("\u001f")
      );
      return `${unit_code} ${milli} ${sha256(text.join("\n"))}`;
    });
  return sha256(lines.sort(compareBytes).join("\n"));
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
