import type {FactRow, FindingRow, ItemRow, LedgerRow, SpaceFacts, UnitRow} from "./types.js";

/** All marts that the page 单位 shows. */
export interface UnitData {
  readonly space: SpaceFacts;
  readonly units: readonly UnitRow[];
  readonly items: readonly ItemRow[];
  readonly ledger: readonly LedgerRow[];
  readonly findings: readonly FindingRow[];
  readonly inspections: readonly FactRow[];
  readonly events: readonly FactRow[];
  readonly actions: readonly FactRow[];
  readonly accidents: readonly FactRow[];
  readonly tips: readonly FactRow[];
  readonly responses: readonly FactRow[];
  readonly text: (finding: FindingRow) => Promise<FactRow | undefined>;
}
