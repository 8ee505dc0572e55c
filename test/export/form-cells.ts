import {strFromU8, strToU8, unzipSync, zipSync} from "fflate";
import {expect} from "vitest";
import type {ExportFile} from "../../src/export/write.ts";

/** Text of all parts of a workbook. */
export function textOf(file: ExportFile | undefined): string {
  return Object.values(unzipSync(file?.bytes ?? new Uint8Array()))
    .map((part) => strFromU8(part))
    .join("\n");
}

/** Cells of the first sheet as rows of text, header row first. */
export function table(file: ExportFile | undefined, first: string): string[][] {
  const parts = unzipSync(file?.bytes ?? new Uint8Array());
  const shared = [...strFromU8(parts["xl/sharedStrings.xml"] as Uint8Array).matchAll(/<si>(.*?)<\/si>/gs)].map(([, si]) =>
    (si ?? "").replace(/<[^>]*>/g, "")
  );
  const rows = [...strFromU8(parts["xl/worksheets/sheet1.xml"] as Uint8Array).matchAll(/<row r="\d+"[^>]*>(.*?)<\/row>/gs)].map(
    ([, row]) =>
      [...(row ?? "").matchAll(/<c r="[A-Z]+\d+"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, about, cell]) => {
        const value = /<v>(.*?)<\/v>/.exec(cell ?? "")?.[1] ?? "";
        return about?.includes('t="s"') ? (shared[Number(value)] ?? "") : value;
      })
  );
  return rows.slice(rows.findIndex((row) => row[0] === first));
}

/** Fills cells of the first sheet as a spreadsheet program does: by header and row below it, counted from 0. */
export function filled(
  file: ExportFile | undefined,
  first: string,
  cells: readonly (readonly [row: number, header: string, text: string])[]
): Uint8Array {
  const parts = unzipSync(file?.bytes ?? new Uint8Array());
  const sheet = "xl/worksheets/sheet1.xml";
  let xml = strFromU8(parts[sheet] as Uint8Array);
  const header = table(file, first)[0] ?? [];
  const top = Number(/<pane [^>]*ySplit="(\d+)"/.exec(xml)?.[1]);
  for (const [row, name, text] of cells) {
    const at = `${String.fromCharCode(65 + header.indexOf(name))}${top + 1 + row}`;
    const cell = new RegExp(`<c r="${at}"( s="\\d+")?[^>]*?(/>|>.*?</c>)`, "s");
    expect(xml).toMatch(cell);
    xml = xml.replace(cell, `<c r="${at}"$1 t="inlineStr"><is><t>${text}</t></is></c>`);
  }
  return zipSync({...parts, [sheet]: strToU8(xml)});
}
