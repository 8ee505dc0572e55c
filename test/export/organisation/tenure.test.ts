import {readFileSync} from "node:fs";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {parse} from "yaml";
import {isHeld, portfolioFit, stateOn} from "../../../src/export/organisation/fact.ts";
import {officialTenures} from "../../../src/export/organisation/official.ts";
import {bothPosts, vacancies} from "../../../src/export/organisation/posts.ts";
import {dayAfter, type OfficialRow, tenuresOf} from "../../../src/export/organisation/tenure.ts";
import type {DayFact, OrganisationFinding, Tenure} from "../../../src/export/organisation/types.ts";
import {UnitBook} from "../../../src/export/organisation/unit-book.ts";
import {rounds} from "../../rounds.ts";

interface OnePost {
  readonly person: string;
  readonly unit: string;
  readonly duty: string;
  readonly post: string;
  readonly portfolio?: string | null;
  readonly acting?: boolean | null;
  readonly from: string;
  readonly to?: string | null;
}

interface Case {
  readonly name: string;
  readonly as_of?: string;
  readonly units: readonly {code: string; kind: string; parent?: string; from?: string; to?: string; successor?: string}[];
  readonly posts: readonly OnePost[];
  readonly finding: {unit: string; arose?: string; found: string; due?: string; closed?: string; industry?: string};
  readonly facts: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

const CASES = parse(readFileSync("test/cases/tenure.yaml", "utf8")) as Case[];
const KINDS = new Set(["镇街"]);

function row({person, unit, duty, post, portfolio = null, acting = null, from, to = null}: OnePost): OfficialRow {
  const name = {person_id: person, person_name: person};
  return {...name, unit_code: unit, duty, post, portfolio, acting, from_on: from, to_on: to, appoint_doc: null};
}

function finding({unit, arose, found, due, closed, industry}: Case["finding"]): OrganisationFinding {
  const days = {arose_on: arose ?? null, found_on: found, due_on: due ?? null, closed_on: closed ?? null};
  return {...days, finding_id: "F", unit_code: unit, industry: industry ?? null} as OrganisationFinding;
}

function bookOf({units, as_of}: Case): UnitBook {
  return new UnitBook(
    units.map(({code, kind, parent = null, from = "0001-01-01", to = null, successor = null}) => ({
      ...{unit_code: code, unit_name: code, unit_kind: kind, parent_code: parent, successor_code: successor},
      ...{valid_from: from, valid_to: to}
    })),
    as_of ?? "2025-12-31"
  );
}

const text = ({state, days, acting}: DayFact) =>
  [state, ...(days === null ? [] : [days]), ...(acting === true ? ["主持"] : [])].join(" ");

describe("who was in office on the days of a finding", () => {
  for (const one of CASES)
    it(one.name, () => {
      const as_of = one.as_of ?? "2025-12-31";
      const book = bookOf(one);
      const answers = book.answering(one.finding.unit, one.finding.found, KINDS, null);
      const told = new Set(one.units.map((u) => u.code));
      const scope = {book, as_of, kinds: KINDS, told, period: {from: `${as_of.slice(0, 4)}-01-01`, to: as_of}};
      const tenures = officialTenures(
        tenuresOf(
          one.posts.map((post) => row(post)),
          (code) => code
        ),
        [finding(one.finding)],
        [answers],
        [],
        scope
      );
      const facts = Object.fromEntries(
        tenures.flatMap(({person_id, unit_code, from_on, findings, doubts}) =>
          findings.map(({arose, found, due, closed, inherited, portfolio}) => [
            `${person_id}/${unit_code}/${from_on}`,
            {
              ...{arose: text(arose), found: text(found), due: text(due), closed: text(closed), inherited},
              ...(portfolio !== null && {portfolio}),
              ...(doubts.length > 0 && {doubts})
            }
          ])
        )
      );
      expect(facts).toEqual(one.facts);
    });
});

const P: Tenure = {
  ...{person_id: "P", person_name: "甲", unit_code: "A", unit_name: "A", duty: "政府主要负责人", portfolio: null},
  ...{
    from_on: "2025-03-01",
    to_on: "2025-06-30",
    posts: [{post: "镇长", acting: null, from_on: "2025-03-01", to_on: "2025-06-30", appoint_doc: null}]
  }
};
const ALWAYS = {unit_code: "A", since: null, until: null};

describe("a day in a tenure", () => {
  it("has both ends in it, and says which they are", () => {
    expect(["2025-02-28", "2025-03-01", "2025-03-02", "2025-06-30", "2025-07-01"].map((day) => stateOn(day, P, ALWAYS))).toEqual([
      ...["任前", "到任当日", "在任", "离任当日", "离任后"]
    ]);
  });

  it("is no day in office once the unit is gone, from the day it is gone", () => {
    const unit = {...ALWAYS, until: "2025-05-01"};
    expect(["2025-04-30", "2025-05-01"].map((day) => stateOn(day, P, unit))).toEqual(["在任", "单位已撤并"]);
  });
});

describe("vacancies", () => {
  const period = {from: "2025-01-01", to: "2025-12-31"};
  it("are the days of the period before, between and after tenures", () => {
    const next: Tenure = {...P, person_id: "Q", from_on: "2025-07-02", to_on: "2025-10-31"};
    expect(vacancies([next, P], period).map(({from_on, to_on}) => [from_on, to_on])).toEqual([
      ["2025-01-01", "2025-02-28"],
      ["2025-07-01", "2025-07-01"],
      ["2025-11-01", "2025-12-31"]
    ]);
  });

  it("are none where one tenure follows another on the same or the next day", () => {
    const before: Tenure = {...P, from_on: "2020-01-01", to_on: "2025-03-01"};
    expect(vacancies([before, {...P, to_on: null}], period)).toEqual([]);
  });
});

describe("both principal posts", () => {
  it("stand side by side on each day that is known, and a vacancy is an empty list", () => {
    const party: Tenure = {...P, person_id: "Q", duty: "党委主要负责人", from_on: "2020-01-01", to_on: null};
    const rows = bothPosts([P, party], [finding({unit: "A", found: "2025-06-30", due: "2025-08-01"})], [[ALWAYS]], "2025-12-31");
    expect(
      rows.map((r) => [r.moment, r.party.map((h) => h.person_id), r.government.map((h) => `${h.person_id} ${h.state}`)])
    ).toEqual([
      ["发现", ["Q"], ["P 离任当日"]],
      ["到期", ["Q"], []]
    ]);
  });
});

it("takes a portfolio by the words it names", () => {
  expect(portfolioFit("交通运输、建设", "交通")).toBe("对应");
  expect(portfolioFit("安全生产", "交通")).toBe("对应");
  expect(portfolioFit("农业农村", "交通")).toBeNull();
  expect(portfolioFit(null, "交通")).toBe("不详");
});

describe("tenures of random posts", () => {
  const day = fc.integer({min: 0, max: 60}).map((n) => new Date(Date.UTC(2025, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
  const stretch = fc.tuple(day, fc.option(day)).map(([a, b]) => (b !== null && b < a ? {from: b, to: a} : {from: a, to: b}));
  const posts = fc
    .array(stretch, {minLength: 1, maxLength: 6})
    .map((all) => all.map(({from, to}, i) => row({person: "P", unit: "A", duty: "政府主要负责人", post: `镇长${i}`, from, to})));
  const held = (rows: readonly OfficialRow[], on: string) =>
    rows.some((r) => r.from_on <= on && (r.to_on === null || r.to_on >= on));

  it("hold a day exactly when some post does, once, whatever the order of the rows", () => {
    fc.assert(
      fc.property(posts, day, (rows, on) => {
        const tenures = tenuresOf(rows, (code) => code);
        expect(tenures.filter((t) => isHeld(stateOn(on, t, ALWAYS))).length).toBe(held(rows, on) ? 1 : 0);
        expect(tenuresOf([...rows].reverse(), (code) => code).map((t) => [t.from_on, t.to_on])).toEqual(
          tenures.map((t) => [t.from_on, t.to_on])
        );
      }),
      {numRuns: rounds(300)}
    );
  });

  it("leave as vacant exactly the days of the period that no post holds", () => {
    const period = {from: "2025-01-05", to: "2025-02-20"};
    fc.assert(
      fc.property(posts, (rows) => {
        const open = vacancies(
          tenuresOf(rows, (code) => code),
          period
        );
        for (let on = period.from; on <= period.to; on = dayAfter(on))
          expect(open.some((v) => v.from_on <= on && v.to_on >= on)).toBe(!held(rows, on));
      }),
      {numRuns: rounds(100)}
    );
  });
});
