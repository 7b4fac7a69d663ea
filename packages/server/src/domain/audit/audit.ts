import { isGone, type RecordKind, recordKinds, type StoredRecord } from "../records.ts";
import { type AuditedEntry, calledOf, type JournalStep } from "./entry.ts";
import { Findings } from "./findings.ts";
import { type Fingerprint, FingerprintTable, fingerprints, type Place } from "./fingerprint.ts";
import { keyOf, type Shown, shownOf, stateOf } from "./forms.ts";
import { Limits } from "./limits.ts";
import { orderFaults } from "./orders.ts";
import { statusFaults } from "./statuses.ts";
import { stockFaults } from "./stock.ts";

/**
 * What is kept of each record, in 32 bits: 30 of the fingerprint of its state, and how it stands. So a change of one goes
 * unnoticed once in a thousand million times; another audit has another seed.
 */
const [THERE, GONE, SEEN] = [1, 2, 3];
const STANDING = 3;

/**
 * Recomputes an app from its journal. Give it every entry in order (`read`), then every record of the database
 * (`compare`), coupons by position and user coupons wallet by wallet, then `finish`; where `findings.areUnexplained`, give
 * `findings.explain` every entry once more. It keeps numbers alone of what it read, so that a million user coupons fit.
 */
export class Audit {
  readonly findings: Findings;
  readonly #appid: string;
  readonly #print: (text: string) => Fingerprint;
  readonly #states: Readonly<Record<RecordKind, FingerprintTable>>;
  readonly #limits: Limits;
  /** Where the comparison is: what comes next in the catalogue, and in whose wallet. */
  readonly #next = { position: 0, openid: "", slot: 0 };
  #records = 0;

  /** `seed`: see {@link fingerprints}; `sizes`: how many records of each kind there are in the database. */
  constructor(appid: string, seed: number, sizes: Readonly<Record<RecordKind, number>>) {
    this.#appid = appid;
    this.#print = fingerprints(seed);
    this.findings = new Findings(appid, this.#print);
    const tables = recordKinds.map((kind) => [kind, new FingerprintTable(1, sizes[kind])]);
    this.#states = Object.fromEntries(tables);
    this.#limits = new Limits(this.#print, sizes.userCoupon);
  }

  /** How many records were compared. */
  get records(): number {
    return this.#records;
  }

  /** Reads the next entry of the journal. */
  read(entry: AuditedEntry): void {
    const coupons = this.#limits.coupons;
    for (const step of entry.steps) this.#take(entry, step);
    const faults = [
      ...stockFaults(entry),
      ...statusFaults(entry),
      ...orderFaults(entry),
      ...this.#limits.read(entry),
      ...positionFaults(entry, coupons),
    ];
    for (const fault of faults) this.findings.add(entry.seq, fault);
  }

  /** Compares a record of the database with what the journal left of it. */
  compare(stored: StoredRecord): void {
    this.#records++;
    const { record } = stored;
    const shown = shownOf(stored);
    const place = this.#states[record].find(this.#print(keyOf(record, shown)));
    if (!place || standing(place) === GONE)
      this.findings.add(null, `${calledOf(record, shown)} is in the database; no entry of the journal left it there`);
    else {
      const state = this.#stateOf(record, shown);
      if (!holds(place, state)) this.findings.recordOff(record, shown);
      put(place, state, SEEN);
    }
    this.#follow(stored);
  }

  /** Tells what the journal left and the database lacks. */
  finish(): void {
    for (const kind of recordKinds)
      for (const { key, place } of this.#states[kind].entries()) {
        if (this.findings.isFull) return;
        if (standing(place) === THERE) this.findings.recordGone(kind, key);
      }
  }

  #take(entry: AuditedEntry, { record, before, after }: JournalStep): void {
    const place = this.#states[record].add(this.#print(keyOf(record, after)));
    const was = standing(place);
    if (before === null && was === THERE)
      this.findings.add(entry.seq, `says that ${calledOf(record, after)} is new: it is not`);
    if (before !== null && was === 0)
      this.findings.add(entry.seq, `changed ${calledOf(record, after)}, which no entry before it made`);
    else if (before !== null && !holds(place, this.#stateOf(record, before)))
      this.findings.stepOff(entry, record, before);
    const isOver = isGone({ record, value: after } as unknown as StoredRecord);
    put(place, this.#stateOf(record, after), isOver ? GONE : THERE);
  }

  #stateOf = (kind: RecordKind, shown: Shown): Fingerprint => this.#print(stateOf(kind, shown, this.#appid));

  /** Positions and slots have no gap: they are what totals of lists are told by. */
  #follow({ record, value }: StoredRecord): void {
    const next = this.#next;
    if (record === "coupon") {
      if (value.position !== next.position)
        this.findings.add(null, `position ${next.position} of the catalogue is empty in the database`);
      next.position = value.position + 1;
    }
    if (record === "userCoupon") {
      if (value.openid !== next.openid) Object.assign(next, { openid: value.openid, slot: 0 });
      if (value.slot !== next.slot)
        this.findings.add(
          null,
          `slot ${next.slot} of the wallet of ${JSON.stringify(value.openid)} is empty in the database`,
        );
      next.slot = value.slot + 1;
    }
  }
}

const standing = ({ cells, at }: Place): number => (cells[at] as number) & STANDING;

const holds = ({ cells, at }: Place, state: Fingerprint): boolean =>
  (((cells[at] as number) ^ state.a) & ~STANDING) === 0;

function put({ cells, at }: Place, state: Fingerprint, how: number): void {
  cells[at] = (state.a & ~STANDING) | how;
}

/** Coupons are numbered in the order they were added. */
function positionFaults({ steps }: AuditedEntry, coupons: number): string[] {
  let next = coupons;
  return steps.flatMap(({ record, before, after }) => {
    if (record !== "coupon" || before !== null) return [];
    const fault = `put ${calledOf("coupon", after)} at position ${after.position}: the next is ${next}`;
    return after.position === next++ ? [] : [fault];
  });
}
