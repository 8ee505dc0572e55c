import {strFromU8, strToU8} from "fflate";

const SHEET = "填报说明";

/**
 * Adds a last sheet to a workbook: which result it was filled from and what was not. Other sheets, names and looks stay as they are.
 * Shape: the workbook's parts, changed in place; a sheet of that name from before is kept, and the new one is numbered.
 */
export function addNotes(parts: Record<string, Uint8Array>, lines: readonly string[]): void {
  const text = (name: string) => strFromU8(parts[name] ?? new Uint8Array());
  const [book, rels, types] = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"];
  if (!(parts[book] && parts[rels] && parts[types])) throw new RangeError("an unusual workbook");
  const numbers = [...text(book).matchAll(/sheetId="(\d+)"/g)].map(([, id]) => Number(id));
  const id = Math.max(0, ...numbers) + 1;
  const part = firstFree(
    (n) => `xl/worksheets/notes${n}.xml`,
    (name) => parts[name] !== undefined
  );
  const relation = firstFree(
    (n) => `rIdNotes${n}`,
    (name) => text(rels).includes(`"${name}"`)
  );
  const name = firstFree(
    (n) => (n === 1 ? SHEET : `${SHEET}${n}`),
    (title) => text(book).includes(`name="${title}"`)
  );
  const officeRelations =
    /xmlns:(\w+)="http:\/\/(?:schemas\.openxmlformats\.org\/officeDocument\/2006|purl\.oclc\.org\/ooxml\/officeDocument)\/relationships"/;
  const prefix = officeRelations.exec(text(book))?.[1];
  const type = /Type="([^"]*\/)worksheet"/.exec(text(rels))?.[1];
  if (prefix === undefined || type === undefined) throw new RangeError("an unusual workbook");
  const add = (name: string, close: RegExp, element: (own: string) => string) => {
    const before = text(name);
    const after = before.replace(close, (tag, own: string) => `${element(own)}${tag}`);
    if (after === before) throw new RangeError("an unusual workbook");
    parts[name] = strToU8(after);
  };
  add(book, /<\/((?:\w+:)?)sheets\s*>/, (own) => `<${own}sheet name="${name}" sheetId="${id}" ${prefix}:id="${relation}"/>`);
  add(
    rels,
    /<\/((?:\w+:)?)Relationships\s*>/,
    (own) => `<${own}Relationship Id="${relation}" Type="${type}worksheet" Target="/${part}"/>`
  );
  const content = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
  add(types, /<\/((?:\w+:)?)Types\s*>/, (own) => `<${own}Override PartName="/${part}" ContentType="${content}"/>`);
  parts[part] = strToU8(sheetXml(text(book), lines));
}

function firstFree(name: (n: number) => string, isTaken: (name: string) => boolean): string {
  let n = 1;
  while (isTaken(name(n))) n++;
  return name(n);
}

/** Plain texts in one column; the sheet's vocabulary is that of the workbook (transitional or strict). */
function sheetXml(book: string, lines: readonly string[]): string {
  const main = /xmlns(?::\w+)?="(http:\/\/[^"]*\/(?:spreadsheetml\/2006\/main|ooxml\/spreadsheetml\/main))"/.exec(book)?.[1];
  if (main === undefined) throw new RangeError("an unusual workbook");
  const rows = lines.map((line, i) => {
    const text = line
      .replace(/[^\P{C}\p{Cf}\p{Co}\p{Cn}]|[\ufffe\uffff]/gu, "\ufffd")
      .slice(0, 32_000)
      .replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);
    return `<row r="${i + 1}"><c r="A${i + 1}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c></row>`;
  });
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${main}"><cols><col min="1" max="1" width="110" customWidth="1"/></cols><sheetData>${rows.join("")}</sheetData></worksheet>`;
}
