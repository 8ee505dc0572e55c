import {Command} from "commander";
import type {MakeCommand} from "./common.ts";
import {addExportAssessment} from "./export-assessment.ts";
import {addExportBrief} from "./export-brief.ts";
import {addExportConfirm} from "./export-confirm.ts";
import {addExportDocument} from "./export-document.ts";
import {addExportDossier} from "./export-dossier.ts";
import {addExportFindings} from "./export-findings.ts";
import {addExportOrganisation} from "./export-organisation.ts";
import type {Effects} from "./output.ts";

/** What hangs below `export`, a file each; a line each. */
const ADDED: readonly ((parent: Command, effects: Effects, end: (exit: number) => void) => void)[] = [
  addExportAssessment,
  addExportConfirm,
  addExportFindings,
  addExportDocument,
  addExportBrief,
  addExportDossier,
  addExportOrganisation
];

/** `xunheng export …`: documents and data for those who rely on the result. */
export const exportCommand: MakeCommand = (effects, end) => {
  const command = new Command("export").description("导出：给考核办、组织部、被巡查单位的数据和公文").helpCommand(false);
  for (const add of ADDED) add(command, effects, end);
  return command;
};
