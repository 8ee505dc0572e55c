import {z} from "zod";
import {PROCEDURE} from "./parameters/procedure.ts";
import {RECTIFY} from "./parameters/rectify.ts";
import {SCOPE} from "./parameters/scope.ts";
import {TEAM} from "./parameters/team.ts";
import type {ParameterDoc} from "./vocabulary.ts";

/**
 * Every parameter a regime may have, by name, in the order of the pages. A name outside this list is an error, so that a
 * typing mistake never reads as 制度未规定. To add one, put it into one of the four groups; older files stay valid.
 */
export const PARAMETERS: Readonly<Record<string, ParameterDoc>> = {...SCOPE, ...TEAM, ...PROCEDURE, ...RECTIFY};

export type ParameterName = keyof typeof SCOPE | keyof typeof TEAM | keyof typeof PROCEDURE | keyof typeof RECTIFY;

/** Whether a regime may have a parameter of that name. */
export function isParameter(name: string): name is ParameterName {
  return Object.hasOwn(PARAMETERS, name);
}

/** Whether a parameter of that name says how long something may take, or on which day of the month it falls due. */
export function knownClock(name: string): boolean {
  const schema = PARAMETERS[name]?.schema;
  return schema instanceof z.ZodObject && ["length", "fixed_day", "every"].some((key) => key in schema.shape);
}
