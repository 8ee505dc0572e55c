import type {Regime} from "../../regime/types.ts";
import type {OrganisationData} from "./types.ts";

/**
 * How the extract is to be read and what is left out of it, sentence by sentence.
 * @example organisationNotes(data, regime)[0] // "依据……四（三）：通报区委组织部，作为干部选拔任用的重要依据。"
 */
export function organisationNotes(
  {power, period, officials, findings}: Pick<OrganisationData, "power" | "period" | "officials" | "findings">,
  regime: Pick<Regime, "title" | "document_no">
): string[] {
  const document = `《${regime.title}》${regime.document_no === null ? "" : `（${regime.document_no}）`}`;
  const weight = power.weight === null ? "" : `，作为${power.weight}`;
  return [
    `依据${document}${power.clause}：${power.verb}${power.recipients.join("、")}${weight}。`,
    `结果属于单位，期间${period.from}至${period.to}；列示本期发现的问题和期初尚未销号的问题。问题线索、移送纪检监察和立案的情况，纪检监察机关作出的决定，问题的来源和举报事项，均不在其中。`,
    "追责、行政处罚自生效之日起列示，未生效的不列；其他措施按作出日期列示。",
    ...(power.persons ? personNotes(officials.length > 0) : ["本制度的条款只及于单位，不列人员。"]),
    ...(findings.length === 0 ? ["本期没有可列示的问题。"] : [])
  ];
}

function personNotes(hasOfficials: boolean): string[] {
  if (!hasOfficials) return ["没有装入任职资料，人员部分为空；这不表示无人在任。"];
  return [
    "人员部分只列任期与问题四个日期的对照，不对个人计分、排名、评级、计数或合计；问题记在单位名下，对照本身不构成对个人责任的认定。",
    "任职日期、离任日期当日都在任期之内；当日交接的，前任注“离任当日”，后任注“到任当日”，由任免文件认定。同一职责前后相接的任职连续计算，中断一日以上的另算。",
    "形成日期没有记录的写“不详”；到任前已形成或已发现的为承接的问题；离任后才发现、形成日期又不详的，不列在其名下。",
    "分管行业的，只列行业与其分管领域文字对应（分管安全生产的，各行业都对应）或者有一项不详的问题；所在单位的其他问题见单位部分。",
    "党委、政府主要负责人对同一问题并列，各自对照，不相加。提到尽职免责的决定只列文号和日期，是否免责以原件为准。"
  ];
}
