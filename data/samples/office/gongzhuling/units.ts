import type {Enterprise} from "../../kit/inspect.ts";
import {officials, placePosts} from "../../kit/people.ts";
import {addEnterprises, addUnits} from "../../kit/unit.ts";
import type {Draft} from "../../kit/world.ts";

const TOWNS = [
  "黍岭镇",
  "榆樾镇",
  "稷原镇",
  "黑榛镇",
  "怀黍镇",
  "秫河镇",
  "蓟原镇",
  "辽砚街道",
  "梧汀街道",
  "砚汀街道",
  "槿桥街道",
  "柘阑街道"
];
const PARKS = ["黍岭演示产业园区", "秫河演示物流园区", "蓟原演示农产品加工园区"];

/** The code of the n-th town. */
export function town(n: number): string {
  return String(990400 + n);
}

/** The code of the n-th park. */
export function park(n: number): string {
  return String(990450 + n);
}

/** The code of the n-th department. */
export function department(n: number): string {
  return String(990480 + n);
}

/** Places that are inspected in turn: towns, then parks. */
export const PLACES: readonly string[] = [...TOWNS.map((_, i) => town(i + 1)), ...PARKS.map((_, i) => park(i + 1))];

/** Adds towns, parks, departments, eight enterprises in each place; returns the enterprises of each. */
export function addGongzhulingUnits(w: Draft): Map<string, Enterprise[]> {
  addUnits(
    w,
    "镇街",
    TOWNS.map((name, i) => [
      town(i + 1),
      name,
      {
        peer_group: name.endsWith("街道") ? "街道" : "乡镇",
        exposure: 60 + i * 9,
        tile_col: (i % 5) + 1,
        tile_row: Math.floor(i / 5) + 1,
        ...(i + 1 === 12 ? {valid_to: "2025-07-01", successor_code: town(11)} : {})
      }
    ])
  );
  addUnits(
    w,
    "园区",
    PARKS.map((name, i) => [park(i + 1), name, {exposure: i === 2 ? null : 40 + i * 15, tile_col: i + 3, tile_row: 3}])
  );
  addUnits(w, "部门", [
    [department(1), "演示市住房和城乡建设局"],
    [department(2), "演示市商务局"]
  ]);
  for (const [i, name] of TOWNS.entries())
    officials(w, town(i + 1), placePosts(name.endsWith("街道") ? "街道" : "镇"), "2022-06-15", i % 5 === 0 ? "2025-03-10" : null);
  const names = [...TOWNS, ...PARKS];
  return new Map(PLACES.map((code, i) => [code, addEnterprises(w, code, (names[i] as string).slice(0, 2), 8, 3)]));
}
