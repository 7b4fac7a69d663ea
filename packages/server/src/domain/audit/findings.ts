import { type RecordKind, recordKinds } from "../records.ts";
import { type AuditedEntry, calledOf } from "./entry.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { keyOf, propertiesOf, type Shown, spelled } from "./forms.ts";

/** Something that is not as the journal says. `entry`: the journal entry that does not follow, or that says otherwise. */
export type Fault = { entry: number | null; what: string };

/** The most faults that are told: those after them are likely to follow from them. */
export const FAULTS_TOLD = 100;
/** The longest value that is told, in characters. */
const VALUE_TOLD = 120;

/** A record whose last state in the journal must be looked up to say what is wrong with it. */
type Suspect = {
  kind: RecordKind;
  /** Only what entries before this one left is meant. */
  before: number;
  /** What somebody else says of it; null: that there is none. */
  theirs: Shown | null;
  /** What the journal left, once it is found, and in which entry. */
  left: { seq: number; shown: Shown } | undefined;
  fault: Fault;
};

/** What an audit found. The journal keeps no state of its records in memory: what it says of suspects is read again. */
export class Findings {
  readonly faults: Fault[] = [];
  readonly #appid: string;
  readonly #print: (text: string) => Fingerprint;
  readonly #suspects = new Map<string, Suspect[]>();

  constructor(appid: string, print: (text: string) => Fingerprint) {
    this.#appid = appid;
    this.#print = print;
  }

  get isFull(): boolean {
    return this.faults.length >= FAULTS_TOLD;
  }

  add(entry: number | null, what: string): Fault | undefined {
    if (this.isFull) return;
    const fault = { entry, what };
    this.faults.push(fault);
    return fault;
  }

  /** A step of an entry says of a record before it what no entry left. */
  stepOff(entry: AuditedEntry, kind: RecordKind, theirs: Shown): void {
    this.#suspect(kind, this.#print(keyOf(kind, theirs)), { before: entry.seq, theirs });
  }

  /** The database says otherwise of a record. */
  recordOff(kind: RecordKind, theirs: Shown): void {
    this.#suspect(kind, this.#print(keyOf(kind, theirs)), { before: Number.POSITIVE_INFINITY, theirs });
  }

  /** The database lacks a record. */
  recordGone(kind: RecordKind, key: Fingerprint): void {
    this.#suspect(kind, key, { before: Number.POSITIVE_INFINITY, theirs: null });
  }

  /** Whether the journal must be read again for words. */
  get areUnexplained(): boolean {
    return this.#suspects.size > 0;
  }

  /** Reads an entry again, for what it says of suspects. */
  explain({ seq, steps }: AuditedEntry): void {
    for (const { record, after } of steps)
      for (const suspect of this.#suspects.get(nameOf(record, this.#print(keyOf(record, after)))) ?? [])
        if (seq < suspect.before) suspect.left = { seq, shown: after };
  }

  /**
   * All faults, in words: those of the journal in its order, then what the database says otherwise of what an entry left,
   * then the rest.
   */
  explained(): readonly Fault[] {
    const ofJournal = new Set(this.faults.filter(({ entry }) => entry !== null));
    for (const suspect of [...this.#suspects.values()].flat()) this.#tell(suspect);
    const others = this.faults.filter((fault) => !ofJournal.has(fault));
    const place = ({ entry }: Fault) => entry ?? Number.POSITIVE_INFINITY;
    return [...ofJournal, ...others.toSorted((a, b) => (place(a) < place(b) ? -1 : Number(place(a) > place(b))))];
  }

  #suspect(kind: RecordKind, key: Fingerprint, { before, theirs }: Pick<Suspect, "before" | "theirs">): void {
    const what = `a ${kind} is not as the journal left it: ${theirs ? calledOf(kind, theirs) : "one is missing"}`;
    const fault = this.add(Number.isFinite(before) ? before : null, what);
    if (!fault) return;
    const name = nameOf(kind, key);
    const others = this.#suspects.get(name) ?? [];
    this.#suspects.set(name, [...others, { kind, before, theirs, left: undefined, fault }]);
  }

  #tell({ kind, before, theirs, left, fault }: Suspect): void {
    if (!left) return;
    const called = calledOf(kind, left.shown);
    const isStep = Number.isFinite(before);
    if (!isStep) fault.entry = left.seq;
    if (!theirs) {
      fault.what = `${called} is not in the database; entry ${left.seq} left it there`;
      return;
    }
    const saidBy = (shown: Shown): Said => propertiesOf(kind, shown, this.#appid);
    const told = differencesOf(saidBy(left.shown), saidBy(theirs)).map(({ name, ours, theirs }) =>
      isStep
        ? `${name} was ${theirs} before it, entry ${left.seq} left it ${ours}`
        : `${name} is ${theirs} in the database, entry ${left.seq} left it ${ours}`,
    );
    fault.what = isStep ? `says of ${called}: ${told.join("; ")}` : `${called}: ${told.join("; ")}`;
  }
}

type Said = ReadonlyMap<string, unknown>;

/** The properties in which two states differ, down to the innermost members, as they are told. */
function differencesOf(ours: Said, theirs: Said, prefix = ""): { name: string; ours: string; theirs: string }[] {
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((name) => {
    const [one, other] = [ours.get(name), theirs.get(name)];
    if (spelled(one) === spelled(other)) return [];
    if (isPlain(one) && isPlain(other))
      return differencesOf(new Map(Object.entries(one)), new Map(Object.entries(other)), `${prefix}${name}.`);
    return [{ name: `${prefix}${name}`, ours: told(one), theirs: told(other) }];
  });
}

const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function told(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return text.length > VALUE_TOLD ? `${text.slice(0, VALUE_TOLD)}…` : text;
}

const nameOf = (kind: RecordKind, { a, b }: Fingerprint): string => `${recordKinds.indexOf(kind)} ${a} ${b}`;
