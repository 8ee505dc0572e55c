import {readFileSync} from "node:fs";
import {basename} from "node:path";
import {globSync} from "tinyglobby";
import {describe, expect, it} from "vitest";
import {MEASURES} from "../../src/scheme/measure.ts";
import {parseScheme} from "../../src/scheme/parse.ts";
import {type RuleBook, ruleBook} from "../../src/scheme/rule-book.ts";
import {ruleBookMarkdown} from "../../src/scheme/rule-book-markdown.ts";
import {expression, regimeOf} from "./support.ts";

const published = globSync("data/schemes/*.yaml", {ignore: "**/*.cases.yaml"}).toSorted();
const synthetic = globSync("test/input/rule-book/*.yaml").toSorted();

async function read(file: string) {
  const text = readFileSync(file, "utf8");
  const regime = regimeOf(text);
  return {regime, scheme: await parseScheme(text, file, {regime, expression})};
}

async function bookOf(file: string): Promise<RuleBook> {
  const {scheme, regime} = await read(file);
  return ruleBook(scheme, regime);
}

describe("ruleBook", () => {
  it.each([...published, ...synthetic])("is the same for %s as it was read through", async (file) => {
    const name = basename(file, ".yaml");
    await expect(ruleBookMarkdown(await bookOf(file))).toMatchFileSnapshot(`../output/rule-book/${name}.md`);
  });

  it("knows every measure there is", async () => {
    const {scheme} = await read("test/input/rule-book/every-measure.yaml");
    expect(new Set(scheme.rules.map((r) => r.measure.kind))).toEqual(new Set(MEASURES));
  });

  it.each([...published, ...synthetic])("has every rule of %s once, and every condition as written", async (file) => {
    const {scheme} = await read(file);
    const book = await bookOf(file);
    const lines = [...book.items.flatMap((item) => item.rules), ...book.bonuses, ...book.vetoes];
    expect(lines.map((line) => line.id).toSorted()).toEqual(scheme.rules.map((rule) => rule.id).toSorted());
    for (const {id, where, measure} of scheme.rules) {
      const line = lines.find((l) => l.id === id);
      const said = line?.words.flatMap((word) => (typeof word === "string" ? [] : [word.sql])) ?? [];
      if (where) expect(said).toContain(where.text);
      if (measure.kind === "ratio") expect(said).toContain(measure.of.text);
      expect(line?.words.filter((word) => typeof word === "string").join("")).not.toMatch(/undefined|null|NaN|\[object/);
    }
  });

  it("says the points, the lower bounds included, and where a rule stops", async () => {
    const book = await bookOf("test/input/rule-book/every-measure.yaml");
    const said = (id: string) => {
      const line = [...book.items.flatMap((item) => item.rules), ...book.vetoes].find((l) => l.id === id);
      const text = (words: RuleBook["items"][number]["rules"][number]["words"]) =>
        words.map((word) => (typeof word === "string" ? word : `〔${word.sql}〕`)).join("");
      return line ? [text(line.words), ...line.limits.map(text)].join("。") : "";
    };
    expect(said("D1")).toBe("发现日期在计分期间内、符合〔severity = '重大'〕的问题，每条扣0.5分。与D2、D6合计至多扣12.5分（C1）");
    expect(said("D3")).toContain(
      "举报乘以1.5、交办乘以2、自报不扣、其余照扣；问题类别和行业领域相同的按先后加重：第2条按1.5倍、第3条按2.25倍、第4条起按3倍"
    );
    expect(said("S1")).toContain("95%以上的不扣；90%以上、不足95%的扣2分；不足90%的扣5分；没有可算的，按最差的计");
    expect(said("Q2")).toContain("低于95%的，每低1个百分点扣0.2分");
    expect(said("V2")).toContain("不限日期、符合〔concealed〕的事故，有一起就一票否决：得分计0分");
  });
});
