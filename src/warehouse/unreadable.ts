import {type Fault, fault} from "../fault.ts";
import {quotedString} from "../sql.ts";
import type {Batch} from "../workspace/batch.ts";
import {Database} from "./duckdb.ts";

/** Ids of batches whose rows cannot be read. The end of a Parquet file says what is in it: one cut short is found without reading it all. */
export async function unreadableBatches(batches: readonly Batch[]): Promise<string[]> {
  if (batches.length === 0) return [];
  const db = await Database.open();
  try {
    const bad: string[] = [];
    for (const {id, rows} of batches)
      await db.run(`select count(*) from parquet_file_metadata(${quotedString(rows)})`).catch(() => bad.push(id));
    return bad;
  } finally {
    db.close();
  }
}

/** Whether the engine or the system found no room to write. */
export function isDiskFull(error: unknown): boolean {
  const {code, message = ""} = error as NodeJS.ErrnoException;
  return code === "ENOSPC" || /no space left on device|disk (is )?full|could not write .* to file|out of disk/i.test(message);
}

/** That the disk is full, in our words. */
export function diskFull(): Fault {
  return fault(4, {
    place: null,
    what: "磁盘已满，没有写完；原有的数据没有改动",
    advice: "请腾出空间（工作区和临时目录都要），再运行一次"
  });
}

/** Why the warehouse could not be built, in our words: no room, or the batches that cannot be read; null for anything else. */
export async function buildFault(error: unknown, batches: readonly Batch[]): Promise<Fault | null> {
  if (isDiskFull(error)) return diskFull();
  const bad = await unreadableBatches(batches);
  if (bad.length === 0) return null;
  return fault(4, {
    place: null,
    what: `批次 ${bad.join("、")} 读不出来，文件损坏`,
    advice: "批次永久保存，请用备份恢复 .xunheng/batches 里的这个目录"
  });
}
