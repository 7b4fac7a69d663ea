import { defaultSettings, secretSettings } from "../access/settings.ts";
import { journaled } from "../journal.ts";
import { type RecordKind, type RecordOf, recordIds, type StoredRecord } from "../records.ts";

/** A record as the journal shows it, by its properties. */
export type Shown = Readonly<Record<string, unknown>>;

/** `as it is`, or what it is where an entry of before this program lacks it or says it otherwise. */
type Reading = "as it is" | ((shown: Shown, appid: string) => unknown);

/** What a record says beside its ids. */
type Says<K extends RecordKind> = Exclude<keyof RecordOf[K], (typeof recordIds)[K][number] | "appid">;

const same = "as it is";

/**
 * What is compared of records, property by property, and what older entries of the journal meant by what they lack. A kind
 * that is not here is compared in all that its entries show.
 */
const forms: { [K in RecordKind]?: Record<K extends "app" ? string : Says<K>, Reading> } = {
  app: {
    createdAt: same,
    tokenQuota: same,
    tokensExpireAt: same,
    settings: ({ settings }, appid) => ({ ...shownDefaults(appid), ...(settings as object | undefined) }),
    confirmedUrl: same,
    sandbox: ({ sandbox }) => sandbox ?? null,
  },
  coupon: {
    position: same,
    kind: same,
    channel: same,
    document: same,
    terms: ({ terms }) => ({ discount: null, ...(terms as object) }),
    status: same,
    paused: ({ paused }) => paused ?? false,
    createdAt: same,
    updatedAt: same,
    activatedAt: same,
  },
  stock: {
    position: same,
    remaining: same,
    claimed: same,
    promised: ({ promised, held }) => promised ?? held ?? 0,
    createdAt: same,
    updatedAt: same,
  },
  userCoupon: {
    openid: same,
    slot: same,
    status: same,
    createdAt: same,
    updatedAt: same,
    receivedAt: same,
    validity: same,
    usedAt: same,
    order: same,
  },
  claim: { outCouponId: same, outUserCouponId: same, openid: same, claimedAt: same, validity: same },
  hold: { outCouponId: same, openid: same, until: same, takenBy: same, open: same },
};

const lists = Object.fromEntries(
  Object.entries(forms).map(([kind, form]) => [kind, Object.entries(form as Record<string, Reading>)]),
) as { [K in RecordKind]?: [string, Reading][] };

const shownDefaults = (appid: string): object =>
  Object.fromEntries(
    Object.entries(defaultSettings(appid)).filter(([name]) => !(secretSettings as readonly string[]).includes(name)),
  );

/** A record of the database as the journal would show it. */
export function shownOf(stored: StoredRecord): Shown {
  const { record, value } = stored;
  if (record !== "app" && lists[record]) return value as unknown as Shown;
  return journaled({ record, before: null, after: value }).after as Shown;
}

/** What a record says beside its ids, by the names of its properties. */
export function propertiesOf(kind: RecordKind, shown: Shown, appid: string): Map<string, unknown> {
  const list = lists[kind];
  if (list) return new Map(list.map(([name, reading]) => [name, read(shown, name, reading, appid)]));
  const ids: readonly string[] = recordIds[kind];
  const names = Object.keys(shown).filter((name) => name !== "appid" && !ids.includes(name));
  return new Map(names.toSorted().map((name) => [name, shown[name]]));
}

/** All that a record says beside its ids as one text, the same whatever the order of its properties. */
export function stateOf(kind: RecordKind, shown: Shown, appid: string): string {
  const list = lists[kind];
  let text = "";
  if (list) for (const [name, reading] of list) text += `${spelled(read(shown, name, reading, appid))},`;
  else for (const [name, value] of propertiesOf(kind, shown, appid)) text += `${name}:${spelled(value)},`;
  return text;
}

/** The ids that name a record within its app, as one text. */
export function keyOf(kind: RecordKind, shown: Shown): string {
  const [, second, third]: readonly string[] = recordIds[kind];
  if (second === undefined) return "";
  return third === undefined ? `${shown[second]}` : `${shown[second]}\0${shown[third]}`;
}

const read = (shown: Shown, name: string, reading: Reading, appid: string): unknown =>
  reading === same ? shown[name] : reading(shown, appid);

/** A value in one spelling; what is absent is as null. */
export function spelled(value: unknown): string {
  if (typeof value === "string") return `"${value.length}:${value}`;
  if (value === null || value === undefined) return "-";
  if (typeof value !== "object") return `${value}`;
  if (Array.isArray(value)) return `[${value.map(spelled).join()}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${name}:${spelled(member)}`).join()}}`;
}
