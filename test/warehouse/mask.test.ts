import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {unzipSync} from "fflate";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {writeLedger} from "../../src/export/ledger.ts";
import {martZip} from "../../src/site/mart.ts";
import {findingHistory} from "../../src/warehouse/finding-history.ts";
import {openScored} from "../../src/warehouse/scored.ts";
import {run} from "../cli/run.ts";
import {makeOffice, type Office} from "../office.ts";

const MOBILE = "13812345678";
const IDENTITY = "371702199003071234";
const TOLD = `联系人张三${MOBILE}，身份证${IDENTITY}`;
const scratch = mkdtempSync(join(tmpdir(), "xunheng-mask-"));
let office: Office;

beforeAll(async () => {
  office = makeOffice({
    unit: [{unit_code: "990101", unit_name: "东关镇", unit_kind: "镇街"}],
    inspection: [
      {
        inspection_id: "X1",
        unit_code: "990101",
        kind: "全面",
        organiser_level: "县级",
        started_on: "2025-03-03",
        ended_on: "2025-03-14"
      }
    ],
    finding: [
      {
        ...{finding_id: "F1", inspection_id: "X1", unit_code: "990101", layer: "党委政府", item: "1", severity: "一般"},
        ...{description: TOLD, found_on: "2025-03-04", due_on: "2025-04-01", owner: `李四${MOBILE}`, plan: TOLD}
      }
    ],
    rectification: [{finding_id: "F1", stage: "完成", on_date: "2025-04-20", evidence: TOLD, handler: `王五${MOBILE}`}],
    action: [{action_id: "A1", kind: "约谈", unit_code: "990101", taken_on: "2025-05-01", finding_id: "F1", result: TOLD}],
    appeal: [
      {
        ...{appeal_id: "Y1", subject_kind: "问题", subject_id: "F1", unit_code: "990101", filed_on: "2025-06-01"},
        ...{accepted_on: "2025-06-02", decided_on: "2025-06-10", decision: "维持", decided_by: "安委办", grounds: TOLD}
      }
    ]
  });
  await office.load();
  office.write("finding", [
    {
      ...{finding_id: "F1", inspection_id: "X1", unit_code: "990101", layer: "党委政府", item: "1", severity: "一般"},
      ...{description: `更正：${TOLD}`, found_on: "2025-03-04", due_on: "2025-04-01", owner: `李四${MOBILE}`, plan: TOLD}
    }
  ]);
  await office.load("2026-01-05T09:00:00.000+08:00");
});

afterAll(() => {
  office.remove();
  rmSync(scratch, {recursive: true});
});

/** Everything that leaves the workspace about its one finding: pages, the ledger in a file, the history that `explain` prints. */
async function told(): Promise<{text: string; digest: string; run: string}> {
  const scored = await openScored(office.directory, {columns: "all"});
  try {
    const files = unzipSync(await martZip(scored, "analyst"));
    const ledger = join(scratch, "台账.csv");
    await writeLedger(scored.db, ledger);
    const {digest, run} = scored.result;
    const texts = Object.values(files).map((bytes) => Buffer.from(bytes).toString("utf8"));
    const history = JSON.stringify(await findingHistory(scored.db, "F1"));
    return {text: [...texts, history, readFileSync(ledger, "utf8")].join("\n"), digest, run};
  } finally {
    scored.close();
  }
}

describe("telephone and identity numbers", () => {
  it("are in no mart, no ledger and no history, unless xunheng.yaml says so; the score is the same", async () => {
    const masked = await told();
    expect(masked.text).toContain("更正：联系人张三138****5678，身份证3717************34");
    expect(masked.text).not.toContain(MOBILE);
    expect(masked.text).not.toContain(IDENTITY);
    const yaml = readFileSync(join(office.directory, "xunheng.yaml"), "utf8");
    office.file("xunheng.yaml", `mask_numbers: false\n${yaml}`);
    const plain = await told();
    expect(plain.text).toContain(TOLD);
    expect({digest: plain.digest, run: plain.run}).toEqual({digest: masked.digest, run: masked.run});
    office.file("xunheng.yaml", yaml);
  });

  it("are not printed by explain", async () => {
    const {stdout} = await run("explain", "--finding", "F1", "-w", office.directory);
    expect(stdout).toContain("138****5678");
    expect(stdout).not.toContain(MOBILE);
  });
});
