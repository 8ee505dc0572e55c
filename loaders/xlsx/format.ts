import {fault} from "../../src/fault.ts";
import type {WorkbookError} from "./error.ts";

const SAVE_AS = "请用表格软件打开后另存为 .xlsx";

/** The first bytes of an OpenDocument file name its kind. */
const OPEN_DOCUMENT = "application/vnd.oasis.opendocument";

/**
 * Refuses what is called a workbook and is none: old Excel, encrypted, a web page, plain text.
 * Errors: Fault 2 with the one thing to do.
 */
export function refuseOtherFormats(file: string, bytes: Buffer): void {
  const place = {file};
  if (bytes.length === 0) throw fault(2, {place, what: "是空文件", advice: "没有数据时请至少保留表头一行"});
  if (bytes.subarray(0, 2).toString("latin1") === "PK") {
    if (bytes.subarray(0, 128).includes(OPEN_DOCUMENT)) {
      throw fault(2, {place, what: "是OpenDocument格式（.ods），不是xlsx", advice: `${SAVE_AS}，有密码的先取消密码`});
    }
    return;
  }
  if (bytes.subarray(0, 8).toString("hex") === "d0cf11e0a1b11ae1") {
    const encrypted = bytes.includes(Buffer.from("EncryptedPackage", "utf16le"));
    throw fault(
      2,
      encrypted
        ? {place, what: "已加密，不能读取", advice: "请用表格软件打开、取消密码后另存为 .xlsx"}
        : {place, what: "是旧版Excel格式（.xls），不是xlsx", advice: SAVE_AS}
    );
  }
  const head = bytes
    .subarray(0, 1024)
    .toString("utf8")
    .replace(/^\ufeff/, "")
    .trimStart();
  if (/^<(?:!doctype\s+html|html|table|meta|head|body|style|div)/i.test(head)) {
    throw fault(2, {place, what: "其实是网页（HTML），不是xlsx", advice: SAVE_AS});
  }
  if (head.startsWith("<")) throw fault(2, {place, what: "是XML文件，不是xlsx", advice: SAVE_AS});
  throw fault(2, {place, what: "不是xlsx工作簿", advice: `${SAVE_AS}；如果是CSV，请把loader改为csv`});
}

/** Says that a workbook cannot be opened. */
export function unreadable(file: string, {message, advice}: WorkbookError) {
  return fault(2, {place: {file}, what: `打不开这个工作簿：${message}`, advice: advice ?? SAVE_AS});
}
