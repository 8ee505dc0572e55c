import {expect, it} from "vitest";
import {readFiles} from "./read.ts";

/** Exit code and message, which must not repeat the password. */
async function refusal(url: string, env: Record<string, string>, timeout?: string): Promise<unknown> {
  const options = {url, query: "select 1", ...(timeout === undefined ? {} : {timeout})};
  return readFiles({}, {loader: "postgres", options}, {env}).then(String, (error) => {
    for (const text of [error.message, error.stack, JSON.stringify(error)]) expect(text).not.toMatch(/gehe?im|eim@/);
    return [error.exit, error.message];
  });
}

it.each([
  [
    "$OFFICE_DB",
    {},
    "xunheng.yaml: 来源 unit 的url指环境变量 OFFICE_DB，它没有设置；请在运行前设置，样子是 postgres://用户@主机:5432/库名"
  ],
  [
    "$A",
    {A: "mysql://u:geheim@h/x"},
    "xunheng.yaml: 环境变量 A不是PostgreSQL地址；样子是 postgres://用户@主机:5432/库名；用户名和密码里的特殊字符须写成百分号编码，例如 @ 写成 %40"
  ],
  ["$A", {A: "postgres://u:geh#eim@h/x"}, /^xunheng\.yaml: 环境变量 A不是PostgreSQL地址；/],
  ["$A", {A: "postgres://u:geheim%zz@h/x"}, /^xunheng\.yaml: 环境变量 A不是PostgreSQL地址；/],
  ["$A", {A: "postgres://u:geheim@h/x?sslmod=require"}, "xunheng.yaml: 环境变量 A里有不认识的参数；是否指 sslmode？"],
  ["$A", {A: "postgres://u:geheim@h/x?sslmode=none"}, /sslmode不能识别；可用：disable、prefer、require、verify-ca、verify-full$/],
  [
    "postgres://u:geheim@h/x",
    {},
    "xunheng.yaml: 来源 unit 的url里写了密码；密码不得写进文件；请把整个地址放进环境变量，这里只写 $环境变量名，并更换这个密码"
  ],
  ["postgres://u@h/x?password=geheim", {}, /的url里写了密码/],
  [
    "db.example",
    {},
    "xunheng.yaml: 来源 unit 的url不是环境变量名，也不是地址；请写 $环境变量名，或 postgres://用户@主机:5432/库名"
  ],
  ["", {}, /没有写url/]
])("%s %j", async (written, env, message) => {
  expect(await refusal(written, env)).toEqual([2, typeof message === "string" ? message : expect.stringMatching(message)]);
});

it("a timeout that is none", async () => {
  expect(await refusal("postgres://h/x", {}, "soon")).toEqual([
    2,
    "xunheng.yaml: 来源 unit 的timeout“soon”不能识别；请写成 90s、30min 或 2h 的样子"
  ]);
});
