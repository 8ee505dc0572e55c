import {closeSync, fsyncSync, openSync} from "node:fs";

/** Makes sure that a file's bytes are on disk before anything is said to be done. */
export function flushFile(path: string): void {
  flush(path, "r+");
}

/** Makes sure that a directory's names (what was created or renamed in it) are on disk. Windows cannot, and does not need to. */
export function flushDirectory(path: string): void {
  if (process.platform !== "win32") flush(path, "r");
}

function flush(path: string, flags: string): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
