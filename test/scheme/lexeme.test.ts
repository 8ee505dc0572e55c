import {describe, expect, it} from "vitest";
import {oddity} from "../../src/scheme/lexeme.ts";

describe("oddity", () => {
  it.each([
    ["days_overdue ＞ 0", 13, "请改用半角 >"],
    ["severity = “重大”", 11, "文本两边请用半角单引号 '"],
    ["severity = ‘重大’", 11, "文本两边请用半角单引号 '"],
    ["（is_due）", 0, "请改用半角 ("],
    ["days_overdue≥1", 12, "请改用 >="],
    ["is_due；", 6, "请删去，一个表达式里不用分号"],
    ["true) or (true", 4, "请删去多余的 )"],
    ["is_due -- 到期", 7, "请写在 YAML 的 # 后面"]
  ])("sees what an input method or a comment left in %s", (text, index, advice) => {
    expect(oddity(text)).toMatchObject({index, advice});
  });

  it.each([
    "description like '%（%' and description like '%；%'",
    "category = '“甲”'",
    '"measure" is null',
    "严重 = 1",
    "x = '未完（"
  ])("leaves marks inside texts, and what the engine refuses itself, alone: %s", (text) => expect(oddity(text)).toBeNull());
});
