import {execFileSync} from "node:child_process";
import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {type Approval, releaseAbout} from "../../src/release/about.ts";
import {newKey} from "../../src/release/key.ts";
import {contentHash, fileHashes, writeManifest} from "../../src/release/manifest.ts";
import {signManifest} from "../../src/release/sign.ts";
import type {Verification} from "../../src/release/verify.ts";
import {Database} from "../../src/warehouse/duckdb.ts";
import {type Decision, sealDecision} from "../../src/workspace/decision.ts";

/** How well somebody covers up what they changed. */
export type Cover = "不掩饰" | "重做清单" | "全部重做" | "全部重做并另签";

/** One thing that somebody may do to a release. */
export interface Tampering {
  readonly what: string;
  readonly cover: Cover;
  /** Does it; `directory` is a copy of the release. */
  readonly change: (directory: string) => void | Promise<void>;
}

const path = (directory: string, name: string) => join(directory, ...name.split("/"));
const text = (directory: string, name: string) => readFileSync(path(directory, name), "utf8");

/** Changes a file's text; what is looked for must be there. */
function edit(name: string, from: string | RegExp, to: string | ((...found: string[]) => string)): (directory: string) => void {
  return (directory) => {
    const before = text(directory, name);
    const after = typeof to === "string" ? before.replace(from, to) : before.replace(from, to);
    if (after === before) throw new Error(`${name} has nothing to change`);
    writeFileSync(path(directory, name), after);
  };
}

/** Writes a Parquet file again with other rows, its metadata kept. */
function rewrite(name: string, select: string): (directory: string) => Promise<void> {
  return async (directory) => {
    const file = path(directory, name);
    const db = await Database.open();
    try {
      const about = await db.value<string>(
        `select decode(value) from parquet_kv_metadata('${file}') where decode(key) = 'xunheng_run'`
      );
      const kept = about === undefined ? "" : `, kv_metadata {xunheng_run: '${about.replaceAll("'", "''")}'}`;
      await db.run(
        `copy (${select.replaceAll("FILE", `read_parquet('${file}')`)}) to '${file}.new' (format parquet, compression zstd${kept})`
      );
      renameSync(`${file}.new`, file);
    } finally {
      db.close();
    }
  };
}

function lines(directory: string): string[] {
  return text(directory, "decisions.jsonl").split("\n").slice(0, -1);
}

function writeLines(directory: string, all: readonly string[]): void {
  writeFileSync(path(directory, "decisions.jsonl"), all.map((line) => `${line}\n`).join(""));
}

/** Covers up: the manifest lists what is there now; then also the approval names it and the chain is linked anew. */
export function coverUp(directory: string, cover: Cover): void {
  if (cover === "不掩饰") return;
  if (cover === "重做清单") {
    const {files: _, ...about} = JSON.parse(text(directory, "manifest.json"));
    writeManifest(directory, about);
    return;
  }
  rmSync(join(directory, "signatures"), {recursive: true, force: true});
  const chain: Decision[] = [];
  const content = contentHash(fileHashes(directory));
  const all = lines(directory).map((line) => JSON.parse(line) as Decision);
  for (const [i, decision] of all.entries()) {
    const args = i === all.length - 1 ? {...decision.args, content} : decision.args;
    chain.push(sealDecision(chain, {...decision, args}));
  }
  writeLines(
    directory,
    chain.map((decision) => JSON.stringify(decision))
  );
  writeManifest(directory, releaseAbout(chain.at(-1) as Approval));
  if (cover === "全部重做并另签")
    signManifest(directory, {name: "安委办", key: newKey("ed25519"), at: "2026-01-20T09:00:00.000+08:00"});
}

const LEDGER = "ledger.parquet";
const FACT = "facts/mudan-2023-town/finding_fact.parquet";
const LOSS = "kind = '扣分' and unit_code = '990101' and subject = 'F1'";

