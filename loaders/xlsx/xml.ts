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
const LONGEST_TAG = 1024 ** 2;
/** A text comes piece by piece; a cell holds 32,767 characters. */
const LONGEST_TEXT = 128 * 1024 ** 2;
/** Elements within one another. */
const DEEPEST = 256;

/**
 * Elements written in the plainest way, as most rows of a sheet are: read without the parser, in a third of its time. What is
 * written in any other way goes through the parser.
 */
export interface PlainElements {
  /** The element whose children they are; there is one of it. */
  readonly within: string;
  /** How they end. */
  readonly end: string;
  /** Reads the element that begins at a position, if it is plain: the position behind it, else -1. */
  readonly read: (text: string, at: number) => number;
}

/**
 * Reads the pieces of an XML text with a listener.
 * Errors: WorkbookError for a document type declaration (it could name other files) and for what is not well-formed.
 */
export function readXml(pieces: Iterable<string>, listener: XmlListener, plain: PlainElements | null = null): void {
  const reader = new XmlReader(listener);
  if (plain) readPlain(pieces, reader, plain);
  else for (const piece of pieces) reader.write(piece);
  reader.close();
}

/** Characters kept back until the end of an element comes. */
const LONGEST_REST = 1 << 20;

function readPlain(pieces: Iterable<string>, reader: XmlReader, {within, end, read}: PlainElements): void {
  let rest = "";
  for (const piece of pieces) {
    const text = rest + piece;
    let at = 0;
    rest = "";
    while (at < text.length) {
      const side = reader.sideOf(within);
      const last = side === "behind" ? -1 : text.indexOf(side === "before" ? ">" : end, at);
      if (side === "between" && last < 0 && text.length - at < LONGEST_REST) {
        rest = text.slice(at);
        break;
      }
      const next = side === "between" && last >= 0 ? read(text, at) : -1;
      const stop = next >= 0 ? next : last < 0 ? text.length : last + (side === "before" ? 1 : end.length);
      if (next < 0) reader.write(text.slice(at, stop));
      at = stop;
    }
  }
  reader.write(rest);
}

/** sax with our limits. */
class XmlReader {
  private readonly parser = sax.parser(true, {position: false, strictEntities: true});
  private readonly open: string[] = [];
  private readonly closed = new Set<string>();
  /** Characters since something was heard at all, and since a tag was. */
  private quiet = 0;
  private untagged = 0;

  constructor(listener: XmlListener) {
    const {parser} = this;
    parser.onerror = () => {
      throw new WorkbookError("内容已损坏，XML有误");
    };
    parser.ondoctype = () => {
      throw new WorkbookError("含有DOCTYPE声明");
    };
    parser.onopentag = ({name, attributes}) => {
      this.quiet = this.untagged = 0;
      const local = localName(name);
      if (this.open.push(local) > DEEPEST) throw new WorkbookError("内容已损坏，XML有误");
      listener.open?.(local, attributes);
    };
    parser.onclosetag = () => {
      this.quiet = this.untagged = 0;
      const local = this.open.pop() ?? "";
      if (this.open.length === 1) this.closed.add(local);
      listener.close?.(local);
    };
    const text = (text: string) => {
      this.quiet = 0;
      listener.text?.(text);
    };
    parser.ontext = text;
    parser.oncdata = text;
  }

  write(text: string): void {
    this.quiet += text.length;
    this.untagged += text.length;
    this.parser.write(text);
    if (this.quiet > LONGEST_TAG || this.untagged > LONGEST_TEXT) throw new WorkbookError("展开后过大");
  }

  close(): void {
    this.parser.close();
  }

  /** Where the text goes on: before an element below the root or the root itself, between its children, in one of them, behind it. */
  sideOf(within: string): "before" | "between" | "inside" | "behind" {
    const {open} = this;
    const depth = open[0] === within ? 1 : open[1] === within ? 2 : 0;
    if (depth > 0) return open.length === depth && this.parser.state === sax.STATE.TEXT ? "between" : "inside";
    return this.closed.has(within) ? "behind" : "before";
  }
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
