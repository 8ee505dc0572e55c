import {accessSync, constants, statSync} from "node:fs";
import {sourceFiles} from "../../loaders/files.ts";
import {LOADERS} from "../../loaders/index.ts";
import type {Source} from "../../loaders/loader.ts";
import {fault, nearestName} from "../fault.ts";
import type {Workspace} from "../workspace/workspace.ts";
import {doubtful, failing, type Health, well} from "./health.ts";
import {attempt} from "./state.ts";

/**
 * Whether every source is there and can be read. Of a server only the variable with its address is looked at: `doctor` asks
 * nothing of the network.
 */
export async function sourceHealth(space: Workspace, env: Readonly<Record<string, string | undefined>>): Promise<Health[]> {
  if (space.sources.length === 0) return [doubtful("来源", "xunheng.yaml 里没有来源", "用 xunheng inspect 文件 看该怎样写")];
  return Promise.all(space.sources.map((source) => attempt(`来源 ${source.name}`, () => ofSource(space, source, env))));
}

async function ofSource(
  {directory}: Workspace,
  source: Source,
  env: Readonly<Record<string, string | undefined>>
): Promise<Health> {
  const name = `来源 ${source.name}`;
  const loader = Object.hasOwn(LOADERS, source.loader) ? LOADERS[source.loader] : undefined;
  if (!loader) {
    const near = nearestName(source.loader, Object.keys(LOADERS));
    throw fault(2, {place: null, what: `没有 loader ${source.loader}`, advice: near ? `是否指 ${near}？` : "请改正"});
  }
  const variable = /^\$(\w+)$/.exec(source.options?.url ?? "")?.[1];
  if (variable !== undefined && !env[variable])
    return failing(name, `没有设置环境变量 ${variable}`, `请在运行前设置，例如 export ${variable}=…`);
  if (!("path" in loader.options)) return well(name, `${loader.title}，地址在环境变量 ${variable ?? "里"}；没有连接`);
  const files = await sourceFiles(source, {root: directory});
  const bytes = files.reduce((sum, {path}) => sum + statSync(path).size, 0);
  for (const {path, file} of files) {
    try {
      accessSync(path, constants.R_OK);
    } catch {
      return failing(name, `${file} 不能读`, "请核对它的读取权限");
    }
  }
  const [first] = files;
  return well(name, `${files.length === 1 ? first?.file : `${files.length}个文件`}，${loader.title}，${size(bytes)}`);
}

function size(bytes: number): string {
  return bytes < 1024 ** 2 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}
