/** A place in JSON where two values differ, and what stands there. */
export interface Difference {
  readonly path: string;
  readonly kept: string;
  readonly again: string;
}

/**
 * Where two JSON values differ, from the top down; elements of lists that have a name (`unit_code`, `scheme`, `item`, `id`, `table`) are
 * told by it. At most `most` places.
 * @example differences({a: [{id: "x", n: 1}]}, {a: [{id: "x", n: 2}]}) // [{path: "a.x.n", kept: "1", again: "2"}]
 */
export function differences(kept: unknown, again: unknown, most = 20): Difference[] {
  const found: Difference[] = [];
  walk(kept, again, "", found, most);
  return found;
}

function walk(kept: unknown, again: unknown, path: string, found: Difference[], most: number): void {
  if (found.length >= most || Object.is(kept, again)) return;
  if (isNode(kept) && isNode(again) && Array.isArray(kept) === Array.isArray(again)) {
    const [a, b] = [kept as Record<string, unknown>, again as Record<string, unknown>];
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const name = Array.isArray(kept) ? nameOf(a[key] ?? b[key], key) : key;
      walk(a[key], b[key], path === "" ? name : `${path}.${name}`, found, most);
    }
    return;
  }
  found.push({path: path === "" ? "整个文件" : path, kept: text(kept), again: text(again)});
}

function isNode(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** What an element of a list is called: its first own name, else its number from 1. */
function nameOf(element: unknown, key: string): string {
  if (isNode(element))
    for (const name of ["unit_code", "scheme", "item", "id", "code"]) {
      const value = (element as Record<string, unknown>)[name];
      if (typeof value === "string") return value.slice(0, 60);
    }
  return String(Number(key) + 1);
}

function text(value: unknown): string {
  if (value === undefined) return "没有";
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 100 ? `${json.slice(0, 100)}…` : json;
}
