import {Command} from "commander";
import {addDiff} from "./batch-diff.ts";
import {addList} from "./batch-list.ts";
import {addRevoke} from "./batch-revoke.ts";
import {addShow} from "./batch-show.ts";
import type {MakeCommand} from "./common.ts";

/** `xunheng batch list|show|diff|revoke`: the history of loads. */
export const batchCommand: MakeCommand = (effects, end) => {
  const batch = new Command("batch")
    .description("批次：每次装入一个来源成一个批次，永久保存；列出、查看、比较、撤销")
    .helpCommand(false)
    .addHelpText(
      "after",
      `
例：xunheng batch list                        有哪些批次，哪些有效
    xunheng batch show 7                      第7号批次读了什么，和以前有什么不同
    xunheng batch diff 7                      逐行逐列的不同
    xunheng batch revoke 7 --by 张三 --reason 装错了文件`
    );
  for (const add of [addList, addShow, addDiff, addRevoke]) add(batch, effects, end);
  return batch;
};
