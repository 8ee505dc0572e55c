import {lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {z} from "zod";
import {Fault, fault} from "../fault.ts";
import {canonicalJson} from "../placed-yaml.ts";
import {bytewise} from "../warehouse/run.ts";
import {flushDirectory, flushFile} from "../workspace/flush.ts";
import {ALGORITHMS, type Algorithm, fingerprint, type PublicKey, publicPem, readPublicKey} from "./key.ts";
import {SIGNATURES} from "./manifest.ts";

/** What lies in signatures/ for one signer: `NAME.ALG.sig`, `NAME.ALG.pub.pem`, `NAME.json`. */
export interface SignatureFiles {
  readonly name: string;
  readonly algorithm: Algorithm | null;
  readonly key: PublicKey | null;
  readonly signature: Buffer | null;
  readonly at: string | null;
  readonly proof: string | null;
  /** Why it cannot be read; null: it can. */
  readonly problem: string | null;
  /** Below the release's directory. */
  readonly files: readonly string[];
}

/** A signature as it is kept. */
export interface KeptSignature {
  readonly name: string;
  readonly key: PublicKey;
  readonly signature: Buffer;
  /** Null for a signature made by another device. */
  readonly at: string | null;
  /** Signature over name, key and moment, hex; null with `at`. */
  readonly proof: string | null;
}

/** No file here is longer. */
const LONGEST = 4096;

/** More signers than this are a bomb. */
const MOST = 300;

const about = z.strictObject({
  name: z.string(),
  algorithm: z.enum(ALGORITHMS),
  fingerprint: z.string(),
  at: z.iso.datetime({offset: true}).nullable(),
  proof: z
    .string()
    .regex(/^([0-9a-f]{2})+$/)
    .nullable()
});

const NAME = /^[\p{L}\p{N}_-]{1,40}$/u;

/** Names of keys and signers, which become names of files. Errors: Fault 2. */
export function signerName(name: string): string {
  const clean = name.normalize("NFC").trim();
  if (NAME.test(clean)) return clean;
  throw fault(2, {
    place: null,
    what: `名称“${name.slice(0, 60)}”不能用`,
    advice: "只能用汉字、字母、数字、-和_，至多40个，如 安委办"
  });
}

/**
 * Puts a signature into signatures/; the signature itself comes last, each file whole or not at all, none replaced.
 * Shape: the signature's path below the directory.
 * Errors: Fault 2 when this name has signed already.
 */
export function keepSignature(directory: string, {name, key, signature, at, proof}: KeptSignature): string {
  const folder = join(directory, SIGNATURES);
  mkdirSync(folder, {recursive: true});
  const {algorithm} = key;
  const signed = ALGORITHMS.find((one) => lstatSync(join(folder, `${name}.${one}.sig`), {throwIfNoEntry: false}));
  if (signed)
    throw fault(2, {
      place: {file: join(folder, `${name}.${signed}.sig`)},
      what: `${name}已经签过`,
      advice: "签名不能替换；另一人签请用另一个名称"
    });
  // Without its signature the rest is what a killed command left.
  for (const left of [`${name}.json`, ...ALGORITHMS.map((one) => `${name}.${one}.pub.pem`)])
    rmSync(join(folder, left), {force: true});
  put(folder, `${name}.${algorithm}.pub.pem`, publicPem(key));
  put(folder, `${name}.json`, aboutText({name, key, at, proof}));
  put(folder, `${name}.${algorithm}.sig`, signature);
  flushDirectory(folder);
  return `${SIGNATURES}/${name}.${algorithm}.sig`;
}

function aboutText({name, key, at, proof}: Omit<KeptSignature, "signature">): string {
  return `${canonicalJson({name, algorithm: key.algorithm, fingerprint: fingerprint(key), at, proof})}\n`;
}

/** A file appears whole or not at all. */
function put(folder: string, name: string, content: string | Buffer): void {
  const written = join(folder, `.${process.pid}.new`);
  try {
    writeFileSync(written, content);
    flushFile(written);
    renameSync(written, join(folder, name));
  } finally {
    rmSync(written, {force: true});
  }
}

/** Every signature in signatures/, by name; what belongs to none is one of its own with a problem. */
export function readSignatureFiles(directory: string): SignatureFiles[] {
  const folder = join(directory, SIGNATURES);
  const entry = lstatSync(folder, {throwIfNoEntry: false});
  if (!entry) return [];
  if (!entry.isDirectory()) return [broken(SIGNATURES, "signatures 不是目录", [])];
  const names = readdirSync(folder).toSorted(bytewise);
  if (names.length > 3 * MOST) return [broken(SIGNATURES, `signatures 里有${names.length}个文件，太多`, [])];
  const found = names
    .map((name) => /^(.+)\.(sm2|ed25519)\.sig$/u.exec(name))
    .filter((match) => match !== null)
    .map(([, name = "", algorithm]) => readOne(folder, name, algorithm as Algorithm));
  const used = new Set(found.flatMap(({files}) => files));
  const left = names.map((name) => `${SIGNATURES}/${name}`).filter((path) => !used.has(path));
  return [
    ...found,
    ...left.map((path) => broken(path.slice(SIGNATURES.length + 1), "不属于任何签名，或它的签名文件不见了", [path]))
  ];
}

function readOne(folder: string, name: string, algorithm: Algorithm): SignatureFiles {
  const names = {sig: `${name}.${algorithm}.sig`, pub: `${name}.${algorithm}.pub.pem`, json: `${name}.json`};
  const files = Object.values(names).map((file) => `${SIGNATURES}/${file}`);
  if (!NAME.test(name)) return broken(name, "文件名不是签名人的名称", files);
  try {
    const [signature, pem, json] = Object.values(names).map((file) => regular(folder, file)) as [Buffer, Buffer, Buffer];
    const key = readPublicKey(pem.toString("utf8"), {file: `${SIGNATURES}/${names.pub}`});
    const said = about.safeParse(jsonOf(json)).data;
    if (!said) throw fault(2, {place: {file: `${SIGNATURES}/${names.json}`}, what: "不是签名的说明"});
    const {at, proof} = said;
    if (!pem.equals(Buffer.from(publicPem(key))) || key.algorithm !== algorithm)
      throw fault(2, {place: {file: `${SIGNATURES}/${names.pub}`}, what: "公钥文件被改动过，或不是文件名所说的算法"});
    if (!json.equals(Buffer.from(aboutText({name, key, at, proof}))))
      throw fault(2, {place: {file: `${SIGNATURES}/${names.json}`}, what: "与签名或公钥不符"});
    return {name, algorithm, key, signature, at, proof, problem: null, files};
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return {...broken(name, error.message, files), algorithm};
  }
}

function broken(name: string, problem: string, files: readonly string[]): SignatureFiles {
  const shown = name.replace(/\p{C}/gu, "?").slice(0, 80);
  return {name: shown, algorithm: null, key: null, signature: null, at: null, proof: null, problem, files};
}

function regular(folder: string, name: string): Buffer {
  const place = {file: `${SIGNATURES}/${name}`};
  const entry = lstatSync(join(folder, name), {throwIfNoEntry: false});
  if (!entry) throw fault(2, {place, what: "没有这个文件"});
  if (!entry.isFile()) throw fault(2, {place, what: "不是普通文件"});
  if (entry.size > LONGEST) throw fault(2, {place, what: "文件太大"});
  return readFileSync(join(folder, name));
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return null;
  }
}
