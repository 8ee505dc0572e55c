import {WorkbookError, type Zip} from "./zip.ts";

/** Hears an XML text. Names come without their namespace prefix, text raw (see `plainText`). */
export interface XmlListener {
  open?(name: string, attributes: string): void;
  text?(raw: string): void;
  close?(name: string): void;
}

/**
 * Reads XML piece by piece: elements, text, CDATA; comments and instructions are passed over.
 * Errors: WorkbookError for a document type declaration (it could name other files) and for text that ends inside a tag.
 */
export class XmlReader {
  /** What has been pushed and not been read yet. */
  rest = "";

  constructor(private readonly listener: XmlListener) {}

  push(chunk: string): void {
    const text = this.rest + chunk;
    let at = 0;
    for (;;) {
      const open = text.indexOf("<", at);
      if (open < 0) break;
      if (open > at) this.listener.text?.(text.slice(at, open));
      at = open;
      const next = this.markup(text, open);
      if (next < 0) break;
      at = next;
    }
    // Text before the next tag may still grow: it is given out when the tag comes.
    this.rest = text.slice(at);
  }

  end(): void {
    if (this.rest.trim() !== "") throw new WorkbookError("内容已损坏，XML没有写完");
  }

  /** Reads what starts at `<`; the position behind it, or -1 when its end is still to come. */
  private markup(text: string, open: number): number {
    const mark = text.charCodeAt(open + 1);
    if (mark === 33) return this.declaration(text, open);
    if (mark === 63) return behind(text, "?>", open);
    const close = tagEnd(text, open + 1);
    if (close < 0) return -1;
    if (mark === 47) {
      this.listener.close?.(localName(text.slice(open + 2, close).trimEnd()));
      return close + 1;
    }
    const empty = text.charCodeAt(close - 1) === 47;
    const tag = text.slice(open + 1, empty ? close - 1 : close);
    const space = tag.search(/\s/);
    const name = localName(space < 0 ? tag : tag.slice(0, space));
    this.listener.open?.(name, space < 0 ? "" : tag.slice(space));
    if (empty) this.listener.close?.(name);
    return close + 1;
  }

  private declaration(text: string, open: number): number {
    if (text.startsWith("<!--", open)) return behind(text, "-->", open + 4);
    if (text.startsWith("<![CDATA[", open)) {
      const next = behind(text, "]]>", open);
      if (next >= 0) this.listener.text?.(text.slice(open + 9, next - 3).replaceAll("&", "&amp;"));
      return next;
    }
    if (text.length - open < 9) return -1;
    throw new WorkbookError("含有DOCTYPE声明");
  }
}

/** Reads a part of a workbook with a listener. */
export async function readPart(zip: Zip, name: string, listener: XmlListener): Promise<void> {
  const reader = new XmlReader(listener);
  for await (const chunk of zip.chunks(name)) reader.push(chunk);
  reader.end();
}

/** Reads a small part at once. */
export function readSmallPart(zip: Zip, name: string, listener: XmlListener): void {
  const reader = new XmlReader(listener);
  reader.push(zip.text(name).replace(/^\ufeff/, ""));
  reader.end();
}

/**
 * The value of an attribute, null when it is not there.
 * @example attribute(' r="B7" t="s"', "t") // "s"
 */
export function attribute(attributes: string, name: string): string | null {
  for (let at = attributes.indexOf(name); at >= 0; at = attributes.indexOf(name, at + 1)) {
    if (at > 0 && attributes.charCodeAt(at - 1) > 32) continue;
    const rest = attributes.slice(at + name.length);
    const found = rest.startsWith('="') ? rest.slice(2) : /^\s*=\s*(["'].*)$/s.exec(rest)?.[1]?.slice(1);
    const quote = rest.startsWith('="') ? '"' : (/^\s*=\s*(["'])/.exec(rest)?.[1] ?? '"');
    if (found !== undefined) return plainText(found.slice(0, found.indexOf(quote)));
  }
  return null;
}

const ENTITIES: Readonly<Record<string, string>> = {amp: "&", lt: "<", gt: ">", quot: '"', apos: "'"};

/** Raw XML text with its references replaced; unknown ones stay as written. */
export function plainText(raw: string): string {
  if (!raw.includes("&")) return raw;
  return raw.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name) return ENTITIES[name] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Cell text: references replaced, and the workbook's own `_x000D_` for characters XML does not allow. */
export function cellPlainText(raw: string): string {
  const text = plainText(raw);
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}

function behind(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}

/** Position of the `>` that ends a tag; one inside a quoted attribute does not. */
function tagEnd(text: string, from: number): number {
  let close = text.indexOf(">", from);
  while (close >= 0 && unpaired(text, from, close)) close = text.indexOf(">", close + 1);
  return close;
}

function unpaired(text: string, from: number, to: number): boolean {
  let quote = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (quote === 0 && (code === 34 || code === 39)) quote = code;
    else if (code === quote) quote = 0;
  }
  return quote !== 0;
}
