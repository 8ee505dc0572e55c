import {Command} from "commander";
import {type BenchOptions, bench, benchHolds, benchText} from "./bench.ts";
import {type MakeCommand, optionsOf, printJson} from "./common.ts";
import {progressOn} from "./output.ts";

/** `xunheng bench`: how fast, as ratios to SQL written by hand. Exit 1 when a result is wrong or slower than promised. */
export const benchCommand: MakeCommand = (effects, end) =>
  new Command("bench")
    .description("测速：装入、推出事实、计分、写台账，与手写 SQL 相比的倍数")
    .option("--findings <n>", "问题数，可用逗号隔开写几个", "100000")
    .option("--runs <n>", "各跑几次，取中位数", "5")
    .addHelpText(
      "after",
      "\n例：xunheng bench --findings 100000,1000000 --runs 5\n对照用的 SQL 在 test/bench/；上限自一百万个问题起适用。"
    )
    .action(async (_, command: Command) => {
      const {json, findings, runs} = optionsOf<BenchOptions>(command);
      const {show, done} = progressOn(effects);
      try {
        const result = await bench({findings, runs}, {now: () => performance.now() / 1000, progress: show});
        done();
        if (json) printJson(effects, result);
        else effects.stdout(benchText(result));
        if (!benchHolds(result)) end(1);
      } finally {
        done();
      }
    });
