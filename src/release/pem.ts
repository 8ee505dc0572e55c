import {fault, type Place} from "../fault.ts";

/** Bytes with the word that says what they are, as OpenSSL writes them. */
export interface Pem {
  /** `PUBLIC KEY`, `ENCRYPTED PRIVATE KEY` … */
  readonly label: string;
  readonly bytes: Buffer;
}

/** No key is longer. */
const LONGEST = 16 * 1024;

/** Bytes as a PEM text. @example pemText({label: "PUBLIC KEY", bytes}) */
export function pemText({label, bytes}: Pem): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

/**
 * The only PEM block of a text; OpenSSL may write `EC PARAMETERS` before an EC key, which are passed over.
 * Errors: Fault 2 when there is none, or several; a certificate is told apart.
 */
export function readPem(text: string, place: Place): Pem {
  if (text.length > LONGEST) throw fault(2, {place, what: "文件太大，不是一把密钥", advice: "请指出 PEM 格式的密钥文件"});
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END \1-----/g)]
    .map(([, label = "", body = ""]) => ({label, bytes: Buffer.from(body, "base64")}))
    .filter(({label}) => label !== "EC PARAMETERS");
  const [only, ...more] = blocks;
  if (!only || more.length > 0)
    throw fault(2, {
      place,
      what: only ? "文件里有几把密钥" : "不是 PEM 格式的密钥",
      advice: "PEM 以一行 -----BEGIN …KEY----- 开头，一个文件一把"
    });
  if (only.label.endsWith("CERTIFICATE"))
    throw fault(2, {
      place,
      what: "是证书，不是公钥",
      advice: "请先取出公钥：openssl x509 -in 证书.pem -pubkey -noout -out 公钥.pub.pem"
    });
  return only;
}
