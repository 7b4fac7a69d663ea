import type { CouponStatus, Terms } from "../records.ts";
import type { AuditedEntry } from "./entry.ts";
import { type Fingerprint, FingerprintTable } from "./fingerprint.ts";
import type { Shown } from "./forms.ts";
import { givenBy, isImported, promisedBy } from "./stock.ts";

/** What is known of a coupon while its journal is read. */
type Facts = { status: CouponStatus; isPaused: boolean; limit: number | null };

/** What nobody does while claims of a coupon are paused. */
const claiming: ReadonlySet<string> = new Set(["claimCoupon", "holdCoupon"]);

/** A person and a coupon of which an entry gave or promised some. */
type Demand = { outCouponId: string; openid: string; count: number };

/** Follows who was given and promised how many of which coupon, and holds each entry to what was allowed then. */
export class Limits {
  readonly #print: (text: string) => Fingerprint;
  readonly #coupons = new Map<string, Facts>();
  readonly #had: FingerprintTable;

  /** `expected`: about how many persons have how many coupons. */
  constructor(print: (text: string) => Fingerprint, expected: number) {
    this.#print = print;
    this.#had = new FingerprintTable(1, expected);
  }

  /** How many coupons there are. */
  get coupons(): number {
    return this.#coupons.size;
  }

  /** What an entry gave or promised that nobody could be given then. */
  read(entry: AuditedEntry): string[] {
    const faults = demandsOf(entry).flatMap((demand) => this.#faultsOf(demand, entry.command));
    for (const { record, after } of entry.steps) if (record === "coupon") this.#note(after);
    return faults;
  }

  #faultsOf({ outCouponId, openid, count }: Demand, command: string): string[] {
    const coupon = this.#coupons.get(outCouponId);
    if (!coupon) return [];
    const faults: string[] = [];
    const isNew = count > 0 && !isImported(command);
    if (isNew && coupon.status !== "active")
      faults.push(`gave or promised one of coupon ${JSON.stringify(outCouponId)}, which is ${coupon.status}`);
    if (isNew && coupon.isPaused && claiming.has(command))
      faults.push(`gave or promised one of coupon ${JSON.stringify(outCouponId)}, whose claims are paused`);
    // Only a draft can get a limit that it did not have.
    if (coupon.limit === null && coupon.status !== "draft") return faults;
    const { cells, at } = this.#had.add(this.#print(`${outCouponId}\0${openid}`));
    const had = (cells[at] as number) + count;
    cells[at] = had;
    if (isNew && coupon.limit !== null && had > coupon.limit)
      faults.push(
        `gave ${JSON.stringify(openid)} number ${had} of coupon ${JSON.stringify(outCouponId)}, of which one person may have ${coupon.limit}`,
      );
    return faults;
  }

  #note({ outCouponId, status, paused, terms }: Shown): void {
    const { limitPerPerson } = terms as Terms;
    this.#coupons.set(outCouponId as string, {
      status: status as CouponStatus,
      isPaused: paused === true,
      limit: limitPerPerson ?? null,
    });
  }
}

/** Who was given or promised more than before, or less: giving what was promised is neither. */
function demandsOf({ steps }: AuditedEntry): Demand[] {
  const demands: Demand[] = [];
  for (const step of steps) {
    const count = givenBy(step) + promisedBy(step);
    if (count === 0) continue;
    const { outCouponId, openid } = step.after as { outCouponId: string; openid: string };
    const same = demands.find((one) => one.outCouponId === outCouponId && one.openid === openid);
    if (same) same.count += count;
    else demands.push({ outCouponId, openid, count });
  }
  return demands.filter(({ count }) => count !== 0);
}
