import type {Enterprise} from "../../kit/inspect.ts";
import {officials, placePosts} from "../../kit/people.ts";
import {addEnterprises, addUnits} from "../../kit/unit.ts";
import type {Draft} from "../../kit/world.ts";

const TOWNS = [
  "青穗镇",
  "岚禾镇",
  "松澜镇",
  "苇汀镇",
  "楠屿镇",
  "霁岭镇",
  "榆砾镇",
  "澄畈镇",
  "柘阑镇",
  "榛渚镇",
  "芷塬镇",
  "漪渡镇",
  "槿桥街道",
  "梧汐街道",
  "汀澜街道",
  "蒿湄街道",
  "枫汐街道",
  "菱汐街道"
];
const DEPARTMENTS = ["应急管理局", "住房和城乡建设局", "文化和旅游局", "交通运输局", "市场监督管理局", "农业农村局"];

/** The code of the n-th town. */
export function town(n: number): string {
  return String(990100 + n);
}

/** The code of the n-th department. */
export function department(n: number): string {
  return String(990200 + n);
}

/** The code of the n-th public body that supervises. */
export function body(n: number): string {
  return String(990300 + n);
}

/** Adds all units and the people in office; returns the enterprises of each town. */
export function addMudanUnits(w: Draft): Map<string, Enterprise[]> {
  addUnits(
    w,
    "镇街",
    TOWNS.map((name, i) => [
      town(i + 1),
      name,
      {
        peer_group: name.endsWith("街道") ? "城区组" : "镇域组",
        exposure: i + 1 === 17 ? 0 : 20 + ((i * 37) % 160),
        tile_col: (i % 6) + 1,
        tile_row: Math.floor(i / 6) + 1,
        ...(i + 1 === 10 ? {valid_to: "2025-07-01", successor_code: town(11)} : {})
      }
    ])
  );
  addUnits(
    w,
    "部门",
    DEPARTMENTS.map((name, i) => [
      department(i + 1),
      `演示区${name}`,
      {exposure: i + 1 === 3 ? 0 : 30 + i * 12, sort_order: 100 + i}
    ])
  );
  addUnits(w, "单位", [
    [body(1), "演示区公路事业服务中心"],
    [body(2), "演示区水务事业服务中心"]
  ]);
  for (const [i, name] of TOWNS.entries()) {
    officials(w, town(i + 1), placePosts(name.endsWith("街道") ? "街道" : "镇"), "2022-03-01", i % 4 === 0 ? "2025-05-15" : null);
  }
  for (const [i] of DEPARTMENTS.entries()) {
    officials(
      w,
      department(i + 1),
      [
        ["局长", "部门主要负责人"],
        ["副局长", "部门分管负责人", "安全生产"]
      ],
      "2021-11-01",
      i === 1 ? "2025-08-20" : null
    );
  }
  return new Map(TOWNS.map((name, i) => [town(i + 1), i + 1 === 17 ? [] : addEnterprises(w, town(i + 1), name, 3)]));
}
