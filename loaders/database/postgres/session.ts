import type {Socket} from "node:net";
import type {Readable} from "node:stream";
import type {Options, PostgresType, Sql} from "postgres";
import type {Address} from "./address.ts";
import type {RowFile} from "./row-file.ts";
import {openSocket} from "./socket.ts";

/** How long a server may take to answer a login. Milliseconds. */
const LOGIN = 15_000;
/** A row beyond is not held in memory. MiB. */
export const LONGEST_ROW = 32;

/** The code of an error that says a row is beyond `LONGEST_ROW`. */
export const ROW_TOO_LONG = "ROW_TOO_LONG";
/** The code of an error that says the server has taken longer than it may. */
export const TOO_LATE = "TOO_LATE";

/** One conversation with a server, over one connection that is never opened again. */
export interface Session {
  readonly rows: <T>(sql: string) => Promise<readonly T[]>;
  /** Names and types of the columns of a query, which is parsed alone and not run. */
  readonly describe: (sql: string) => Promise<readonly {readonly name: string; readonly type: number}[]>;
  /** Runs one COPY TO STDOUT; every row goes to `file`. */
  readonly copy: (sql: string, file: RowFile, progress: () => void) => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Logs in. The library is loaded only now: most offices have no server.
 * The socket is ours: the library would open a new one after every loss, and after a COPY it may leave the old one paused for ever
 * (porsager/postgres issues 499 and 917), so it is resumed here.
 * @param timeout milliseconds for the whole conversation
 */
export async function openSession(address: Address, timeout: number): Promise<Session> {
  const {default: postgres} = await import("postgres");
  let socket: Socket | null = null;
  let lost: Error | null = null;
  const open = async () => {
    if (socket !== null) throw lost ?? coded("CONNECTION_CLOSED", "connection closed");
    const opened = await openSocket(address, LOGIN);
    opened.once("error", (error) => {
      lost ??= error;
    });
    socket = opened;
    return opened;
  };
  const options: Options<Record<string, PostgresType>> & {socket: () => Promise<Socket>} = {
    socket: open,
    host: address.host,
    port: address.port,
    user: address.user,
    password: address.password,
    database: address.database,
    ssl: false,
    max: 1,
    idle_timeout: 0,
    max_lifetime: 0,
    connect_timeout: LOGIN / 1000,
    prepare: false,
    fetch_types: false,
    debug: false,
    connection: {application_name: "xunheng"},
    onnotice: () => {}
  };
  const sql = postgres(options);
  const end = (error: Error) => {
    lost ??= error;
    socket?.destroy(error);
  };
  const timer = setTimeout(() => end(coded(TOO_LATE, "too late")), timeout);
  /** What the network did is told before what the library makes of it. */
  const truly = async <T>(work: PromiseLike<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw lost ?? error;
    }
  };
  return {
    rows: <T>(text: string) => truly(sql.unsafe(text)) as Promise<unknown> as Promise<readonly T[]>,
    describe: async (text) => (await truly(sql.unsafe(text).describe())).columns.map(({name, type}) => ({name, type})),
    copy: (text, file, progress) =>
      truly(copied(sql, text, (stream) => received(stream, socket as unknown as Socket, file, progress, end))),
    close: async () => {
      clearTimeout(timer);
      await sql.end({timeout: 1}).catch(() => {});
      socket?.destroy();
    }
  };
}

/**
 * Runs a COPY by the extended protocol, which takes one statement and no more. A server may fail at the first row: then the library
 * destroys the stream in the same breath in which it hands it over, and whoever awaits it listens too late. So we listen before.
 */
function copied(sql: Sql, text: string, receive: (stream: Readable) => Promise<void>): Promise<void> {
  const query = sql.unsafe(text, [], {simple: false} as object) as unknown as PromiseLike<void> & {
    resolve: (value: Readable) => void;
  };
  return new Promise((resolve, reject) => {
    const handOver = query.resolve;
    query.resolve = (stream) => {
      query.resolve = handOver;
      receive(stream).then(resolve, reject);
      handOver(stream);
    };
    query.then(() => {}, reject);
  });
}

function received(
  stream: Readable,
  socket: Socket,
  file: RowFile,
  progress: () => void,
  end: (error: Error) => void
): Promise<void> {
  let waiting = 0;
  const count = (bytes: Buffer) => {
    waiting += bytes.length;
    if (waiting > LONGEST_ROW << 20) end(coded(ROW_TOO_LONG, "row too long"));
  };
  return new Promise<void>((resolve, reject) => {
    stream.on("data", (row: Buffer) => {
      waiting = 0;
      try {
        file.write(row);
        progress();
      } catch (error) {
        end(error as Error);
        reject(error);
      }
    });
    stream.once("end", resolve).once("error", reject);
    stream.once("close", () => reject(coded("CONNECTION_CLOSED", "connection closed")));
    socket.on("data", count);
  }).finally(() => {
    socket.off("data", count);
    socket.resume();
  });
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), {code});
}
