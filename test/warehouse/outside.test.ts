import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {outsideView} from "../../src/regime/secrecy.ts";
import {type Law, openLaw} from "../../src/warehouse/law.ts";
import {outsideObligations} from "../../src/warehouse/outside.ts";
import {type Cells, makeOffice, type Office} from "../office.ts";

const TOWN = {unit_kind: "镇街"};
const UNITS: Cells = [
  {unit_code: "T01", unit_name: "甲镇", ...TOWN, parent_code: ""},
  {unit_code: "T02", unit_name: "乙镇", ...TOWN, parent_code: ""},
  {unit_code: "E01", unit_name: "甲镇某厂", unit_kind: "企业", parent_code: "T01"}
];

/** 甲镇 was visited in March and told in April; 乙镇 was visited in November and is not told yet. */
const tables = (kind: string, source: string): Record<string, Cells> => {
  const finding = {layer: "企业", item: "6", severity: "一般", description: "样例", source, nature: "事故隐患"};
  return {
    unit: UNITS,
    inspection: [
      {
        inspection_id: "X1",
        unit_code: "T01",
        kind,
        organiser_level: "市",
        started_on: "2025-03-03",
        ended_on: "2025-03-04",
        fed_back_on: "2025-04-08",
        archived_on: ""
      },
      {
        inspection_id: "X2",
        unit_code: "T02",
        kind,
        organiser_level: "市",
        started_on: "2025-11-05",
        ended_on: "2025-11-06",
        fed_back_on: "",
        archived_on: ""
      }
    ],
    finding: [
      {
        ...finding,
        finding_id: "F1",
        inspection_id: "X1",
        unit_code: "E01",
        found_on: "2025-03-03",
        due_on: "2025-06-30",
        fix_now: "否"
      },
      {...finding, finding_id: "F2", inspection_id: "X1", unit_code: "T01", found_on: "2025-03-03", due_on: "", fix_now: "是"},
      {
        ...finding,
        finding_id: "F3",
        inspection_id: "X2",
        unit_code: "T02",
        found_on: "2025-11-05",
        due_on: "2026-01-20",
        fix_now: "否"
      },
      {
        ...finding,
        finding_id: "F4",
        inspection_id: "X1",
        unit_code: "T01",
        found_on: "2025-03-04",
        due_on: "2026-01-16",
        fix_now: "否"
      },
      {
        ...finding,
        finding_id: "F5",
        inspection_id: "X1",
        unit_code: "T01",
        found_on: "2025-03-04",
        due_on: "2026-01-15",
        fix_now: "否",
        nature: "问题线索"
      },
      {
        ...finding,
        finding_id: "F6",
        inspection_id: "X1",
        unit_code: "T01",
        found_on: "2025-03-04",
        due_on: "2026-01-14",
        fix_now: "否"
      }
    ],
    rectification: [{finding_id: "F6", stage: "完成", on_date: "2025-03-05"}]
  };
};

interface Owed {
  readonly kind: string;
  readonly subject: string | null;
  readonly unit_name: string | null;
  readonly due_on: string | null;
  readonly done_on: string | null;
  readonly because: string | null;
}

async function open(regime: string, kind: string, source: string): Promise<{office: Office; law: Law; all: Owed[]; told: Owed[]}> {
  const office = makeOffice(tables(kind, source), {
    regime,
    schemes: `[${regime === "gongzhuling" ? "gongzhuling-town" : "mudan-2023-town"}]`
  });
  await office.load();
  const law = await openLaw(office.directory);
  await outsideObligations(law.db, outsideView(law.regime, law.when.as_of));
  const rows = (view: string) => law.db.rows<Owed>(`select * from ${view} order by kind, subject, due_on`);
  return {office, law, all: await rows("obligation"), told: await rows("outside_obligation")};
}

describe("obligations that leave the office", () => {
  const found: Record<string, Awaited<ReturnType<typeof open>>> = {};
  beforeAll(async () => {
    found.secret = await open("gongzhuling", "暗访", "暗访");
    found.open = await open("mudan-2023", "全面", "巡查");
  });
  afterAll(() => {
    for (const {office, law} of Object.values(found)) {
      law.close();
      office.remove();
    }
  });

  test("tell no day of a visit, no inspection and nothing that is not fed back", () => {
    const {all = [], told = []} = found.secret ?? {};
    const secrets = ["2025-03-0", "2025-04-08", "2025-11-0", "X1", "X2", "F3", "乙镇", "E01", "甲镇某厂"];
    const text = JSON.stringify(told);
    expect(secrets.filter((value) => text.includes(value))).toEqual([]);
    expect(secrets.filter((value) => !JSON.stringify(all).includes(value))).toEqual([]);
  });

  test("tell due dates that were set, late or to come, and no enterprise's name", () => {
    const {told = []} = found.secret ?? {};
    const rectify = told.filter((o) => o.kind === "问题整改").map((o) => [o.subject, o.due_on, o.unit_name]);
    expect(rectify).toEqual([
      ["F1", "2025-06-30", null],
      ["F4", "2026-01-16", "甲镇"]
    ]);
  });

  test("leave out what was done on a day that may not be told, so that it does not look undone", () => {
    const {all = [], told = []} = found.secret ?? {};
    expect(all.find((o) => o.kind === "问题整改" && o.subject === "F6")?.done_on).toBe("2025-03-05");
    expect(told.filter((o) => o.subject === "F6")).toEqual([]);
  });

  test("tell of no quota, and of no month that has passed", () => {
    const {all = [], told = []} = found.secret ?? {};
    const quotas = (rows: readonly Owed[]) => rows.filter((o) => ["每月次数", "每年户数"].includes(o.kind)).length;
    expect([quotas(all) > 0, quotas(told)]).toEqual([true, 0]);
    expect(told.filter((o) => o.kind === "每月报告").every((o) => String(o.due_on) >= "2025-12-30")).toBe(true);
  });

  test("are told whole where nothing is secret, but for clues", () => {
    const {all = [], told = []} = found.open ?? {};
    const shown = ({kind, subject, due_on, because}: Owed) => [kind, subject, due_on, because].join("|");
    expect(all.some((o) => o.subject === "F5")).toBe(true);
    expect(told.map(shown)).toEqual(all.filter((o) => o.subject !== "F5").map(shown));
  });
});
