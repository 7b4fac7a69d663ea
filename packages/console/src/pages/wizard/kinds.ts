import { type CouponType, type TermName, type Terms, termNames } from "../../parts/coupon-terms.ts";

/** The ten kinds of coupons, in two groups, those that shops use most first. */
export const kindGroups = [
  { group: "shop", types: [102, 104, 103, 101] },
  { group: "product", types: [2, 4, 3, 1, 5, 6] },
] as const satisfies readonly { group: string; types: readonly CouponType[] }[];

const tradeIn = ["tradeIn", "tradeInPrice", "items", "spend", "products"] as const;
const buyAndGet = ["bought", "boughtItems", "got", "gotItems"] as const;

/** What each kind asks of its discount, in the order in which it is asked. */
export const fieldsOfKind: Readonly<Record<CouponType, readonly TermName[]>> = {
  1: ["items", "rate", "products"],
  2: ["spend", "off", "products"],
  3: ["rate", "products"],
  4: ["off", "products"],
  5: tradeIn,
  6: buyAndGet,
  101: ["items", "rate"],
  102: ["spend", "off"],
  103: ["rate"],
  104: ["off"],
};

/** What a kind does not need but reads: a trade-in may ask for a purchase beside it (ADR 10). */
export const optionalOfKind = (type: number | null): readonly TermName[] =>
  type === 5 ? ["items", "spend", "products"] : [];

const discountFields = new Set<TermName>(Object.values(fieldsOfKind).flat());

/** What each mode of validity asks for: 1 fixed, 2 days from the claim, 3 seconds from the claim. */
const fieldsOfValidity: Readonly<Record<number, readonly TermName[]>> = {
  1: ["validFrom", "validUntil"],
  2: ["validDays"],
  3: ["validSeconds"],
};
const validityFields = new Set<TermName>(Object.values(fieldsOfValidity).flat());

/** Which choice decides whether a field is asked for. */
export const choiceOf = (name: TermName): "type" | "validity" | undefined =>
  discountFields.has(name) ? "type" : validityFields.has(name) ? "validity" : undefined;

/** Whether a coupon of the kind and validity that are chosen asks for a field. */
export function asks({ type, validity }: Pick<Terms, "type" | "validity">, name: TermName): boolean {
  const choice = choiceOf(name);
  if (choice === "type") return type !== null && (fieldsOfKind[type as CouponType] ?? []).includes(name);
  if (choice === "validity") return validity !== null && (fieldsOfValidity[validity] ?? []).includes(name);
  return true;
}

/** All fields that are asked for. */
export const asked = (form: Pick<Terms, "type" | "validity">): TermName[] =>
  termNames.filter((name) => asks(form, name));
