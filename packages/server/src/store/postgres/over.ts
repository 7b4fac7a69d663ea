import type { Row } from "../sql/columns.ts";
import { firstOf, type OverReads } from "../sql/over.ts";
import { tables } from "../sql/tables.ts";
import { couponIdOf } from "./rows.ts";
import { type Ask, statement } from "./statements.ts";

const { hold } = tables;

/** What an app's clock shows at a second of real time, from its row of `ledger`. */
const secondOf = (real: string) =>
  `coalesce((clock::json ->> 'frozenAt')::bigint, ${real} + (clock::json ->> 'ahead')::bigint, ${real})`;

/** The apps that have holds which are over, found one after another by the index, and then so many of each. */
const selectHolds = statement(
  `WITH RECURSIVE holder (appid) AS (
     SELECT min(appid) FROM hold
     UNION ALL SELECT (SELECT min(hold.appid) FROM hold WHERE hold.appid > holder.appid)
     FROM holder WHERE holder.appid IS NOT NULL
   ), timed AS (
     SELECT appid, (SELECT min(until) FROM hold WHERE hold.appid = holder.appid) AS oldest,
       coalesce((SELECT ${secondOf("$1::bigint")} FROM ledger WHERE ledger.appid = holder.appid), $1::bigint) AS second
     FROM holder WHERE appid IS NOT NULL
   ), late AS MATERIALIZED (SELECT appid, second FROM timed WHERE oldest < second)
   SELECT ${hold.selected}, hold.appid, ${couponIdOf("hold")} FROM late CROSS JOIN LATERAL
     (SELECT * FROM hold AS owned WHERE owned.appid = late.appid AND owned.until < late.second ORDER BY owned.until
      LIMIT least($2::bigint, greatest(1, $3::bigint / (SELECT count(*) FROM late)))) AS hold
   ORDER BY hold.until`,
);
const selectHoldsOf = statement(
  `SELECT ${hold.selected}, appid, ${couponIdOf("hold")}
   FROM hold WHERE appid = $1 AND until < $2 ORDER BY until LIMIT $3`,
);
const selectCouponsOver = statement(
  `SELECT out_coupon_id, ends_at FROM coupon
   WHERE appid = $1 AND status = 'active' AND ends_at IS NOT NULL AND ends_at < $2 ORDER BY ends_at LIMIT $3`,
);
const selectUserCouponsOver = statement(
  `SELECT ${couponIdOf("user_coupon")}, out_user_coupon_id, greatest(ends_at, locked_until) FROM user_coupon
   WHERE appid = $1 AND status = 'effective' AND ends_at > 0 AND ends_at < $2
     AND (locked_until IS NULL OR locked_until < $2) ORDER BY ends_at LIMIT $3`,
);
const selectNext = statement(
  `SELECT (SELECT min(until) FROM hold WHERE appid = $1 AND until >= $2),
     (SELECT min(ends_at) FROM coupon
      WHERE appid = $1 AND status = 'active' AND ends_at IS NOT NULL AND ends_at >= $2),
     (SELECT ends_at FROM user_coupon
      WHERE appid = $1 AND status = 'effective' AND ends_at > 0 AND ends_at >= $2
        AND (locked_until IS NULL OR locked_until <= ends_at) ORDER BY ends_at LIMIT 1)`,
);
const selectNextLock = statement(
  `SELECT min(locked_until) FROM user_coupon
   WHERE appid = $1 AND status = 'effective' AND ends_at > 0 AND ends_at < $3 AND locked_until >= $2`,
);

const readHold = (row: Row) => {
  const [appid, outCouponId] = row.slice(hold.width);
  return hold.read(row, { appid, outCouponId });
};

/** What is past its time. */
export const overReads = (ask: Ask): OverReads => ({
  listHolds: async (second, ofEach, inAll) => (await ask(selectHolds, second, ofEach, inAll)).map(readHold),
  listHoldsOf: async (appid, second, limit) => (await ask(selectHoldsOf, appid, second, limit)).map(readHold),
  listCouponsOver: async (appid, second, limit) =>
    (await ask(selectCouponsOver, appid, second, limit)).map(([outCouponId, last]) => ({ outCouponId, last })),
  listUserCouponsOver: async (appid, second, limit) =>
    (await ask(selectUserCouponsOver, appid, second, limit)).map(([outCouponId, outUserCouponId, last]) => ({
      outCouponId,
      outUserCouponId,
      last,
    })),
  async nextEnds(appid, from) {
    const [[hold, coupon, unlocked] = [null, null, null]] = await ask(selectNext, appid, from);
    const [[locked] = [null]] = await ask(selectNextLock, appid, from, unlocked ?? Number.MAX_SAFE_INTEGER);
    return { hold, coupon, userCoupon: firstOf(unlocked, locked) };
  },
});
