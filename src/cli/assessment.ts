import {Command} from "commander";
import {fault, nearestName} from "../fault.ts";
import type {AssessmentUse, UnitAssessment} from "../score/assessment.ts";
import {points} from "../score/score.ts";
import {type Assessed, openAssessed, type SchemeAssessment} from "../warehouse/assessed.ts";
import {cutOffOptions, type MakeCommand, optionsOf, printJson, withCutOffs} from "./common.ts";
import {textTable} from "./output.ts";
import {schemeText} from "./scheme-file.ts";

interface AssessmentFlags {
  readonly unit?: string;
  readonly scheme?: string;
}

const HELP = `
评分办法里写一段 assessment，说明结果怎样用于年度考核：
  assessment:
    year_indicator: {code: AQ-03, name: 安全生产巡查, full: 10}     # 考核指标和满分
    uses:
      - {what: 巡查结果, force: 纳入}

what 照抄制度 assessment 里列出的用途，各制度不同；上面是规定“巡查结果”纳入年度考核的制度的写法。办法没有写 assessment 时，
xunheng assessment 按本制度列出的用途打印一行，可以直接粘贴。还可以写：
  替代要写 map（考核项: 巡查内容），如 {what: …, force: 替代, map: {A-07: "6"}}
  只取一条规则要写 rule 和 full，如   {what: …, force: 纳入, rule: 规则编号, full: 4}

性质由制度的条款决定，办法不能用得更强：
  参考  随考核一并提供，不计入考核得分
  依据  满分×得分÷100，考核办在年度考核表里填写该指标之后才计入
  纳入  满分×得分÷100，计入考核得分
  替代  当年巡查过的单位，以巡查内容的得分折合代替考核项原有的得分，两个数都列出
得分是否决之后的；只取一条规则时，按它至多能扣（或得）的分折合。都精确到0.01分。
未巡查的单位按办法的 uninspected：不评分、沿用上次（至多五年）、采用上级结果。
考核项原有的得分来自表 appraisal（年度考核）。`;

/** `xunheng assessment`: what the annual assessment takes from the result, unit by unit. */
export const assessmentCommand: MakeCommand = (effects) =>
  withCutOffs(new Command("assessment").description("年度考核：每个单位的巡查结果怎样用于考核，得多少分，依据哪一条"))
    .option("--unit <code>", "只看一个单位")
    .option("--scheme <file>", "用这个评分办法（文件或编号）代替工作区的办法")
    .addHelpText("after", HELP)
    .action(async (_, command: Command) => {
      const {workspace, json, unit, scheme, ...rest} = optionsOf<AssessmentFlags>(command);
      const assessed = await openAssessed(workspace, {
        ...cutOffOptions(rest, effects),
        scheme: scheme === undefined ? undefined : schemeText(scheme, workspace)
      });
      try {
        const schemes = unit === undefined ? assessed.schemes : onlyUnit(assessed, unit);
        if (json) printJson(effects, assessmentJson(assessed, schemes));
        else effects.stdout(assessmentText(assessed, schemes));
      } finally {
        assessed.scored.close();
      }
    });

/** The scheme of one unit, with that unit alone. */
function onlyUnit({schemes, silent}: Assessed, code: string): SchemeAssessment[] {
  const found = schemes.flatMap((s) => {
    const units = s.units.filter((u) => u.unit_code === code);
    return units.length > 0 ? [{...s, units}] : [];
  });
  if (found.length > 0) return found;
  const near = nearestName(
    code,
    schemes.flatMap((s) => s.units.map((u) => u.unit_code))
  );
  const others = silent.length > 0 ? `（${silent.join("、")}没有写 assessment）` : "";
  throw fault(2, {
    place: null,
    what: `年度考核里没有单位 ${code}${others}`,
    advice: near ? `是否指 ${near}？` : "单位编码见 xunheng score"
  });
}

