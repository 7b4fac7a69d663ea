import { AdminError, type OperatedCoupon, type ReportLine } from "@quanku/sdk/admin";
import { useQuery } from "@tanstack/react-query";
import { client } from "../../data/client.ts";
import { daysUntil } from "../../parts/days.ts";

/** How many active coupons are looked at, how many at a time, and in how many replies at most. */
const [MOST, TOGETHER, REPLIES] = [2000, 500, 12];
/** How long what was read of them stands, in milliseconds: it is much, and changes slowly. */
const STANDS = 60_000;

/** The newest active coupons of an app, and what happened to each coupon in seven days. */
export type Glance = {
  active: OperatedCoupon[];
  /** Whether there are more that were not looked at. */
  isCut: boolean;
  /** null: there are more than the server tells in one reply. */
  week: ReportLine[] | null;
};

/** Reads what of the shop may run out or end. It is not read again at each change, as other things are. */
export function useGlance(appid: string, today: string) {
  return useQuery<Glance, AdminError>({
    queryKey: ["glance", { shop: appid, today }],
    queryFn: async ({ signal }) => {
      const [read, week] = await Promise.all([activeOf(appid, signal), weekOf(appid, today, signal)]);
      return { ...read, week };
    },
    refetchInterval: STANDS,
  });
}

async function activeOf(appid: string, signal: AbortSignal): Promise<Pick<Glance, "active" | "isCut">> {
  const active: OperatedCoupon[] = [];
  let cursor: string | undefined;
  for (let replies = 0; replies < REPLIES && active.length < MOST; replies++) {
    const page = await client.listCoupons({ appid, status: "active", limit: TOGETHER, cursor }, { signal });
    active.push(...page.entries);
    if (page.next === null) return { active, isCut: false };
    cursor = page.next;
  }
  return { active, isCut: true };
}

async function weekOf(appid: string, today: string, signal: AbortSignal): Promise<ReportLine[] | null> {
  const [from = today] = daysUntil(today, 7);
  try {
    return (await client.listReports({ appid, from, to: today }, { signal })).entries;
  } catch (error) {
    if (error instanceof AdminError && error.errors.some(({ field }) => field === "to")) return null;
    throw error;
  }
}