/** Everything that is tried by hand, beside the flipping of bytes. */
export const TAMPERINGS: readonly Tampering[] = [
  ...bare("多放一个文件", (d) => writeFileSync(path(d, "facts/补充.txt"), "x")),
  ...bare("多放一个空目录", (d) => mkdirSync(path(d, "facts/补充"))),
  ...bare("两个文件互换", (d) => {
    renameSync(path(d, "scores.json"), path(d, "x"));
    renameSync(path(d, "checks.json"), path(d, "scores.json"));
    renameSync(path(d, "x"), path(d, "checks.json"));
  }),
  ...bare("文件改名", (d) => renameSync(path(d, "facts/tip.parquet"), path(d, "facts/Tip.parquet"))),
  ...bare("文件换成指向别处的链接", (d) => {
    renameSync(path(d, "scores.json"), join(dirname(d), "elsewhere.json"));
    symlinkSync(join(dirname(d), "elsewhere.json"), path(d, "scores.json"));
  }),
  ...bare("目录换成指向别处的链接", (d) => {
    cpSync(path(d, "facts"), join(dirname(d), "facts"), {recursive: true});
    rmSync(path(d, "facts"), {recursive: true});
    symlinkSync(join(dirname(d), "facts"), path(d, "facts"));
  }),
  ...bare("文件换成管道", (d) => {
    rmSync(path(d, "README.md"));
    execFileSync("mkfifo", [path(d, "README.md")]);
  }),
  ...bare("目录套一百层", (d) => void mkdirSync(path(d, Array.from({length: 100}, () => "d").join("/")), {recursive: true})),
  ...bare("文件名带换行和终端指令", (d) => writeFileSync(path(d, "a\n核验通过\u001b[2J"), "")),

  ...bare("删去清单", (d) => rmSync(path(d, "manifest.json"))),
  ...bare("清单换成空文件", (d) => writeFileSync(path(d, "manifest.json"), "")),
  ...bare("清单重排空白", (d) =>
    writeFileSync(path(d, "manifest.json"), JSON.stringify(JSON.parse(text(d, "manifest.json")), null, 2))
  ),
  ...bare("清单里同一个键写两次", edit("manifest.json", '"authority":', '"authority":"另一办公室","authority":')),
  ...bare("清单里的路径指到目录外", edit("manifest.json", '"path":"README.md"', '"path":"../../x/README.md"')),
  ...bare("清单里改审定人", edit("manifest.json", '"name":"王某"', '"name":"赵某"')),
  ...bare("清单里改摘要", edit("manifest.json", /"digest":"./, '"digest":"0')),
  ...bare(
    "清单里改一个 SM3",
    edit("manifest.json", /"sm3":"(.)/, (_, c) => `"sm3":"${c === "0" ? "1" : "0"}`)
  ),
  ...bare("清单里改一个大小", edit("manifest.json", /"bytes":\d+/, '"bytes":1')),
  ...bare("清单里删去一行，文件留着", edit("manifest.json", /\{"bytes":\d+,"path":"checks.json"[^}]*\},/, "")),

  ...bare("决定里改审定人", (d) =>
    writeLines(
      d,
      lines(d).map((l) => l.replace("王某", "赵某"))
    )
  ),
  ...bare("决定里改第一条", (d) =>
    writeLines(
      d,
      lines(d).map((l) => l.replace("李某", "赵某"))
    )
  ),
  ...bare("删去第一条决定", (d) => writeLines(d, lines(d).slice(1))),
  ...bare("删去审定的那条决定", (d) => writeLines(d, lines(d).slice(0, -1))),
  ...bare("两条决定互换", (d) => writeLines(d, lines(d).toReversed())),
  ...bare("决定之后再加一条", (d) => {
    const all = lines(d).map((l) => JSON.parse(l) as Decision);
    const more = sealDecision(all, {
      at: "2026-01-21T09:00:00.000+08:00",
      kind: "waive",
      by: "赵某",
      args: {source: "x", marks: ["y"]}
    });
    writeLines(d, [...lines(d), JSON.stringify(more)]);
  }),
  ...bare("决定的最后一行截短", (d) => writeFileSync(path(d, "decisions.jsonl"), text(d, "decisions.jsonl").slice(0, -20))),
  ...covers("决定里加空白", ["重做清单"], (d) =>
    writeLines(
      d,
      lines(d).map((l) => l.replace('"by":', '"by": '))
    )
  ),
  ...covers("决定里同一个键写两次", ["重做清单"], (d) =>
    writeLines(
      d,
      lines(d).map((l) => l.replace('"by":', '"by":"赵某","by":'))
    )
  ),

  ...all(
    "台账一行少扣0.2分",
    rewrite(LEDGER, `select * replace (case when ${LOSS} then milli + 200 else milli end as milli) from FILE`)
  ),
  ...covers(
    "台账一行少扣、取整行补回，合计不变",
    ["全部重做"],
    rewrite(
      LEDGER,
      `select * replace (case when ${LOSS} then milli + 200 when kind = '基础' and unit_code = '990101' and item = '1' then milli - 200 else milli end as milli) from FILE`
    )
  ),
  ...covers(
    "台账一行改事由",
    ["全部重做"],
    rewrite(LEDGER, `select * replace (case when ${LOSS} then '按期完成' else because end as because) from FILE`)
  ),
  ...covers(
    "台账一行改来源行号",
    ["全部重做"],
    rewrite(LEDGER, `select * replace (case when ${LOSS} then "row" + 1 else "row" end as "row") from FILE`)
  ),
  ...covers("台账删一行", ["全部重做"], rewrite(LEDGER, `select * from FILE where not (${LOSS})`)),
  ...covers(
    "台账加一行",
    ["全部重做"],
    rewrite(LEDGER, `select * from FILE union all select * replace (99 as seq, '加分' as kind) from FILE where ${LOSS}`)
  ),

  ...all("得分改高", edit("scores.json", /"score": "9\d\.\d\d"/, '"score": "99.99"')),
  ...covers("等次改好", ["全部重做"], edit("scores.json", /"grade": "[^"]+"/, '"grade": "优秀"')),
  ...covers("名次互换", ["全部重做"], (d) => {
    const swapped = text(d, "scores.json").replaceAll(/"rank": (1|2)/g, (_, n) => `"rank": ${3 - Number(n)}`);
    writeFileSync(path(d, "scores.json"), swapped);
  }),
  ...covers("得分里同一个键写两次", ["全部重做"], edit("scores.json", '"digest":', '"digest": "x", "digest":')),

  ...all(
    "事实里改一个问题的严重程度",
    rewrite(
      "facts/finding.parquet",
      "select * replace (case when finding_id = 'F1' then '一般' else severity end as severity) from FILE"
    )
  ),
  ...covers(
    "事实里改一段问题描述",
    ["全部重做"],
    rewrite(
      "facts/finding.parquet",
      "select * replace (case when finding_id = 'F2' then '无' else description end as description) from FILE"
    )
  ),
  ...covers("事实里删一个问题", ["全部重做"], rewrite("facts/finding.parquet", "select * from FILE where finding_id <> 'F1'")),
  ...covers("事实里加一列", ["全部重做"], rewrite("facts/finding.parquet", "select *, 1 as extra from FILE")),
  ...covers("脚本用的事实里改逾期天数", ["全部重做"], rewrite(FACT, "select * replace (0 as days_overdue) from FILE")),
  ...covers("脚本用的事实里删一行", ["全部重做"], rewrite(FACT, "select * from FILE where finding_id <> 'F1'")),

  ...all("办法里少扣", edit("schemes/mudan-2023-town.yaml", /deduct: [\d.]+/, "deduct: 0.1")),
  ...covers("制度里改期限", ["全部重做"], edit("regime.yaml", /length: 2, unit: months/, "length: 9, unit: months")),
  ...covers("日历里改一天", ["全部重做"], edit("calendar.json", "WRRW", "WWRW")),
  ...covers("办公室改名", ["全部重做"], edit("workspace.json", "演示安委办", "演示区安委办")),
  ...covers("多放一个办法", ["全部重做"], (d) => cpSync(path(d, "schemes/mudan-2023-town.yaml"), path(d, "schemes/x.yaml"))),
  ...covers("检查结果改一个数", ["全部重做"], edit("checks.json", /"judged": \d+/, '"judged": 99')),
  ...covers("说明里改一句", ["全部重做"], edit("README.md", "内部资料", "公开资料")),
  ...covers("删去检查结果", ["全部重做"], (d) => rmSync(path(d, "checks.json"))),

  ...covers("脚本里改注释", ["全部重做"], edit("score.sql", "没有浮点数", "没有小数")),
  ...covers("脚本直接写出摘要", ["全部重做"], (d) =>
    writeFileSync(
      path(d, "score.sql"),
      `create temp table digest as select '${JSON.parse(text(d, "manifest.json")).digest}' as digest;
create temp table ledger as select * from read_parquet('ledger.parquet'); create temp table score as select 1;`
    )
  ),
  ...covers("脚本读目录外的文件", ["全部重做"], edit("score.sql", /^/, "select * from read_text('/etc/passwd');\n")),
  ...covers("脚本往外写文件", ["全部重做"], edit("score.sql", /^/, "copy (select 1) to 'score.txt';\n")),
  ...covers("脚本装扩展", ["全部重做"], edit("score.sql", /^/, "install httpfs;\n")),
  ...covers("脚本改引擎设置", ["全部重做"], edit("score.sql", /^/, "set enable_external_access = true;\n")),

  ...bare("签名改一个字节", (d) => flip(path(d, "signatures/安委办.ed25519.sig"), 10)),
  ...bare("公钥换成另一把", (d) => {
    const key = newKey("ed25519");
    const other = join(dirname(d), "other");
    cpSync(d, other, {recursive: true});
    rmSync(join(other, "signatures"), {recursive: true});
    signManifest(other, {name: "安委办", key, at: "2026-01-20T09:00:00.000+08:00"});
    cpSync(path(other, "signatures/安委办.ed25519.pub.pem"), path(d, "signatures/安委办.ed25519.pub.pem"));
  }),
  ...bare("签名时间改晚", edit("signatures/安委办.json", "2026-01-20", "2026-01-21")),
  ...bare("删去签名", (d) => rmSync(path(d, "signatures"), {recursive: true})),
  ...bare("另一把公钥也签", (d) => void signManifest(d, {name: "路人", key: newKey("sm2"), at: "2026-01-21T09:00:00.000+08:00"})),
  ...bare("只剩另一把公钥的签名", (d) => {
    rmSync(path(d, "signatures"), {recursive: true});
    signManifest(d, {name: "安委办", key: newKey("sm2"), at: "2026-01-21T09:00:00.000+08:00"});
  }),
  ...covers("什么都没改", ["全部重做", "全部重做并另签"], () => {})
];

function bare(what: string, change: Tampering["change"]): Tampering[] {
  return [{what, cover: "不掩饰", change}];
}

function covers(what: string, list: readonly Cover[], change: Tampering["change"]): Tampering[] {
  return list.map((cover) => ({what, cover, change}));
}

function all(what: string, change: Tampering["change"]): Tampering[] {
  return covers(what, ["不掩饰", "重做清单", "全部重做", "全部重做并另签"], change);
}

/** Flips one bit of a file. */
export function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

/** What can be done to the bytes of any one file. */
export const BYTES: Readonly<Record<string, (file: string, seed: number) => void>> = {
  翻转首位: (file) => flip(file, 0),
  翻转一位: (file, seed) => flip(file, seed % readFileSync(file).length),
  翻转末位: (file) => flip(file, readFileSync(file).length - 1),
  截短: (file, seed) => writeFileSync(file, readFileSync(file).subarray(0, seed % readFileSync(file).length)),
  加长: (file) => writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from("\n")])),
  清空: (file) => writeFileSync(file, ""),
  删除: (file) => rmSync(file)
};

/** Files of a release by path, signatures and manifest among them. */
export function filesOf(directory: string): string[] {
  return readdirSync(directory, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .toSorted();
}

/** What verify said, without hashes and moments, which differ from one making to the next. */
export function saidText({ok, unchanged, problems, signatures, fallen, kind}: Verification): string {
  const steady = (what: string) => what.replaceAll(/[0-9a-f]{64}/g, "…").replaceAll(/\d+字节/g, "…字节");
  const told = problems.slice(0, 4).map(({file, row, what}) => `${file}${row === undefined ? "" : ` 第${row}行`}: ${steady(what)}`);
  const more = problems.length > told.length ? [`另有${problems.length - told.length}处`] : [];
  const signed = signatures.map((s) => (s.valid ? (s.trusted === null ? "签名有效而公钥未知" : "受信任的签名有效") : "签名无效"));
  const verdict = ok ? "通过" : kind !== null && unchanged && fallen === null ? "未完成" : "不通过";
  return [`${verdict}（${[...signed, ...(signatures.length === 0 ? ["没有签名"] : [])].join("，")}）`, ...told, ...more].join(
    "\n    "
  );
}

/** A fresh copy of a release, in a directory of its own. */
export function copyOf(directory: string, place: string): string {
  if (existsSync(place)) rmSync(place, {recursive: true, force: true});
  mkdirSync(place, {recursive: true});
  cpSync(directory, join(place, "release"), {recursive: true});
  return join(place, "release");
}
