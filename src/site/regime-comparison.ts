import {existsSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {PARAMETERS} from "../regime/parameters.ts";
import {parseRegime} from "../regime/parse.ts";
import type {Regime} from "../regime/types.ts";
import {DATA, findDefinition} from "../workspace/workspace.ts";
import {valueLines} from "./words.ts";

/** What a document says of a parameter, in words. */
export interface ComparedValue {
  readonly regime: string;
  readonly clause: string;
  readonly modality: string;
  readonly word: string | null;
  readonly lines: readonly string[];
}

/** Documents side by side: `cells` stand in the order of `regimes`; null where a document is silent. */
export interface RegimeComparison {
  /** `since`: the first day of a document that came after the day looked at; null when it was in force. */
  readonly regimes: readonly {readonly id: string; readonly title: string; readonly since: string | null}[];
  readonly parameters: readonly {
    readonly name: string;
    readonly title: string;
    readonly cells: readonly (ComparedValue | null)[];
  }[];
}

/**
 * Several documents side by side, parameter by parameter: each as it stands on a day, one that came later as it first was.
 * Shape: parameters in the order of the pages, those of which no document says anything left out.
 * @example compareRegimes([own, other], "2025-12-31").parameters.find((p) => p.name === "report")
 */
export function compareRegimes(regimes: readonly Regime[], day: string): RegimeComparison {
  const since = regimes.map((regime) => startAfter(regime, day));
  return {
    regimes: regimes.map(({id, title}, i) => ({id, title, since: since[i] ?? null})),
    parameters: Object.entries(PARAMETERS)
      .map(([name, {title}]) => ({name, title, cells: regimes.map((regime) => comparedValue(regime, name, day))}))
      .filter(({cells}) => cells.some((cell) => cell !== null))
  };
}

/** The first day of a document that came after a day; null when some of it was in force then. */
function startAfter({parameters}: Regime, day: string): string | null {
  const first = Object.values(parameters)
    .flatMap(({values}) => values.slice(0, 1).map(({from}) => from))
    .toSorted()
    .at(0);
  return first !== undefined && first > day ? first : null;
}

function comparedValue(regime: Regime, name: string, day: string): ComparedValue | null {
  const parameter = regime.parameters[name];
  const found = parameter?.values.findLast((v) => v.from <= day) ?? parameter?.values[0];
  if (!parameter || !found) return null;
  const {clause, modality, word} = parameter;
  const isComing = found.from > day && startAfter(regime, day) === null;
  const lines = [...(isComing ? [`${found.from}起：`] : []), ...saidLines(found.value)];
  return {regime: regime.id, clause, modality, word, lines};
}

/** Keys that tell where the office records a thing: of no interest beside another document. */
const RECORDED = new Set([
  ...["column", "columns", "flag", "flags", "declared", "result", "no", "signed", "signer", "done", "maps", "categories"]
]);

/** What the document itself says of a value, in words. */
function saidLines(value: unknown): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return valueLines(value);
  const isColumn = (v: unknown) => typeof v === "string" && /^[a-z]+\.[a-z_]+$/.test(v);
  const said = Object.entries(value).filter(([key, v]) => !RECORDED.has(key) && !((key === "from" || key === "to") && isColumn(v)));
  return said.length === 0 ? ["有此规定"] : valueLines(Object.fromEntries(said));
}

/**
 * The documents that an office may look at beside its own: all that come with the program and all of the workspace; of two with one id
 * the workspace's. Its own comes first, the others by id.
 */
export function knownRegimes(directory: string, own: Regime): Regime[] {
  const folders = [join(directory, "regimes"), join(DATA, "regimes")].filter((folder) => existsSync(folder));
  const ids = folders
    .flatMap((folder) => readdirSync(folder))
    .filter((file) => /^[\w-]+\.yaml$/.test(file))
    .map((file) => file.slice(0, -".yaml".length));
  const others = [...new Set(ids)].filter((id) => id !== own.id).toSorted();
  return [
    own,
    ...others.map((id) => {
      const {text, file} = findDefinition("regimes", id, directory);
      return parseRegime(text, file);
    })
  ];
}
