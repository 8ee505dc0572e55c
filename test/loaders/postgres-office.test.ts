import {readdirSync, readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import {afterAll, describe, expect, it} from "vitest";
import {loadWorkspace} from "../../src/cli/load.ts";
import {makeOffice} from "../office.ts";
import {startServer} from "./postgres-server.ts";

const server = await startServer();
afterAll(() => server?.remove());

describe.skipIf(!server)("an office that keeps its rectifications in PostgreSQL", () => {
  const finding = (finding_id: string) => ({
    finding_id,
    inspection_id: "X1",
    unit_code: "990101",
    layer: "部门",
    item: "6",
    severity: "一般",
    description: "演示问题",
    found_on: "2025-03-03"
  });
  const office = makeOffice({
    unit: [{unit_code: "990101", unit_name: "演示甲镇", unit_kind: "镇街"}],
    inspection: [{inspection_id: "X1", unit_code: "990101", kind: "全面", organiser_level: "县级", started_on: "2025-03-01"}],
    finding: [finding("F1"), finding("F2")]
  });
  const yaml = readFileSync(join(office.directory, "xunheng.yaml"), "utf8");
  const source = "  - {table: rectification, loader: postgres, url: $RECTIFY_URL, query: select * from 整改台账 order by 1}\n";
  office.file("xunheng.yaml", yaml + source);
  afterAll(() => {
    delete process.env.RECTIFY_URL;
    office.remove();
  });

  const load = () => {
    const now = () => new Date("2026-01-05T01:00:00Z");
    return loadWorkspace(office.directory, {stdout: () => {}, stderr: () => {}, now, terminal: false});
  };
  const run = async (...statements: string[]) => {
    const admin = server?.admin("zg");
    for (const statement of statements) await admin?.unsafe(statement);
    await admin?.end();
  };

  it("loads them, sees what has changed and what has gone, and keeps nothing when the server dies in the middle", async () => {
    process.env.RECTIFY_URL = server?.url("zg");
    await server?.database(
      "zg",
      "create table 整改台账 (问题编号 text, 整改环节 text, 日期 date, 文号 text)",
      "insert into 整改台账 values ('F1', '完成', '2025-03-20', null), ('F1', '销号', '2025-04-01', '一号'), ('F2', '完成', '2025-03-25', null)"
    );
    const first = await load();
    expect(first).toMatchObject({exit: 0, failures: [], tables: {rectification: {read: 3, new: 3, rejected: 0, withdrawn: 0}}});

    await run(
      "update 整改台账 set 文号 = '二号' where 整改环节 = '销号'",
      "delete from 整改台账 where 问题编号 = 'F2'",
      "insert into 整改台账 values ('F2', '完成', '2025-03-26', null)"
    );
    expect((await load()).tables.rectification).toMatchObject({
      read: 3,
      new: 1,
      unchanged: 1,
      changed: 1,
      rejected: 0,
      withdrawn: 1
    });

    await run(
      "alter table 整改台账 rename to t",
      "create view 整改台账 as select t.*, repeat('长', 3000) as 佐证 from generate_series(1, 100000) i, lateral (select pg_sleep(0.002 + 0 * i)) s, t"
    );
    const killed = killCopy();
    const third = await load();
    await killed;
    expect(third.exit).toBe(4);
    expect(third.failures.map(({place, what}) => [place?.file, what.replace(/\d+/, "N")])).toEqual([
      ["$RECTIFY_URL", "读到第N行时与服务器的连接断了"]
    ]);
    expect(Object.keys(third.batches)).toEqual(["unit", "inspection", "finding"]);
    expect(third.tables.finding).toMatchObject({read: 2, unchanged: 2});
    for (const file of filesBelow(office.directory)) expect(readFileSync(file, "latin1")).not.toMatch(/geheim/);
  });

  /** Kills the process that answers the COPY, as soon as it runs. */
  async function killCopy(): Promise<void> {
    const admin = server?.admin("zg");
    for (let tries = 0; tries < 400; tries++) {
      const found = await admin?.unsafe("select pid from pg_stat_activity where query like 'copy%' and state = 'active'");
      const pid = found?.[0]?.pid as number | undefined;
      if (pid !== undefined) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        process.kill(pid, "SIGKILL");
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await admin?.end({timeout: 0}).catch(() => {});
  }
});

function filesBelow(directory: string): string[] {
  const paths = readdirSync(directory, {recursive: true}).map((name) => join(directory, String(name)));
  return paths.filter((path) => statSync(path).isFile());
}
