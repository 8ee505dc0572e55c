import {fileChunks, type SourceFile} from "../files.ts";
import {refuseStarred} from "../marking.ts";

const STAR = Buffer.from("★");
/** Bytes before a star that may hold its marking, blanks between. */
const AROUND = 60;

/**
 * Looks for markings before ★ in UTF-8 text; the search for the bytes costs next to nothing.
 * Errors: Fault 3 with the line.
 */
export function refuseStars({file}: SourceFile, path: string): void {
  let before: Buffer = Buffer.alloc(0);
  let offset = 0;
  for (const chunk of fileChunks({path, file})) {
    const bytes: Buffer = Buffer.concat([before, chunk]);
    for (let at = bytes.indexOf(STAR); at >= 0; at = bytes.indexOf(STAR, at + 1)) {
      const text = bytes.subarray(Math.max(0, at - AROUND), at + STAR.length).toString("utf8");
      refuseStarred(text, {file, line: lineAt(path, offset - before.length + at)});
    }
    offset += chunk.length;
    before = Buffer.from(bytes.subarray(-AROUND));
  }
}

/** The line of a byte, counted from 1. */
function lineAt(path: string, offset: number): number {
  let [line, from] = [1, 0];
  for (const chunk of fileChunks({path, file: path})) {
    const end = Math.min(chunk.length, offset - from);
    for (let at = chunk.indexOf(10); at >= 0 && at < end; at = chunk.indexOf(10, at + 1)) line++;
    from += chunk.length;
    if (from >= offset) break;
  }
  return line;
}
