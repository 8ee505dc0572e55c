import {type Difference, disagreements} from "./agree.ts";
import {type Case, generatedCase} from "./case.ts";
import {scoreCase} from "./look.ts";
import {schemeText} from "./scheme.ts";
import {smallest} from "./shrink.ts";

// Program against reference over many seeds, each kind of disagreement made small:
//   npx tsx test/generated/compare.ts 1 200
//   npx tsx test/generated/compare.ts 17 17 "ledger 扣分"

const [from = 1, to = from] = process.argv.slice(2, 4).map(Number);
const wanted = process.argv[4];
/** A case is made small for so long. */
const PATIENCE_MS = 60_000;

const say = (text: string) => void process.stdout.write(`${text}\n`);

async function differences(one: Case): Promise<Difference[]> {
  return disagreements(one, await scoreCase(one, {threads: 1}));
}

/** What a reader wants to know first: the row that differs, not the digest that follows from it. */
function firstKind(found: readonly Difference[]): string {
  const kinds = found.map((d) => d.what);
  return kinds.find((k) => /^ledger (?!折算|取整|封顶)/.test(k)) ?? kinds.find((k) => k !== "digest") ?? "digest";
}

function show(one: Case): void {
  const {scheme, rows, land, ...days} = one;
  say(schemeText(scheme));
  say(JSON.stringify({...days, regime: land.regime.id}));
  for (const [table, list] of Object.entries(rows)) {
    for (const row of list)
      say(`${table} ${JSON.stringify(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)))}`);
  }
}

let agreed = 0;
for (let seed = from; seed <= to; seed++) {
  const one = generatedCase(seed);
  const found = await differences(one);
  if (found.length === 0) {
    agreed++;
    continue;
  }
  const what = wanted ?? firstKind(found);
  const end = Date.now() + PATIENCE_MS;
  const isSame = async (other: Case) => {
    if (Date.now() > end) return false;
    try {
      return (await differences(other)).some((d) => d.what === what);
    } catch {
      return false;
    }
  };
  const small = await smallest(one, isSame);
  say(`===== ${seed}: ${what}`);
  show(small);
  for (const d of await differences(small)) say(`  ${d.what} ${d.where}: program ${d.program}, reference ${d.reference}`);
}
say(`${agreed} of ${to - from + 1} agree`);
process.exitCode = agreed === to - from + 1 ? 0 : 1;
