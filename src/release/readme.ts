import {fingerprintCommand, opensslCommand} from "./sign.ts";
import type {Stamp} from "./stamp.ts";
import {stampLines} from "./stamp.ts";

/** What a release's files are, for its README. */
const FILES: readonly (readonly [string, string])[] = [
  ["scores.json", "每个单位的得分、等次、名次、各项内容得分、否决、暂定原因"],
  ["ledger.parquet", "记分台账：每一分为什么扣、依据哪一条、来自哪一行；各行之和就是得分"],
  ["score.sql", "复算脚本：只用 DuckDB，从 facts/ 算出同样的得分、台账和摘要"],
  ["facts/", "审定时计入的全部数据，每张表一个文件；各办法所用的事实在各自的目录里"],
  ["regime.yaml、schemes/", "所依据的制度和评分办法，审定时的文本"],
  ["calendar.json", "节假日安排，期限按它推算"],
  ["workspace.json", "办公室名称、年度等设置"],
  ["checks.json", "程序检查的全部结果"],
  ["assessment.json", "用于年度考核的数（制度没有规定的没有这个文件）"],
  ["decisions.jsonl", "直到本次审定为止的全部决定，逐条相扣"],
  ["manifest.json", "清单：每个文件的 SHA-256 和 SM3，审定人，运行和摘要；签名签的是它"],
  ["signatures/", "签名和公钥；签名可以后加，不改变上面任何一个文件"]
];

/**
 * The README of a release: what is in it, who may hold it, how a stranger checks it.
 * @param stamp of the release; its manifest's hash is not known yet and is not printed
 */
export function readmeText(stamp: Stamp): string {
  const id = stamp.release?.id ?? "";
  const about = stampLines(stamp).filter((line) => !line.includes("manifest.json"));
  return `# 审定结果 ${id}

${stamp.authority}
《${stamp.regime}》${stamp.year}年

${about.map((line) => `- ${line}`).join("\n")}
- 运行 ${stamp.run}

**内部资料。** facts/ 里是未经筛选的全部数据，包括问题线索、任职和评议，只由本办公室保存，不外发。交给考核办、组织部门和
向社会公布的，用 \`xunheng export\` 和 \`xunheng site\` 另行生成，其中只有各自可以看的内容。

## 里面有什么

| 文件 | 内容 |
|---|---|
${FILES.map(([name, what]) => `| ${name} | ${what} |`).join("\n")}

## 怎样核验

有巡衡的，一条命令全部核验，不需要工作区，也不需要网络：

\`\`\`sh
xunheng verify .
\`\`\`

没有巡衡的，可以用通用的工具，在本目录里：

\`\`\`sh
# 各文件与清单是否一致：没有输出就是一致（DuckDB 也可在别处安装，只用标准版）
duckdb -noheader -list -c "select concat(f.sha256, '  ', f.path) from (select unnest(files) as f from read_json('manifest.json', maximum_object_size=67108864))" | sha256sum --check --quiet

# 从事实重算得分、台账和摘要；最后一行 is_same 应为 true，摘要应是 ${stamp.digest.slice(0, 16)}…
duckdb < score.sql

# 台账各行之和
duckdb -c "select unit_code, sum(milli) / 1000.0 as score from 'ledger.parquet' group by all order by all"

# 清单自己的摘要，与发放时告知的相比
sha256sum manifest.json
openssl dgst -sm3 manifest.json

# 签名（名称换成 signatures/ 里的；公钥的指纹应与公布的一致）
${opensslCommand("sm2", "名称")}
${opensslCommand("ed25519", "名称")}
${fingerprintCommand("sm2", "名称")}
\`\`\`

不要改动、增减本目录里的文件（signatures/ 除外）；要更正，由办公室重新审定，生成新的一份。
`;
}
