import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {TodoItem} from "../../src/warehouse/todo.ts";
import {icsText, readIcs} from "../ics.ts";
import {makeOffice, type Office} from "../office.ts";
import {regimeText} from "../regime/five.ts";
import {run} from "./run.ts";

const unit = (unit_code: string, unit_name: string) => ({unit_code, unit_name, unit_kind: "镇街"});
const inspection = {kind: "全面", organiser_level: "县级", started_on: "2025-11-03"};
const finding = {layer: "企业", item: "6", severity: "一般", found_on: "2025-11-04"};

/** 牡丹's document as if it gave findings 45 days and asked for 五落实. */
const REGIME = regimeText("mudan-2023").replace(
  "\nparameters:\n",
  `
parameters:
  finding_due:
    clause: 三（三）4
    modality: 应当
    values:
      2023-12-06: {start: finding.found_on, length: 45, unit: days, rest_day: 顺延}
  five_in_place:
    clause: 三（三）2
    modality: 应当
    values:
      2023-12-06: {columns: {措施: finding.measure, 责任: finding.owner, 资金: finding.fund_wan, 时限: finding.due_on, 预案: finding.plan}}
`
);

let office: Office;
let silent: Office;
let secret: Office;
beforeAll(async () => {
  const rows = {
    unit: [unit("990101", "演示甲镇"), unit("990102", "演示、乙;镇,\\东")],
    inspection: [
      {
        inspection_id: "X1",
        unit_code: "990101",
        ...inspection,
        ended_on: "2025-11-14",
        reported_on: "",
        archived_on: "",
        fed_back_on: "2025-12-01"
      },
      {
        inspection_id: "X2",
        unit_code: "990102",
        ...inspection,
        ended_on: "2025-12-19",
        reported_on: "",
        archived_on: "",
        fed_back_on: ""
      }
    ],
    finding: [
      {
        finding_id: "F1",
        inspection_id: "X1",
        unit_code: "990101",
        ...finding,
        description: "演示问题",
        due_on: "",
        measure: "停产",
        fix_now: "否"
      },
      {
        finding_id: "F2",
        inspection_id: "X2",
        unit_code: "990102",
        ...finding,
        description: "演示问题",
        due_on: "2026-01-31",
        measure: "",
        fix_now: "否"
      }
    ]
  };
  const listed = {finding_id: "F2", stage: "清单", on_date: "2025-11-05"};
  office = makeOffice({...rows, rectification: [listed]}, {demo: "true"});
  office.file("regimes/mudan-2023.yaml", REGIME);
  silent = makeOffice({unit: [unit("990101", "演示甲镇")]}, {regime: "hunan-2021", schemes: "[hunan-2021-region]"});
  secret = makeOffice(
    {
      unit: [unit("990101", "演示甲镇"), {unit_code: "990901", unit_name: "机密演示厂", unit_kind: "企业"}],
      inspection: [
        {
          inspection_id: "GX-1",
          unit_code: "990101",
          ...inspection,
          kind: "暗访",
          ended_on: "2025-11-14",
          fed_back_on: "2025-11-20",
          archived_on: "",
          planned_from: "2025-11-03"
        }
      ],
      visit: [
        {
          visit_id: "V1",
          inspection_id: "GX-1",
          unit_code: "990101",
          place_name: "机密演示厂",
          visited_on: "2025-11-05",
          trip_no: "T-77",
          checkers: "演示员甲"
        }
      ],
      finding: [
        {
          finding_id: "F1",
          inspection_id: "GX-1",
          unit_code: "990101",
          ...finding,
          description: "机密演示厂的问题",
          due_on: "2026-01-10"
        },
        {
          finding_id: "F2",
          inspection_id: "GX-1",
          unit_code: "990901",
          ...finding,
          description: "机密演示厂的问题",
          due_on: "2026-01-11"
        }
      ]
    },
    {regime: "gongzhuling", schemes: "[gongzhuling-town]"}
  );
  for (const one of [office, silent, secret]) expect((await one.load()).failures).toEqual([]);
});
afterAll(() => {
  for (const one of [office, silent, secret]) one.remove();
});

const asked = new Map<string, ReturnType<typeof run>>();
/** Each question is asked once. */
const todo = (...args: string[]) => {
  const key = args.join(" ");
  const answer = asked.get(key) ?? run("todo", ...args, "-w", office.directory);
  asked.set(key, answer);
  return answer;
};
const items = async (...args: string[]): Promise<TodoItem[]> => JSON.parse((await todo("--json", ...args)).stdout).items;

