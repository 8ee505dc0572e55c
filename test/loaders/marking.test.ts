import {expect, test} from "vitest";
import {findMarking, findStarred} from "../../loaders/marking.ts";

test.each([
  ["秘密", "秘密"],
  ["机  密", "机密"],
  ["绝密★启用前", "绝密★"],
  ["秘密 ★ 1年", "秘密★"],
  ["密级：机密", "机密"],
  ["问题台账（秘密）.xlsx", "秘密"],
  ["机密级", "机密"],
  ["2025年 秘密", "秘密"]
])("%s carries a marking", (text, marking) => {
  expect(findMarking(text)).toBe(marking);
});

test.each(["商业秘密", "商业秘密★", "签订保密协议", "机密文件管理", "国家秘密保护", "秘密举报渠道", "不得泄露秘密信息", ""])(
  "%j carries none",
  (text) => {
    expect(findMarking(text)).toBeNull();
  }
);

test("in data only a marking before the star counts", () => {
  expect(findStarred("文号：某〔2025〕1号 机密★5年")).toBe("机密★");
  expect(findStarred("秘密")).toBeNull();
  expect(findStarred("★秘密")).toBeNull();
});
