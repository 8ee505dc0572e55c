import {afterAll, beforeAll, expect, it} from "vitest";
import {feedback} from "../../../src/export/document/feedback.ts";
import {listing} from "../../../src/export/document/listing.ts";
import {notice} from "../../../src/export/document/notice.ts";
import {slip} from "../../../src/export/document/slip.ts";
import {summon} from "../../../src/export/document/summon.ts";
import {concerns, type ToldFinding} from "../../../src/export/document/told.ts";
import {openScored, type Scored} from "../../../src/warehouse/scored.ts";
import {loadedSample} from "../../samples/loaded.ts";

let scored: Scored;
beforeAll(async () => {
  scored = await openScored(await loadedSample("mudan-2023"));
});
afterAll(() => scored.close());

it("leaves an inspection that was made from above to those who made it", async () => {
  await expect(feedback.make(scored, {inspection: "X25-07"})).rejects.toMatchObject({exit: 3});
  await expect(feedback.make(scored, {inspection: "X25-07"})).rejects.toThrow(
    "巡查 X25-07 由市级延伸，不是本办公室组织的，不由本办公室出具反馈意见；"
  );
});

it("speaks no more of a finding that 异议复核 struck", async () => {
  await expect(summon.make(scored, {finding: "MD-0021"})).rejects.toThrow("问题 MD-0021 已经异议复核撤销，不再出具约谈通知书；");
});

it("lists none but grave hazards, and summons for none but late or weak work", async () => {
  await expect(listing.make(scored, {finding: "MD-0400"})).rejects.toMatchObject({exit: 3});
  await expect(listing.make(scored, {finding: "MD-0400"})).rejects.toThrow("不是重大隐患（性质管理问题，隐患级别未写）");
  await expect(summon.make(scored, {finding: "MD-0400"})).rejects.toThrow(
    "没有逾期未整改或整改不力，不在制度规定的约谈范围之内（三（三）5）"
  );
  await expect(summon.make(scored, {unit: "990107"})).rejects.toThrow("榆砾镇到2025-12-31为止没有逾期未整改或整改不力");
});

it("speaks in a feedback of 挂牌督办 only where a grave hazard was found", async () => {
  const told = async (inspection: string) => JSON.stringify((await feedback.make(scored, {inspection})).body);
  expect(await told("X25-01")).not.toContain("挂牌督办");
  expect(await told("X25-03")).toContain("其中的重大隐患，由区安委会挂牌督办");
});

it("orders no deadline that is over on the day of the letter: it tells it, and leaves room for a new one", async () => {
  const body = async (kind: typeof listing, options: object) => JSON.stringify(await kind.make(scored, options));
  const late = await body(listing, {finding: "MD-0018"});
  expect(late).toContain("2025年11月1日（已过）");
  expect(late).toContain("原期限2025年11月1日已过，限＿＿＿＿年＿＿月＿＿日前完成整改");
  expect(late).not.toContain("在2025年11月1日前");
  const told = await body(notice, {inspection: "X25-03", date: "2026-01-25"});
  expect(told).toContain("期限末日为2025年6月3日，原期限已过，尚未报送的，限＿＿＿＿年＿＿月＿＿日前补报。");
  const early = await body(notice, {inspection: "X25-03", date: "2025-04-03"});
  expect(early).toContain("期限末日为2025年6月3日。");
  expect(early).not.toContain("已过");
});

it("takes the number, signer, day, addressee and contact that it is given", async () => {
  const doc = await summon.make(scored, {
    ...{unit: "990102", number: "演安办〔2026〕1号", signer: "某某", date: "2026-01-20"},
    ...{addressee: "岚禾镇党委、政府", contact: "某某，0530-0000000"}
  });
  expect(doc).toMatchObject({
    ...{number: "演安办〔2026〕1号", signer: "某某", date: "2026-01-20", addressee: "岚禾镇党委、政府"},
    note: "（联系人：某某，0530-0000000）"
  });
});

it("knows the same clause for a document on every day that the regime is in force, and none before", () => {
  for (const kind of [feedback, summon, listing]) {
    expect(kind.needs(scored.regime, "2023-12-06")).toBe("三（三）5");
    expect(kind.needs(scored.regime, "2023-12-05")).toBe(null);
  }
  expect(slip.needs(scored.regime, "2025-12-31")).toBe(null);
});

it("takes a finding for a hazard where a level is named and nobody wrote down its nature", () => {
  const finding = (over: object) => ({nature: null, hazard_level: "重大", severity: "一般", ...over}) as ToldFinding;
  const grave = [{nature: ["事故隐患"], hazard_level: ["重大"]}];
  expect(concerns(grave, finding({}))).toBe(true);
  expect(concerns(grave, finding({nature: "管理问题"}))).toBe(false);
  expect(concerns([{nature: ["事故隐患"]}], finding({}))).toBe(false);
  expect(concerns(undefined, finding({}))).toBe(true);
  expect(concerns([{severity: ["重大"]}, {hazard_level: ["重大"]}], finding({}))).toBe(true);
});
