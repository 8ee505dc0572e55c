import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {renderOfficial} from "../../src/export/official/render.ts";
import {organisationLetter} from "../../src/export/organisation/letter.ts";
import {replyTo} from "../../src/export/organisation/reply.ts";
import {replyLetter} from "../../src/export/organisation/reply-document.ts";
import {knownRelease} from "../../src/export/organisation/reply-files.ts";
import {openScored} from "../../src/warehouse/scored.ts";
import {APPROVED} from "../export/official/made.ts";
import {loadedSample} from "../samples/loaded.ts";
import {missing, Office, type Rendered} from "./office.ts";

const reason = missing();
if (reason !== null && process.env.CI === "true") throw new Error(reason);

describe.skipIf(reason !== null)(
  `letters to the organisation department in LibreOffice${reason === null ? "" : ` (skipped: ${reason})`}`,
  () => {
    const office = new Office();
    let rendered: Record<string, Rendered> = {};

    beforeAll(async () => {
      const opened = {
        ...(await openScored(await loadedSample("hunan-2021"))),
        ...(APPROVED.release && {released: APPROVED.release})
      };
      const known = await knownRelease(opened);
      opened.close();
      const {data} = known;
      const options = {number: "演安办函〔2026〕1号", date: "2026-01-22", contact: "某某 电话"};
      const asked = data.officials.slice(0, 2).map(({person_id}, i) => ({row: i + 2, person_id, name: null, unit: null}));
      const reply = replyTo("演组函〔2026〕3号", asked, [known], {from: "2024-01-01", until: null});
      rendered = office.render({
        letter: await renderOfficial(organisationLetter(data, opened, {...options, recipients: data.power.recipients})),
        reply: await renderOfficial(replyLetter(reply, {...options, recipient: "省委组织部"}))
      });
    }, 300_000);
    afterAll(() => office.remove());

    /** A letter's text without blanks, which depend on the typeface. */
    const plain = (name: string) => (rendered[name]?.pages ?? []).join("").replace(/\s+/g, "");

    it("say verb, weight and recipients as the regime does, on A4, tables across", () => {
      expect(plain("letter")).toContain("关于抄报2025年度安全生产巡查结果的函省委组织部、省委巡视办：");
      expect(plain("letter")).toContain("抄报省委组织部、省委巡视办，作为领导班子和有关领导干部考核、奖惩和使用的重要参考");
      const sizes = (rendered.letter?.sizes ?? []).map(([w, h]) => `${Math.round(w)}×${Math.round(h)}`);
      expect([sizes[0], [...new Set(sizes)].sort()]).toEqual(["595×842", ["595×842", "842×595"]]);
    });

    it("list every annex, and end with it", () => {
      for (const title of [
        "单位巡查结果",
        "重大和逾期问题",
        "对单位作出的有效决定",
        "任职情况",
        "任期与重大、逾期问题对照",
        "有关口径说明"
      ])
        expect(plain("letter").split(title).length).toBeGreaterThan(2);
      expect(plain("letter")).toContain("不构成对个人责任的认定");
    });

    it("answer an enquiry by its number, person by person", () => {
      expect(plain("reply")).toContain("关于演组函〔2026〕3号的复函");
      expect(plain("reply")).toContain("任期内无审定记录（没有审定结果）");
      expect(plain("reply")).toMatch(/（一）.*（二）/);
    });
  }
);
