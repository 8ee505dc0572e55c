import {existsSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {hostname, tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {withLock} from "../../src/workspace/lock.ts";

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "xunheng-held-"));
  path = join(directory, "lock");
});
afterEach(() => rmSync(directory, {recursive: true, force: true}));

/** A command that holds the lock until it is told to end. */
function holder(): {ended: Promise<void>; end: () => void} {
  let end = () => {};
  const told = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {ended: withLock(path, "load", () => told), end: () => end()};
}

describe("the lock of a workspace", () => {
  it("tells a second writer at once who holds it", async () => {
    const first = holder();
    await expect(withLock(path, "batch revoke", async () => "done")).rejects.toThrow(
      `工作区正被另一个命令使用（${hostname()} 上的进程 ${process.pid}：xunheng load）`
    );
    first.end();
    await first.ended;
    expect(await withLock(path, "batch revoke", async () => "done")).toBe("done");
  });

  it("lets a second writer wait when asked, saying once for whom", async () => {
    const first = holder();
    const said: string[] = [];
    const second = withLock(path, "batch revoke", async () => "done", {
      wait: 20,
      waiting: (text) => {
        said.push(text);
        setTimeout(first.end, 150);
      }
    });
    expect(await second).toBe("done");
    expect(said).toEqual([`等待（${hostname()} 上的进程 ${process.pid}：xunheng load）`]);
    await first.ended;
  });

  it("refuses after the time to wait", async () => {
    const first = holder();
    await expect(withLock(path, "batch revoke", async () => "done", {wait: 0.2})).rejects.toThrow("工作区正被另一个命令使用");
    first.end();
    await first.ended;
  });

  it("is taken over from a process of this machine that no longer lives", async () => {
    writeFileSync(path, JSON.stringify({pid: 2 ** 30, host: hostname(), command: "load"}));
    expect(await withLock(path, "load", async () => "done")).toBe("done");
  });

  it("clears what commands left that were killed while they took it, and nothing of those that live", async () => {
    const dead = [`${path}.${2 ** 30}.44b3791f-0edb-49b0-a6f1-d68570aa2273`, `${path}.dead-${2 ** 30}`];
    const living = `${path}.${process.ppid}.44b3791f-0edb-49b0-a6f1-d68570aa2273`;
    const elsewhere = `${path}.${2 ** 30 - 1}.44b3791f-0edb-49b0-a6f1-d68570aa2273`;
    for (const file of [...dead, living]) writeFileSync(file, "");
    writeFileSync(elsewhere, JSON.stringify({pid: 1, host: "another-machine", command: "load"}));
    await withLock(path, "load", async () => {});
    expect(dead.map((file) => existsSync(file))).toEqual([false, false]);
    expect([living, elsewhere].map((file) => existsSync(file))).toEqual([true, true]);
  });
});
