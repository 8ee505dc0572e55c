import {createHash} from "node:crypto";
import type {FileStamp, SourceFile} from "../files.ts";
import type {LoaderContext} from "../loader.ts";
import {refuseOtherFormats} from "./format.ts";
import {openWorkbook, type Workbook} from "./workbook.ts";

/** A workbook that has been opened, and the SHA-256 of its file. */
export interface Opened {
  readonly book: Workbook;
  readonly sha256: string;
}

interface Kept extends Opened {
  readonly stamp: FileStamp;
}

/**
 * Opens a workbook, or takes the one that was opened for the source before: most offices keep all their tables in one.
 * @param read its bytes, when they are needed
 * Errors: as of openWorkbook, read, and refuseOtherFormats.
 */
export function openedWorkbook(
  {file}: SourceFile,
  stamp: FileStamp | null,
  {limits, opened}: Pick<LoaderContext, "limits" | "opened">,
  read: () => Buffer
): Opened {
  const before = opened?.get("workbook") as Kept | undefined;
  if (before && stamp && before.stamp.path === stamp.path && before.stamp.said === stamp.said) {
    before.book.zip.again();
    return before;
  }
  // One at a time: a workbook may take as much memory as it likes.
  opened?.delete("workbook");
  const bytes = read();
  refuseOtherFormats(file, bytes);
  const book = openWorkbook(bytes, limits);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (stamp) opened?.set("workbook", {stamp, book, sha256} satisfies Kept);
  return {book, sha256};
}
