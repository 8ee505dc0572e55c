import {Fault, fault} from "../../../src/fault.ts";
import {notOneSelect, placeIn, queryFault} from "../select.ts";
import type {Address} from "./address.ts";
import {LONGEST_ROW, ROW_TOO_LONG, TOO_LATE} from "./session.ts";

/** How far a conversation with a server had come. */
export interface Progress {
  /** What the server was last sent, and where in it the office's query begins. */
  readonly sent: "login" | "query" | "copy" | "end";
  /** Characters before the query in what was sent. */
  readonly before: number;
  readonly rows: number;
}

interface ServerError {
  readonly code?: string;
  readonly message: string;
  readonly position?: string;
}

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: "拒绝连接",
  ENOTFOUND: "找不到这个主机名",
  EAI_AGAIN: "域名解析失败",
  ETIMEDOUT: "没有回应",
  CONNECT_TIMEOUT: "没有回应",
  EHOSTUNREACH: "网络不通",
  ENETUNREACH: "网络不通",
  ENOENT: "没有这个本地套接字",
  EACCES: "没有权限",
  ECONNRESET: "连接被对方关闭",
  CONNECTION_CLOSED: "连接被对方关闭",
  NOT_POSTGRES: "对方不是PostgreSQL服务器"
};

/**
 * What went wrong with a server, in a sentence. The password is in none: nothing of the address but its host, port, user and
 * database is said, and what the server says is searched for it.
 * Shape: exit 4 for a server out of reach, a login refused or a connection lost; 2 for what the query got wrong.
 */
export function postgresFault(error: unknown, address: Address, query: string, source: string, progress: Progress): Fault {
  if (error instanceof Fault) return error;
  const {code = "", message, position} = error as ServerError;
  const said = hidden(message.split(/\r?\n/)[0] ?? "", address.password);
  const place = {file: address.shown};
  const server = (what: string, advice: string) => fault(4, {place, what, advice});
  const where = address.host.startsWith("/") ? address.host : `${address.host}:${address.port}`;
  if (code === TOO_LATE) return server("服务器太久没有答完", "请让查询快一些，或把这个来源的timeout写长，例如 timeout: 2h");
  if (code === ROW_TOO_LONG) {
    return fault(2, {
      place: {file: address.shown, line: progress.rows + 1},
      what: `一行超过${LONGEST_ROW}MiB`,
      advice: "请在查询里去掉太长的列"
    });
  }
  if (code === "ENOSPC") return server("临时目录写满了", "请腾出磁盘空间，再装一次");
  if (!/^[0-9A-Z]{5}$/.test(code)) {
    if (/CERT|SIGNED|ISSUER/.test(code)) {
      return server(`${where} 的证书不能确认（${said}）`, "请用sslrootcert指出签发它的证书，地址要与证书上的名字一致");
    }
    if (progress.sent === "login") {
      const why = NETWORK[code] ?? (code === "" ? NETWORK.NOT_POSTGRES : said);
      return server(`连不上 ${where}（${why}）`, "请核对地址、端口和网络，并确认数据库已经启动；本次没有装入这个来源");
    }
    return server(`读到第${progress.rows}行时与服务器的连接断了`, "本次没有装入这个来源，原有数据不变；请等服务器恢复后再装一次");
  }
  switch (code) {
    case "28P01":
      return server(`用户 ${address.user} 的密码不对`, "请核对地址里的密码，特殊字符须写成百分号编码");
    case "28000":
      return server(`服务器不让用户 ${address.user} 这样登录（${said}）`, "请让数据库管理员在pg_hba.conf里放行，或核对sslmode");
    case "3D000":
      return server(`没有数据库 ${address.database}`, "请核对地址末尾的库名");
    case "42501":
      return server(`用户 ${address.user} 没有权限（${said}）`, "请让数据库管理员授予SELECT权限");
    case "53300":
      return server("服务器的连接数满了", "请稍后再装一次");
    case "57014":
      return server("查询超时，被服务器取消", "请让查询快一些（例如先建索引或视图），或把这个来源的timeout写长，例如 timeout: 2h");
    case "22021":
      return fault(2, {
        place,
        what: `有的文字不是UTF-8（${said}）`,
        advice: "这个数据库的编码多半是SQL_ASCII；请让管理员把数据转到UTF8的库，或导出为CSV后用csv来源"
      });
    case "25006":
    case "25001":
      return queryFault(source, "要写数据", "本程序只读取数据；请只写SELECT");
  }
  if (/cannot insert multiple commands/.test(message)) return notOneSelect(source);
  if (/^(2|42|0A|34|44)/.test(code)) {
    const at = position === undefined ? -1 : Number(position) - 1 - progress.before;
    return queryFault(source, `不能执行${placeIn(query, at)}（${said}）`);
  }
  if (code.startsWith("57P") && progress.sent !== "login") {
    return server(
      `读到第${progress.rows}行时服务器停了（${said}）`,
      "本次没有装入这个来源，原有数据不变；请等服务器恢复后再装一次"
    );
  }
  return server(`服务器说：${said}（${code}）`, "请稍后再装一次；仍不行时请告诉数据库管理员");
}

/** A text without a secret that is long enough to be one. */
function hidden(text: string, secret: string): string {
  return secret.length < 4 ? text : text.replaceAll(secret, "***");
}