describe("todo", () => {
  it("says what is owed within thirty days, with clause, derivation and days left", async () => {
    const {exit, stdout, stderr} = await todo("--json");
    expect([exit, stderr]).toEqual([0, ""]);
    const told = JSON.parse(stdout) as {as_of: string; by: string; items: TodoItem[]};
    expect([told.as_of, told.by]).toEqual(["2025-12-31", "2026-01-30"]);
    expect(told.items.map((i) => [i.due_on, i.kind, i.subject, i.days_left])).toEqual([
      ["2025-11-28", "巡查报告", "X1", -33],
      ["2025-12-14", "归档", "X1", -17],
      ["2025-12-19", "问题整改", "F1", -12],
      ["2026-01-05", "巡查报告", "X2", 5],
      ["2026-01-18", "公布", "X2", 18],
      ["2026-01-18", "反馈", "X2", 18],
      ["2026-01-18", "归档", "X2", 18],
      ["2026-01-18", "约谈", "F1", 18]
    ]);
    expect(told.items[0]).toEqual({
      ...{
        due_on: "2025-11-28",
        clause: "三（三）4",
        kind: "巡查报告",
        subject: "X1",
        days_left: -33,
        modality: "应当",
        due_source: "文件"
      },
      ...{subject_kind: "巡查", unit_code: "990101", unit_name: "演示甲镇", inspection_id: "X1", by: "巡查组", parameter: "report"},
      because: "结束于2025-11-14，次日起10个工作日，至2025-11-28"
    });
  });

  it("looks as far as it is asked, from the day it is asked, at one kind", async () => {
    expect((await items("--by", "2026-02-28", "--kind", "整改情况报告")).map((i) => i.due_on)).toEqual(["2026-02-02"]);
    expect((await items("--by", "2026-02-01", "--kind", "整改情况报告")).map((i) => i.due_on)).toEqual([]);
    expect((await items("--as-of", "2025-11-28")).find((i) => i.kind === "巡查报告")?.days_left).toBe(0);
  });

  it("is a table in three groups that says who has to act and how the office reads the document", async () => {
    const {stdout} = await todo();
    for (const words of [
      "演示数据",
      "逾期3件，将到期5件",
      "逾期33天",
      "2026-01-30为止",
      "巡查报告：演示甲镇（X1）",
      "巡查对象",
      "解释（",
      "这是本单位的读法"
    ])
      expect(stdout).toContain(words);
    expect((await todo("--rows", "1")).stdout).toContain("另有2件，用 --rows 3 全部列出");
  });

  it("says in a sentence that there is nothing", async () => {
    const {exit, stdout} = await run("todo", "-w", silent.directory);
    expect([exit, stdout]).toEqual([0, expect.stringContaining("没有要办的事：到2026-01-30为止没有到期的，也没有逾期的。")]);
  });

  it("refuses a day that does not exist, a kind that nobody knows, and two things on one output", async () => {
    const wrong = async (...args: string[]) => {
      const {exit, stdout, stderr} = await todo(...args);
      expect([exit, stdout]).toEqual([2, ""]);
      return stderr;
    };
    expect(await wrong("--by", "2025-02-30")).toBe("--by 的日期“2025-02-30”不存在；请写成2025-12-31的样子\n");
    expect(await wrong("--kind", "问题整该")).toBe("没有事项 问题整该；是否指 问题整改？\n");
    expect(await wrong("--json", "--ics")).toContain("--ics 没有写文件名");
    expect(await wrong("--ics", join(office.directory, "没有", "a.ics"))).toContain("所在的目录不存在；请先建好目录，或换一个位置");
    expect(await wrong("--rows", "x")).toContain("--rows “x”不是行数");
  });
});