function assessmentJson({scored: {space, result}, year}: Assessed, schemes: readonly SchemeAssessment[]) {
  const {regime, as_of, decisions_until, known_at, run, digest} = result;
  return {
    ...{regime, year, as_of, decisions_until, known_at, run, digest, approved: false, demo: space.demo},
    provisional: schemes.some((s) => s.units.some((u) => u.indicators.some((i) => i.provisional))),
    schemes: schemes.map(({scheme, name, uninspected, assessment: {indicator, uses}, units, warnings}) => ({
      ...{scheme, name, uninspected},
      indicator: {code: indicator.code, name: indicator.name, full: points(indicator.full_milli), full_milli: indicator.full_milli},
      uses: uses.map(({what, force, clause, unit_kinds, map, rule, full_milli}) => ({
        ...{what, force, clause, unit_kinds, map, rule: rule?.id ?? null},
        full: full_milli === null ? null : points(full_milli)
      })),
      units,
      warnings
    }))
  };
}

function assessmentText(assessed: Assessed, schemes: readonly SchemeAssessment[]): string {
  const {space, result} = assessed.scored;
  const isProvisional = schemes.some((s) => s.units.some((u) => u.indicators.some((i) => i.provisional)));
  const head = [
    `年度考核 ${assessed.year}年`,
    `统计截止日 ${result.as_of}`,
    `决定计至 ${result.decisions_until}`,
    ...(isProvisional ? ["暂定"] : []),
    "未审定",
    ...(space.demo ? ["演示数据"] : [])
  ].join(" · ");
  const silent = assessed.silent.map((name) => `· ${name}没有写 assessment，其单位未列\n`);
  return [`${head}\n\n`, schemes.map(tablesText).join("\n"), "\n", ...silent, `摘要 ${result.digest}\n运行 ${result.run}\n`].join(
    ""
  );
}

function tablesText({name, uninspected, assessment: {indicator, uses}, units, warnings}: SchemeAssessment): string {
  const replaces = uses.some((u) => u.force === "替代");
  const rows = units.flatMap(indicatorRows);
  const awaits = units.some((u) => u.indicators.some((i) => i.awaits_acceptance));
  const totals = units.flatMap(({unit_code, unit_name, total, indicators}) => {
    if (!total) return [];
    const awaiting = indicators.some((i) => i.awaits_acceptance) ? total.awaiting : null;
    const sums = replaces ? [total.without, total.with] : [total.without];
    return [[unit_code, unit_name, total.full, ...sums, ...(awaits ? [awaiting] : [])]];
  });
  const header = ["单位", "名称", "满分", ...(replaces ? ["不替代", "替代后"] : ["合计"]), ...(awaits ? ["待采纳"] : [])];
  return [
    `${name}\n指标 ${indicator.code} ${indicator.name}，满分${points(indicator.full_milli)}；未巡查的单位：${uninspected}\n`,
    ...uses.map((use, i) => `${i + 1}. ${useText(use)}\n`),
    "\n",
    textTable(["单位", "名称", "考核项", "满分", "得分", "性质", "依据条款", "说明"], rows),
    totals.length > 0 ? `\n年度考核表各项与计入的分值合计\n${textTable(header, totals)}` : "",
    ...warnings.map((w) => `· ${w}\n`)
  ].join("");
}

function useText({what, force, clause, unit_kinds, map, rule, full_milli}: AssessmentUse): string {
  const how =
    force === "替代"
      ? map.map(({code, item}) => `${code}取内容${item}`).join("，")
      : `${rule ? `规则${rule.id}“${rule.name}”` : "全部得分"}，满分${points(full_milli ?? 0)}`;
  return `${what}：${force}（${clause}），${unit_kinds.join("、")}；${how}`;
}

function indicatorRows({unit_code, unit_name, unit_kind, indicators}: UnitAssessment): (string | null)[][] {
  if (indicators.length === 0)
    return [[unit_code, unit_name, null, null, null, null, null, `办法没有把${unit_kind}的结果用于年度考核`]];
  return indicators.map((i) => [
    unit_code,
    unit_name,
    i.name === i.code ? i.code : `${i.code} ${i.name}`,
    i.full,
    i.points,
    i.force,
    i.clause,
    i.because
  ]);
}
