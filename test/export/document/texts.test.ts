import {fileURLToPath} from "node:url";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {feedback} from "../../../src/export/document/feedback.ts";
import type {DocumentKind, DocumentOptions} from "../../../src/export/document/kind.ts";
import {listing} from "../../../src/export/document/listing.ts";
import {monthly} from "../../../src/export/document/monthly.ts";
import {notice} from "../../../src/export/document/notice.ts";
import {slip} from "../../../src/export/document/slip.ts";
import {summon} from "../../../src/export/document/summon.ts";
import {toldFindings} from "../../../src/export/document/told.ts";
import {Fault} from "../../../src/fault.ts";
import {openScored, type Scored} from "../../../src/warehouse/scored.ts";
import {loadedSample} from "../../samples/loaded.ts";
import {plainDocument, wholeText} from "./plain.ts";

const KINDS = {feedback, notice, slip, summon, listing, monthly} as const;

/** What each sample may issue, and about what. */
const MADE: Readonly<Record<string, readonly (readonly [keyof typeof KINDS, DocumentOptions])[]>> = {
  "mudan-2023": [
    ["feedback", {inspection: "X25-03", contact: "某某，0530-0000000"}],
    ["notice", {inspection: "X25-03"}],
    ["summon", {unit: "990102"}],
    ["listing", {finding: "MD-0003", number: "演安〔2025〕1号", date: "2025-03-18"}]
  ],
  "hunan-2021": [
    ["feedback", {inspection: "HX2502"}],
    ["notice", {inspection: "HX2502"}],
    ["slip", {finding: "HN-0198"}],
    ["summon", {finding: "HN-0198"}]
  ],
  "shandong-2018": [
    ["feedback", {inspection: "SX-02"}],
    ["notice", {inspection: "SX-02"}],
    ["slip", {visit: "SX-03-D01"}]
  ],
  gongzhuling: [
    ["feedback", {inspection: "GX-2501-1"}],
    ["slip", {visit: "GX-2401-3-D02"}],
    ["summon", {finding: "GZ-0226"}],
    ["monthly", {month: "2025-06"}]
  ],
  "hainan-2016": [
    ["slip", {finding: "HI-0003"}],
    ["summon", {finding: "HI-0003"}]
  ]
};

/** Documents that a regime gives no ground for, with what the sentence says. */
const REFUSED: Readonly<Record<string, Readonly<Partial<Record<keyof typeof KINDS, string>>>>> = {
  "mudan-2023": {slip: "重大隐患用挂牌督办通知书（三（三）5）", monthly: "制度没有规定月报"},
  "hunan-2021": {listing: "制度没有规定挂牌督办通知书", monthly: "制度没有规定月报"},
  "shandong-2018": {summon: "制度没有规定约谈通知书", listing: "制度没有规定挂牌督办通知书", monthly: "制度没有规定月报"},
  gongzhuling: {notice: "制度以督办单提出整改要求（第七条（五））", listing: "制度没有规定挂牌督办通知书"},
  "hainan-2016": {
    feedback: "所据文本为网页摘录，未见规定反馈意见",
    notice: "所据文本为网页摘录，未见规定整改通知",
    listing: "所据文本为网页摘录，未见规定挂牌督办通知书",
    monthly: "所据文本为网页摘录，未见规定月报"
  }
};

const SUBJECT: Readonly<Record<keyof typeof KINDS, DocumentOptions>> = {
  feedback: {inspection: "x"},
  notice: {inspection: "x"},
  slip: {visit: "x"},
  summon: {unit: "x"},
  listing: {finding: "x"},
  monthly: {month: "2025-06"}
};

async function refusal(kind: DocumentKind, scored: Scored, options: DocumentOptions): Promise<Fault> {
  try {
    await kind.make(scored, options);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error("was made");
}

describe.each(Object.keys(MADE))("documents of %s", (sample) => {
  let scored: Scored;
  beforeAll(async () => {
    scored = await openScored(await loadedSample(sample));
  });
  afterAll(() => scored.close());

  it.each(MADE[sample] ?? [])("drafts %s in the regime's own words", async (name, options) => {
    const golden = fileURLToPath(new URL(`../../output/documents/${sample}-${name}.txt`, import.meta.url));
    const doc = await KINDS[name].make(scored, options);
    expect(wholeText(doc)).not.toMatch(/undefined|null|NaN|。。|，。|；。|（）|\$\{/);
    expect(doc.stamp.digest).toBe(scored.result.digest);
    await expect(plainDocument(doc)).toMatchFileSnapshot(golden);
  });

  it.each(Object.entries(REFUSED[sample] ?? {}))("refuses %s, for which the regime gives no ground", async (name, sentence) => {
    const key = name as keyof typeof KINDS;
    const fault = await refusal(KINDS[key], scored, SUBJECT[key]);
    expect(fault.exit).toBe(3);
    expect(fault.message).toContain(sentence);
    expect(KINDS[key].needs(scored.regime, scored.when.as_of)).toBe(null);
  });

  it("tells no unit of clues, cases and what whistle-blowers reported", async () => {
    const kept = await scored.db.list(`select finding_id from finding_asof where nature = '问题线索' or source = '举报'
      or finding_id in (select finding_id from action_asof where kind in ('移送纪检监察', '立案')) order by 1`);
    const told = new Set((await toldFindings(scored, "true")).map((f) => f.finding_id));
    expect(told.size).toBeGreaterThan(50);
    expect(kept.filter((id) => told.has(id))).toEqual([]);
    const [first] = kept;
    for (const kind of [slip, summon, listing]) {
      if (first === undefined || kind.needs(scored.regime, scored.when.as_of) === null) continue;
      const fault = await refusal(kind, scored, {finding: first});
      expect(fault.exit).toBe(3);
      expect(fault.message).toContain("属于线索、案件或举报事项");
    }
  });

  it("answers numbers that are not there with a sentence", async () => {
    for (const [name, options] of Object.entries(SUBJECT)) {
      const kind = KINDS[name as keyof typeof KINDS];
      if (kind.needs(scored.regime, scored.when.as_of) === null || name === "monthly") continue;
      const fault = await refusal(kind, scored, options);
      expect(fault.exit).toBe(2);
      expect(fault.message).toMatch(/[一-龥].*；/);
    }
  });
});
