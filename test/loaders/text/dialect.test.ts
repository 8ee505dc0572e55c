import fc from "fast-check";
import {afterAll, beforeAll, expect, test} from "vitest";
import {Fault} from "../../../src/fault.ts";
import {Database} from "../../../src/warehouse/duckdb.ts";
import {rounds} from "../../rounds.ts";
import {pick, readFiles} from "../read.ts";
import {type Coding, encoded, written} from "./write.ts";

const HEAD = ["单位编码", "单位名称", "单位类别", "考核分组"];
const NAMES = ["unit_code", "unit_name", "unit_kind", "peer_group"];
const DOUBLE = {open: '"', close: '"'};

let db: Database;
beforeAll(async () => {
  db = await Database.open(":memory:", {threads: 1});
});
afterAll(() => db.close());

const read = (content: string | Uint8Array, rest = {}) => readFiles({"单位.csv": content}, rest, {}, db);
const flat = (text: string) => text.replace(/[\t\r\n]+/g, " ");

/** Rows with a number of their own, cut short here and there. */
const rowsOf = (value: fc.Arbitrary<string>, least: number) =>
  fc
    .array(fc.tuple(value, value, value, fc.constantFrom(4, 4, 3, 2)), {minLength: least, maxLength: 6})
    .map((rows) => rows.map(([a, b, c, length], i) => [`9901${i}0`, `镇${a}`, b, c].slice(0, length)));

test("a table written in any dialect and encoding comes back cell by cell", async () => {
  const value = fc.stringMatching(/^[a一镇，；,;|^~:·"'“”\n 7]{0,5}$/).filter((text) => !/^['“].*['”]$|^\s+$/s.test(text));
  const dialect = fc.record({
    delimiter: fc.constantFrom(",", ";", "\t", "|", "，", "；", "^", "~", ":", "·"),
    quote: fc.constantFrom(
      {...DOUBLE, all: false},
      {...DOUBLE, all: true},
      {open: "'", close: "'", all: true},
      {open: "“", close: "”", all: true}
    ),
    end: fc.constantFrom("\n", "\r\n", "\r"),
    coding: fc.constantFrom<Coding>("utf-8", "gb18030", "utf-16le", "utf-16be"),
    mark: fc.boolean(),
    titles: fc.nat(2)
  });
  await fc.assert(
    fc.asyncProperty(rowsOf(value, 2), dialect, async (rows, {delimiter, quote, end, coding, mark, titles}) => {
      const title = Array.from({length: titles}, () => ["单位名录"]);
      const text = written([...title, HEAD, ...rows], {delimiter, end, ...quote});
      const {rows: found} = await read(encoded(text, coding, mark));
      const cells = pick(found, ...NAMES).map((row) => row.map((cell) => flat(String(cell ?? ""))));
      expect(cells).toEqual(rows.map((row) => HEAD.map((_, i) => flat(row[i] ?? ""))));
      expect(pick(found, "source_row", "row_fault", "row_beyond")).toEqual(rows.map((_, i) => [i + titles + 2, null, null]));
    }),
    {numRuns: rounds(60)}
  );
}, 120_000);

test("a quote too many or too few never makes other rows vanish", async () => {
  const value = fc.stringMatching(/^[a镇,"\n]{0,6}$/).filter((text) => !/[,\n]$/.test(text));
  await fc.assert(
    fc.asyncProperty(rowsOf(value, 3), fc.boolean(), fc.nat(), fc.boolean(), async (rows, all, place, isRemoved) => {
      const full = rows.map((row) => HEAD.map((_, i) => row[i] ?? ""));
      const texts = full.map((row) => written([row], {delimiter: ",", end: "\n", ...DOUBLE, all}));
      const whole = texts.join("");
      const quotes = [...whole.matchAll(/"/g)].map((match) => match.index);
      if (isRemoved && quotes.length === 0) return;
      const at = isRemoved ? (quotes[place % quotes.length] as number) : place % whole.length;
      const damaged = whole.slice(0, at) + (isRemoved ? whole.slice(at + 1) : `"${whole.slice(at)}`);
      const {rows: found} = await read(`${HEAD.join(",")}\n${damaged}`);
      let start = 0;
      for (const [i, text] of texts.entries()) {
        const isHit = at >= start - 1 && at <= start + text.length;
        start += text.length;
        if (isHit) continue;
        const code = full[i]?.[0] as string;
        const same = found.filter((row) => flat(String(row.unit_code)).replaceAll('"', "") === code);
        expect(same, damaged).toHaveLength(1);
        if ((full[i] as string[]).some((cell) => cell.includes("\n"))) continue;
        expect(pick(same, ...NAMES, "row_fault")).toEqual([[...(full[i] as string[]).map((cell) => cell || null), null]]);
      }
    }),
    {numRuns: rounds(60)}
  );
}, 120_000);

test("any bytes are read or answered with a sentence", async () => {
  const piece = fc.constantFrom<string | number[]>(
    HEAD.join(","),
    HEAD.join(";"),
    "\n990101,东关镇,镇街,一\n",
    '"',
    ",",
    "\r",
    "\n",
    "“",
    "'",
    "sep=;\n",
    '="1"',
    [0],
    [0xff],
    [0xff, 0xfe],
    [0xfe, 0xff],
    [0x81],
    [0xef, 0xbb, 0xbf]
  );
  const bytes = (part: string | number[]) => (typeof part === "string" ? new TextEncoder().encode(part) : Uint8Array.from(part));
  const parts = fc.array(
    fc.oneof(
      piece,
      fc.uint8Array({maxLength: 4}).map((array) => [...array])
    ),
    {maxLength: 12}
  );
  await fc.assert(
    fc.asyncProperty(parts, fc.boolean(), async (list, isHeaded) => {
      const content = Buffer.concat([...(isHeaded ? [`${HEAD.join(",")}\n`] : []), ...list].map(bytes));
      const error = await read(content).then(
        () => null,
        (caught: unknown) => caught
      );
      if (error !== null && !(error instanceof Fault)) throw error;
      expect(error?.complaints.every(({what, advice}) => what !== "" && advice)).not.toBe(false);
    }),
    {numRuns: rounds(60)}
  );
}, 120_000);
