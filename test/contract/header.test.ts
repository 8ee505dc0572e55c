import {describe, expect, test} from "vitest";
import {
  checkHeader,
  checkMapping,
  findHeader,
  GROUP,
  headerKey,
  isDoor,
  matchHeader,
  unusedMapping
} from "../../src/contract/header.ts";
import {TABLES, tableNamed} from "../../src/contract/index.ts";

const unit = tableNamed("unit");
const inspection = tableNamed("inspection");
const source = {name: "unit", columns: {}};
const place = (cell: number | null) => ({file: `单位.xlsx 单位!${cell === null ? "" : String.fromCharCode(65 + cell)}2`});

function message(work: () => void): string {
  try {
    work();
  } catch (error) {
    const {exit, message} = error as {exit: number; message: string};
    return `${exit} ${message}`;
  }
  return "";
}

test("every Chinese header and every English name of every table means its own column", () => {
  for (const table of TABLES) {
    const names = table.columns.map((c) => c.name);
    expect(matchHeader(names, table, source).columns).toEqual(names);
    expect(
      matchHeader(
        table.columns.map((c) => c.header),
        table,
        source
      )
    ).toMatchObject({columns: names, missing: [], unknown: [], doors: [], repeated: []});
  }
});

test("blanks of every kind, line breaks, width and case make no difference", () => {
  const cells = [" 单 位\n编码", "单位\u00a0名称", "\u3000单位类别 ", "ＳＯＲＴ_Order", "\ufeff考核分组"];
  expect(matchHeader(cells, unit, source).columns).toEqual(["unit_code", "unit_name", "unit_kind", "sort_order", "peer_group"]);
  expect(headerKey("整改资金\r\n（万元）")).toBe("整改资金(万元)");
});

test("unknown headers are named once, as written", () => {
  const match = matchHeader(["单位编码", "备注", "", "备注", "联系 电话"], unit, source);
  expect(match.columns).toEqual(["unit_code", null, null, null, null]);
  expect(match.unknown).toEqual(["备注", "联系 电话"]);
  expect(match.missing).toEqual(["unit_name", "unit_kind"]);
});

describe("doors", () => {
  test.each(["举报人", "举报人电话", "投诉人姓名", "反映人", "主要亲属", "家庭成员情况", "举报 人", `举报人信息${GROUP}电话`])(
    "%s is one",
    (text) => {
      expect(isDoor(text)).toBe(true);
      expect(matchHeader([text], unit, source)).toMatchObject({columns: [null], doors: [text], unknown: []});
    }
  );

  test.each(["举报编号", "举报渠道公布日期", "举报", "核查结果"])("%s is none", (text) => {
    expect(isDoor(text)).toBe(false);
  });

  test("a column of the contract below a group of whistle-blowers is dropped with it, a tip's number is not", () => {
    const tip = tableNamed("tip");
    const cells = [`举报人信息${GROUP}单位编码`, `举报人信息${GROUP}举报编号`];
    expect(matchHeader(cells, tip, source).columns).toEqual([null, "tip_id"]);
  });

  test("mapping one is refused", () => {
    const mapped = {name: "tip", columns: {举报人电话: "channel"}};
    expect(message(() => checkMapping(tableNamed("tip"), mapped))).toBe(
      "2 xunheng.yaml: 来源 tip 的columns对应了“举报人电话”；能识别举报人或亲属的列不得导入，请删去这一项"
    );
  });
});

test("the source's own map comes first, and may name a group with its header", () => {
  const mapped = {name: "inspection", columns: {"进驻 时间": "started_on", 整改期限原定: "planned_to", 巡查编号: "previous_id"}};
  const cells = ["进驻时间", `整改期限${GROUP}原定`, "巡查编号", "巡查编号 "];
  expect(matchHeader(cells, inspection, mapped).columns).toEqual(["started_on", "planned_to", "previous_id", "previous_id"]);
  expect(unusedMapping(cells.slice(1), mapped)).toEqual(["进驻 时间"]);
});

test("a mistyped target of the map is refused with the nearest column", () => {
  expect(message(() => checkMapping(unit, {name: "unit", columns: {代码: "unit_cod"}}))).toBe(
    "2 xunheng.yaml: 来源 unit 的columns：表 unit 没有列 unit_cod；是否指 unit_code？"
  );
});

test("a group header and the one below it are read together, or the lower one alone", () => {
  const finding = tableNamed("finding");
  const cells = [`整改${GROUP}期限`, `整改情况${GROUP}整改措施`, `问题${GROUP}基本情况${GROUP}问题编号`];
  expect(matchHeader(cells, finding, source).columns).toEqual(["due_on", "measure", "finding_id"]);
});

test("a column named twice is refused, naming both cells; every missing column is named too", () => {
  const cells = ["单位编码", "unit_code"];
  expect(message(() => checkHeader(matchHeader(cells, unit, source), cells, unit, place))).toBe(
    [
      "2 单位.xlsx 单位!B2: 列“unit_code”与A2的“单位编码”都是 unit_code；同一列只能出现一次，请删去或改名其中一列",
      "单位.xlsx 单位!2: 单位表的表头缺少必需的列：单位名称（unit_name）、单位类别（unit_kind）；请补上；列名不同时请在xunheng.yaml的columns里对应"
    ].join("\n")
  );
});

test("a classification column refuses the file, whatever else is wrong", () => {
  const cells = ["单位编码", "密 级"];
  expect(message(() => checkHeader(matchHeader(cells, unit, source), cells, unit, place))).toBe(
    "3 单位.xlsx 单位!B2: 有密级列“密 级”；本系统不处理涉密文件，整个文件未读；请按保密规定处理"
  );
  expect(matchHeader(["加密级别", "紧密级配"], unit, source).classified).toEqual([]);
});

describe("findHeader", () => {
  const head = ["单位编码", "单位名称", "单位类别"];

  test("takes the first of the rows that name most columns", () => {
    const rows = [["单位名录"], ["单位编码", "说明"], head, ["990101", "东关镇", "镇街"], head];
    expect(findHeader(rows, unit, source)?.row).toBe(2);
  });

  test("needs two columns, one of them required", () => {
    expect(findHeader([["单位编码", "甲"]], unit, source)).toBeNull();
    expect(findHeader([["排序", "上级编码"]], unit, source)).toBeNull();
    expect(findHeader([["单位编码", "排序"]], unit, source)?.row).toBe(0);
  });

  test("looks no further than fifty rows", () => {
    const titles = (n: number) => Array.from({length: n}, () => ["标题"]);
    expect(findHeader([...titles(49), head], unit, source)?.row).toBe(49);
    expect(findHeader([...titles(50), head], unit, source)).toBeNull();
  });
});
