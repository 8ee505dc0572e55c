import type {Enterprise} from "../../kit/inspect.ts";
import {officials, placePosts} from "../../kit/people.ts";
import {addEnterprises, addUnits} from "../../kit/unit.ts";
import type {Draft} from "../../kit/world.ts";

const CITIES = ["沅樾", "湘樾", "潇砚", "澧梧", "岳樾", "郴汐", "橘樾", "楚汀", "兰砚", "芦砚", "霁州", "樾州"];

/** The code of the n-th city. */
export function city(n: number): string {
  return String(990000 + n * 100);
}

/** The code of the n-th department of the province. */
export function department(n: number): string {
  return String(998000 + n);
}

/** Adds cities, a county and a park in each, departments, enterprises; returns the enterprises of each city. */
export function addHunanUnits(w: Draft): Map<string, Enterprise[]> {
  addUnits(
    w,
    "市州",
    CITIES.map((name, i) => [
      city(i + 1),
      `${name}市`,
      {peer_group: i < 7 ? "甲组" : "乙组", exposure: 800 + i * 130, tile_col: (i % 4) + 1, tile_row: Math.floor(i / 4) + 1}
    ])
  );
  addUnits(
    w,
    "县区",
    CITIES.map((name, i) => [`${city(i + 1).slice(0, 4)}01`, `${name}东县`, {parent_code: city(i + 1)}])
  );
  const [gone, heir] = [`${city(11).slice(0, 4)}02`, `${city(11).slice(0, 4)}01`];
  addUnits(w, "县区", [[gone, "霁州西县", {parent_code: city(11), valid_to: "2025-06-01", successor_code: heir}]]);
  addUnits(
    w,
    "园区",
    CITIES.slice(0, 6).map((name, i) => [`${city(i + 1).slice(0, 4)}81`, `${name}演示经济开发区`, {parent_code: city(i + 1)}])
  );
  addUnits(w, "部门", [
    [department(1), "演示省住房和城乡建设厅"],
    [department(2), "演示省交通运输厅"]
  ]);
  addUnits(w, "单位", [
    [department(11), "演示省属能源集团"],
    [department(12), "演示省属交通建设集团"],
    [department(13), "演示省属水利投资集团"]
  ]);
  for (const [i] of CITIES.entries()) officials(w, city(i + 1), placePosts("市"), "2022-01-10", i % 3 === 0 ? "2025-07-01" : null);
  return new Map(CITIES.map((name, i) => [city(i + 1), addEnterprises(w, `${city(i + 1).slice(0, 4)}01`, `${name}市`, 8, 4)]));
}
