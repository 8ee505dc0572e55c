/** Where a JSON text stops being JSON: characters from its start, and what should have stood there. */
export class JsonError extends Error {
  constructor(
    readonly offset: number,
    readonly what: string
  ) {
    super(what);
  }
}

/** Levels of brackets that are read as such; deeper ones are only passed over. */
export const DEEPEST = 64;
/** More brackets open at once are an attack. */
const MOST_OPEN = 100_000;
const MOST_DIGITS = 100_000;

const [SPACE, TAB, LF, CR] = [0x20, 0x09, 0x0a, 0x0d];
const [QUOTE, COMMA, COLON, BACKSLASH] = [0x22, 0x2c, 0x3a, 0x5c];
const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}\p{N}_$+.-]{1,20}/uy;

/** What begins here: a value of this kind, or the end. */
export type Begin = "object" | "array" | "string" | "number" | "true" | "false" | "null" | "end";

/**
 * Reads JSON value by value from pieces of text, so that a file need not fit into memory; numbers stay the digits that are written. A
 * raw control character inside a string stands for itself.
 * Errors: JsonError where the text is not JSON.
 * @example const json = new JsonText(['{"a": 1.50}']); json.enter("object"); json.key(); json.number() // "1.50"
 */
export class JsonText {
  private text = "";
  private at = 0;
  /** Characters before `text`. */
  private passed = 0;
  private chunks: Iterator<string>;
  /** Next backslash; looked for anew once passed. */
  private backslash = -1;

  /** @param longest characters of a string that are kept; what is beyond is passed over */
  constructor(
    chunks: Iterable<string>,
    private readonly longest: number
  ) {
    this.chunks = chunks[Symbol.iterator]();
  }

  /** Starts again with one whole text. */
  reset(text: string): void {
    this.text = text;
    this.at = this.passed = 0;
    this.backslash = -1;
    this.chunks = [][Symbol.iterator]();
  }

  /** Characters from the start of the text to here. */
  get offset(): number {
    return this.passed + this.at;
  }

  /** The kind of the value that comes next. */
  begin(): Begin {
    const code = this.peek();
    switch (code) {
      case -1:
        return "end";
      case OPEN:
        return "object";
      case OPEN_LIST:
        return "array";
      case QUOTE:
        return "string";
      case 0x74:
        return "true";
      case 0x66:
        return "false";
      case 0x6e:
        return "null";
      default:
        if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return "number";
        throw this.error(`应为一个值，却是${this.seen()}`);
    }
  }

  /** Whether nothing but blanks follows. */
  ended(): boolean {
    return this.peek() < 0;
  }

  /** Goes into an object or a list; false when it is empty, and then it has been passed. */
  enter(kind: "object" | "array"): boolean {
    this.at++;
    if (this.peek() !== (kind === "object" ? CLOSE : CLOSE_LIST)) return true;
    this.at++;
    return false;
  }

  /** Whether another member or item follows; otherwise the closing bracket has been passed. */
  more(kind: "object" | "array"): boolean {
    const code = this.peek();
    if (code === COMMA) {
      this.at++;
      const next = this.peek();
      if (next === CLOSE || next === CLOSE_LIST) throw this.error("逗号之后缺少内容");
      return true;
    }
    if (code !== (kind === "object" ? CLOSE : CLOSE_LIST)) {
      throw this.error(`应为逗号或${kind === "object" ? "右大括号" : "右方括号"}，却是${this.seen()}`);
    }
    this.at++;
    return false;
  }

  /** The name of a member, its colon passed. */
  key(): string {
    if (this.peek() !== QUOTE) throw this.error(`应为双引号里的键名，却是${this.seen()}`);
    const name = this.string().text;
    if (this.peek() !== COLON) throw this.error(`键名之后应为冒号，却是${this.seen()}`);
    this.at++;
    return name;
  }

  /** A string; `escaped`: it was written with backslashes; `length` is that of the whole, the text may be cut short. */
  string(): {text: string; length: number; escaped: boolean} {
    const end = this.stringEnd();
    if (end === null) return this.longString();
    const start = this.at + 1;
    const raw = this.text.slice(start, end);
    const escaped = this.nextBackslash(start) < end;
    const text = escaped ? this.unescaped(raw, start) : raw;
    this.at = end + 1;
    return {text, length: text.length, escaped};
  }

  /** A number as written. */
  number(): string {
    const text = this.token(NUMBER);
    const code = this.code();
    if (text === "" || (code >= 0x2b && code <= 0x39 && code !== COMMA)) throw this.error("数字写法不对");
    return text;
  }

