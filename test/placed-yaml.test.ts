import {describe, expect, it} from "vitest";
import {z} from "zod";
import {complaintText} from "../src/fault.ts";
import {canonicalJson, parsePlaced} from "../src/placed-yaml.ts";
import {knownKeys, zodComplaints} from "../src/placed-zod.ts";

const text = `title: 样例
rules:
  - id: R1
    where: days_overdue > 0
  - {id: R2, cap: 5}
empty:
`;

describe("parsePlaced", () => {
  const placed = parsePlaced(text, "a.yaml");

  it("gives the value and the place of each part", () => {
    expect(placed.complaints).toEqual([]);
    expect(placed.value).toEqual({
      title: "样例",
      rules: [
        {id: "R1", where: "days_overdue > 0"},
        {id: "R2", cap: 5}
      ],
      empty: null
    });
    expect(placed.at(["rules", 0, "where"])).toEqual({file: "a.yaml", line: 4, column: 12});
    expect(placed.keyAt(["rules", 0, "where"])).toEqual({file: "a.yaml", line: 4, column: 5});
    expect(placed.at(["rules", 1, "cap"])).toEqual({file: "a.yaml", line: 5, column: 19});
  });

  it("places what is missing at the key or entry that should hold it", () => {
    expect(placed.at(["rules", 1, "where"])).toEqual({file: "a.yaml", line: 5, column: 5});
    expect(placed.at(["empty", "x"])).toEqual({file: "a.yaml", line: 6, column: 1});
    expect(placed.at(["empty"])).toEqual({file: "a.yaml", line: 6, column: 1});
    expect(placed.at(["nothing"])).toEqual({file: "a.yaml", line: 1, column: 1});
  });

  it.each([
    ["a: 1\na: 2\n", "a.yaml:2:1: 同一个字段写了两次；请只留一处"],
    ["a: &x 1\n", "a.yaml:1:7: 不能使用锚点（&x）；请删去"],
    ["a: !!binary abcd\n", "a.yaml:1:4: 不能使用类型标记（!）；以 ! 开头的文本请加引号"],
    ["a: {b: 1\n", "a.yaml:2:1: 缩进不对；请与同级字段对齐，并检查上面的括号和引号是否配对"],
    ["a: {b: 1, c: 'x}\n", "a.yaml:2:1: 少了逗号、冒号、引号或括号；请补上"],
    ["a: 1\n---\nb: 2\n", "a.yaml:2:1: 一个文件里有两份内容（---）；请分成两个文件"]
  ])("names what is wrong with %j", (wrong, message) => {
    expect(parsePlaced(wrong, "a.yaml").complaints.map(complaintText)).toContain(message);
  });

  it("refuses an alias bomb and a text nested without end", () => {
    const bomb = `a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n`;
    expect(parsePlaced(bomb, "a.yaml").complaints.map(complaintText)).toContain(
      "a.yaml:2:8: 不能使用别名（*）；请把内容写在用到它的地方"
    );
    const nest = Array.from({length: 900}, (_, i) => `${" ".repeat(i)}a:\n`).join("");
    for (const deep of ["[".repeat(200_000), "- ".repeat(200_000), "? ".repeat(200_000), nest]) {
      expect(parsePlaced(deep, "a.yaml").complaints.map(complaintText)).toEqual(["a.yaml:1:1: 内容嵌套过深；请检查是否选错了文件"]);
    }
  });
});

describe("zodComplaints", () => {
  const schema = z.strictObject({
    title: z.string(),
    kind: z.enum(["全面", "专项"]).optional(),
    rules: z.array(
      z.strictObject({
        id: z.string(),
        deduct: z.union([z.number(), z.strictObject({by: z.string(), table: z.record(z.string(), z.number())})])
      })
    )
  });
  const complaints = (yaml: string) => {
    const placed = parsePlaced(yaml, "a.yaml");
    const {error} = schema.safeParse(placed.value);
    return error ? zodComplaints(error, placed, knownKeys(schema)).map(complaintText) : [];
  };

  it("says where, what and what to do", () => {
    expect(complaints("titel: x\nkind: 全部\nrules: [{id: 1, deduct: 1}]\n")).toEqual([
      "a.yaml:1:1: 缺少 title；请补上",
      "a.yaml:2:7: kind 的值“全部”不对；是否指 全面？可用：全面、专项",
      "a.yaml:3:14: id 的值“1”不对；应为文本",
      "a.yaml:1:1: 没有字段 titel；是否指 title？"
    ]);
  });

  it("speaks of the alternative that was meant", () => {
    expect(complaints("title: x\nrules: [{id: a, deduct: {by: severity, tabel: {一般: 1}}}]\n")).toEqual([
      "a.yaml:2:17: 缺少 table；请补上",
      "a.yaml:2:40: 没有字段 tabel；是否指 table？"
    ]);
  });
});

describe("canonicalJson", () => {
  it("does not depend on the order of keys", () => {
    expect(canonicalJson({b: [{d: 1, c: 2}], a: null})).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
  });
});
