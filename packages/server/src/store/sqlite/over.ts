import type { DatabaseSync } from "node:sqlite";
import { type AppClock, timeOf } from "../../domain/sandbox/clock.ts";
import { firstOf, type OverReads } from "../sql/over.ts";
import { tables } from "../sql/tables.ts";
import { shareOf } from "../store.ts";
import type { AppNumbers } from "./numbers.ts";
import { query } from "./statements.ts";

const { hold } = tables;

/** What is past its time. */
export function overReads(db: DatabaseSync, appNumbers: AppNumbers): OverReads {
  const selectNextHolder = query(db, "SELECT min(app) FROM hold WHERE app > ?");
  const selectOldest = query(
    db,
    "SELECT min(until), (SELECT sandbox ->> '$.clock' FROM app WHERE number = ?1) FROM hold WHERE app = ?1",
  );
  const selectHolds = query(
    db,
    `SELECT ${hold.selected}, out_coupon_id, appid
     FROM hold JOIN coupon ON coupon.id = hold.coupon JOIN app ON app.number = hold.app
     WHERE hold.app = ? AND until < ? ORDER BY until LIMIT ?`,
  );
  /** The apps that have holds which are over, and before which second of their clocks. */
  function holders(real: number): { app: number; second: number }[] {
    const found: { app: number; second: number }[] = [];
    for (let app = -1; ; ) {
      app = selectNextHolder.get(app)?.[0];
      if (app === null) return found;
      const [oldest, clock] = selectOldest.get(app) as [number, string | null];
      const second = timeOf(clock === null ? null : (JSON.parse(clock) as AppClock), real);
      if (oldest < second) found.push({ app, second });
    }
  }
  const holdsOver = (app: number, second: number, limit: number) =>
    selectHolds.all(app, second, limit).map((row) => {
      const [outCouponId, appid] = row.slice(hold.width);
      return hold.read(row, { appid, outCouponId });
    });
  const selectCoupons = query(
    db,
    `SELECT out_coupon_id, terms ->> '$.validity.interval.end' AS last FROM coupon
     WHERE app = ? AND status = 'active' AND terms ->> '$.validity.interval.end' < ? ORDER BY last LIMIT ?`,
  );
  const selectUserCoupons = query(
    db,
    `SELECT out_coupon_id, out_user_coupon_id, max(ends_at, coalesce(locked_until, 0))
     FROM user_coupon JOIN coupon ON coupon.id = user_coupon.coupon
     WHERE user_coupon.app = ?1 AND user_coupon.status = 'effective' AND ends_at > 0 AND ends_at < ?2
       AND (locked_until IS NULL OR locked_until < ?2) ORDER BY ends_at LIMIT ?3`,
  );
  const selectNext = query(
    db,
    `SELECT (SELECT min(until) FROM hold WHERE app = ?1 AND until >= ?2),
       (SELECT min(terms ->> '$.validity.interval.end') FROM coupon
        WHERE app = ?1 AND status = 'active' AND terms ->> '$.validity.interval.end' >= ?2),
       (SELECT ends_at FROM user_coupon WHERE app = ?1 AND status = 'effective' AND ends_at > 0 AND ends_at >= ?2
          AND (locked_until IS NULL OR locked_until <= ends_at) ORDER BY ends_at LIMIT 1)`,
  );
  const selectNextLock = query(
    db,
    `SELECT min(locked_until) FROM user_coupon
     WHERE app = ?1 AND status = 'effective' AND ends_at > 0 AND ends_at < ?3 AND locked_until >= ?2`,
  );
  return {
    async listHolds(second, ofEach, inAll) {
      const apps = holders(second);
      const share = shareOf(apps.length, ofEach, inAll);
      return apps.flatMap(({ app, second }) => holdsOver(app, second, share)).toSorted((a, b) => a.until - b.until);
    },
    listHoldsOf: async (appid, second, limit) => holdsOver(appNumbers.find(appid), second, limit),
    listCouponsOver: async (appid, second, limit) =>
      selectCoupons.all(appNumbers.find(appid), second, limit).map(([outCouponId, last]) => ({ outCouponId, last })),
    listUserCouponsOver: async (appid, second, limit) =>
      selectUserCoupons
        .all(appNumbers.find(appid), second, limit)
        .map(([outCouponId, outUserCouponId, last]) => ({ outCouponId, outUserCouponId, last })),
    async nextEnds(appid, from) {
      const app = appNumbers.find(appid);
      const [hold, coupon, unlocked] = selectNext.get(app, from) as [number | null, number | null, number | null];
      const [locked] = selectNextLock.get(app, from, unlocked ?? Number.MAX_SAFE_INTEGER) as [number | null];
      return { hold, coupon, userCoupon: firstOf(unlocked, locked) };
    },
  };
}
