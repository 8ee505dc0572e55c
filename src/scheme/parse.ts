import type {ZodType} from "zod";
import {Fault} from "../fault.ts";
import {byPlace, canonicalJson, type Path, type PlacedYaml, parsePlaced} from "../placed-yaml.ts";
import {knownKeys, zodComplaints} from "../placed-zod.ts";
import type {Regime} from "../regime/types.ts";
import {checkHighest, checkIds, readCaps, type Written} from "./across.ts";
import {readAssessment} from "./assessment.ts";
import {Context} from "./context.ts";
import type {ExpressionParser} from "./expression.ts";
import {checkHead, readGrades, readItems} from "./head.ts";
import {partialHead, partialRule} from "./partial.ts";
import {readRule} from "./rule.ts";
import {type HeadSpec, headSchema, ruleSchema} from "./schema.ts";
import type {Rule, Scheme} from "./types.ts";

/** What a scheme is checked against. */
export interface SchemeBase {
  readonly regime: Regime;
  readonly expression: ExpressionParser;
}

/**
 * Checks a scheme's text and gives the only form that the core knows.
 * Shape: `file` is only a name for messages. Units: points become thousandths, shares become fractions.
 * Errors: one Fault (exit 2) with everything that is wrong, from the top of the file down.
 * @example const scheme = await parseScheme(text, "data/schemes/x.yaml", {regime, expression})
 */
export async function parseScheme(text: string, file: string, {regime, expression}: SchemeBase): Promise<Scheme> {
  const placed = parsePlaced(text, file);
  if (placed.complaints.length > 0) throw new Fault(2, placed.complaints.toSorted(byPlace));
  const c = new Context(text, placed, regime, expression);
  const whole = shaped(c, [], placed.value, headSchema);
  const written: Written = rulesIn(placed.value).map((rule, i) => shaped(c, ["rules", i], rule, ruleSchema) ?? partialRule(rule));
  checkIds(c, written);
  checkHighest(c, written);
  // A fault in the head hides none in the rules: what can be used of it is used to judge them.
  const {head, broken} = whole
    ? {head: whole, broken: new Set<string>()}
    : (partialHead(placed.value, written, regime) ?? {head: null, broken: new Set<string>()});
  const scheme = head && (await assemble(c, head, written, broken));
  if (!scheme || c.complaints.length > 0) throw new Fault(2, distinct(c).toSorted(byPlace));
  return scheme;
}

/** `broken`: keys of the head that are stand-ins, of which nothing is to be said. */
async function assemble(c: Context, head: HeadSpec, written: Written, broken: ReadonlySet<string>): Promise<Scheme> {
  checkHead(c, head);
  const grades = broken.has("grades") ? [] : readGrades(c, head);
  const items = broken.has("items") ? [] : await readItems(c, head);
  const rules: Rule[] = [];
  for (const [i, spec] of written.entries()) {
    const rule = spec && (await readRule(c, ["rules", i], spec, head));
    if (rule) rules.push(rule);
  }
  const ids = rulesIn(c.placed.value).flatMap((rule) => idOf(rule) ?? []);
  const caps = readCaps(c, head, rules, ids);
  const assessment = broken.has("items") || broken.has("applies_to") ? null : readAssessment({c, head, rules, ids, caps, items});
  const {id, name, document_no = null, issued_by = null, issued_on = null, effective_from = null} = head;
  const {regime, applies_to, period, start, several_inspections, uninspected, extension = null} = head;
  const bonus_cap_milli = head.bonus_cap === undefined ? null : Math.round(head.bonus_cap * 1000);
  return {
    ...{id, name, document_no, issued_by, issued_on, regime, effective_from, applies_to, period, start},
    ...{several_inspections, uninspected, grades, items, rules, caps, bonus_cap_milli, extension, assessment},
    canonical: canonicalJson(c.placed.value)
  };
}

/** A part in its shape, or null after saying what is wrong with it. */
function shaped<T>(c: Context, path: Path, value: unknown, schema: ZodType<T>): T | null {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const below: Pick<PlacedYaml, "value" | "at" | "keyAt"> = {
    value,
    at: (rest) => c.placed.at([...path, ...rest]),
    keyAt: (rest) => c.placed.keyAt([...path, ...rest])
  };
  c.complaints.push(...zodComplaints(result.error, below, knownKeys(schema)));
  return null;
}

function rulesIn(value: unknown): readonly unknown[] {
  const rules = (value as {rules?: unknown} | null)?.rules;
  return Array.isArray(rules) ? rules : [];
}

function idOf(rule: unknown): string | null {
  const id = (rule as {id?: unknown} | null)?.id;
  return typeof id === "string" ? id : null;
}

/** A column named twice in one template, say, is one fault. */
function distinct(c: Context) {
  const seen = new Set<string>();
  return c.complaints.filter(({place, what}) => {
    const key = `${place?.line}:${place?.column}:${what}`;
    return !seen.has(key) && seen.add(key);
  });
}
