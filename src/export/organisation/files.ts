import type {Scored} from "../../warehouse/scored.ts";
import {renderOfficial} from "../official/render.ts";
import {packageFiles} from "../package.ts";
import {type ExportFile, fileName} from "../write.ts";
import {organisationBook} from "./book.ts";
import {type LetterOptions, organisationLetter} from "./letter.ts";
import {organisationJsonSchema} from "./schema.ts";
import type {OrganisationData} from "./types.ts";

/**
 * The package for the organisation department: letter, workbook, data with its JSON Schema, manifest.
 * Shape: files below one directory, the same bytes for the same data and options; the letter is named by the regime's verb.
 * @example writeExport("报组织部", await organisationFiles(await organisationData(scored), scored, letter))
 */
export async function organisationFiles(
  data: OrganisationData,
  rules: Pick<Scored, "regime" | "schemes">,
  letter: LetterOptions
): Promise<ExportFile[]> {
  return packageFiles("organisation", data.stamp, [
    {path: `${fileName(data.power.verb)}函.docx`, bytes: await renderOfficial(organisationLetter(data, rules, letter))},
    {path: "组织部参考.xlsx", bytes: await organisationBook(data)},
    {path: "organisation.json", bytes: jsonBytes(data)},
    {path: "organisation.schema.json", bytes: jsonBytes(organisationJsonSchema())}
  ]);
}

/** JSON as people may read it too, ending with a line end. */
export function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}
