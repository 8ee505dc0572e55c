import {
  Bool,
  type DataType,
  DateDay,
  Dictionary,
  Float64,
  Int32,
  makeData,
  makeVector,
  Table,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray
} from "apache-arrow";
import {quotedIdentifier} from "../sql.ts";
import type {Database} from "./duckdb.ts";

type Values = readonly unknown[];

/** How a column travels: what SQL casts it to, so that the engine hands over plain numbers and texts, and what it becomes. */
interface Column {
  readonly cast: (name: string) => string;
  readonly vector: (values: Values) => Vector;
}

const INTEGER: Column = {
  cast: (c) => `cast(${c} as integer)`,
  vector: (values) => numbers(values, new Int32(), new Int32Array(values.length))
};
const DATE: Column = {
  cast: (c) => `cast(date_diff('day', date '1970-01-01', ${c}) as integer)`,
  vector: (values) => numbers(values, new DateDay(), new Int32Array(values.length))
};
const DOUBLE: Column = {
  cast: (c) => `cast(${c} as double)`,
  vector: (values) => numbers(values, new Float64(), new Float64Array(values.length))
};
const BOOLEAN: Column = {cast: (c) => c, vector: booleans};
const TEXT: Column = {cast: (c) => `cast(${c} as varchar)`, vector: texts};

/**
 * Writes the rows of a query as one Arrow IPC stream, column by column.
 * Shape: BIGINT and the other integers as Int32 (a value beyond it is an error of the engine), DATE as DateDay, DECIMAL as
 * Float64 (for reading only), BOOLEAN as Bool, everything else as text, dictionary-coded where values repeat.
 * @example await arrowIpc(db, "select unit_code, milli from ledger order by unit_code, seq")
 */
export async function arrowIpc(db: Database, sql: string): Promise<Uint8Array> {
  const columns = (await db.rows<{column_name: string; column_type: string}>(`describe ${sql}`)).map((c) => ({
    name: c.column_name,
    ...columnOf(c.column_type)
  }));
  const list = columns.map(({name, cast}) => `${cast(quotedIdentifier(name))} as ${quotedIdentifier(name)}`);
  const values = (await db.reader(`select ${list.join(", ")} from (${sql})`)).getColumns();
  return tableToIPC(new Table(Object.fromEntries(columns.map(({name, vector}, i) => [name, vector(values[i] ?? [])]))), "stream");
}

function columnOf(type: string): Column {
  if (/^(U?(TINYINT|SMALLINT|INTEGER|BIGINT)|HUGEINT)$/.test(type)) return INTEGER;
  if (type === "DATE") return DATE;
  if (type === "DOUBLE" || type.startsWith("DECIMAL")) return DOUBLE;
  return type === "BOOLEAN" ? BOOLEAN : TEXT;
}

function numbers(values: Values, type: DataType, data: Int32Array | Float64Array): Vector {
  const {nullCount, nullBitmap} = validity(values);
  for (let i = 0; i < data.length; i++) data[i] = (values[i] as number | null) ?? 0;
  return makeVector(makeData({type, length: values.length, nullCount, nullBitmap, data} as never));
}

function booleans(values: Values): Vector {
  const {nullCount, nullBitmap} = validity(values);
  const data = new Uint8Array(Math.ceil(values.length / 8));
  for (let i = 0; i < values.length; i++) if (values[i] === true) data[i >> 3] = (data[i >> 3] ?? 0) | (1 << (i & 7));
  return makeVector(makeData({type: new Bool(), length: values.length, nullCount, nullBitmap, data} as never));
}

/** Texts: a dictionary, unless most of them differ or there are none (readers stumble over an empty dictionary). */
function texts(values: Values): Vector {
  const codes = new Map<string, number>();
  const data = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as string | null;
    if (value === null) continue;
    let code = codes.get(value);
    if (code === undefined) {
      code = codes.size;
      codes.set(value, code);
    }
    data[i] = code;
  }
  if (codes.size === 0 || codes.size * 2 > values.length) return vectorFromArray(values as (string | null)[], new Utf8());
  const {nullCount, nullBitmap} = validity(values);
  const dictionary = vectorFromArray([...codes.keys()], new Utf8());
  const type = new Dictionary(new Utf8(), new Int32());
  return makeVector(makeData({type, length: values.length, nullCount, nullBitmap, data, dictionary} as never));
}

function validity(values: Values): {nullCount: number; nullBitmap: Uint8Array} {
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 8));
  let nullCount = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] === null) nullCount++;
    else nullBitmap[i >> 3] = (nullBitmap[i >> 3] ?? 0) | (1 << (i & 7));
  }
  return {nullCount, nullBitmap};
}
