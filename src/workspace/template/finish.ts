import {strFromU8, strToU8, unzipSync, zipSync} from "fflate";

/** Zip keeps local time: written from local fields it is the same bytes everywhere. */
const MADE = new Date(2000, 0, 1);

/**
 * What our writer leaves out of a workbook: the format of whole columns, so that what is typed further down is text where the
 * column is, and notes large enough to be read.
 * Shape: bytes of an .xlsx in and out; a column takes the style of its cell in row `model` (counted from 1); null: none does.
 */
export function finishTemplate(bytes: Uint8Array, model: number | null): Uint8Array {
  const parts = unzipSync(bytes);
  const entries = Object.entries(parts).map(([name, content]) => {
    if (model !== null && /^xl\/worksheets\/sheet\d+\.xml$/.test(name))
      return [name, changed(content, (xml) => styledColumns(xml, model))] as const;
    if (/^xl\/drawings\/vmlDrawing\d+\.vml$/.test(name)) return [name, changed(content, largeNotes)] as const;
    return [name, content] as const;
  });
  return zipSync(Object.fromEntries(entries), {mtime: MADE, level: 6});
}

function changed(content: Uint8Array, change: (xml: string) => string): Uint8Array {
  return strToU8(change(strFromU8(content)));
}

/** Gives every `<col>` the style number of the column's cell in the model row. */
function styledColumns(xml: string, model: number): string {
  const row = new RegExp(`<row r="${model}"[^>]*>(.*?)</row>`, "s").exec(xml)?.[1] ?? "";
  const styles = new Map([...row.matchAll(/<c r="([A-Z]+)\d+"[^>]* s="(\d+)"/g)].map(([, letters, style]) => [letters, style]));
  return xml.replace(/<col min="(\d+)"([^>]*)\/>/g, (col, min: string, rest: string) => {
    const style = styles.get(letters(Number(min)));
    return style === undefined ? col : `<col min="${min}"${rest} style="${style}"/>`;
  });
}

/** The letters of a column, counted from 1. */
function letters(column: number): string {
  const [high, low] = [Math.floor((column - 1) / 26), (column - 1) % 26];
  return (high > 0 ? letters(high) : "") + String.fromCharCode(65 + low);
}

/** A note three columns wide and as high as nine lines. */
function largeNotes(vml: string): string {
  return vml
    .replace(/width:108pt;height:59\.25pt/g, "width:240pt;height:135pt")
    .replace(/<x:Anchor>(\d+),15,(\d+),2,\d+,31,\d+,4<\/x:Anchor>/g, (_, left: string, top: string) => {
      return `<x:Anchor>${left},15,${top},2,${Number(left) + 3},31,${Number(top) + 8},4</x:Anchor>`;
    });
}
