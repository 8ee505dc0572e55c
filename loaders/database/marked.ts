import type {Limits} from "../limits.ts";
import type {LoaderEngine} from "../loader.ts";
import {refuseStarred} from "../marking.ts";
import {tooManyRows} from "./table.ts";

const MARKING = "(绝\\s*密|机\\s*密|秘\\s*密)\\s*[★☆]";

/**
 * Reads every value once, so that a broken page is found before the load: refuses more rows than the limit, and rows with a
 * secrecy marking before ★ in any cell; 商业秘密 is none.
 * @param rows a SELECT as `rowsSql` makes it, of `width` cells
 * Errors: Fault 2, and 3 with the first row that is marked; the engine's own for what it cannot read.
 */
export async function readThrough(
  engine: LoaderEngine,
  rows: string,
  width: number,
  file: string,
  {rows: most}: Limits
): Promise<void> {
  const others = `regexp_replace(marked, '商业\\s*${MARKING}', '', 'g')`;
  const isMarked = `marked is not null and regexp_matches(${others}, '${MARKING}')`;
  const counts = Array.from({length: width}, (_, i) => `count(c${i})`);
  const [found] = await engine.rows<{n: number; source_row: number | null; marked: string | null}>(
    `select count(*) as n, min(source_row) filter (where ${isMarked}) as source_row,
      arg_min(marked, source_row) filter (where ${isMarked}) as marked, ${counts.join(", ")} from (${rows})`
  );
  if (found?.marked && found.source_row !== null) refuseStarred(found.marked, {file, line: found.source_row});
  if ((found?.n ?? 0) > most) throw tooManyRows(file, most);
}
