import {readFileSync} from "node:fs";
import {parseRegime} from "../../src/regime/parse.ts";
import type {Regime} from "../../src/regime/types.ts";
import {createExpressionParser} from "../../src/warehouse/expression.ts";

/** A regime of data/regimes, read as the program reads it. */
export function regimeNamed(id: string): Regime {
  const file = `data/regimes/${id}.yaml`;
  return parseRegime(readFileSync(file, "utf8"), file);
}

/** The regime that a scheme's text names, or mudan-2023 when it names none that exists. */
export function regimeOf(text: string, fallback = "mudan-2023"): Regime {
  const id = /^regime: ([a-z0-9-]+)$/m.exec(text)?.[1] ?? fallback;
  return regimeNamed(id);
}

/** One engine for a whole test file. */
export const expression = await createExpressionParser();

/** A small scheme without faults: tests change a line of it. */
export const BASE = readFileSync("test/input/scheme-base.yaml", "utf8");
