import { type Counts, countNames, Tallies, type Tally, WHOLE_SHOP } from "../reports/tally.ts";
import type { AuditedEntry } from "./entry.ts";

type Tell = (what: string) => void;

const nothing = Object.fromEntries(countNames.map((name) => [name, 0])) as Counts;

/** Counts by day and coupon what the journal tells, and compares what is kept with that. */
export class ReportAudit {
  readonly #dateOf: (day: number) => string;
  readonly #counting = new Tallies();
  #counted: Map<string, Tally> | undefined;

  /** `dateOf`: a day of the shop as people write it. */
  constructor(dateOf: (day: number) => string) {
    this.#dateOf = dateOf;
  }

  read(entry: AuditedEntry): void {
    this.#counting.add(entry);
  }

  /** Compares what is kept of a day; after all entries were read. */
  compare(kept: Tally, tell: Tell): void {
    const counted = this.#all.get(placeOf(kept));
    this.#all.delete(placeOf(kept));
    this.#tell(kept, counted ?? nothing, tell);
  }

  /** Tells what was counted and is not kept. */
  finish(tell: Tell): void {
    for (const counted of this.#all.values()) this.#tell({ ...counted, ...nothing }, counted, tell);
  }

  get #all(): Map<string, Tally> {
    this.#counted ??= new Map(this.#counting.all.map((tally) => [placeOf(tally), tally]));
    return this.#counted;
  }

  #tell(kept: Tally, counted: Counts, tell: Tell): void {
    const { day, outCouponId } = kept;
    const of = outCouponId === WHOLE_SHOP ? "the whole shop" : `coupon ${JSON.stringify(outCouponId)}`;
    const told = countNames
      .filter((name) => kept[name] !== counted[name])
      .map((name) => `${name} is ${kept[name]} in the database, by the journal ${counted[name]}`);
    if (told.length > 0) tell(`the report of ${this.#dateOf(day)} of ${of}: ${told.join("; ")}`);
  }
}

const placeOf = ({ day, outCouponId }: Tally) => `${day} ${outCouponId}`;
