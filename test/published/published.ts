import {readFileSync} from "node:fs";
import {fileURLToPath} from "node:url";
import {checkScheme} from "../../src/cli/scheme-file.ts";
import {schemeWarnings} from "../../src/scheme/warn.ts";
import type {ScoreResult, UnitScore} from "../../src/score/types.ts";
import type {Database} from "../../src/warehouse/duckdb.ts";
import type {CutOffs} from "../../src/warehouse/fact.ts";
import {type Rows, scoreRows} from "../facts.ts";

/** A published system after a run: its units by code, what they rest on, and what `scheme check` says of the scheme. */
export interface Published {
  readonly result: ScoreResult;
  readonly unit: (code: string) => UnitScore;
  readonly ledger: (code: string) => readonly string[];
  readonly sums: ReadonlyMap<string, number>;
  readonly warnings: readonly string[];
}

interface LedgerRow {
  readonly unit_code: string;
  readonly kind: string;
  readonly item: string | null;
  readonly rule_id: string | null;
  readonly subject: string | null;
  readonly milli: number;
  readonly because: string | null;
}

/** Checks a scheme of this folder as `scheme check` does, and scores the rows with it. */
export async function runPublished(scheme: string, rows: Rows, when: CutOffs): Promise<Published> {
  const file = fileURLToPath(new URL(`schemes/${scheme}.yaml`, import.meta.url));
  const checked = await checkScheme(readFileSync(file, "utf8"), file);
  return scoreRows(
    rows,
    {regime: checked.regime, schemes: [checked.scheme]},
    async (db, result) => {
      const units = new Map(result.schemes.flatMap((s) => s.units).map((u) => [u.unit_code, u]));
      const ledger = await ledgerRows(db);
      const sums = new Map<string, number>();
      for (const row of ledger) sums.set(row.unit_code, (sums.get(row.unit_code) ?? 0) + row.milli);
      return {
        result,
        unit: (code: string) => {
          const found = units.get(code);
          if (!found) throw new RangeError(`no unit ${code}`);
          return found;
        },
        ledger: (code: string) => ledger.filter((row) => row.unit_code === code).map(lineOf),
        sums,
        warnings: schemeWarnings(checked.scheme, checked.regime).map((w) => w.what)
      };
    },
    {when}
  );
}

function ledgerRows(db: Database): Promise<LedgerRow[]> {
  return db.rows<LedgerRow>("select unit_code, kind, item, rule_id, subject, milli, because from ledger order by unit_code, seq");
}

/** kind item rule subject milli because, without what is empty. */
function lineOf({kind, item, rule_id, subject, milli, because}: LedgerRow): string {
  return [kind, item, rule_id, subject, milli, because].filter((part) => part !== null && part !== "").join(" ");
}
