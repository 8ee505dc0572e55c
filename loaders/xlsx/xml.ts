import sax from "sax";
import {WorkbookError} from "./error.ts";

/** Attributes of an element by their names as written. */
export type Attributes = Readonly<Record<string, string>>;

/** Hears an XML text. Names of elements come without their namespace prefix. */
export interface XmlListener {
  open?(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** sax keeps a tag until it ends: more characters without an end are an attack. */
const LONGEST_TAG = 4 * 1024 ** 2;
/** A text comes piece by piece; a cell holds 32,767 characters. */
const LONGEST_TEXT = 128 * 1024 ** 2;
/** Elements within one another. */
const DEEPEST = 256;

/**
 * Reads the pieces of an XML text with a listener.
 * Errors: WorkbookError for a document type declaration (it could name other files) and for what is not well-formed.
 */
export function readXml(pieces: Iterable<string>, listener: XmlListener): void {
  const parser = sax.parser(true, {position: false, strictEntities: true});
  // Characters since something was heard at all, and since a tag was.
  let [quiet, untagged, depth] = [0, 0, 0];
  parser.onerror = () => {
    throw new WorkbookError("内容已损坏，XML有误");
  };
  parser.ondoctype = () => {
    throw new WorkbookError("含有DOCTYPE声明");
  };
  parser.onopentag = ({name, attributes}) => {
    quiet = untagged = 0;
    if (++depth > DEEPEST) throw new WorkbookError("内容已损坏，XML有误");
    listener.open?.(localName(name), attributes);
  };
  parser.onclosetag = (name) => {
    quiet = untagged = 0;
    depth--;
    listener.close?.(localName(name));
  };
  const text = (text: string) => {
    quiet = 0;
    listener.text?.(text);
  };
  parser.ontext = text;
  parser.oncdata = text;
  for (const piece of pieces) {
    quiet += piece.length;
    untagged += piece.length;
    parser.write(piece);
    if (quiet > LONGEST_TAG || untagged > LONGEST_TEXT) throw new WorkbookError("展开后过大");
  }
  parser.close();
}

/** Cell text: the workbook's own `_x000D_` stands for characters XML does not allow. */
export function cellText(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}
