import type {Command} from "commander";
import {withExport} from "./export-common.ts";
import type {Effects} from "./output.ts";

/** `xunheng export assessment`: what the assessment office gets. */
export function addExportAssessment(parent: Command, effects: Effects): void {
  withExport(parent.command("assessment").description("考核办：每个单位每项考核指标的分值和依据，扣分明细，汇总表"));
  void effects;
}
