import {posix} from "node:path";
import {LIMITS, type Limits} from "../limits.ts";
import {WorkbookError} from "./error.ts";
import {type NumberFormat, numberFormat, PLAIN_FORMAT} from "./number-format.ts";
import {TextStore} from "./text-store.ts";
import {cellText, readXml, type XmlListener} from "./xml.ts";
import {Zip} from "./zip.ts";

/** A worksheet of a workbook. */
export interface SheetEntry {
  readonly name: string;
  readonly part: string;
  readonly hidden: boolean;
}

/** What of a workbook is needed to read its cells. */
export interface Workbook {
  readonly zip: Zip;
  readonly sheets: readonly SheetEntry[];
  /** Whether day 0 is 1904-01-01. */
  readonly date1904: boolean;
  /** By the style number of a cell. */
  readonly formats: readonly NumberFormat[];
  readonly strings: TextStore;
  /** Texts of the document's properties and of its drawings. */
  readonly properties: readonly string[];
  readonly limits: Limits;
}

/** Most bytes of a part that is small by nature: all but sheets and their texts. */
const LARGEST_SMALL = 64 * 1024 ** 2;
/** Most bytes of the shared texts, which are kept in memory. */
const LARGEST_TEXTS = 2048 * 1024 ** 2;
const MOST_SHEETS = 1000;

/** Built-in formats that show a date or time; 27–36 and 50–58 are those of Chinese editions. Source: ECMA-376 part 1, 18.8.30. */
const isBuiltInDate = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/**
 * Opens an .xlsx workbook (also .xlsm; transitional and strict).
 * Errors: WorkbookError when it is none, or damaged.
 */
export function openWorkbook(bytes: Buffer, limits: Limits = LIMITS): Workbook {
  const zip = new Zip(bytes, limits.unpacked_mib);
  const book = relations(zip, "").find(({type}) => type === "officeDocument")?.target ?? "xl/workbook.xml";
  if (!zip.has(book) || !book.endsWith(".xml")) throw new WorkbookError("不是xlsx工作簿");
  const related = relations(zip, book);
  const {sheets, date1904} = readBook(zip, book, related);
  const one = (type: string) => related.find((r) => r.type === type && zip.has(r.target))?.target;
  const [styles, strings] = [one("styles"), one("sharedStrings")];
  return {
    zip,
    sheets,
    date1904,
    formats: styles ? readFormats(zip, styles) : [],
    strings: strings ? readStrings(zip, strings, limits) : new TextStore(),
    properties: readProperties(zip),
    limits
  };
}

/** How cells of a style are shown. */
export function formatOf({formats}: Workbook, style: number): NumberFormat {
  return formats[style] ?? PLAIN_FORMAT;
}

function readBook(zip: Zip, book: string, related: readonly Relation[]): Pick<Workbook, "sheets" | "date1904"> {
  const sheets: SheetEntry[] = [];
  let date1904 = false;
  readXml(zip.pieces(book, LARGEST_SMALL), {
    open(name, attributes) {
      if (name === "workbookPr") date1904 = /^(1|true)$/.test(attributes.date1904 ?? "");
      if (name !== "sheet") return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1];
      const relation = related.find((r) => r.id === id && r.type === "worksheet");
      const state = attributes.state ?? "visible";
      if (sheets.length >= MOST_SHEETS) throw new WorkbookError(`工作表超过${MOST_SHEETS}个`);
      if (relation) sheets.push({name: attributes.name ?? "", part: relation.target, hidden: state !== "visible"});
    }
  });
  if (sheets.length === 0) throw new WorkbookError("没有工作表");
  return {sheets, date1904};
}

interface Relation {
  readonly id: string;
  /** Last word of the type. */
  readonly type: string;
  readonly target: string;
}

function relations(zip: Zip, part: string): Relation[] {
  const {dir, base} = posix.parse(part);
  const name = posix.join(dir, "_rels", `${base}.rels`);
  const found: Relation[] = [];
  if (!zip.has(name)) return found;
  readXml(zip.pieces(name, LARGEST_SMALL), {
    open(element, attributes) {
      if (element !== "Relationship") return;
      const [target, type] = [attributes.Target ?? "", attributes.Type ?? ""];
      const path = target.startsWith("/") ? target.slice(1) : posix.join(dir, target);
      found.push({id: attributes.Id ?? "", type: type.split("/").at(-1) ?? "", target: path});
    }
  });
  return found;
}

function readFormats(zip: Zip, part: string): NumberFormat[] {
  const own = new Map<number, NumberFormat>();
  const formats: NumberFormat[] = [];
  let within = "";
  readXml(zip.pieces(part, LARGEST_SMALL), {
    open(name, attributes) {
      if (name === "cellXfs" || name === "cellStyleXfs") within = name;
      const id = Number(attributes.numFmtId ?? 0);
      if (name === "numFmt") own.set(id, numberFormat(attributes.formatCode ?? ""));
      if (name !== "xf" || within !== "cellXfs") return;
      formats.push(own.get(id) ?? {date: isBuiltInDate(id), mask: id === 1 ? [null] : null, places: id === 2 || id === 4 ? 2 : 0});
    },
    close(name) {
      if (name === within) within = "";
    }
  });
  return formats;
}

/** A shared text without runs of its own looks. */
const PLAIN_TEXT = /\s*<si><t(?: xml:space="preserve")?>([^<&]*)<\/t><\/si>/y;

function readStrings(zip: Zip, part: string, {cell_chars}: Limits): TextStore {
  const strings = new TextStore();
  let text = "";
  let phonetic = false;
  let open = false;
  const listener: XmlListener = {
    open(name) {
      if (name === "si") text = "";
      else if (name === "rPh") phonetic = true;
      else if (name === "t") open = !phonetic;
    },
    text(piece) {
      // One character more than allowed tells that it was too long.
      if (open && text.length <= cell_chars) text += piece.slice(0, cell_chars + 1);
    },
    close(name) {
      if (name === "t") open = false;
      else if (name === "rPh") phonetic = false;
      else if (name === "si") strings.push(cellText(text));
    }
  };
  const read = (xml: string, at: number) => {
    PLAIN_TEXT.lastIndex = at;
    const plain = PLAIN_TEXT.exec(xml)?.[1];
    if (plain === undefined || plain.length > cell_chars) return -1;
    strings.push(cellText(plain));
    return PLAIN_TEXT.lastIndex;
  };
  readXml(zip.pieces(part, LARGEST_TEXTS), listener, {within: "sst", end: "</si>", read});
  return strings;
}

function readProperties(zip: Zip): string[] {
  const texts: string[] = [];
  for (const part of zip.names().filter((name) => /^(docprops\/[^/]+|xl\/drawings\/[^/]+)\.xml$/.test(name))) {
    readXml(zip.pieces(part, LARGEST_SMALL), {
      text(text) {
        if (text.trim() !== "") texts.push(text.trim());
      }
    });
  }
  return texts;
}
