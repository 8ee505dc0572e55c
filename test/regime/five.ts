import {readFileSync} from "node:fs";
import {parseRegime} from "../../src/regime/parse.ts";
import type {Regime} from "../../src/regime/types.ts";

export const IDS = ["mudan-2023", "hunan-2021", "shandong-2018", "gongzhuling", "hainan-2016"] as const;
export type RegimeId = (typeof IDS)[number];

const FOLDER = new URL("../../data/regimes/", import.meta.url);

export function regimeText(id: string): string {
  return readFileSync(new URL(`${id}.yaml`, FOLDER), "utf8");
}

/** Clause numbers of the document, written down from the document itself. */
export function clauseNumbers(id: string): string[] {
  return readFileSync(new URL(`clauses/${id}.txt`, FOLDER), "utf8")
    .trim()
    .split("\n");
}

export const FIVE: Readonly<Record<RegimeId, Regime>> = Object.fromEntries(
  IDS.map((id) => [id, parseRegime(regimeText(id), `data/regimes/${id}.yaml`)])
) as Record<RegimeId, Regime>;
