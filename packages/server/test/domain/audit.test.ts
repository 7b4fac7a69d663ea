import { expect, it } from "vitest";
import { Audit } from "../../src/domain/audit/audit.ts";
import { readSteps } from "../../src/domain/audit/entry.ts";
import { FAULTS_TOLD } from "../../src/domain/audit/findings.ts";
import { FingerprintTable, fingerprints } from "../../src/domain/audit/fingerprint.ts";
import { journaled } from "../../src/domain/journal.ts";
import { type Coupon, type RecordKind, recordKinds, type Stock, type StoredRecord } from "../../src/domain/records.ts";
import { aClaim, aCoupon, aHold, anOrder, aStock, aUserCoupon } from "../../testing/records.ts";

type Made = [command: string, ...steps: (readonly [RecordKind, object | null, object])[]];

const sizes = Object.fromEntries(recordKinds.map((kind) => [kind, 0])) as Record<RecordKind, number>;

/** What is told of entries, whose numbers begin with 1. */
function faultsOf(...made: Made[]): string[] {
  const audit = new Audit("a", 7, sizes);
  const entries = made.map(([command, ...steps], i) => {
    const text = steps.map(([record, before, after]) => journaled({ record, before, after }));
    const read = readSteps(JSON.stringify(text));
    if (!read) throw new Error("steps that cannot be read");
    return { appid: "a", seq: i + 1, at: 5, command, steps: read };
  });
  for (const entry of entries) audit.read(entry);
  for (const entry of entries) audit.findings.explain(entry);
  return audit.findings.explained().map(({ entry, what }) => `${entry}: ${what}`);
}

const c = aCoupon("a", "c", 0);
const two = { ...c.terms, limitPerPerson: 1 };
const limited = aCoupon("a", "c", 0, { terms: two });
const full = aStock(c, { remaining: 10, claimed: 0 });
const less = (stock: Stock, changes: Partial<Stock>): Stock => ({ ...stock, ...changes });
const one = less(full, { remaining: 9, claimed: 1 });
const none = less(full, { remaining: 0 });
const u = aUserCoupon(c, "o", "u", 0);
const v = aUserCoupon(c, "o", "v", 1);
const held = aHold(c, "o", "r");
const promised = less(full, { promised: 1 });
const order = anOrder("a", "order");

const coupon = (value: Coupon = c): Made => ["importCoupon", ["coupon", null, value], ["stock", null, full]];
const claim: Made = [
  "claimCoupon",
  ["userCoupon", null, u],
  ["stock", full, one],
  ["claim", null, aClaim(u, "request")],
];

it("finds nothing wrong with claims, promises, and what becomes of them", () => {
  const used = { ...u, status: "used" };
  expect(faultsOf(coupon(), claim, ["changeUserCouponStatus", ["userCoupon", u, used]])).toEqual([]);
  const taken = { ...held, takenBy: "u" };
  expect(
    faultsOf(
      coupon(),
      ["holdCoupon", ["hold", null, held], ["stock", full, promised]],
      ["recordUserCoupon", ["userCoupon", null, u], ["stock", promised, one], ["hold", held, taken]],
      ["grantClaim", ["hold", taken, { ...taken, open: false }], ["claim", null, aClaim(u, "r")]],
    ),
  ).toEqual([]);
  expect(faultsOf(coupon(), ["restock", ["stock", full, none]])).toEqual([]);
});

const draft = aCoupon("a", "c", 0, { status: "draft", activatedAt: null });
const moved = (before: Stock, after: Stock): Made => ["claimCoupon", ["userCoupon", null, u], ["stock", before, after]];

