import {readFileSync} from "node:fs";
import {connect, isIP, type Socket} from "node:net";
import {join} from "node:path";
import {type ConnectionOptions, connect as secure} from "node:tls";
import {fault} from "../../../src/fault.ts";
import type {Address} from "./address.ts";

/** The request to speak TLS: length, then PostgreSQL's number for it. */
const ASK_FOR_TLS = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const SECURE = "S".charCodeAt(0);
/** Yes, no, and the error of a very old server. */
const ANSWERS = [SECURE, "N".charCodeAt(0), "E".charCodeAt(0)];

/**
 * Opens a connection to a server, protected as its address says.
 * Errors: what Node says of the network; Fault 4 when the server has no TLS and the address wants it, Fault 2 for a file of certificates
 * that cannot be read.
 */
export async function openSocket(address: Address, milliseconds: number): Promise<Socket> {
  const {host, port, tls} = address;
  const local = host.startsWith("/");
  const socket = local ? connect(join(host, `.s.PGSQL.${port}`)) : connect(port, host);
  const timer = setTimeout(() => socket.destroy(Object.assign(new Error("timed out"), {code: "ETIMEDOUT"})), milliseconds);
  try {
    await happens(socket, "connect");
    socket.setKeepAlive(true, 10_000);
    if (local || tls === "disable") return socket;
    socket.write(ASK_FOR_TLS);
    const answer = await happens(socket, "data");
    if (answer.length !== 1 || !ANSWERS.includes(answer[0] ?? 0))
      throw Object.assign(new Error("no server"), {code: "NOT_POSTGRES"});
    if (answer[0] === SECURE) return await secured(socket, address);
    if (tls === "prefer") return socket;
    throw fault(4, {
      place: {file: address.shown},
      what: `${host}:${port} 不支持加密连接（sslmode=${tls}）`,
      advice: "请让管理员在服务器上打开ssl；确在可信的内网时可写sslmode=disable"
    });
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function secured(socket: Socket, address: Address): Promise<Socket> {
  const {host, tls} = address;
  const options: ConnectionOptions = {socket, host, rejectUnauthorized: tls.startsWith("verify")};
  if (!isIP(host)) options.servername = host;
  if (tls === "verify-ca") options.checkServerIdentity = () => undefined;
  if (address.authorities !== null) options.ca = certificates(address.authorities, address.shown);
  const protectedSocket = secure(options);
  await happens(protectedSocket, "secureConnect");
  return protectedSocket;
}

function certificates(path: string, shown: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw fault(2, {place: {file: shown}, what: "sslrootcert所指的证书文件打不开", advice: "请核对它的路径和读取权限"});
  }
}

/** Waits for an event; an error or the end of the connection comes instead. */
function happens(socket: Socket, event: "connect" | "data" | "secureConnect"): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const close = () => reject(Object.assign(new Error("closed"), {code: "ECONNRESET"}));
    const done = (value: Buffer) => {
      socket.off("error", reject).off("close", close);
      resolve(value);
    };
    socket.once(event, done).once("error", reject).once("close", close);
  });
}
