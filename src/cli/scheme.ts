import {Command} from "commander";
import type {MakeCommand} from "./common.ts";
import {addCheck} from "./scheme-check.ts";
import {addSchema} from "./scheme-schema.ts";
import {addShow} from "./scheme-show.ts";
import {addTest} from "./scheme-test.ts";

/** `xunheng scheme check|show|test|schema`: an office's own scheme, from the first draft to the printed rule book. */
export const schemeCommand: MakeCommand = (effects, end) => {
  const scheme = new Command("scheme").description("评分办法：检查、规则书、用例、编辑器提示").helpCommand(false);
  for (const add of [addCheck, addShow, addTest, addSchema]) add(scheme, effects, end);
  return scheme;
};
