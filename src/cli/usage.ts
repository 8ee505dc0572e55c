import type {CommanderError} from "commander";

/** What was wrong with a command line, in our words. */
export function usageText({code, message}: CommanderError, args: readonly string[]): string {
  const quoted = /'([^']*)'/.exec(message)?.[1] ?? "";
  const near = /Did you mean (?:one of )?([^)?]*)\??\)/.exec(message)?.[1];
  const advice = near ? `是否指 ${near}？` : "用 --help 看有哪些";
  switch (code) {
    case "commander.unknownOption":
      return `没有选项 ${quoted}；${advice}`;
    case "commander.unknownCommand":
      return `没有命令 ${quoted}；${advice}`;
    case "commander.missingArgument":
      return `少了参数 ${quoted}；用 xunheng ${args[0] ?? ""} --help 看用法`;
    case "commander.missingMandatoryOptionValue":
      return `少了选项 ${quoted}；用 xunheng ${args[0] ?? ""} --help 看用法`;
    case "commander.optionMissingArgument":
      return `选项 ${quoted} 后面要有值；用 --help 看用法`;
    case "commander.excessArguments":
      return `参数太多；用 xunheng ${args[0] ?? ""} --help 看用法`;
    case "commander.help":
      return `请给出命令；用 xunheng ${/^[a-z]/.test(args[0] ?? "") ? `${args[0]} ` : ""}--help 看有哪些`;
    default:
      return message.replace(/^error: /, "");
  }
}
