import {closeSync, mkdirSync, openSync, readdirSync, rmSync, writeFileSync, writeSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {parseArgs} from "node:util";
import type {Office, SampleFile} from "./kit/office.ts";
import {OFFICES} from "./office/index.ts";

/** Where the earlier versions of some files are kept, to be laid over the others before a first load. */
export const EARLIER = "期初";

/**
 * Writes the workspaces of the samples.
 * Shape: one folder an office, holding xunheng.yaml, its files and `期初/`; what was there before is removed, but for its state in .xunheng.
 * Errors: RangeError for an unknown regime.
 * @example await generate("out", {regime: "hainan-2016", findings: 100_000})
 */
export async function generate(to: string, {regime, findings}: {regime?: string; findings?: number} = {}): Promise<void> {
  const offices = OFFICES.filter((o) => regime === undefined || o.id === regime);
  if (offices.length === 0) throw new RangeError(`no sample for ${regime}; there are ${OFFICES.map((o) => o.id).join(", ")}`);
  for (const office of offices) await writeOffice(join(to, office.id), office, findings ?? office.findings);
}

async function writeOffice(directory: string, office: Office, findings: number): Promise<void> {
  mkdirSync(directory, {recursive: true});
  for (const name of readdirSync(directory)) if (name !== ".xunheng") rmSync(join(directory, name), {recursive: true});
  const world = office.world(findings);
  writeFileSync(join(directory, "xunheng.yaml"), office.yaml);
  for (const file of office.files(world)) await write(directory, file);
  for (const file of office.files(office.earlier(world))) {
    if (office.earlierFiles.includes(file.path)) await write(join(directory, EARLIER), file);
  }
}

async function write(directory: string, {path, bytes}: SampleFile): Promise<void> {
  const file = join(directory, path);
  mkdirSync(dirname(file), {recursive: true});
  const content = bytes();
  if (content instanceof Promise) {
    writeFileSync(file, await content);
    return;
  }
  const out = openSync(file, "w");
  for (const piece of content) writeSync(out, piece);
  closeSync(out);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const {values} = parseArgs({options: {findings: {type: "string"}, to: {type: "string"}, regime: {type: "string"}}});
  const findings = values.findings === undefined ? undefined : Number(values.findings);
  if (findings !== undefined && !(Number.isSafeInteger(findings) && findings >= 0))
    throw new RangeError("--findings takes a whole number");
  await generate(values.to ?? dirname(fileURLToPath(import.meta.url)), {regime: values.regime, findings});
}