const wrong: { what: string; entries: Made[]; told: string }[] = [
  {
    what: "a claim that took two",
    entries: [coupon(), moved(full, less(one, { remaining: 8 }))],
    told: `2: made remaining of the stock of coupon "c" 8: it would be 9`,
  },
  {
    what: "a claim that was not counted",
    entries: [coupon(), moved(full, less(one, { claimed: 0 }))],
    told: `2: made claimed of the stock of coupon "c" 0: it would be 1`,
  },
  {
    what: "a claim that left the stock alone",
    entries: [coupon(), ["claimCoupon", ["userCoupon", null, u]]],
    told: `2: gave 1 and promised 0 of coupon "c" and left its stock as it was`,
  },
  {
    what: "a stock that moved for nobody",
    entries: [coupon(), ["claimCoupon", ["stock", full, one]]],
    told: `2: moved a stock and gave none: that of coupon "c"`,
  },
  {
    what: "one more than there were",
    entries: [coupon(), ["restock", ["stock", full, none]], moved(none, less(none, { claimed: 1 }))],
    told: `3: gave or promised 1 where 0 were left of coupon "c"`,
  },
  {
    what: "one that was promised to another",
    entries: [
      coupon(),
      ["restock", ["stock", full, less(full, { remaining: 1 })]],
      ["holdCoupon", ["hold", null, held], ["stock", less(full, { remaining: 1 }), less(promised, { remaining: 1 })]],
      moved(less(promised, { remaining: 1 }), less(promised, { remaining: 0, claimed: 1 })),
    ],
    told: `4: gave or promised 1 where 0 were left of coupon "c"`,
  },
  {
    what: "an activation that made another stock",
    entries: [
      ["addCoupon", ["coupon", null, draft]],
      ["changeCouponStatus", ["coupon", draft, c], ["stock", null, less(full, { remaining: 11 })]],
    ],
    told: `2: made remaining of the stock of coupon "c" 11: it would be 10`,
  },
  {
    what: "a restock that forgot what is promised",
    entries: [
      coupon(),
      ["holdCoupon", ["hold", null, held], ["stock", full, promised]],
      ["restock", ["stock", promised, full]],
    ],
    told: `3: made promised of the stock of coupon "c" 0: it would be 1`,
  },
  {
    what: "a second one where one is the limit",
    entries: [
      coupon(limited),
      claim,
      ["recordUserCoupon", ["userCoupon", null, v], ["stock", one, less(one, { remaining: 8, claimed: 2 })]],
    ],
    told: `3: gave "o" number 2 of coupon "c", of which one person may have 1`,
  },
  {
    what: "a claim of a coupon that is void",
    entries: [coupon(aCoupon("a", "c", 0, { status: "void" })), claim],
    told: `2: gave or promised one of coupon "c", which is void`,
  },
  {
    what: "a claim while claims are paused",
    entries: [coupon(), ["pauseCoupon", ["coupon", c, { ...c, paused: true }]], claim],
    told: `3: gave or promised one of coupon "c", whose claims are paused`,
  },
  {
    what: "a status that comes back",
    entries: [
      coupon(),
      ["importUserCoupon", ["userCoupon", null, { ...u, status: "given_up" }]],
      ["changeUserCouponStatus", ["userCoupon", { ...u, status: "given_up" }, u]],
    ],
    told: `3: made user coupon "u" of coupon "c" effective, which was given_up: changeUserCouponStatus cannot`,
  },
  {
    what: "a status that its command does not lead to",
    entries: [coupon(), claim, ["expireUserCoupon", ["userCoupon", u, { ...u, status: "used" }]]],
    told: `3: made user coupon "u" of coupon "c" used, which was effective: expireUserCoupon cannot`,
  },
  {
    what: "a claim that began as used",
    entries: [coupon(), ["claimCoupon", ["userCoupon", null, { ...u, status: "used" }], ["stock", full, one]]],
    told: `2: began user coupon "u" of coupon "c" as used: it begins as effective`,
  },
  {
    what: "a user coupon that changed hands",
    entries: [coupon(), claim, ["amendUserCoupon", ["userCoupon", u, { ...u, openid: "p" }]]],
    told: `3: changed openid of user coupon "u" of coupon "c", which never changes`,
  },
  {
    what: "a discount that is not the sum of its parts",
    entries: [["redeemOrder", ["order", null, { ...order, coupons: [{ ...order.coupons[0], parts: [2] }] }]]],
    told: `1: order "order": 3 fen are off line 0, its coupons take off 2`,
  },
  {
    what: "more paid back than was paid",
    entries: [
      ["redeemOrder", ["order", null, { ...order, returns: [{ lines: [{ line: 0, quantity: 1, amount: 8 }] }] }]],
    ],
    told: `1: order "order": 8 fen were paid back for line 0, for which 7 were paid`,
  },
  {
    what: "more items back than were bought",
    entries: [
      ["redeemOrder", ["order", null, { ...order, returns: [{ lines: [{ line: 0, quantity: 3, amount: 7 }] }] }]],
    ],
    told: `1: order "order": 3 items of line 0 came back of 2`,
  },
  {
    what: "a gap in the catalogue",
    entries: [coupon(), ["addCoupon", ["coupon", null, aCoupon("a", "d", 2, { status: "draft" })]]],
    told: `2: put coupon "d" at position 2: the next is 1`,
  },
  {
    what: "a step from what was not so",
    entries: [coupon(), ["restock", ["stock", one, none]]],
    told: `2: says of the stock of coupon "c": remaining was 9 before it, entry 1 left it 10; claimed was 1 before it, entry 1 left it 0`,
  },
  {
    what: "a step from what never was",
    entries: [coupon(), ["amendUserCoupon", ["userCoupon", u, { ...u, usedAt: 9 }]]],
    told: `2: changed user coupon "u" of coupon "c", which no entry before it made`,
  },
  {
    what: "something new that was there",
    entries: [coupon(), claim, ["importUserCoupon", ["userCoupon", null, u]]],
    told: `3: says that user coupon "u" of coupon "c" is new: it is not`,
  },
];

