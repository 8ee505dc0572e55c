import {groupBy} from "../../score/group.ts";
import type {Scored} from "../../warehouse/scored.ts";
import {renderOfficial} from "../official/render.ts";
import {packageFiles} from "../package.ts";
import type {ExportFile} from "../write.ts";
import {organisationData} from "./data.ts";
import {jsonBytes} from "./files.ts";
import type {EnquiryReply, KnownRelease} from "./reply.ts";
import {type ReplyOptions, replyBook, replyLetter} from "./reply-document.ts";
import {replyJsonSchema} from "./reply-schema.ts";
import {officialRows, unitRows} from "./rows.ts";
import {tenuresOf} from "./tenure.ts";
import {UnitBook} from "./unit-book.ts";

/** What an open release gives for answers: its extract, every tenure it knows, and the codes of units by each name they had. */
export async function knownRelease(scored: Scored): Promise<KnownRelease> {
  const data = await organisationData(scored);
  const versions = await unitRows(scored.db);
  const book = new UnitBook(versions, scored.when.as_of);
  const codes = groupBy(versions, (v) => v.unit_name);
  return {
    data,
    tenures: tenuresOf(await officialRows(scored.db), (code) => book.name(code)),
    codes: new Map([...codes].map(([name, own]) => [name, [...new Set(own.map((v) => v.unit_code))]]))
  };
}

/**
 * The package that answers a 函询: letter, workbook, data with its JSON Schema, manifest naming the newest result.
 * Shape: files below one directory, the same bytes for the same answer and options.
 * Errors: RangeError for an answer from no release.
 */
export async function replyFiles(reply: EnquiryReply, options: ReplyOptions): Promise<ExportFile[]> {
  const stamp = reply.releases[0]?.stamp;
  if (!stamp) throw new RangeError("an answer needs a release");
  return packageFiles("organisation-reply", stamp, [
    {path: "复函.docx", bytes: await renderOfficial(replyLetter(reply, options))},
    {path: "函询答复.xlsx", bytes: await replyBook(reply)},
    {path: "reply.json", bytes: jsonBytes(reply)},
    {path: "reply.schema.json", bytes: jsonBytes(replyJsonSchema())}
  ]);
}
