import {describe, expect, it} from "vitest";
import {readTemplate} from "../../src/scheme/template.ts";

describe("readTemplate", () => {
  it("cuts text and columns apart", () => {
    expect(readTemplate("问题{finding_id}逾期{days_overdue}天")).toEqual({
      template: [{text: "问题"}, {column: "finding_id"}, {text: "逾期"}, {column: "days_overdue"}, {text: "天"}],
      at: [0, 2, 14, 16, 30]
    });
  });

  it("takes doubled braces for text", () => {
    expect(readTemplate("{{a}}{b}")).toEqual({template: [{text: "{a}"}, {column: "b"}], at: [0, 5]});
  });

  it("leaves it to others to know a column by its Chinese title", () => {
    expect(readTemplate("问题{编号}")).toEqual({template: [{text: "问题"}, {column: "编号"}], at: [0, 2]});
  });

  it.each([
    ["问题{finding_id", 2],
    ["问题}", 2],
    ["{}", 0],
    ["{a}{", 3]
  ])("says where %s is broken", (text, index) => {
    expect(readTemplate(text)).toMatchObject({index, what: expect.stringContaining("没有配对")});
  });
});
