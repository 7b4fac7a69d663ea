import type { Order } from "../records.ts";
import { type AuditedEntry, calledOf } from "./entry.ts";

/** What of an entry's orders does not add up: discounts and their parts, what was paid and what came back of it. */
export const orderFaults = ({ steps }: AuditedEntry): string[] =>
  steps.flatMap(({ record, after }) =>
    record === "order"
      ? faultsOf(after as unknown as Order).map((fault) => `${calledOf("order", after)}: ${fault}`)
      : [],
  );

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

function faultsOf({ lines, coupons, returns }: Order): string[] {
  const back = returns.flatMap((one) => one.lines);
  return lines.flatMap(({ price, quantity, discount }, place) => {
    const faults: string[] = [];
    const parts = sum(coupons.map((coupon) => coupon.parts[place] ?? 0));
    const paid = price * quantity - discount;
    const ofLine = back.filter(({ line }) => line === place);
    const [items, amount] = [sum(ofLine.map((one) => one.quantity)), sum(ofLine.map((one) => one.amount))];
    if (parts !== discount) faults.push(`${discount} fen are off line ${place}, its coupons take off ${parts}`);
    if (paid < 0) faults.push(`${discount} fen are off line ${place}, which costs ${price * quantity}`);
    if (items > quantity) faults.push(`${items} items of line ${place} came back of ${quantity}`);
    if (amount > paid) faults.push(`${amount} fen were paid back for line ${place}, for which ${paid} were paid`);
    return faults;
  });
}
