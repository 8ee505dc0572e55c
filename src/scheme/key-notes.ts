/** Notes by path of a key: `a.b` below a map, `a[].b` below a list. */
type Notes = Readonly<Record<string, string>>;

const EXPRESSION = "写成 SQL 条件，只用该视图有说明的列（xunheng describe 查看），如 days_overdue > 0 and severity <> '重大'";

/** A price list: deduct and bonus. */
function costNotes(at: string, what: string): Notes {
  return {
    [at]: `每条${what}多少分：一个数（0.5）、一个算式（deaths * 2，含逗号的算式加引号），或按某一列的取值列表`,
    [`${at}.by`]: "按哪一列的取值定分值；固定取值的列要列全，自由文本的列要有“其他”",
    [`${at}.table`]: `取值: 分值，如 {一般: 0.5, 较大: 1, 重大: 2}；不${what}分的写0`
  };
}

/** A number per unit: steps, change and percentile. */
function valueNotes(at: string): Notes {
  return {
    [at]: "拿什么数来比：count、sum、ratio 三选一，可以再写 per",
    [`${at}.count`]: `数符合条件的条数；${EXPRESSION}；全都数写 true`,
    [`${at}.sum`]: "把每条算出的数加起来，如 deaths；空值按0",
    [`${at}.ratio`]: "比率：among 里有多少符合 of",
    [`${at}.ratio.of`]: `分子的条件；${EXPRESSION}`,
    [`${at}.ratio.among`]: "分母的条件；不写则全部都算分母",
    [`${at}.per`]: "exposure：再除以单位的监管对象数；它空着或为0时本规则不涉及（steps 按 empty）"
  };
}

const HEAD: Notes = {
  id: "办法的编号，与文件名相同；小写字母、数字和 -",
  name: "办法的名称",
  document_no: "文号；审定结果要用正式印发的办法",
  issued_by: "印发机关",
  issued_on: "印发日期，写成2023-12-20的样子；应早于所考核的期间（不溯及既往）",
  regime: "所依制度的编号，见 data/regimes",
  effective_from: "施行日期",
  applies_to: "适用的单位类别，须在制度巡查的类别之内；问题归到责任单位起逐级向上第一个属于这些类别的单位",
  period: "计分期间：year 考核年度，cycle 制度规定的周期，round 一个巡查轮次",
  start: "起评：full 从满分往下扣，zero 从0分往上得（不能用 deduct）",
  several_inspections: "一个单位在计分期间内有几次巡查结束：latest 只看最晚的一次，sum 各次都算",
  uninspected: "没有巡查的单位在年度考核里怎么办：不评分、沿用上次、采用上级结果",
  grades: "等次，从高到低，最后一档从0起",
  "grades[].name": "等次的名称",
  "grades[].from": "从多少分起（含本数）",
  items: "各项内容和满分，合计100分",
  "items[].no": '制度里的内容编号，加引号："6"，小项写 "6.1"',
  "items[].title": "名称；不写则用制度里的",
  "items[].full": "满分；本项的分扣完为止",
  "items[].applies": "对哪些单位适用：对单位的列写条件，如 exposure > 0；不符合的单位本项不涉及，其余各项折算成100分",
  caps: "几条规则合计的上限；这几条规则要属于同一项内容",
  "caps[].id": "封顶的编号，记分台账里写作 cap:编号",
  "caps[].rules": "哪几条规则；一条规则只能在一个封顶里",
  "caps[].cap": "合计至多多少分",
  bonus_cap: "加分合计的上限；有加分规则就要写",
  extension: "办法允许延长整改期限的写这一项",
  "extension.max_times": "一条问题至多延长几次"
};

