/** A hazard in an enterprise, as an inspector writes it. */
export interface Hazard {
  readonly industry: string;
  readonly category: string;
  readonly text: string;
  /** The published standard by which it is 重大; null for a lesser one. */
  readonly criterion: string | null;
}

const CHEMICAL = "化工和危险化学品生产经营单位重大生产安全事故隐患判定标准（试行）";
const FACTORY_2017 = "工贸行业重大生产安全事故隐患判定标准（2017版）";
const FACTORY = "工贸企业重大事故隐患判定标准";
const BUILDING = "房屋市政工程生产安全重大事故隐患判定标准";
const MINE = "金属非金属矿山重大事故隐患判定标准";

function hazard(industry: string, category: string, text: string, criterion: string | null = null): Hazard {
  return {industry, category, text, criterion};
}

/** Lesser hazards. */
export const LESSER: readonly Hazard[] = [
  hazard("危险化学品", "设备设施", "储罐区一处可燃气体探测器超过检定有效期"),
  hazard("危险化学品", "作业管理", "动火作业票未填写气体分析结果"),
  hazard("危险化学品", "教育培训", "外来施工人员未进行入厂安全教育"),
  hazard("工贸", "设备设施", "砂轮机防护罩缺失，未设挡屑板"),
  hazard("工贸", "电气安全", "车间配电箱门未跨接，回路标识缺失"),
  hazard("工贸", "有限空间", "有限空间作业场所未设置警示标志"),
  hazard("工贸", "消防", "成品库房两具灭火器压力不足，未及时更换"),
  hazard("建筑施工", "高处作业", "临边洞口防护栏杆缺失，作业人员未系安全带"),
  hazard("建筑施工", "起重吊装", "塔式起重机司机室内无运转记录"),
  hazard("建筑施工", "临时用电", "施工现场配电未做到一机一闸一漏一箱"),
  hazard("矿山", "边坡管理", "采场边坡监测记录不连续"),
  hazard("矿山", "教育培训", "新上岗人员培训学时不足"),
  hazard("道路运输", "动态监控", "车辆动态监控平台超速报警未处置"),
  hazard("道路运输", "教育培训", "驾驶员月度安全例会记录缺少签到"),
  hazard("燃气", "设备设施", "调压站压力表未按期检定"),
  hazard("燃气", "入户检查", "餐饮用户未安装燃气泄漏报警装置"),
  hazard("消防", "疏散通道", "商场一层安全出口处堆放货物"),
  hazard("消防", "设备设施", "自动喷水灭火系统末端试水装置无水"),
  hazard("特种设备", "持证上岗", "叉车驾驶人员证件过期"),
  hazard("粉尘涉爆", "清扫制度", "除尘管道积尘未按制度清扫，无清扫记录")
];

const TODAY: readonly Hazard[] = [
  hazard("危险化学品", "作业管理", "未按规定实施动火、进入受限空间等特殊作业管理", CHEMICAL),
  hazard("危险化学品", "设备设施", "涉及可燃和有毒有害气体泄漏的场所未按标准设置检测报警装置", CHEMICAL),
  hazard("工贸", "有限空间", "未对有限空间进行辨识，未落实作业审批", FACTORY),
  hazard("粉尘涉爆", "设备设施", "干式除尘系统未采取泄爆、抑爆等任一种爆炸防控措施", FACTORY),
  hazard("建筑施工", "高处作业", "附着式升降脚手架未经验收合格即投入使用", BUILDING),
  hazard("建筑施工", "深基坑", "基坑施工未对毗邻重要建筑物采取专项防护措施", BUILDING),
  hazard("矿山", "通风", "地下矿山未按设计要求建立机械通风系统", MINE)
];

const IN_2018: readonly Hazard[] = [
  ...TODAY.slice(0, 2),
  hazard("工贸", "有限空间", "未对有限空间作业场所进行辨识，未设置明显安全警示标志", FACTORY_2017),
  hazard("粉尘涉爆", "设备设施", "干式除尘系统未规范采用泄爆、隔爆、惰化、抑爆等任一种控爆措施", FACTORY_2017)
];

/** Hazards that the standards of a year call 重大. */
export function majors(year: number): readonly Hazard[] {
  return year < 2022 ? IN_2018 : TODAY;
}

/** The duty breached, by the text of the 安全生产法 in force in a year: amended in 2021. */
export function breachedArticle(category: string, year: number): string {
  const articles: Readonly<Record<string, readonly [string, string]>> = {
    教育培训: ["第二十五条", "第二十八条"],
    持证上岗: ["第二十七条", "第三十条"],
    有限空间: ["第三十二条", "第三十五条"],
    设备设施: ["第三十三条", "第三十六条"]
  };
  const [before, now] = articles[category] ?? ["第三十八条", "第四十一条"];
  return `《中华人民共和国安全生产法》${year < 2022 ? before : now}`;
}
