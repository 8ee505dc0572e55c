import {fault} from "../../fault.ts";
import {stampLines, stampOf} from "../../release/stamp.ts";
import {signedPoints} from "../../score/signed.ts";
import {quotedString} from "../../sql.ts";
import type {Scored} from "../../warehouse/scored.ts";
import {UNIT_NAMES} from "../document/inspected.ts";
import {officialHead} from "../document/kind.ts";
import {dayWords, sentence, text} from "../document/phrase.ts";
import type {Block, OfficialDocument} from "../official/document.ts";
import {type Card, cardsOf, filedFinding, unitFindings} from "./card.ts";
import {cardBlocks} from "./card-blocks.ts";

/** What a dossier is about: one finding, or all of a unit. */
export interface DossierOptions {
  readonly finding?: string | undefined;
  readonly unit?: string | undefined;
  /** Whether each finding of a unit is scored without once more; one finding alone always is. */
  readonly marginal?: boolean | undefined;
  readonly progress?: ((done: number, of: number) => void) | undefined;
}

/** Seen on every page. */
const MARK = "内部资料";

/**
 * 一问一档: a card for each finding, with its fact, clause, deadline, events and cost, for print and archive; a list before the cards of a unit.
 * It is for the office's own files: clues and cases are in it.
 * Errors: Fault 2 for a finding or unit that is not there, or a unit without findings.
 * @example await renderOfficial(await dossier(scored, {finding: "W-0042"}))
 */
export async function dossier(
  scored: Scored,
  {finding, unit, marginal = false, progress}: DossierOptions
): Promise<OfficialDocument> {
  const one = finding === undefined ? null : await filedFinding(scored, finding);
  const named = one === null ? await unitNamed(scored, unit ?? "") : null;
  const findings = one === null ? await unitFindings(scored, named?.unit_code ?? "") : [one];
  if (findings.length === 0)
    throw fault(2, {
      place: null,
      what: `到${scored.when.as_of}为止${named?.unit_name}（${named?.unit_code}）没有问题，无档可建`,
      advice: "请核对单位编码和统计截止日"
    });
  const cards = await cardsOf(scored, findings, marginal || one !== null, progress);
  const [first] = cards;
  const body =
    one !== null && first
      ? [...cardBlocks(scored, first), ...stampBlocks(scored)]
      : [
          ...indexBlocks(scored, cards),
          ...stampBlocks(scored),
          ...cards.flatMap((card): Block[] => [
            {kind: "break"},
            {kind: "title", text: `问题 ${card.finding.finding_id}`},
            ...cardBlocks(scored, card)
          ])
        ];
  return {
    ...officialHead(scored, {}),
    title: one === null ? `${named?.unit_name}安全生产巡查问题一问一档` : `一问一档　${one.finding_id}`,
    addressee: null,
    body,
    annexes: [],
    marks: [MARK],
    layout: "archive"
  };
}

async function unitNamed({db}: Scored, code: string): Promise<{unit_code: string; unit_name: string}> {
  const found = await db.row<{unit_code: string; unit_name: string}>(
    `select unit_code, unit_name from ${UNIT_NAMES} where unit_code = ${quotedString(code)}`
  );
  if (found) return found;
  throw fault(2, {place: null, what: `没有单位 ${code}`, advice: "单位编码见 xunheng score"});
}

/** What the cards are of, and the result they were made from. */
function stampBlocks(scored: Scored): Block[] {
  return [{kind: "fields", fields: [["所据结果", stampLines(stampOf(scored)).join("\n")]]}];
}

function indexBlocks({when}: Scored, cards: readonly Card[]): Block[] {
  const total = cards.flatMap((c) => c.costs).reduce((sum, c) => sum + c.milli, 0);
  const open = cards.filter(({finding}) => finding.done_on === null && !finding.is_struck);
  const late = open.filter(({finding}) => finding.state === "逾期").length;
  return [
    text(
      sentence(
        `共${cards.length}个问题，截至${dayWords(when.as_of)}${open.length === 0 ? "均已整改" : `尚未整改${open.length}个，其中逾期${late}个`}；台账各行合计${signedPoints(total)}分（封顶、折算之前）`
      )
    ),
    {
      kind: "table",
      caption: null,
      columns: [
        {header: "序号", width: 6, align: "center"},
        {header: "问题编号", width: 14, align: "center"},
        {header: "问题描述", width: 34},
        {header: "严重程度", width: 8, align: "center"},
        {header: "整改期限", width: 16, align: "center"},
        {header: "状态", width: 10, align: "center"},
        {header: "计分", width: 12, align: "right"}
      ],
      rows: cards.map(({finding: f, costs}, i) => [
        ...[String(i + 1), f.finding_id, f.description, f.severity, f.due_on, f.is_struck ? "已撤销" : f.state],
        costs.length === 0 ? null : signedPoints(costs.reduce((sum, c) => sum + c.milli, 0))
      ]),
      empty: ""
    }
  ];
}
