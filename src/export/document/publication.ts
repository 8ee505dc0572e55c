import {outsideView} from "../../regime/secrecy.ts";
import {demandApproved} from "../../release/demand.ts";
import type {Scored} from "../../warehouse/scored.ts";
import type {Block, OfficialDocument} from "../official/document.ts";
import {type PublicationData, publicationData} from "../publication.ts";
import {clauseOf, type DocumentKind, type DocumentOptions, officialHead} from "./kind.ts";
import {periodWords, stretchOf} from "./period-words.ts";
import {BLANK, basisWords, countsWords, heading, OPEN_DAY, text, wordOf} from "./phrase.ts";

/** 公示稿: what the public is told of an approved result, and no more than the clause says. */
export const publication: DocumentKind = {
  name: "publication",
  title: "公示稿",
  about: "向社会公布的巡查结果：巡查了哪些单位、等次、问题和整改数；不含得分、名次和企业名称（已曝光的除外）",
  takes: [],
  needs: (regime, day) => (outsideView(regime, day).clause === null ? clauseOf(regime, "publish", day) : null),
  because: (regime, day) => {
    const {clause} = outsideView(regime, day);
    return clause === null ? null : `制度${clause}要求对${wordOf(regime, "inspection", "巡查")}的情况保密，结果不能向社会公布`;
  },
  make: makePublication
};

async function makePublication(scored: Scored, options: DocumentOptions): Promise<OfficialDocument> {
  demandApproved(scored, publication.title);
  const {regime} = scored;
  const data = await publicationData(scored);
  const inspection = wordOf(regime, "inspection", "巡查");
  const period = periodWords(data.period);
  return {
    ...officialHead(scored, {...options, signer: undefined}),
    stamp: data.stamp,
    issuer: scored.space.authority,
    title: `关于${period}安全生产${inspection}结果的公示`,
    addressee: options.addressee ?? null,
    body: [
      text(
        `根据${basisWords(regime, [data.power.clause])}关于公布${data.power.what}的规定，现将${period}（${stretchOf(data.period)}）安全生产${inspection}结果公示如下，接受社会监督。`
      ),
      heading(1, `${inspection}情况`),
      ...inspected(
        data,
        scored.schemes.flatMap(({scheme}) => scheme.grades.map(({name}) => name))
      ),
      heading(1, "重大隐患曝光情况"),
      ...exposed(data),
      heading(1, "社会监督"),
      text(`公示时间：${OPEN_DAY}至${OPEN_DAY}。`),
      text(
        `公示期间，单位和个人对公示内容有异议的，可以向${scored.space.authority}反映（联系电话：${options.contact ?? BLANK}）；发现事故隐患和安全生产违法行为的，可以依法举报。`
      )
    ],
    annexes: []
  };
}

/** Units inspected, with grade and counts. */
function inspected({units, words}: PublicationData, best: readonly string[]): Block[] {
  const [inspection, finding] = [words.inspection ?? "巡查", words.finding ?? "问题"];
  const covered = units.filter((u) => u.covered === "已巡查");
  const [count, done] = [covered.reduce((n, u) => n + u.findings, 0), covered.reduce((n, u) => n + u.done, 0)];
  if (covered.length === 0) return [text(`本期没有完成的${inspection}。`)];
  const grades = [...new Set(best)];
  const byGrade = grades.map((grade) => [grade, covered.filter((u) => u.grade === grade).length] as const);
  return [
    text(
      `本期共${inspection}${covered.length}个单位，这些单位发现${finding}${count}条，已整改${done}条。`,
      byGrade.some(([, n]) => n > 0) ? `${inspection}结果为${countsWords(byGrade, "个")}。` : "",
      "各单位情况如下表。"
    ),
    {
      kind: "table",
      caption: `${inspection}结果`,
      columns: [
        {header: "序号", width: 8, align: "center"},
        {header: "单位", width: 30},
        {header: "结束日期", width: 20, align: "center"},
        {header: "等次", width: 16, align: "center"},
        {header: `${finding}（条）`, width: 14, align: "center"},
        {header: "已整改（条）", width: 14, align: "center"}
      ],
      rows: covered.map((u, i) => [
        ...[String(i + 1), u.unit_name, u.ended_on ?? "—", gradeText(u)],
        ...[String(u.findings), String(u.done)]
      ]),
      empty: "没有。"
    }
  ];
}

/** The grade, and that it may still change. */
function gradeText({grade, provisional}: PublicationData["units"][number]): string {
  return grade === null ? "—" : `${grade}${provisional ? "（暂定）" : ""}`;
}

/** Hazards that the media were told of already. */
function exposed({exposures}: PublicationData): Block[] {
  return [
    {
      kind: "table",
      caption: null,
      columns: [
        {header: "曝光日期", width: 22, align: "center"},
        {header: "属地或责任单位", width: 26},
        {header: "企业或场所", width: 32},
        {header: "严重程度", width: 14, align: "center"}
      ],
      rows: exposures.map((e) => [e.taken_on, e.unit_name ?? "—", e.place_name ?? "—", e.severity ?? "—"]),
      empty: "本期没有曝光的重大隐患。"
    }
  ];
}
