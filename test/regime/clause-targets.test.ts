import {expect, test} from "vitest";
import {EXPORTS, PAGES} from "../../src/regime/check-names.ts";
import * as site from "../../src/site/pages.js";
import {run} from "../cli/run.ts";

test("every page that a clause may point to is a page of the site, under the same name", () => {
  const names = new Map(site.PAGES.map(({path, name}) => [path, name]));
  for (const {id, title} of PAGES) expect(names.get(id), id).toBe(title);
});

test.each(EXPORTS)("$title is written by a command that exists", async ({command}) => {
  const [words, option] = [
    command.split(" ").filter((w) => !w.startsWith("--")),
    command.split(" ").find((w) => w.startsWith("--"))
  ];
  const {exit, stdout} = await run(...words, "--help");
  expect(exit).toBe(0);
  if (option) expect(stdout).toContain(option);
});
