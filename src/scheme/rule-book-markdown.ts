import type {Words} from "./number-words.ts";
import type {RuleBook, RuleLine} from "./rule-book.ts";

/**
 * A rule book as Markdown: one heading an item, one a rule.
 * @example ruleBookMarkdown(ruleBook(scheme, regime)).startsWith("# ")
 */
export function ruleBookMarkdown(book: RuleBook): string {
  const blocks = [
    `# ${plain(book.title)}`,
    list(book.head.map(({label, text}) => `**${label}**：${plain(text)}`)),
    ...section(
      "等次",
      table(
        ["等次", "得分"],
        book.grades.map(({name, text}) => [name, text])
      )
    ),
    ...section(
      "各项内容",
      table(
        ["内容", "名称", "满分", "制度条款", "规则"],
        book.items.map(({no, title, full, clause, rules}) => [no, title, full, clause ?? "", rules.map((r) => r.id).join("、")])
      )
    ),
    ...book.items.flatMap((item) => [
      `## ${item.no} ${plain(item.title)}（满分${item.full}）`,
      ...(item.applies ? [`${markdown(item.applies)}。`] : []),
      ...(item.rules.length === 0 ? ["没有规则：本项不计，其余各项折算。"] : item.rules.flatMap(ruleBlocks))
    ]),
    ...(book.bonuses.length === 0 ? [] : ["## 加分", ...book.bonuses.flatMap(ruleBlocks)]),
    ...(book.vetoes.length === 0 ? [] : ["## 一票否决", ...book.vetoes.flatMap(ruleBlocks)]),
    ...section("封顶与择高", list([...book.caps, ...book.dearest].map((line) => `${plain(line)}。`))),
    ...section("怎样得出得分", book.steps.map((step, i) => `${i + 1}. ${plain(step)}`).join("\n")),
    ...section("用于年度考核", list(book.assessment.map(plain))),
    ...section(
      "条件里的列名",
      book.legend
        .map(
          ({view, title, columns}) =>
            `**${title}**（${code(view)}）\n\n${table(
              ["列", "意思"],
              columns.map((c) => [c.name, c.doc])
            )}`
        )
        .join("\n\n")
    ),
    ...section("值得斟酌", list(book.warnings.map(plain)))
  ];
  return `${blocks.join("\n\n")}\n`;
}

function section(title: string, body: string): string[] {
  return body === "" ? [] : [`## ${title}`, body];
}

function ruleBlocks({id, name, words, limits, because, breach, basis, reads, data}: RuleLine): string[] {
  const lines = [
    ...limits.map((limit) => `${markdown(limit)}。`),
    ...(reads.length === 0 ? [] : [`列名：${reads.map((c) => `${code(c.name)} ${plain(c.title)}`).join("，")}。`]),
    ...(because === null ? [] : [`事由：${plain(because)}`]),
    `依据：${basis === null ? "未写" : `本办法${plain(basis)}`}${breach === null ? "" : `；违反：制度${plain(breach)}`}。`,
    `数据：${data.join("、")}。`
  ];
  return [`### ${id} ${plain(name)}`, `${markdown(words)}。`, list(lines)];
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => plain(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(header), `| ${header.map(() => "---").join(" | ")} |`, ...rows.map(line)].join("\n");
}

function markdown(words: Words): string {
  return words.map((word) => (typeof word === "string" ? plain(word) : ` ${code(word.sql)} `)).join("");
}

/** One line of code, whatever backticks it holds. */
function code(text: string): string {
  const flat = text.replaceAll(/\s+/g, " ").trim();
  const fence = "`".repeat(Math.max(0, ...(flat.match(/`+/g) ?? []).map((run) => run.length)) + 1);
  return flat.startsWith("`") || flat.endsWith("`") ? `${fence} ${flat} ${fence}` : `${fence}${flat}${fence}`;
}

/** Text that Markdown takes as it is. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_[\]<>#~]/g, "\\$&");
}
