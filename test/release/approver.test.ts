import {describe, expect, test} from "vitest";
import {Fault} from "../../src/fault.ts";
import {type ApproverAsked, checkApprover, demandImpartial} from "../../src/release/approver.ts";
import {Database} from "../../src/warehouse/duckdb.ts";
import {FIVE} from "../regime/five.ts";

const WHEN = {as_of: "2025-12-31", decisions_until: "2026-01-10"};
const ZHANG: ApproverAsked = {by: "张三", post: "区安委会主任", on: "2026-01-20", today: "2026-02-01"};

/** What an approval is refused with: exit code and sentence. */
function refusal(asked: Partial<ApproverAsked>, regime = "mudan-2023"): string {
  try {
    checkApprover({...ZHANG, ...asked}, {regime: FIVE[regime as keyof typeof FIVE], when: WHEN});
    return "none";
  } catch (error) {
    return `${(error as Fault).exit} ${(error as Fault).message}`;
  }
}

describe("who approves", () => {
  test("is one whom the regime names, for the organ of the post unless another is said", () => {
    const approver = checkApprover(ZHANG, {regime: FIVE["mudan-2023"], when: WHEN});
    expect(approver).toEqual({
      by: "张三",
      post: "区安委会主任",
      organ: "区安委会",
      on: "2026-01-20",
      meeting: null,
      document_no: null
    });
    const other = checkApprover({...ZHANG, organ: "牡丹区安委会"}, {regime: FIVE["mudan-2023"], when: WHEN});
    expect(other.organ).toBe("牡丹区安委会");
  });

  test.each([
    ["mudan-2023", "区安委会副主任", "区安委会"],
    ["hunan-2021", "省安委会副主任", "省安全生产委员会"],
    ["shandong-2018", "省政府安委会主任", "省政府安委会"],
    ["hainan-2016", "省安委会主任", "省安委会"],
    ["gongzhuling", "市安委会办公室副主任", "市安委会办公室"]
  ] as const)("in %s may be %s, for %s", (regime, post, organ) => {
    const approver = checkApprover({...ZHANG, post, meeting: "2026年第1次会议"}, {regime: FIVE[regime], when: WHEN});
    expect(approver).toMatchObject({post, organ, meeting: "2026年第1次会议"});
  });

  test.each([
    [{on: ""}, "2 没有写明 --on"],
    [{on: "2026-02-30"}, "2 --on 的日期“2026-02-30”不存在"],
    [{on: "2026-02-02"}, "2 --on 2026-02-02 还没有到（今天是2026-02-01）"],
    [{on: "2025-12-30"}, "2 --on 2025-12-30 早于统计截止日2025-12-31"],
    [{on: "2026-01-09"}, "2 --on 2026-01-09 早于决定计至的2026-01-10"],
    [{by: "　"}, "2 没有写明 --by"],
    [{by: "张\n三"}, "2 --by 含有换行或控制字符"],
    [{post: ""}, "2 没有写明 --post"],
    [{meeting: " "}, "2 没有写明 --meeting"],
    [
      {post: "区安委会主仼"},
      "3 区安委会主仼不能审定：四（三）由区安委会领导同志审定，可以署名的职务是区安委会主任、区安委会副主任；是否指 区安委会主任？"
    ],
    [{post: "区长"}, "3 区长不能审定"]
  ])("is refused for %o", (asked, text) => {
    expect(refusal(asked)).toContain(text);
  });

  test.each(["2026-01-10", "2026-02-01"])("may approve on %s, the first and the last possible day", (on) => {
    expect(refusal({on})).toBe("none");
  });

  test.each(["hunan-2021", "shandong-2018", "hainan-2016"] as const)(
    "needs a meeting or a document where a body decides: %s",
    (regime) => {
      const post = {"hunan-2021": "省安委会主任", "shandong-2018": "省政府安委会主任", "hainan-2016": "省安委会主任"}[regime];
      expect(refusal({post}, regime)).toMatch(/^3 .*集体审定，没有写会议或文号；请加上 --meeting/);
      expect(refusal({post, meeting: "第1次会议"}, regime)).toBe("none");
      expect(refusal({post, document_no: "安委〔2026〕1号"}, regime)).toBe("none");
    }
  );

  test("is nobody where the regime does not say who approves", () => {
    const {result_approval: _, ...parameters} = FIVE["mudan-2023"].parameters;
    expect(() => checkApprover(ZHANG, {regime: {...FIVE["mudan-2023"], parameters}, when: WHEN})).toThrow(Fault);
    expect(() => checkApprover(ZHANG, {regime: {...FIVE["mudan-2023"], parameters}, when: WHEN})).toThrow("没有规定结果由谁审定");
  });
});

describe("whoever judged", () => {
  const rows = [
    "('990101', 2025, 'R4-2', '评议员甲、评议员乙', '复核员丙', date '2026-01-05')",
    "('990102', 2025, 'R4-2', '评议员丁', null, date '2026-01-10')",
    "('990103', 2025, 'R4-2', '评议员戊', null, date '2026-01-11')",
    "('990104', 2024, 'R4-2', '评议员己', null, date '2025-01-05')"
  ];

  test.each([
    ["评议员甲", "1项评议的评议人（990101 R4-2）"],
    ["评议员 乙", "1项评议的评议人（990101 R4-2）"],
    ["复核员丙", "1项评议的复核人（990101 R4-2）"],
    ["评议员丁", "1项评议的评议人（990102 R4-2）"],
    ["评议员戊", null],
    ["评议员己", null],
    ["评议员", null]
  ])("does not approve: %s", async (by, text) => {
    const db = await Database.open();
    try {
      await db.run(
        `create table judgement as select * from (values ${rows.join(", ")}) as v(unit_code, year, rule_id, judged_by, reviewed_by, judged_on)`
      );
      const approving = demandImpartial(by, {db, when: {...WHEN, known_at: null}, year: 2025});
      if (text === null) await expect(approving).resolves.toBeUndefined();
      else await expect(approving).rejects.toThrow(`是本结果${text}，不能审定自己参加评议的结果`);
    } finally {
      db.close();
    }
  });
});
