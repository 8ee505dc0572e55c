import {readFileSync} from "node:fs";
import {parseRegime} from "../../src/regime/parse.ts";
import type {Regime} from "../../src/regime/types.ts";
import {createExpressionParser} from "../../src/warehouse/expression.ts";

const regimes = new Map<string, Regime>();

/** A regime of data/regimes, read as the program reads it, once. */
export function regimeNamed(id: string): Regime {
  const file = `data/regimes/${id}.yaml`;
  const regime = regimes.get(id) ?? parseRegime(readFileSync(file, "utf8"), file);
  regimes.set(id, regime);
  return regime;
}

/** The regime that a scheme's text names, or mudan-2023 when it names none that exists. */
export function regimeOf(text: string, fallback = "mudan-2023"): Regime {
  const id = /^regime: ([a-z0-9-]+)$/m.exec(text)?.[1] ?? fallback;
  return regimeNamed(id);
}

/** One engine for all test files of a process; it ends with the process. */
export const expression = await createExpressionParser();

/** A small scheme without faults: tests change a line of it. */
export const BASE = readFileSync("test/input/scheme-base.yaml", "utf8");
