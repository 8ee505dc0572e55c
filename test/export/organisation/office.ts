import {makeOffice, type Office} from "../../office.ts";

const finding = (finding_id: string, unit_code: string, rest: Readonly<Record<string, string>> = {}) => ({
  ...{finding_id, inspection_id: "X1", unit_code, layer: "党委政府", item: "6", severity: "一般", description: `描述${finding_id}`},
  ...{
    found_on: "2025-03-04",
    due_on: "2025-04-01",
    nature: "管理问题",
    arose_on: "",
    source: "巡查",
    industry: "",
    hazard_level: "",
    ...rest
  }
});

const action = (action_id: string, kind: string, rest: Readonly<Record<string, string>> = {}) => ({
  ...{action_id, kind, unit_code: "990101", taken_on: "2025-05-06", finding_id: "", by_office: "区安委会", effective_on: ""},
  ...{document_no: `措〔2025〕${action_id}号`, result: "", ...rest}
});

const official = (
  person_id: string,
  person_name: string,
  post: string,
  duty: string,
  rest: Readonly<Record<string, string>> = {}
) => ({
  ...{person_id, person_name, unit_code: "990101", post, duty, portfolio: "", acting: "否"},
  ...{from_on: "2024-01-01", to_on: "", appoint_doc: `任〔2024〕${person_id}号`, ...rest}
});

/**
 * Two towns with officials: a handover in May, two people of one name, clues, cases of discipline organs, decisions not yet in effect, a
 * review that speaks of 尽职免责.
 */
export function organisationOffice(yaml: Readonly<Record<string, string>> = {}): Office {
  return makeOffice(
    {
      unit: [
        {unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街"},
        {unit_code: "990102", unit_name: "演示乙镇", unit_kind: "镇街"}
      ],
      inspection: ["990101", "990102"].map((unit_code, i) => ({
        ...{inspection_id: `X${i + 1}`, unit_code, kind: "全面", organiser_level: "县级"},
        ...{started_on: "2025-03-03", ended_on: "2025-03-14", fed_back_on: "2025-03-20"}
      })),
      finding: [
        finding("F1", "990101", {severity: "重大", arose_on: "2025-01-10"}),
        finding("F2", "990101", {due_on: "2025-06-30"}),
        finding("F3", "990102", {inspection_id: "X2"}),
        finding("CLUE1", "990101", {nature: "问题线索", severity: "重大"}),
        finding("OLD1", "990101", {found_on: "2023-03-04", due_on: "2023-04-01"}),
        finding("OLD2", "990101", {found_on: "2024-03-04", due_on: "2024-04-01"}),
        finding("TIP1", "990101", {source: "举报", inspection_id: ""})
      ],
      rectification: [
        {finding_id: "F1", stage: "销号", on_date: "2025-05-15"},
        {finding_id: "OLD1", stage: "销号", on_date: "2024-12-31"},
        {finding_id: "OLD2", stage: "销号", on_date: "2025-01-01"}
      ],
      action: [
        action("A1", "约谈"),
        action("A2", "移送纪检监察", {by_office: "区安委办"}),
        action("A3", "立案", {by_office: "区公安分局"}),
        action("A4", "追责", {by_office: "区政府", result: "责令作出检查"}),
        action("A5", "追责", {by_office: "区政府", effective_on: "2025-07-01", result: "通报批评"}),
        action("A6", "追责", {by_office: "区纪委监委", effective_on: "2025-07-01", result: "党内警告"}),
        action("A7", "挂牌督办", {finding_id: "CLUE1"}),
        action("A8", "挂牌督办", {finding_id: "F1", taken_on: "2024-12-01"}),
        action("A9", "约谈", {taken_on: "2024-12-01"}),
        action("A10", "行政处罚", {
          by_office: "区应急管理局",
          effective_on: "2025-08-01",
          finding_id: "F2",
          result: "经研究尽职免责条款不适用"
        })
      ],
      appeal: [
        {
          ...{appeal_id: "Y1", subject_kind: "问题", subject_id: "F2", unit_code: "990101", filed_on: "2025-05-01"},
          ...{decided_on: "2025-06-01", decision: "维持", decided_by: "区安委会", grounds: "认定分管副镇长尽职免责"}
        },
        {
          ...{appeal_id: "Y2", subject_kind: "问题", subject_id: "F3", unit_code: "990102", filed_on: "2025-05-01"},
          ...{decided_on: "", decision: "", decided_by: "", grounds: "申请尽职免责"}
        }
      ],
      official: [
        official("R1", "张示一", "党委书记", "党委主要负责人"),
        official("R2", "李示二", "镇长", "政府主要负责人", {to_on: "2025-05-15"}),
        official("R3", "王示三", "镇长", "政府主要负责人", {from_on: "2025-05-15", acting: "是"}),
        official("R4", "王示三", "副镇长", "分管安全生产负责人", {portfolio: "安全生产"}),
        official("R5", "赵示五", "镇长", "政府主要负责人", {unit_code: "990102", from_on: "2022-01-01"}),
        official("R6", "钱示六", "副镇长", "分管安全生产负责人", {from_on: "2020-01-01", to_on: "2021-12-31"})
      ]
    },
    yaml
  );
}
