/** A scheme with every measure that compares: weights, repeats, a year earlier, peers. */
export const EXTENDED = `id: extended
name: 比较类计分方式的评分办法
regime: mudan-2023
applies_to: [镇街]
period: year
start: full
several_inspections: sum
uninspected: 不评分
grades: [{name: 好, from: 90}, {name: 一般, from: 60}, {name: 差, from: 0}]
items:
  - {no: "1", full: 30}
  - {no: "6", full: 40}
  - {no: "6.1", full: 20}
  - {no: "9", full: 10}
bonus_cap: 2
rules:
  - id: W1
    item: "6"
    name: 发现问题
    over: finding
    where: layer <> '企业'
    deduct: {by: severity, table: {一般: 0.333, 较大: 1, 重大: 2.005}}
    weight: {by: fault, table: {属地监管: 1.5, 企业主体: 0.5}}
    escalate: {by: [category], factor: 1.5, at_most: 4}
    highest_of: finding_id
    because: "问题{finding_id}"
  - id: W2
    item: "6.1.2"
    name: 逾期
    over: finding
    year_by: due_on
    where: days_overdue > 0
    deduct: least(0.1 * days_overdue, 3)
    escalate: {by: [category, layer], factor: 2, at_most: 8}
    highest_of: finding_id
    because: "问题{finding_id}逾期{days_overdue}天"
  - id: W3
    item: "1"
    name: 问题数比上年
    over: finding
    window: {months: 12}
    change: {value: {count: "severity <> '一般'"}, table: [[0.5, 6], [0, 3], [-1, 0]]}
    because: "今年{now}个，上年{base}个"
  - id: W4
    item: "1"
    name: 每户问题数的位次
    over: finding
    percentile: {value: {sum: "case severity when '重大' then 3 else 1 end", per: exposure}, better: low, table: [[0.8, 0], [0.4, 2.5], [0, 5]]}
    because: "{value}，{den}个单位中比{num}个好"
  - id: W5
    item: "1"
    name: 整改率的位次
    over: finding
    percentile: {value: {ratio: {of: is_done, among: is_due}}, better: high, within: peer_group, table: [[0.5, 0], [0, 4]]}
  - id: W6
    item: "9"
    name: 事故死亡人数比上年
    over: accident
    change: {value: {sum: deaths, per: exposure}, table: [[0, 5], [-1, 0]]}
  - id: W7
    name: 表扬
    over: action
    where: kind = '通报表扬'
    bonus: 0.5
  - id: V1
    name: 较大事故
    over: accident
    where: accident_grade <> '一般' and liable
    veto: {grade_at_most: 一般}
`;
