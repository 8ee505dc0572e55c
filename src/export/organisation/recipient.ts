import {fault} from "../../fault.ts";
import type {OrganisationData} from "./types.ts";

/**
 * Whom it goes to: those named, which must be among the regime's, else all of these, in the regime's order.
 * Errors: Fault 3 for somebody whom the clause does not name.
 * @example chosenRecipients({verb: "抄报", recipients: ["省委组织部", "省委巡视办"], …}, []) // ["省委组织部", "省委巡视办"]
 */
export function chosenRecipients(
  {verb, recipients, clause}: Pick<OrganisationData["power"], "verb" | "recipients" | "clause">,
  named: readonly string[]
): string[] {
  const foreign = named.filter((name) => !recipients.includes(name));
  if (foreign.length > 0)
    throw fault(3, {
      place: null,
      what: `制度没有规定把结果送${[...new Set(foreign)].join("、")}`,
      advice: `${clause}规定${verb}：${recipients.join("、")}`
    });
  return recipients.filter((name) => named.length === 0 || named.includes(name));
}