  /** Passes `true`, `false` or `null`. */
  word(expected: "true" | "false" | "null"): void {
    const start = this.offset;
    if (this.token(WORD) !== expected) throw new JsonError(start, `应为${expected}`);
  }

  /** Passes a value of any kind and depth. */
  skip(onString?: (text: string) => void): void {
    const open: ("object" | "array")[] = [];
    for (;;) {
      const kind = this.begin();
      if (kind === "end") throw this.error("内容不完整");
      if (kind === "object" || kind === "array") {
        if (this.enter(kind)) {
          if (open.push(kind) > MOST_OPEN) throw this.error(`括号嵌套超过${MOST_OPEN}层`);
          if (kind === "object") this.key();
          continue;
        }
      } else if (kind === "string") {
        const {text} = this.string();
        onString?.(text);
      } else if (kind === "number") this.number();
      else this.word(kind);
      for (;;) {
        const inside = open.at(-1);
        if (inside === undefined) return;
        if (this.more(inside)) {
          if (inside === "object") this.key();
          break;
        }
        open.pop();
      }
    }
  }

  error(what: string): JsonError {
    return new JsonError(this.offset, what);
  }

  /** What stands here, for a message: never more than one character, since it may belong to a person. */
  private seen(): string {
    const code = this.peek();
    if (code < 0) return "结尾";
    return code < SPACE ? "控制字符" : `“${String.fromCodePoint(this.text.codePointAt(this.at) as number)}”`;
  }

  /** Passes blanks; the next character's code, -1 at the end. */
  private peek(): number {
    for (;;) {
      const code = this.code();
      if (code !== SPACE && code !== LF && code !== CR && code !== TAB) return code;
      this.at++;
    }
  }

  private code(): number {
    while (this.at >= this.text.length) if (!this.fill()) return -1;
    return this.text.charCodeAt(this.at);
  }

  /** Takes the next piece, letting go of what has been passed. */
  private fill(): boolean {
    const {value, done} = this.chunks.next();
    if (done) return false;
    this.passed += this.at;
    this.text = this.text.slice(this.at) + value;
    this.at = 0;
    this.backslash = -1;
    return true;
  }

  private token(pattern: RegExp): string {
    while (this.text.length - this.at < 64 && this.fill());
    for (;;) {
      pattern.lastIndex = this.at;
      const text = pattern.exec(this.text)?.[0] ?? "";
      if (text.length > MOST_DIGITS) throw this.error(`数字超过${MOST_DIGITS}位`);
      // A number of many digits may go on in the next piece.
      if (this.at + text.length < this.text.length || !this.fill()) {
        this.at += text.length;
        return text;
      }
    }
  }

  /** Position of the closing quote of the string that begins here; null when the string is longer than what is kept. */
  private stringEnd(): number | null {
    let from = this.at + 1;
    for (;;) {
      const quote = this.text.indexOf('"', from);
      if (quote >= 0) {
        if (!this.isEscaped(quote)) return quote;
        from = quote + 1;
      } else {
        const known = this.text.length - this.at;
        if (known > 6 * this.longest + (1 << 20)) return null;
        if (!this.fill()) throw this.error("字符串没有右引号");
        from = Math.max(1, known);
      }
    }
  }

  /** Whether an odd number of backslashes stands before. */
  private isEscaped(quote: number): boolean {
    if (this.nextBackslash(this.at) > quote) return false;
    let slashes = 0;
    while (this.text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes++;
    return slashes % 2 === 1;
  }

  private nextBackslash(from: number): number {
    if (this.backslash < from) {
      const at = this.text.indexOf("\\", from);
      this.backslash = at < 0 ? Number.POSITIVE_INFINITY : at;
    }
    return this.backslash;
  }

  private unescaped(raw: string, start: number): string {
    return raw.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, hex: string | undefined, one: string | undefined, at: number) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      const plain = ESCAPES[one ?? ""];
      if (plain === undefined) throw new JsonError(this.passed + start + at, "反斜杠之后的字符不对");
      return plain;
    });
  }

  /** Passes a string too long to keep; its beginning is kept as written. */
  private longString(): {text: string; length: number; escaped: boolean} {
    const text = this.text.slice(this.at + 1, this.at + 1 + this.longest + 1);
    let [length, slashes] = [0, 0];
    this.at++;
    for (;;) {
      for (; this.at < this.text.length; this.at++, length++) {
        const code = this.text.charCodeAt(this.at);
        if (code === QUOTE && slashes % 2 === 0) {
          this.at++;
          return {text, length, escaped: true};
        }
        slashes = code === BACKSLASH ? slashes + 1 : 0;
      }
      if (!this.fill()) throw this.error("字符串没有右引号");
    }
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t"
};
