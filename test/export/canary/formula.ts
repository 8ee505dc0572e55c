import {unzipSync} from "fflate";

/** The cells of a CSV text (RFC 4180), byte order mark left out. */
export function csvCells(text: string): string[] {
  return [...text.replace(/^\ufeff/, "").matchAll(/"((?:[^"]|"")*)"|([^,\r\n"]+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"')
  );
}

/** Whether a spreadsheet program would run a CSV's cell; a number with its sign is none. */
export function isRun(cell: string): boolean {
  return /^\s*[=+\-@＝＋－＠]|^[\t\r]/u.test(cell) && !/^[+-]?\d+(\.\d+)?$/.test(cell);
}

/**
 * What of a workbook a spreadsheet program would run or follow: formulas, links, connections, macros, other workbooks. Lists to choose from
 * (`formula1`) are ours.
 */
export function runParts(workbook: Uint8Array): string[] {
  return Object.entries(unzipSync(workbook)).flatMap(([name, bytes]) => {
    // A chart of a document carries its numbers as a workbook of its own.
    if (/embeddings\/[^/]*\.xlsx$/.test(name)) return runParts(bytes).map((found) => `${name}: ${found}`);
    const text = new TextDecoder().decode(bytes);
    const inside = name.endsWith(".xml")
      ? [...text.matchAll(/<(f|hyperlink|ddeLink|oleLink|connection|sheetPr [^>]*codeName)[ >/]/g)]
      : [];
    const part = /externalLinks|connections|vbaProject|embeddings|customUI/.test(name) ? [name] : [];
    const target = name.endsWith(".rels") && text.includes('TargetMode="External"') ? [`${name} leads outside`] : [];
    return [...part, ...target, ...inside.map(([tag]) => `${name}: ${tag}`)];
  });
}