const RULE: Notes = {
  rules: "规则；每条有且只有一种计分方式：deduct、bonus、ratio、steps、change、percentile、judge、veto",
  "rules[].id": "规则编号，全办法唯一；评议和记分台账按它来认",
  "rules[].item": '分值归到哪项内容，加引号："6"；只管归到哪里，不筛选问题；加分和否决不写',
  "rules[].name": "规则名称",
  "rules[].breach": "违反制度的哪一条，如 三（三）5；条款见 xunheng regime clauses",
  "rules[].basis": "办法自己的哪一条定了分值，如 第七条第一项",
  "rules[].over":
    "看哪种台账：finding 问题、inspection 巡查、visit 受检点位、accident 事故、action 督办措施、tip 举报、unit 单位、appraisal 年度考核、response 整改情况报告；评议不写",
  "rules[].year_by":
    "按哪个日期归年；不写则按发现、发生、收到等日期。用到逾期、到期的规则请写 due_on：逾期的问题在到期的那一年扣，未到期的结转",
  "rules[].window": "看多久：不写则只看计分期间内的；all 不限日期；{months: 24} 统计截止日之前24个月内",
  "rules[].window.months": "多少个月，到统计截止日为止",
  "rules[].where": `只看符合条件的；${EXPRESSION}；条件为空（不知道）的不算`,
  "rules[].applies": "对哪些单位适用：对单位的列写条件；其余单位本规则不涉及",
  "rules[].needs": "至少有多少条才计，不够的不涉及",
  "rules[].needs.count": `数哪些；${EXPRESSION}`,
  "rules[].needs.at_least": "至少几条",
  ...costNotes("rules[].deduct", "扣"),
  "rules[].once": "true：只要有一条就扣，只扣一次，按最重的一条",
  ...costNotes("rules[].bonus", "加"),
  "rules[].ratio":
    "按比率计：不写 target 和 at_least 的按比例；写 target 和 lose 的，低于目标每1个百分点扣 lose 分；写 at_least 的，达不到就全扣（得）",
  "rules[].ratio.of": `分子的条件，在分母里数；${EXPRESSION}`,
  "rules[].ratio.among": "分母的条件，如 is_due（到期的）；不写则全部都算分母",
  "rules[].ratio.points": "至多扣（得）多少分",
  "rules[].ratio.target": "目标，百分之九十五写 0.95；与 lose 一起写",
  "rules[].ratio.lose": "每低1个百分点扣多少分，不足1个百分点的按比例；start 为 full 才能用",
  "rules[].ratio.at_least": "达到多少才算，百分之九十写 0.9",
  "rules[].ratio.empty": "分母为0时：na 不涉及（默认），full 按最好的，zero 按最差的",
  "rules[].steps": "分档：按一个数落在哪一档扣（得）分",
  ...valueNotes("rules[].steps.value"),
  "rules[].steps.table": "[起点, 分值] 的列表，起点含本数，顺序不限，要有一档从0起；如 [[0.95, 0], [0.9, 2], [0, 5]]",
  "rules[].steps.empty": "没有可算的时：na 不涉及（默认），full 按最好的，zero 按最差的",
  "rules[].change": "同比：与上年同期相比的增幅分档；上年没有可比的不涉及，上年为0而今年不为0的按最差一档",
  ...valueNotes("rules[].change.value"),
  "rules[].change.table": "[增幅起点, 分值] 的列表，起点可以为负，要有一档从 -1 起；增两成写 0.2，降一成写 -0.1",
  "rules[].percentile": "位次：其他同类单位中比本单位差的占多少，按此分档；其他单位不足5个的不涉及",
  ...valueNotes("rules[].percentile.value"),
  "rules[].percentile.better": "low 这个数越低越好，high 越高越好",
  "rules[].percentile.within": "peer_group：只与同一考核分组的单位比；不写则与同类的全部单位比",
  "rules[].percentile.table": "[比率起点, 分值] 的列表，要有一档从0起；比一半单位好写 0.5",
  "rules[].weight": "加权：扣分再乘以一个倍数，只用于 deduct",
  "rules[].weight.by": "按哪一列的取值加权，如 source",
  "rules[].weight.table": "取值: 倍数，如 {交办: 2, 自报: 0.5}；没有写到的和空着的照扣，或按“其他”",
  "rules[].escalate": "加重：同类的第二条起扣得更多，只用于按条扣分的 deduct",
  "rules[].escalate.by": "哪些列都相同才算同类，如 [category]；空着的不算重复",
  "rules[].escalate.factor": "每再犯一次乘以多少，如 2",
  "rules[].escalate.at_most": "至多乘到多少，如 4",
  "rules[].judge": "由人评议，写在评议表里；还没有评议的得分暂定",
  "rules[].judge.from": "最低多少分",
  "rules[].judge.to": "最高多少分",
  "rules[].veto": "一票否决；看事故的，批复结案之前为否决待定",
  "rules[].veto.score": "得分至多计多少，写0即得分归零",
  "rules[].veto.grade_at_most": "等次最高到哪一档",
  "rules[].cap": "本规则至多扣多少分，只用于按条扣分的 deduct",
  "rules[].highest_of": "择高：写同一列（如 finding_id）的几条规则，对同一对象只按最重的一条计，其余返还",
  "rules[].because":
    "记分台账里的事由，{列名} 会换成该条的内容；比率、分档用 {num} {den}，同比用 {now} {base} {num} {den}，位次用 {value} {num} {den}；大括号本身写两个"
};

const ASSESSMENT: Notes = {
  assessment: "结果怎样用于年度考核；不得强于制度的规定",
  "assessment.year_indicator": "年度考核里的指标",
  "assessment.year_indicator.code": "指标编号",
  "assessment.year_indicator.name": "指标名称",
  "assessment.year_indicator.full": "指标满分",
  "assessment.uses": "各种用法，可以有几项",
  "assessment.uses[].what": "制度规定的考核用途，照制度的写法",
  "assessment.uses[].force": "效力：参考、依据、纳入、替代",
  "assessment.uses[].unit_kinds": "只及于哪些类别的单位",
  "assessment.uses[].map": '替代时写：考核项编号: 巡查内容编号，如 {A-07: "6"}',
  "assessment.uses[].rule": "只用某一条规则的得分",
  "assessment.uses[].full": "这一项占多少分"
};

/** What every key of a scheme means, in the words of the guide; editors show them beside the key. */
export const KEY_NOTES: Notes = {...HEAD, ...RULE, ...ASSESSMENT};
