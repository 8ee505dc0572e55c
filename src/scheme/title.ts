import type {Rule} from "./types.ts";

/** A rule's number, name and article on one line, for whoever reads its SQL. */
export function ruleTitle({id, name, basis}: Pick<Rule, "id" | "name" | "basis">): string {
  return [id, name, basis]
    .filter((part) => part !== null)
    .join(" ")
    .replaceAll(/\s+/g, " ");
}
