import {existsSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, it} from "vitest";
import {loadedSample} from "../samples/loaded.ts";
import {releasedSample} from "../samples/released.ts";
import {run} from "./run.ts";

const mudan = await loadedSample("mudan-2023");
const secret = await loadedSample("gongzhuling");
const out = mkdtempSync(join(tmpdir(), "xunheng-document-"));
afterAll(() => rmSync(out, {recursive: true, force: true}));

describe("export document", () => {
  it("lists what the regime knows, each with its clause", async () => {
    const {exit, stdout} = await run("export", "document", "--list", "-w", mudan, "--json");
    expect(exit).toBe(0);
    const {documents} = JSON.parse(stdout);
    expect(documents.find((d: {name: string}) => d.name === "publication")).toMatchObject({title: "公示稿", clause: "三（三）6"});
    expect((await run("export", "document", "--list", "-w", secret)).stdout).toMatch(/publication\s+公示稿\s+制度没有规定/);
    expect(documents.find((d: {name: string}) => d.name === "circular")).toMatchObject({clause: null, permitted: true});
    expect((await run("export", "document", "--list", "-w", mudan)).stdout).toMatch(/circular\s+通报\s+没有专门条款/);
  });

  it("writes a document and says which result it was made from", async () => {
    const to = join(out, "通报.docx");
    const {exit, stdout} = await run(
      "export",
      "document",
      "通报",
      "-w",
      mudan,
      "--to",
      to,
      "--number",
      "演安委办〔2026〕3号",
      "--json"
    );
    expect(exit).toBe(0);
    const said = JSON.parse(stdout);
    expect(said).toMatchObject({
      what: "通报",
      document: "circular",
      clause: null,
      number: "演安委办〔2026〕3号",
      stamp: {release: null}
    });
    expect(readFileSync(to).subarray(0, 2).toString()).toBe("PK");
    const again = join(out, "又.docx");
    await run("export", "document", "circular", "-w", mudan, "--to", again, "--number", "演安委办〔2026〕3号");
    expect(readFileSync(again).equals(readFileSync(to))).toBe(true);
  });

  it("makes letters about what is still to be done, and cards, from the workspace as it stands, unless a release is named", async () => {
    const space = await releasedSample("shandong-2018");
    let files = 0;
    const releaseOf = async (...args: string[]) => {
      const ran = await run("export", ...args, "-w", space, "--json", "--to", join(out, `${files++}.docx`));
      expect(ran.stderr).toBe("");
      return JSON.parse(ran.stdout).stamp.release?.id ?? null;
    };
    const standing = await releaseOf("document", "通报");
    expect(standing).not.toBeNull();
    expect(await releaseOf("document", "整改通知", "--inspection", "SX-02")).toBeNull();
    expect(await releaseOf("document", "整改通知", "--inspection", "SX-02", "--release", standing)).toBe(standing);
    expect(await releaseOf("dossier", "--finding", "SD-0364")).toBeNull();
    const help = (await run("export", "document", "--help")).stdout.replace(/\s/g, "");
    expect(help).toContain("反馈意见、整改通知、督办单、约谈通知书、挂牌督办通知书、月报没有写--release的按工作区现状");
  });

  it("refuses, and writes nothing, what the regime does not allow or what is not approved", async () => {
    const to = join(out, "无.docx");
    const kept = await run("export", "document", "通报", "-w", secret, "--to", to);
    expect(kept.exit).toBe(3);
    expect(kept.stderr).toContain("第九条（二）");
    const early = await run("export", "document", "公示稿", "-w", mudan, "--to", to);
    expect(early.exit).toBe(3);
    expect(early.stderr).toContain("只能由审定结果生成");
    expect(existsSync(to)).toBe(false);
  });

  it("says what is wrong with an option before anything is computed", async () => {
    const say = async (...args: string[]) => {
      const {exit, stderr} = await run("export", "document", ...args, "-w", mudan);
      return [exit, stderr.trim()];
    };
    expect(await say("通报", "--to", "x.pdf")).toEqual([2, "x.pdf: 公文写成 Word 文件；请把 --to 写成以 .docx 结尾的文件"]);
    expect(await say("通报", "--to", "x.docx", "--date", "2026-02-30")).toEqual([
      2,
      "--date 的日期“2026-02-30”不存在；请写成2026-01-20的样子"
    ]);
    expect(await say("通报", "--to", "x.docx", "--number", " ")).toEqual([2, "--number 是空的；请写上内容，或去掉这一项"]);
    expect(await say("通报", "--to", "x.docx", "--signer", "张\u0001某")).toEqual([
      2,
      "--signer 里有换行等控制字符；请写成一行文字"
    ]);
    expect((await say("通报", "--to", "x.docx", "--visit", "V-1"))[1]).toContain("用不上 --visit");
    expect(await say()).toEqual([2, "没有写文书名称；可用的见 xunheng export document --list"]);
    expect((await say("通豹", "--to", "x.docx"))[1]).toContain("是否指 通报？");
  });
});

describe("export brief", () => {
  it("writes one Word file, also for a regime that keeps its visits secret", async () => {
    const to = join(out, "简报.docx");
    expect((await run("export", "brief", "-w", secret, "--to", to)).exit).toBe(0);
    expect(existsSync(to)).toBe(true);
    expect((await run("export", "brief", "-w", mudan, "--to", join(out, "简报.xlsx"))).stderr).toContain("以 .docx 结尾");
  });
});
