import {z} from "zod";
import {KEY_NOTES} from "./key-notes.ts";
import {MEASURES} from "./measure.ts";
import {headSchema, ruleSchema} from "./schema.ts";

/** A node of a JSON Schema; only what is walked here is named. */
interface Node {
  description?: string;
  properties?: Record<string, Node>;
  items?: Node;
  anyOf?: Node[];
  oneOf?: Node[];
  required?: string[];
  [key: string]: unknown;
}

/**
 * The JSON Schema of a scheme, generated from the shapes that parseScheme checks, with a note on every key: for editors.
 * Shape: draft 2020-12, plain JSON. It knows shapes only; what needs the regime, columns or other rules is said by `scheme check`.
 * @example schemeJsonSchema().properties.id.description
 */
export function schemeJsonSchema(): Node {
  const whole = headSchema.extend({rules: z.array(ruleSchema).min(1)});
  const schema = z.toJSONSchema(whole, {io: "input"}) as Node;
  for (const {path, node} of keysOf(schema)) {
    const note = KEY_NOTES[path];
    if (note !== undefined) node.description = note;
  }
  const rule = schema.properties?.rules?.items;
  if (rule) rule.oneOf = MEASURES.map((measure) => ({required: [measure]}));
  const {$schema, ...rest} = schema;
  return {$schema, title: "巡衡评分办法", ...rest};
}

/**
 * Every key of a JSON Schema with its path: `a.b` below a map, `a[].b` below a list.
 * @example keysOf(schemeJsonSchema()).map((k) => k.path) // ["id", "name", …, "grades[].name", …]
 */
export function keysOf(node: Node, path = ""): {readonly path: string; readonly node: Node}[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([key, below]) => {
    const at = path === "" ? key : `${path}.${key}`;
    return [{path: at, node: below}, ...keysOf(below, at)];
  });
  const entries = node.items && !Array.isArray(node.items) ? keysOf(node.items, `${path}[]`) : [];
  return [...own, ...entries, ...(node.anyOf ?? []).flatMap((one) => keysOf(one, path))];
}
