import {userInfo} from "node:os";
import {type Complaint, type Fault, fault, listed, nearestName} from "../../../src/fault.ts";
import type {LoaderContext, Source} from "../../loader.ts";

/** How a connection is protected, in PostgreSQL's own words. */
const TLS_MODES = ["disable", "prefer", "require", "verify-ca", "verify-full"] as const;
export type TlsMode = (typeof TLS_MODES)[number];

/** Where a server is, and as whom to ask it. */
export interface Address {
  /** As shown to people: the variable's name, or the address without user and password. */
  readonly shown: string;
  /** A name or number; a directory (`/var/run/postgresql`) for a local socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly tls: TlsMode;
  /** File with the certificates to trust; the system's where there is none. */
  readonly authorities: string | null;
}

const PARAMETERS = ["sslmode", "sslrootcert", "host", "port", "user", "password", "dbname"];
const EXAMPLE = "postgres://用户@主机:5432/库名";

/**
 * The server a source names: `$NAME` of an environment variable, or an address without password. What the address leaves out comes
 * from PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE.
 * Errors: Fault 2 that never repeats the address, for it may hold a password.
 * @example serverAddress({...source, options: {url: "$RECTIFY_URL"}}, context).shown // "$RECTIFY_URL"
 */
export function serverAddress({name, options}: Source, {env}: Pick<LoaderContext, "env">): Address {
  const written = options?.url;
  const wrong = (what: string, advice: string) => yamlFault({what: `来源 ${name} ${what}`, advice});
  if (!written) throw wrong("没有写url", `请把服务器地址放进环境变量，再写它的名字，例如 url: $RECTIFY_URL`);
  const variable = /^\$([A-Za-z_]\w*)$/.exec(written)?.[1];
  if (variable !== undefined) {
    const text = env[variable]?.trim();
    if (!text) throw wrong(`的url指环境变量 ${variable}，它没有设置`, `请在运行前设置，样子是 ${EXAMPLE}`);
    return parsed(text, `$${variable}`, env);
  }
  if (!/^postgres(ql)?:\/\//.test(written)) {
    throw wrong("的url不是环境变量名，也不是地址", `请写 $环境变量名，或 ${EXAMPLE}`);
  }
  const address = parsed(written, null, env);
  if (hasPassword(written)) {
    throw wrong("的url里写了密码", "密码不得写进文件；请把整个地址放进环境变量，这里只写 $环境变量名，并更换这个密码");
  }
  return address;
}

function hasPassword(text: string): boolean {
  const {password, searchParams} = new URL(text);
  return password !== "" || searchParams.has("password");
}

function parsed(text: string, variable: string | null, env: LoaderContext["env"]): Address {
  const place = variable === null ? "来源的url" : `环境变量 ${variable.slice(1)}`;
  const url = urlOf(text);
  if (url === null) {
    throw yamlFault({
      what: `${place}不是PostgreSQL地址`,
      advice: `样子是 ${EXAMPLE}；用户名和密码里的特殊字符须写成百分号编码，例如 @ 写成 %40`
    });
  }
  const {parameters} = url;
  for (const key of parameters.keys()) {
    if (PARAMETERS.includes(key)) continue;
    const near = nearestName(key, PARAMETERS);
    throw yamlFault({
      what: `${place}里有不认识的参数`,
      advice: near ? `是否指 ${near}？` : `可用：${listed(PARAMETERS.filter((name) => name !== "password"))}`
    });
  }
  const host = parameters.get("host") || url.host || env.PGHOST || "localhost";
  const port = Number(parameters.get("port") || url.port || env.PGPORT || 5432);
  const user = parameters.get("user") || url.user || env.PGUSER || userInfo().username;
  const tls = (parameters.get("sslmode") ?? "prefer") as TlsMode;
  if (!TLS_MODES.includes(tls)) throw yamlFault({what: `${place}里的sslmode不能识别`, advice: `可用：${listed(TLS_MODES)}`});
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw yamlFault({what: `${place}里的端口不对`, advice: "端口是1到65535的整数，PostgreSQL通常是5432"});
  }
  const database = parameters.get("dbname") || url.database || env.PGDATABASE || user;
  return {
    shown: variable ?? `postgres://${host.startsWith("/") ? "" : `${host}:${port}`}/${database}`,
    host,
    port,
    user,
    password: parameters.get("password") || url.password || env.PGPASSWORD || "",
    database,
    tls,
    authorities: parameters.get("sslrootcert")
  };
}

function urlOf(text: string) {
  try {
    const {protocol, hostname, port, username, password, pathname, searchParams, hash} = new URL(text);
    if (!/^postgres(ql)?:$/.test(protocol) || hash !== "") return null;
    const [host, user, secret, database] = [hostname, username, password, pathname.replace(/^\//, "")].map(decodeURIComponent);
    return {host: host?.replace(/^\[(.*)\]$/, "$1"), port, user, password: secret, database, parameters: searchParams};
  } catch {
    return null;
  }
}

function yamlFault(complaint: Omit<Complaint, "place">): Fault {
  return fault(2, {place: {file: "xunheng.yaml"}, ...complaint});
}
