import {strFromU8, strToU8, unzipSync, zipSync} from "fflate";
import {PAGE} from "./layout.ts";

/** Zip keeps local time: written from local fields it is the same bytes everywhere. */
const MADE = new Date(2000, 0, 1);

/** The document's own date. */
const MADE_ISO = "2000-01-01T00:00:00Z";

/** What stands in for a typeface that a machine lacks; Word looks here first. */
const STAND_INS: Readonly<Record<string, string>> = {
  仿宋_GB2312: "仿宋",
  楷体_GB2312: "楷体",
  方正小标宋简体: "华文中宋",
  黑体: "SimHei",
  宋体: "SimSun"
};

/** Names the library draws by lot: relationships and shapes. */
const BY_LOT = /\b(rId|PowerPlusWaterMarkObject)([a-z0-9_-]{21})(?=")/g;

/** Spacing of paragraphs with lines of another distance than the body's: they take no part in its grid. */
const OFF_GRID = new RegExp(`<w:spacing (?=[^>]*w:line=)(?![^>]*w:line="${PAGE.line}")`, "g");

/**
 * The package made the same whenever it is made: no day of today, no random names, parts in order; with stand-ins for typefaces.
 * Shape: bytes of a .docx in and out.
 */
export function finishDocument(bytes: Uint8Array): Uint8Array {
  const parts = unzipSync(bytes);
  const given = new Map<string, string>();
  const named = (name: string) => given.get(name) ?? given.set(name, `N${given.size + 1}`).get(name);
  const names = Object.keys(parts).sort((a, b) => (a < b ? -1 : 1));
  const entries = names.map((name) => [name, finished(name, parts[name] as Uint8Array, named)] as const);
  return zipSync(Object.fromEntries(entries), {mtime: MADE, level: 6});
}

function finished(name: string, content: Uint8Array, named: (name: string) => string | undefined): Uint8Array {
  if (name === "docProps/core.xml") return changed(content, fixedDays);
  if (name === "word/fontTable.xml") return strToU8(fontTable());
  if (name.endsWith(".xlsx")) return finishDocument(content);
  if (!/\.(xml|rels)$/.test(name)) return content;
  return changed(content, (xml) => {
    let drawing = 0;
    return xml
      .replace(OFF_GRID, '<w:snapToGrid w:val="0"/>$&')
      .replace(BY_LOT, (_, kind: string, lot: string) => `${kind}${named(lot)}`)
      .replace(/(<wp:docPr id=")\d+/g, (_, start: string) => `${start}${++drawing}`);
  });
}

function changed(content: Uint8Array, change: (xml: string) => string): Uint8Array {
  return strToU8(change(strFromU8(content)));
}

function fixedDays(xml: string): string {
  return xml.replace(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, `$1${MADE_ISO}`);
}

function fontTable(): string {
  const fonts = Object.entries(STAND_INS).map(
    ([name, other]) =>
      `<w:font w:name="${name}"><w:altName w:val="${other}"/><w:charset w:val="86"/><w:family w:val="${name === "黑体" ? "modern" : "roman"}"/><w:pitch w:val="variable"/></w:font>`
  );
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${fonts.join("")}</w:fonts>`;
}