it.each(wrong)("names $what", ({ entries, told }) => {
  expect(faultsOf(...entries)[0]).toBe(told);
});

it("reads entries of older programs as they were meant", () => {
  const { promised: _, ...old } = one;
  const { discount: __, ...terms } = c.terms;
  const entries: Made[] = [
    ["importCoupon", ["coupon", null, { ...c, terms }], ["stock", null, { ...full, promised: undefined, held: 0 }]],
    ["claimCoupon", ["userCoupon", null, { ...u, order: undefined }], ["stock", full, old]],
    ["restock", ["stock", one, none]],
    ["expireCoupon", ["coupon", { ...c, terms: { ...terms, discount: null } }, { ...c, status: "expired" }]],
  ];
  expect(faultsOf(...entries)).toEqual([]);
});

it("tells of a record whatever the order of its properties, and at most a hundred faults", () => {
  const audit = new Audit("a", 1, sizes);
  const reversed = Object.fromEntries(Object.entries(u).toReversed());
  audit.read({
    appid: "a",
    seq: 1,
    at: 1,
    command: "importUserCoupon",
    steps: [{ record: "userCoupon", before: null, after: reversed }],
  });
  audit.compare({ record: "userCoupon", value: u });
  expect(audit.findings.faults).toEqual([]);
  for (let i = 0; i < 2 * FAULTS_TOLD; i++)
    audit.compare({ record: "order", value: anOrder("a", `${i}`) } as StoredRecord);
  expect(audit.findings.faults).toHaveLength(FAULTS_TOLD);
});

it.each([0, 10_000])("keeps numbers by fingerprint, however many there are where %i were expected", (expected) => {
  const print = fingerprints(3);
  const table = new FingerprintTable(2, expected);
  for (let i = 0; i < 20_000; i++) {
    const { cells, at } = table.add(print(`key ${i}`));
    cells[at] = i;
    cells[at + 1] = (cells[at + 1] as number) + 1;
  }
  for (let i = 0; i < 20_000; i++) {
    const { cells, at } = table.find(print(`key ${i}`)) as { cells: Int32Array; at: number };
    expect([cells[at], cells[at + 1]]).toEqual([i, 1]);
  }
  expect(table.find(print("key -1"))).toBeUndefined();
  expect([...table.entries()]).toHaveLength(20_000);
});
