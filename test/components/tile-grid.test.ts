// @vitest-environment jsdom
import {expect, test} from "vitest";
import {table} from "../../src/components/table.ts";
import {tileGrid} from "../../src/components/tile-grid.ts";
import type {SchemeFacts, UnitRow} from "../../src/components/types.ts";

const scheme: SchemeFacts = {
  ...{id: "s", name: "办法", document_no: null, start: "full", applies_to: ["镇街"], items: [], rules: []},
  grades: [
    {name: "好", from_milli: 90000},
    {name: "差", from_milli: 0}
  ]
};
const unit = (unit_code: string, rest: Partial<UnitRow>): UnitRow => ({
  ...{
    scheme: "s",
    unit_code,
    unit_name: `${unit_code}镇`,
    unit_kind: "镇街",
    peer_group: null,
    sort_order: null,
    tile_col: null,
    tile_row: null
  },
  ...{
    covered: "已巡查",
    covered_because: null,
    milli: null,
    grade: null,
    rank: null,
    provisional: false,
    provisional_because: null,
    vetoes: "[]"
  },
  ...rest
});
const tiles = (grid: HTMLElement) => [...grid.querySelectorAll<HTMLElement>(".xh-tile")];

test("a tile says score and grade, an unscored one its state, never a number", () => {
  const grid = tileGrid([unit("1", {milli: 98820, grade: "好", provisional: true}), unit("2", {covered: "未巡查"})], scheme);
  expect(tiles(grid).map((t) => t.textContent)).toEqual(["1镇98.82 好暂定", "2镇未巡查"]);
  expect(tiles(grid)[1]?.className).toContain("xh-hatch");
  expect(grid.querySelector(".xh-legend")?.textContent).toBe("好 1差 0未巡查 1");
});

test("tiles stand at their place, counted from the first one in use, unless two share it", () => {
  const placed = [unit("1", {tile_col: 3, tile_row: 2}), unit("2", {tile_col: 4, tile_row: 2})];
  expect(tiles(tileGrid(placed, scheme)).map((t) => t.style.getPropertyValue("--place"))).toEqual(["1/1", "1/2"]);
  const clash = [unit("1", {tile_col: 3, tile_row: 2}), unit("2", {tile_col: 3, tile_row: 2})];
  expect(tiles(tileGrid(clash, scheme)).map((t) => t.style.getPropertyValue("--place"))).toEqual(["", ""]);
});

test("a long table shows its first rows and the others on demand; an empty one says so", () => {
  const columns = [{label: "号", value: (n: number) => n}];
  const long = table([1, 2, 3, 4], columns, {file: "f", limit: 3});
  expect(long.querySelectorAll("tbody tr")).toHaveLength(3);
  const [, more] = long.querySelectorAll("button");
  expect(more?.textContent).toBe("显示其余1行");
  more?.click();
  expect(long.querySelectorAll("tbody tr")).toHaveLength(4);
  expect(table([], columns, {file: "f", none: "没有。"}).textContent).toBe("没有。");
});