describe("todo --ics", () => {
  const events = (text: string) =>
    readIcs(text).parts.map(({name, properties}) => {
      expect(name).toBe("VEVENT");
      const value = (wanted: string) => {
        const found = properties.filter((p) => p.name === wanted);
        expect([wanted, found.length]).toEqual([wanted, 1]);
        return found[0] as {parameters: string; value: string};
      };
      expect(value("DTSTART").parameters).toBe(";VALUE=DATE");
      return {
        uid: value("UID").value,
        day: value("DTSTART").value,
        stamp: value("DTSTAMP").value,
        summary: icsText(value("SUMMARY").value),
        text: icsText(value("DESCRIPTION").value)
      };
    });

  it("is a calendar of all-day events that any program can read, the same bytes each time", async () => {
    const {exit, stdout, stderr} = await todo("--ics");
    expect([exit, stderr]).toEqual([0, ""]);
    expect((await run("todo", "--ics", "-w", office.directory)).stdout).toBe(stdout);
    const calendar = readIcs(stdout);
    expect(calendar.name).toBe("VCALENDAR");
    expect(calendar.properties.filter((p) => ["VERSION", "PRODID"].includes(p.name))).toHaveLength(2);
    expect(calendar.properties.some((p) => p.name === "METHOD")).toBe(false);
    const told = events(stdout);
    expect(told).toHaveLength((await items()).length);
    expect(new Set(told.map((e) => e.uid)).size).toBe(told.length);
    expect(new Set(told.map((e) => e.stamp))).toEqual(new Set(["20251231T000000Z"]));
    expect(told[0]).toMatchObject({day: "20251128", summary: "演示数据 巡查报告：演示甲镇（X1）"});
    expect(told[0]?.text).toContain("依据：三（三）4（应当）\n期限：结束于2025-11-14，次日起10个工作日，至2025-11-28");
    expect(told.map((e) => e.summary)).toContain("演示数据 反馈：演示、乙;镇,\\东（X2）");
  });

  it("keeps the number of an event when the day asked about, or its own day, changes", async () => {
    const of = async (...args: string[]) => new Map(events((await todo("--ics", ...args)).stdout).map((e) => [e.summary, e]));
    const [now, later] = [await of(), await of("--as-of", "2026-01-20")];
    const name = "演示数据 问题整改：演示甲镇（F1）";
    expect(later.get(name)?.uid).toBe(now.get(name)?.uid);
    expect(later.get(name)?.stamp).toBe("20260120T000000Z");
  });

  it("writes a file and says what could not go in", async () => {
    const file = join(office.directory, "待办.ics");
    const {stdout, stderr} = await todo("--ics", file, "--json");
    expect(JSON.parse(stdout).items).toHaveLength(8);
    expect(stderr).toBe(`已写出日历 ${file}：8件\n`);
    expect(events(readFileSync(file, "utf8"))).toHaveLength(8);
    expect(existsSync(file)).toBe(true);
    const told = await run("todo", "--ics", "-w", secret.directory, "--by", "2026-01-31");
    expect(told.stderr).toContain("日历会离开办公室，按第九条（二）只写可以对外说的内容");
  });

  it("tells nothing that 第九条（二） keeps secret, though the office itself sees it", async () => {
    const own = await run("todo", "-w", secret.directory, "--by", "2026-01-31");
    expect(own.stdout).toContain("机密演示厂");
    const {stdout} = await run("todo", "--ics", "-w", secret.directory, "--by", "2026-01-31");
    const told = events(stdout);
    expect(told.length).toBeGreaterThan(0);
    const all = told.map((e) => e.summary + e.text).join("\n");
    for (const word of ["机密演示厂", "GX-1", "T-77", "演示员甲", "2025-11-03", "2025-11-04", "2025-11-05", "2025-11-14", "归档"])
      expect([word, all.includes(word)]).toEqual([word, false]);
    expect(told.map((e) => e.summary)).toContain("问题整改：演示甲镇（F1）");
  });
});

describe("explain --finding", () => {
  const explain = (id: string, ...args: string[]) => run("explain", "--finding", id, "-w", office.directory, ...args);

  it("derives the day step by step where the document gives the time, and names what of 五落实 is missing", async () => {
    const {due} = JSON.parse((await explain("F1", "--json")).stdout);
    expect(due).toMatchObject({
      due_on: "2025-12-19",
      source: "制度",
      clause: "三（三）4",
      five: {clause: "三（三）2", missing: ["责任", "资金", "时限", "预案"]}
    });
    expect(due.steps).toContain("45日之后是2025年12月19日（星期五）");
    const {stdout} = await explain("F1");
    expect(stdout).toContain(
      "整改期限 2025-12-19：发现于2025-11-04，没有指定期限，按文件的时限至2025-12-19（三（三）4）\n  1. 参照民法典"
    );
    expect(stdout).toContain("五落实（三（三）2）：缺责任、资金、时限、预案");
  });

  it("says so where the day was given with the finding", async () => {
    expect((await explain("F2", "--markdown")).stdout).toContain(
      "## 整改期限\n\n- 2026-01-31：发现于2025-11-04，指定的整改期限是2026-01-31\n"
    );
  });
});
