import type {Command} from "commander";
import {schemeJsonSchema} from "../scheme/json-schema.ts";
import {printJson} from "./common.ts";
import type {Effects} from "./output.ts";

/** `xunheng scheme schema`: the JSON Schema of schemes, which editors read for hints; always JSON. */
export function addSchema(parent: Command, effects: Effects): void {
  parent
    .command("schema")
    .description("打印评分办法的 JSON Schema：编辑器据此提示每个字段的含义、标出写错的字段")
    .addHelpText("after", "\n办法文件第一行写 # yaml-language-server: $schema=scheme.schema.json，编辑器就会提示。")
    .action(() => printJson(effects, schemeJsonSchema()));
}
