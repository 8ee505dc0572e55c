import {closeSync, openSync, writeFileSync} from "node:fs";
import {fileChunks, type SourceFile} from "../files.ts";

/** Lines that hold bytes which mean nothing in an encoding. */
export interface Damage {
  readonly lines: number;
  /** The first of them, counted from 1; 0 when there is none. */
  readonly first: number;
}

/** What a decoder puts where bytes mean nothing. */
export const UNREADABLE = "\ufffd";

/**
 * Writes a UTF-8 copy of a file. What cannot be decoded becomes U+FFFD, and is counted by lines.
 * @example recode({path, file}, "GB18030", join(scratch, "text.csv")).lines // 0
 */
export function recode(file: SourceFile, encoding: string, copy: string): Damage & {readonly of: number} {
  const handle = openSync(copy, "wx");
  try {
    return decode(file, encoding, (text) => writeFileSync(handle, text));
  } finally {
    closeSync(handle);
  }
}

/** The damage a file has when it is read in an encoding, and how many lines with characters beyond ASCII have none. */
export function damageOf(file: SourceFile, encoding: string): Damage & {readonly beyond: number} {
  let [beyond, rest] = [0, ""];
  const damage = decode(file, encoding, (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    beyond += lines.filter(readsWell).length;
  });
  return {...damage, beyond: beyond + Number(readsWell(rest))};
}

/** Whether a line has characters beyond ASCII, and all of them mean something. */
function readsWell(line: string): boolean {
  return /[^\0-\x7f]/.test(line) && !line.includes(UNREADABLE);
}

/** A U+FFFD that the file itself holds is none of ours, unless other bytes are damaged: then it counts with them. */
function decode(file: SourceFile, encoding: string, write: (text: string) => void): Damage & {readonly of: number} {
  const strict = new StrictCheck(encoding);
  const decoder = new TextDecoder(encoding);
  let [line, lines, first, last] = [1, 0, 0, 0];
  const take = (text: string) => {
    let from = 0;
    for (let at = text.indexOf(UNREADABLE); at >= 0; at = text.indexOf(UNREADABLE, at + 1)) {
      line += lineBreaks(text, from, at);
      from = at;
      if (line === last) continue;
      lines++;
      last = line;
      first ||= line;
    }
    line += lineBreaks(text, from, text.length);
    write(text);
  };
  for (const chunk of fileChunks(file)) {
    strict.push(chunk);
    take(decoder.decode(chunk, {stream: true}));
  }
  take(decoder.decode());
  return strict.end() ? {lines: 0, first: 0, of: line} : {lines, first, of: line};
}

/** Whether all bytes mean something. */
class StrictCheck {
  private readonly decoder: TextDecoder;
  private holds = true;

  constructor(encoding: string) {
    this.decoder = new TextDecoder(encoding, {fatal: true});
  }

  push(chunk: Buffer): void {
    this.holds &&= this.decodes(chunk);
  }

  end(): boolean {
    return this.holds && this.decodes();
  }

  private decodes(chunk?: Buffer): boolean {
    try {
      this.decoder.decode(chunk, {stream: chunk !== undefined});
      return true;
    } catch {
      return false;
    }
  }
}

function lineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at >= 0 && at < to; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
