/** What a template says of a table: what a row is, and of each column an example and, where the header does not say it all, a note. */
export interface TableWords {
  /** What one row is. */
  readonly row: string;
  /** Whether an office can begin without it. */
  readonly later: boolean;
  /** Column → example, note. A regime's own words stand for `{…}`. */
  readonly columns: Readonly<Record<string, readonly [example: string, note?: string]>>;
}

const UNIT = "{unit_kind}";
const CODE = "照“单位”表里的编码填";
const INSPECTION = "照“巡查”表里的编号填";
const FINDING = "照“问题”表里的编号填";

/**
 * Words of the templates by table. The examples of all tables belong together: filled in as rows they load without a reject.
 * `{unit_kind}`, `{kind}` and `{item}` are the first of the regime's.
 */
export const TEMPLATE_WORDS: Readonly<Record<string, TableWords>> = {
  unit: {
    row: "一个单位：被巡查的地方、部门，和问题所在的单位、企业",
    later: false,
    columns: {
      unit_code: ["990101", "本单位自定，一经使用不要再改；其他各表用它指这个单位"],
      unit_name: ["演示甲镇", "全称"],
      unit_kind: [UNIT, "按制度的巡查对象选；所属企业等其他类别也可以填，装入时会提示"],
      parent_code: ["", "上级单位的编码；企业填它的属地或主管单位"],
      managed_by: ["", "由哪个单位代管；没有就空着"],
      successor_code: ["", "撤并后由哪个单位承接"],
      peer_group: ["镇域组", "同一分组的单位在一起排名；不分组就空着"],
      sort_order: ["1", "页面上的先后"],
      valid_from: ["2020-01-01", "从哪天起有这个单位；空着表示一直有"],
      valid_to: ["", "撤并、停用的日期"],
      exposure: ["57", "监管对象有多少家；评分办法按户数折算时才用"],
      tile_col: ["1", "网格图上的第几列；不画网格图就空着"],
      tile_row: ["1", "网格图上的第几行"]
    }
  },
  inspection: {
    row: "一个组对一个单位的一次巡查",
    later: false,
    columns: {
      inspection_id: ["X25-01", "每次巡查一个编号，不重复，不再改"],
      unit_code: ["990101", CODE],
      kind: ["{kind}"],
      organiser_level: ["市", "由哪一级组织"],
      extended_from: ["", "上级巡查延伸到本单位时，填是哪一级的"],
      round_no: ["1", "分轮次巡查的，填第几轮"],
      team_no: ["第1组"],
      items: ["", "只巡查其中几项时填，如 1、6；空着表示全部"],
      planned_from: ["2025-03-03"],
      planned_to: ["2025-03-14"],
      approved_on: ["2025-02-20"],
      notified_on: ["2025-02-24", "通知送达被巡查单位的日期"],
      trained_on: ["2025-02-26", "巡查组培训的日期"],
      announced_on: ["2025-03-03"],
      hotline_on: ["2025-03-03", "公布举报电话、信箱的日期"],
      started_on: ["2025-03-03"],
      ended_on: ["2025-03-14", "巡查结束的日期；空着表示还在巡查"],
      left_on: ["2025-03-14"],
      reported_on: ["2025-03-20", "巡查组提交报告的日期"],
      report_approved_on: ["2025-03-24"],
      notice_approved_on: ["2025-03-26"],
      fed_back_on: ["2025-03-28", "向被巡查单位反馈的日期"],
      feedback_received_on: ["2025-03-28", "被巡查单位收到的日期；空着时取反馈日期"],
      result_approved_on: ["2025-04-10"],
      organ_sent_on: ["2025-04-14"],
      published_on: ["2025-04-16"],
      archived_on: ["2025-04-30"],
      unannounced: ["否", "不发通知、不打招呼的填是"],
      drawn: ["是", "人员是否随机抽调"],
      recorded: ["是", "是否留有影像"],
      previous_id: ["", "“回头看”时填前一次的巡查编号"]
    }
  },
  member: {
    row: "一个人参加一次巡查",
    later: true,
    columns: {
      inspection_id: ["X25-01", INSPECTION],
      member_id: ["P0100", "本单位自编的人员编号，不要用身份证号"],
      role: ["组长"],
      rank: ["正科级"],
      employer_code: ["990905", "所在单位的编码，可以不在“单位”表里"],
      in_service: ["是", "是否现职"],
      from_on: ["2025-03-03"],
      to_on: ["", "中途离开的日期"],
      leave_approved: ["", "中途离开是否经批准"],
      recusal_declared_on: ["2025-02-25"],
      recusal_result: ["无须"]
    }
  },
  visit: {
    row: "巡查中到过的一家企业或一个点位",
    later: true,
    columns: {
      visit_id: ["X25-01-D01", "每个点位一个编号，不重复"],
      inspection_id: ["X25-01", INSPECTION],
      unit_code: ["990101", "点位所在的属地；照“单位”表里的编码填"],
      place_name: ["演示木业厂"],
      visited_on: ["2025-03-04"],
      trip_no: ["1", "同一次外出检查的几个点位填一样的批次"],
      place_kind: ["工贸"],
      credit_code: ["91990103M000000017", "18位，会核对校验位"],
      checkers: ["检查人员甲、检查人员乙"],
      credentials_shown: ["是"],
      record_no: ["JX25-01-01"],
      record_signed: ["是", "被检查方是否在记录表上签字"],
      signer_role: ["现场负责人"],
      slip_no: ["BX25-01-01"],
      recorded: ["是", "是否留有影像"]
    }
  },
  finding: {
    row: "一个问题；一行写了几个问题的，请拆成几行",
    later: false,
    columns: {
      finding_id: ["W25-0001", "每个问题一个编号，不重复，不再改"],
      inspection_id: ["X25-01", "照“巡查”表里的编号填；来源是举报、交办的可以空着"],
      unit_code: ["990101", "由哪个单位负责；照“单位”表里的编码填，不写名称"],
      layer: ["部门", "问题出在哪一层：党委政府、部门，还是企业"],
      item: ["{item}", "制度中第几项巡查内容，如 6 或 6.1；各项见“说明”"],
      severity: ["一般", "扣多少分往往由它定，按本单位的标准填"],
      description: ["两家企业的隐患台账没有整改时限", "写清楚事实；不写个人手机号、身份证号"],
      found_on: ["2025-03-04"],
      visit_id: ["X25-01-D01", "在哪个点位发现；照“受检点位”表填"],
      category: ["隐患排查", "按它找屡查屡犯，同类问题请用同样的字"],
      industry: ["工贸"],
      nature: ["管理问题"],
      hazard_level: ["", "性质是事故隐患时填"],
      criterion: ["", "重大隐患按哪一条判定"],
      violated: ["", "违反了哪部法规的哪一条"],
      fault: ["部门监管", "主要是谁的责任"],
      source: ["巡查", "空着按巡查"],
      requirement: ["补齐整改时限并逐条销号"],
      arose_on: ["", "问题最早形成的日期；不知道就空着"],
      handed_on: ["2025-03-28", "交给责任单位整改的日期"],
      due_on: ["2025-04-30", "到这一天还没整改完才算逾期；没有期限就空着，不算逾期"],
      fix_now: ["否", "要求立即整改的填是"],
      measure: ["逐家核对台账"],
      owner: ["分管负责人", "写职务即可"],
      fund_wan: ["0.5", "单位是万元"],
      plan: ["", "整改期间的应急预案"],
      claimed_on_time: ["", "单位自己说是否按期；只供对照，不参与计算"],
      lead_code: ["", CODE],
      supervisor_code: ["", CODE]
    }
  },
  rectification: {
    row: "一个问题整改中的一件事：某天完成、某天验收、某天销号",
    later: false,
    columns: {
      finding_id: ["W25-0001", FINDING],
      stage: ["完成", "逾期按完成日期算；验收、销号晚了不算单位逾期"],
      on_date: ["2025-04-20", "这件事发生的日期"],
      seq_no: ["", "同一问题、同一环节、同一天有两件事时填1、2；不是流水号，平时空着"],
      new_due_on: ["", "环节是延期时，延到哪一天"],
      applied_on: ["", "环节是延期时，哪天申请的"],
      approved_by: [""],
      document_no: ["整改〔2025〕3号"],
      recorded_at: ["2025-04-21 09:30", "什么时候登记进台账的，可以带时刻"],
      evidence: ["整改后的台账"],
      handler: ["经办甲"],
      form_code: ["", "单位回填表自带，用来核对编号有没有被改动；自己登记的空着"]
    }
  },
  response: {
    row: "被巡查单位的一次整改情况报告",
    later: true,
    columns: {
      inspection_id: ["X25-01", INSPECTION],
      unit_code: ["990101", CODE],
      kind: ["首次"],
      submitted_on: ["2025-05-19"],
      seq_no: ["1", "第几次报告"],
      document_no: ["整报〔2025〕1号"],
      has_handling: ["是", "是否写明对责任单位、责任人的处理意见"]
    }
  },
  action: {
    row: "对一个单位采取的一项措施：约谈、挂牌督办、移送……",
    later: true,
    columns: {
      action_id: ["C25-01", "每项措施一个编号，不重复"],
      kind: ["约谈"],
      unit_code: ["990101", CODE],
      taken_on: ["2025-05-12"],
      finding_id: ["W25-0001", FINDING],
      inspection_id: ["X25-01", INSPECTION],
      by_office: ["演示安委会办公室"],
      to_office: ["", "移交、移送时，交给哪个单位"],
      document_no: ["督〔2025〕1号"],
      effective_on: [""],
      closed_on: [""],
      result: [""]
    }
  },
  accident: {
    row: "一起生产安全事故",
    later: true,
    columns: {
      accident_id: ["SG25-01", "每起事故一个编号，不重复"],
      unit_code: ["990101", "事故计给哪个单位；照“单位”表里的编码填"],
      occurred_on: ["2025-06-02"],
      accident_grade: ["一般", "会与国务院令第493号的标准核对，不符时提示"],
      accident_type: ["高处坠落"],
      deaths: ["1"],
      injuries: ["0", "重伤人数"],
      loss_wan: ["96.5", "单位是万元"],
      liable: ["是", "是否认定为责任事故；还没有认定就空着"],
      concealed: ["否"],
      reported_at: ["2025-06-02 16:05", "可以带时刻"],
      concluded_on: ["2025-09-10", "批复结案以后才会触发一票否决"],
      concluded_by: ["演示人民政府"],
      document_no: ["演政复〔2025〕3号"]
    }
  },
  tip: {
    row: "一件举报；不写举报人是谁",
    later: true,
    columns: {
      tip_id: ["JB25-01", "每件举报一个编号，不重复"],
      inspection_id: ["X25-01", INSPECTION],
      unit_code: ["990101", "被反映的单位；照“单位”表里的编码填"],
      received_on: ["2025-03-06"],
      channel: ["电话"],
      outcome: ["查实"],
      closed_on: ["2025-03-28"]
    }
  },
  judgement: {
    row: "评分办法里由人评定的一项，对一个单位一年评一次",
    later: true,
    columns: {
      unit_code: ["990101", CODE],
      year: ["2025", "考核年度"],
      rule_id: ["R1-2", "评分办法里评议规则的编号，见 xunheng scheme show"],
      points: ["1.5", "在规则允许的范围内；不适用时填 不涉及"],
      reason: ["查阅会议记录后评定"],
      judged_by: ["评议组"],
      judged_on: ["2025-12-24"],
      reviewed_by: ["综合组"],
      evidence: ["评议记录表"]
    }
  },
  appraisal: {
    row: "年度考核里一个单位的一个考核项；不与年度考核衔接就空着",
    later: true,
    columns: {
      unit_code: ["990101", CODE],
      year: ["2025", "考核年度"],
      item_code: ["AQ-01"],
      item_name: ["安全生产责任"],
      full: ["30"],
      points: ["28", "在0与满分之间"]
    }
  },
  official: {
    row: "一个人的一段任职；同一人换了职务另起一行",
    later: true,
    columns: {
      person_id: ["R001", "本单位自编的人员编号，不要用身份证号"],
      person_name: ["王示甲"],
      unit_code: ["990101", CODE],
      post: ["镇长"],
      duty: ["政府主要负责人"],
      portfolio: ["", "分管什么"],
      acting: ["否"],
      from_on: ["2022-03-01"],
      to_on: ["", "仍在任就空着"],
      appoint_doc: ["任〔2022〕1号"]
    }
  },
  appeal: {
    row: "一件异议和对它的复核决定",
    later: true,
    columns: {
      appeal_id: ["YY25-01", "每件异议一个编号，不重复"],
      subject_kind: ["问题"],
      subject_id: ["W25-0001", "对哪个问题、事故……有异议，填它的编号"],
      unit_code: ["990101", "申请的单位；照“单位”表里的编码填"],
      filed_on: ["2025-12-08"],
      accepted_on: ["2025-12-10"],
      decided_on: ["2025-12-20", "还没有决定就空着"],
      decision: ["维持", "填了决定日期就必须填"],
      new_severity: [""],
      new_unit_code: [""],
      new_points: [""],
      decided_by: ["演示安委会办公室"],
      grounds: ["事实清楚"],
      document_no: ["复〔2025〕2号"]
    }
  },
  confirmation: {
    row: "单位对一条扣分的意见；一般不手填，由 xunheng export confirm 生成、单位填好后装入",
    later: true,
    columns: {
      unit_code: ["990101", CODE],
      year: ["2025", "考核年度"],
      rule_id: ["R6-1", "评分办法里规则的编号"],
      subject_kind: ["问题", "计分：按规则整体计出、不是由某个问题或事故引起的扣分"],
      subject: ["W25-0001", "扣分所依据的问题、事故……的编号；没有的填规则编号"],
      points: ["0.5", "当时列示的扣分，供对照"],
      digest: ["ZY-3b1f0c9a-52d7e846", "单位得分的摘要，照扣分确认表；得分变了，原来的意见就过期"],
      answer: ["无异议"],
      answered_on: ["2026-01-06"],
      reason: ["", "有异议时必填"],
      answered_by: ["", "写职务或姓名"]
    }
  }
};
