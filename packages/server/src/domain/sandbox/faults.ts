/** The longest delay of a call, and the most that a push comes late, in milliseconds: a held claim must outlive its three attempts. */
export const [DELAY_MAX, LATE_MAX] = [60_000, 5_000];
/** How many faults may be ordered of an app at once. */
export const FAULTS_MAX = 20;
/** All of a share. */
export const WHOLE_SHARE = 10_000;

/** What a call meets. */
export type CallTrouble =
  /** It is answered with a code of the wire, and not done. */
  | { kind: "code"; code: number }
  /** It is done so much later. */
  | { kind: "delay"; milliseconds: number }
  /** Its connection is reset; `done`: after it was done, else before. */
  | { kind: "reset"; done: boolean }
  /** It is done, and half of its reply is sent. */
  | { kind: "half" }
  /** It is answered with a page as gateways send it, and not done. */
  | { kind: "http"; status: 502 | 503 | 504 }
  /** The token that it was made with ends, and it is not done. */
  | { kind: "token" };

/** What a push to the merchant meets. */
export type PushTrouble =
  /** It is sent so much later. */
  | { kind: "late"; milliseconds: number }
  /** It is sent two times. */
  | { kind: "twice" }
  /** Another that begins later is sent before it. */
  | { kind: "reordered" }
  /** The merchant's reply counts as none. */
  | { kind: "lost" };

export type Trouble = CallTrouble | PushTrouble;

/** A fault that is ordered of a sandbox app. Its times are real ones, Unix seconds: it ends also where the app's clock stands. */
export type Fault = {
  faultId: string;
  trouble: Trouble;
  /** Of which calls, by the wire's names; null: of all. */
  calls: readonly string[] | null;
  /** How many of the calls or pushes that it sees it hits, ten-thousandths. */
  share: number;
  /** It ends after so many hits; null: by time alone. */
  count: number | null;
  /** What is drawn follows from it: the same seed hits the same of those that it sees, by their order. */
  seed: number;
  orderedAt: number;
  /** The second at which it is over. */
  endsAt: number;
  /** How many calls or pushes it saw, and how many of them it hit. */
  seen: number;
  hit: number;
};

/** A call, or a push on behalf of one, that may meet faults. */
export type Occasion = {
  at: "call" | "push";
  /** The wire's name of the call. */
  call: string;
  /** The digest of the token that the call was made with; null: of none. */
  tokenDigest: string | null;
};

const pushKinds: ReadonlySet<Trouble["kind"]> = new Set(["late", "twice", "reordered", "lost"]);

export const isOfPush = (trouble: Trouble): trouble is PushTrouble => pushKinds.has(trouble.kind);

/** What goes beside each other: one trouble that takes time, and one that does the rest, of a call and of a push. */
export const slotOf = ({ kind }: Trouble): "delay" | "late" | "call" | "push" =>
  kind === "delay" || kind === "late" ? kind : pushKinds.has(kind) ? "push" : "call";

/** Whether a fault is over by time. */
export const isOver = ({ endsAt }: Fault, real: number): boolean => real >= endsAt;

/** Whether a fault looks at an occasion. */
export const concerns = ({ trouble, calls }: Fault, { at, call, tokenDigest }: Occasion): boolean =>
  isOfPush(trouble) === (at === "push") &&
  (calls === null || calls.includes(call)) &&
  (trouble.kind !== "token" || tokenDigest !== null);

/** Whether a fault hits the nth that it sees, 1 for the first. */
export const hits = ({ share, seed }: Pick<Fault, "share" | "seed">, nth: number): boolean => drawn(seed, nth) < share;

/** A number below {@link WHOLE_SHARE} that follows from two numbers alone and looks like chance: the end of MurmurHash3. */
function drawn(seed: number, nth: number): number {
  let bits = seed ^ Math.imul(nth, 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return ((bits ^ (bits >>> 16)) >>> 0) % WHOLE_SHARE;
}

/** What is met on an occasion, and the faults as they are afterwards: those that ended are gone. */
export function meet(
  faults: readonly Fault[],
  occasion: Occasion,
  real: number,
): { met: readonly Trouble[]; left: readonly Fault[] } {
  const met: Trouble[] = [];
  const left = faults.flatMap((fault) => {
    if (isOver(fault, real)) return [];
    const isTaken = met.some((trouble) => slotOf(trouble) === slotOf(fault.trouble));
    if (isTaken || !concerns(fault, occasion)) return [fault];
    const seen = fault.seen + 1;
    const isHit = hits(fault, seen);
    if (isHit) met.push(fault.trouble);
    const after = { ...fault, seen, hit: fault.hit + (isHit ? 1 : 0) };
    return after.hit === after.count ? [] : [after];
  });
  return { met, left };
}
