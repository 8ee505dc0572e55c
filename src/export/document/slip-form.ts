import {fault} from "../../fault.ts";
import {quotedString} from "../../sql.ts";
import type {Scored} from "../../warehouse/scored.ts";
import type {Block} from "../official/document.ts";
import {UNIT_NAMES} from "./inspected.ts";
import {BLANK, dayWords, wordOf} from "./phrase.ts";
import type {ToldFinding} from "./told.ts";

/** A place that was looked at, and what was written there. */
export interface Place {
  readonly visit_id: string;
  readonly inspection_id: string;
  readonly place_name: string;
  readonly unit_name: string;
  readonly unit_kind: string | null;
  readonly visited_on: string;
  readonly record_no: string | null;
  readonly record_signed: boolean | null;
  readonly signer_role: string | null;
  readonly slip_no: string | null;
  readonly recorded: boolean | null;
}

/** A place by its number. Errors: Fault 2 for one that is not there. */
export async function placeFor({db, when}: Scored, visit_id: string): Promise<Place> {
  const place =
    await db.row<Place>(`select v.visit_id, v.inspection_id, v.place_name, coalesce(u.unit_name, v.unit_code) as unit_name, u.unit_kind,
  cast(v.visited_on as varchar) as visited_on, v.record_no, v.record_signed, v.signer_role, v.slip_no, v.recorded
from visit_asof v left join ${UNIT_NAMES} u on u.unit_code = v.unit_code where v.visit_id = ${quotedString(visit_id)}`);
  if (place) return place;
  throw fault(2, {
    place: null,
    what: `到${when.as_of}为止没有受检点位 ${visit_id}`,
    advice: "请核对点位编号；退回或挂起的行见 xunheng rejects"
  });
}

/** The head of the form. */
export function slipFields(
  {regime}: Scored,
  basis: string,
  findings: readonly ToldFinding[],
  place: Place | null
): [string, string][] {
  const unit = wordOf(regime, "unit", "被巡查单位");
  const [first] = findings;
  const responsible = [...new Set(findings.map((f) => f.unit_name))].join("、");
  const signed = (p: Place) =>
    p.record_signed === null
      ? BLANK
      : p.record_signed
        ? `已签字确认${p.signer_role === null ? "" : `（${p.signer_role}）`}`
        : "未签字";
  const own: [string, string][] =
    place === null
      ? []
      : [
          ...(basis === "slip" ? [["督办单号", place.slip_no ?? BLANK] as [string, string]] : []),
          [basis === "slip" ? unit : "受检点位", place.place_name],
          ["属地", place.unit_name],
          [`${wordOf(regime, "inspection", "巡查")}时间`, dayWords(place.visited_on)],
          ...(basis === "slip"
            ? ([
                ["记录表", `${place.record_no ?? BLANK}，${signed(place)}`],
                ["移交材料", `督办单、记录表${place.recorded === true ? "、影像资料" : ""}`]
              ] as [string, string][])
            : [])
        ];
  return [
    ...own,
    ["责任单位", responsible],
    ...(first?.lead_name ? [["牵头单位", first.lead_name] as [string, string]] : []),
    ...(first?.supervisor_name ? [["督办单位", first.supervisor_name] as [string, string]] : [])
  ];
}

/** What comes back. */
export function slipReceipt({regime}: Scored, findings: readonly ToldFinding[], place: Place | null): Block[] {
  return [
    {
      kind: "fields",
      fields: [
        ["督办单号", place?.slip_no ?? BLANK],
        ["问题编号", findings.map((f) => f.finding_id).join("、")],
        ["接收单位", ""],
        ["接收人和日期", ""],
        ["处理情况", "\n\n\n"],
        ["整改完成日期", ""],
        ["佐证材料", ""],
        [`反馈${wordOf(regime, "office", "本办公室")}日期`, ""]
      ]
    },
    {kind: "sign", lines: ["单位（盖章）：＿＿＿＿＿＿　　经办人：＿＿＿＿＿＿"]}
  ];
}
