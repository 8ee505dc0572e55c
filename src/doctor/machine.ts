import {execFileSync} from "node:child_process";
import {existsSync, statfsSync} from "node:fs";
import {createRequire} from "node:module";
import {freemem, platform, tmpdir, totalmem} from "node:os";
import {join} from "node:path";
import {Database} from "../warehouse/duckdb.ts";
import {ROOT} from "../workspace/workspace.ts";
import {doubtful, failing, type Health, well} from "./health.ts";

const GIB = 1024 ** 3;
/** The engine takes at most so much, and spills beyond it. */
const ENGINE_MEMORY = 2 * GIB;
/** Less free space than this, and a load of a large office may not end. */
const LITTLE_DISK = 2 * GIB;
const OLDEST_NODE = [20, 19] as const;
/** What the engine must have built in, for nothing is ever downloaded. */
const BUILT_IN = ["core_functions", "icu", "json", "parquet"];
/** Packages that a site is built from; their code is taken from node_modules. */
const SITE_PACKAGES = ["@observablehq/framework", "@observablehq/plot", "d3-array", "d3-scale", "@uwdata/flechette", "esbuild"];

/**
 * What this machine offers: Node, DuckDB, memory, disk, a Chinese font, and whether a site can be built without a network.
 * @param directory where data will be written
 */
export async function machineHealth(directory: string): Promise<Health[]> {
  return [
    node(),
    await engine(),
    memory(),
    disk("磁盘（工作区）", directory),
    disk("磁盘（临时文件）", tmpdir()),
    font(),
    offline()
  ];
}

function node(): Health {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  const said = `Node ${process.versions.node}`;
  return isOld ? failing("Node", `${said}，太旧`, `请安装 Node ${OLDEST_NODE.join(".")} 或更新的版本`) : well("Node", said);
}

async function engine(): Promise<Health> {
  try {
    const db = await Database.open();
    try {
      const version = await db.value<string>("select version()");
      const there = await db.list("select extension_name from duckdb_extensions() where loaded");
      const missing = BUILT_IN.filter((name) => !there.includes(name));
      if (missing.length > 0) return failing("DuckDB", `${version}，缺少 ${missing.join("、")}`, "请重新运行 npm ci");
      return well("DuckDB", `${version}，所需功能都已内置，不会下载扩展`);
    } finally {
      db.close();
    }
  } catch (error) {
    return failing("DuckDB", `打不开（${(error as Error).message.split("\n")[0]}）`, "请重新运行 npm ci");
  }
}

/** What a container allows is less than what the machine has. */
function memory(): Health {
  const allowed = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const said = `共${gib(allowed)}，空闲${gib(freemem())}，数据引擎最多用${gib(ENGINE_MEMORY)}`;
  return allowed < ENGINE_MEMORY ? doubtful("内存", said, "大的工作区会变慢或失败；请换内存不少于4 GiB的机器") : well("内存", said);
}

function disk(name: string, directory: string): Health {
  let at = directory;
  while (!existsSync(at) && at !== join(at, "..")) at = join(at, "..");
  const {bavail, bsize} = statfsSync(at);
  const free = bavail * bsize;
  const said = `可用${gib(free)}`;
  return free < LITTLE_DISK ? doubtful(name, said, "请腾出空间；批次永久保存，装入时还要临时空间") : well(name, said);
}

/** Pages use the reader's fonts; a Chinese font here is needed to print or photograph them on this machine. */
function font(): Health {
  if (platform() !== "linux") return well("中文字体", "由操作系统提供");
  try {
    const fonts = execFileSync("fc-list", [":lang=zh", "family"], {encoding: "utf8", timeout: 10_000}).trim();
    if (fonts !== "") return well("中文字体", (fonts.split("\n")[0] ?? "").split(",").at(-1) ?? "");
  } catch {
    return doubtful("中文字体", "不能查看（没有 fc-list）", "只在本机打印或截图时需要；可安装 fontconfig 和 Noto CJK 字体");
  }
  return doubtful("中文字体", "没有", "只在本机打印或截图时需要；可安装 Noto CJK 字体");
}

function offline(): Health {
  const require = createRequire(join(ROOT, "package.json"));
  const missing = SITE_PACKAGES.filter((name) => !(require.resolve.paths(name) ?? []).some((path) => existsSync(join(path, name))));
  return missing.length > 0
    ? failing("断网生成站点", `缺少 ${missing.join("、")}`, "请在联网的机器上运行 npm ci，再把整个目录拷来")
    : well("断网生成站点", "所需的包都已安装，生成和打开站点都不用联网");
}

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}
