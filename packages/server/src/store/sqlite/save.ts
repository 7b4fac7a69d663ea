import type { DatabaseSync } from "node:sqlite";
import type { Change } from "../../domain/working-copy.ts";
import { CALLBACKS_KEPT, type CallbackAttempt, type JournalEntry } from "../store.ts";
import { couponIdAt } from "./rows.ts";
import { type AppNumbers, query } from "./statements.ts";

/** Saves changed records. `couponIds` knows the coupons that were loaded; new ones are noted in it. */
export function saver(db: DatabaseSync, appNumbers: AppNumbers) {
  const insertApp = query(
    db,
    `INSERT INTO app (appid, created_at, secret, token_quota, tokens, settings, confirmed_url)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const updateApp = query(
    db,
    "UPDATE app SET secret = ?, token_quota = ?, tokens = ?, settings = ?, confirmed_url = ? WHERE appid = ?",
  );
  const insertCoupon = query(
    db,
    `INSERT INTO coupon (id, app, out_coupon_id, kind, channel, document, terms, status, created_at, updated_at, activated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const updateCoupon = query(
    db,
    `UPDATE coupon SET kind = ?, channel = ?, document = ?, terms = ?, status = ?, updated_at = ?, activated_at = ?
     WHERE id = ?`,
  );
  const insertStock = query(
    db,
    "INSERT INTO stock (coupon, remaining, claimed, held, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const updateStock = query(
    db,
    "UPDATE stock SET remaining = ?, claimed = ?, held = ?, created_at = ?, updated_at = ? WHERE coupon = ?",
  );
  const insertUserCoupon = query(
    db,
    `INSERT INTO user_coupon (coupon, out_user_coupon_id, app, openid, slot, status,
       created_at, updated_at, received_at, starts_at, ends_at, used_at, out_order_id, locked_until)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const updateUserCoupon = query(
    db,
    `UPDATE user_coupon SET status = ?, updated_at = ?, received_at = ?, starts_at = ?, ends_at = ?, used_at = ?,
       out_order_id = ?, locked_until = ? WHERE coupon = ? AND out_user_coupon_id = ?`,
  );
  const insertClaim = query(
    db,
    `INSERT INTO claim (app, request_id, user_coupon)
     SELECT ?, ?, id FROM user_coupon WHERE coupon = ? AND out_user_coupon_id = ?`,
  );
  const insertOrder = query(db, "INSERT INTO shop_order (app, out_order_id, content) VALUES (?, ?, ?)");
  const updateOrder = query(db, "UPDATE shop_order SET content = ? WHERE app = ? AND out_order_id = ?");
  const putHold = query(
    db,
    "INSERT OR REPLACE INTO hold (app, request_id, coupon, openid, until, taken_by) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const removeHold = query(db, "DELETE FROM hold WHERE app = ? AND request_id = ?");
  const insertEntry = query(db, "INSERT INTO journal (appid, at, command, steps) VALUES (?, ?, ?, ?)");

  function saveChange(change: Change, couponIds: Map<string, number>): void {
    const { record, value, fresh } = change;
    const app = () => appNumbers.find(value.appid) as number;
    switch (record) {
      case "app": {
        const secret = JSON.stringify(value.secret);
        const { appid, createdAt, tokenQuota, confirmedUrl } = value;
        const tokens = JSON.stringify(value.tokens);
        const settings = JSON.stringify(value.settings);
        if (fresh) insertApp.run(appid, createdAt, secret, tokenQuota, tokens, settings, confirmedUrl);
        else updateApp.run(secret, tokenQuota, tokens, settings, confirmedUrl, appid);
        return;
      }
      case "coupon": {
        const id = couponIdAt(app(), value.position);
        couponIds.set(`${value.appid}\0${value.outCouponId}`, id);
        const { kind, channel, document, status, createdAt, updatedAt, activatedAt } = value;
        const terms = JSON.stringify(value.terms);
        if (!fresh) updateCoupon.run(kind, channel, document, terms, status, updatedAt, activatedAt, id);
        else
          insertCoupon.run(
            id,
            app(),
            value.outCouponId,
            kind,
            channel,
            document,
            terms,
            status,
            createdAt,
            updatedAt,
            activatedAt,
          );
        return;
      }
      case "stock": {
        const { remaining, claimed, promised, createdAt, updatedAt } = value;
        const coupon = couponIdAt(app(), value.position);
        if (fresh) insertStock.run(coupon, remaining, claimed, promised, createdAt, updatedAt);
        else updateStock.run(remaining, claimed, promised, createdAt, updatedAt, coupon);
        return;
      }
      case "claim": {
        const coupon = couponIds.get(`${value.appid}\0${value.outCouponId}`) as number;
        insertClaim.run(app(), value.requestId, coupon, value.outUserCouponId);
        return;
      }
      case "order": {
        const { appid: _, outOrderId, ...content } = value;
        if (fresh) insertOrder.run(app(), outOrderId, JSON.stringify(content));
        else updateOrder.run(JSON.stringify(content), app(), outOrderId);
        return;
      }
      case "hold": {
        const coupon = couponIds.get(`${value.appid}\0${value.outCouponId}`) as number;
        if (value.open) putHold.run(app(), value.requestId, coupon, value.openid, value.until, value.takenBy);
        else removeHold.run(app(), value.requestId);
        return;
      }
      case "userCoupon": {
        const { outUserCouponId, openid, slot, status, createdAt, updatedAt, receivedAt, validity, usedAt } = value;
        const coupon = couponIds.get(`${value.appid}\0${value.outCouponId}`) as number;
        const { start, end } = validity;
        const outOrderId = value.order?.outOrderId ?? null;
        const until = value.order?.until ?? null;
        if (!fresh)
          updateUserCoupon.run(
            status,
            updatedAt,
            receivedAt,
            start,
            end,
            usedAt,
            outOrderId,
            until,
            coupon,
            outUserCouponId,
          );
        else
          insertUserCoupon.run(
            coupon,
            outUserCouponId,
            app(),
            openid,
            slot,
            status,
            createdAt,
            updatedAt,
            receivedAt,
            start,
            end,
            usedAt,
            outOrderId,
            until,
          );
        return;
      }
    }
  }

  const saveEntry = ({ appid, at, command, steps }: JournalEntry): void =>
    insertEntry.run(appid, at, command, JSON.stringify(steps));

  return { saveChange, saveEntry };
}

/** Saves attempts at asking a merchant, and removes those that are no longer kept. */
export function callbackSaver(db: DatabaseSync, appNumbers: AppNumbers) {
  const insert = query(db, "INSERT INTO callback (app, at, attempt) VALUES (?, ?, ?)");
  const removeOld = query(db, "DELETE FROM callback WHERE app = ? AND at < ?");
  const removeMany = query(
    db,
    `DELETE FROM callback WHERE id IN
       (SELECT id FROM callback WHERE app = ? ORDER BY at DESC, id DESC LIMIT -1 OFFSET ${CALLBACKS_KEPT.count})`,
  );

  return function saveCallbacks(attempts: readonly CallbackAttempt[]): void {
    const newest = new Map<number, number>();
    for (const attempt of attempts) {
      const app = appNumbers.find(attempt.appid);
      if (app === undefined) continue;
      insert.run(app, attempt.at, JSON.stringify(attempt));
      newest.set(app, Math.max(attempt.at, newest.get(app) ?? 0));
    }
    for (const [app, at] of newest) {
      removeOld.run(app, at - CALLBACKS_KEPT.milliseconds);
      removeMany.run(app);
    }
  };
}
