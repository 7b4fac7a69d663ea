import type { DatabaseSync } from "node:sqlite";
import { CALLS_KEPT, type CallFilter, type LoggedCall } from "../../domain/sandbox/call-log.ts";
import { askedOfCalls, callColumns, callRow, readCall } from "../sql/calls.ts";
import type { StoreReads } from "../store.ts";
import { type AppNumbers, couponIdAt, NONE, POSITIONS, positionOf } from "./numbers.ts";
import { type Query, query } from "./statements.ts";

/** Saves calls of sandbox apps, and removes those that are no longer kept. */
export function callSaver(db: DatabaseSync, appNumbers: AppNumbers) {
  const selectRemoval = query(db, "SELECT removal FROM app WHERE number = ?");
  const selectOldest = query(db, "SELECT min(id) FROM call WHERE id > ? AND id < ?");
  const selectLast = query(db, "SELECT max(id) FROM call WHERE id > ? AND id < ?");
  const insert = query(db, `INSERT INTO call (id, app, ${callColumns}) VALUES (?, ?, ${callColumns.map(() => "?")})`);
  const selectYoung = query(db, "SELECT id FROM call WHERE id >= ? AND id <= ? AND at >= ? ORDER BY id LIMIT 1");
  const removeBefore = query(db, "DELETE FROM call WHERE id >= ? AND id < ?");

  return function saveCalls(calls: readonly LoggedCall[]): void {
    for (const [appid, ofApp] of Map.groupBy(calls, ({ appid }) => appid)) {
      const app = appNumbers.find(appid);
      if (app === NONE || selectRemoval.get(app)?.[0]) continue;
      const ends = [couponIdAt(app, 0), couponIdAt(app + 1, 0)] as const;
      const first = selectOldest.get(...ends)?.[0] ?? couponIdAt(app, 1);
      let id = selectLast.get(...ends)?.[0] ?? couponIdAt(app, 0);
      for (const call of ofApp) insert.run(++id, app, ...callRow(call));
      const newest = ofApp.reduce((latest, { at }) => Math.max(latest, at), 0);
      const young = selectYoung.get(first, id, newest - CALLS_KEPT.milliseconds)?.[0] ?? id;
      const end = Math.max(young, id + 1 - CALLS_KEPT.count);
      if (end > first) removeBefore.run(first, end);
    }
  };
}

type CallReads = Pick<StoreReads, "listCalls" | "listCallsAfter">;

export function callReads(db: DatabaseSync, appNumbers: AppNumbers): CallReads {
  const filtered = new Map<string, Query>();
  /** Finds those of which some columns are what they must be. */
  function selectBefore(columns: readonly string[]): Query {
    const key = columns.join();
    const made =
      filtered.get(key) ??
      query(
        db,
        `SELECT id, ${callColumns} FROM call WHERE id > ? AND id < ? ${columns.map((name) => `AND ${name} = ?`).join(" ")}
         ORDER BY id DESC LIMIT ?`,
      );
    filtered.set(key, made);
    return made;
  }
  const selectAfter = query(db, `SELECT id, ${callColumns} FROM call WHERE id > ? AND id < ? ORDER BY id LIMIT ?`);
  const idAt = (appid: string, nth: number) => couponIdAt(appNumbers.find(appid), Math.min(nth, POSITIONS - 1));
  const end = (appid: string) => couponIdAt(appNumbers.find(appid) + 1, 0);
  return {
    async listCalls(appid: string, filter: CallFilter, before, limit) {
      const asked = askedOfCalls(filter);
      const until = before === null ? end(appid) : idAt(appid, before);
      const values = asked.map(([, value]) => value);
      const rows = selectBefore(asked.map(([column]) => column)).all(idAt(appid, 0), until, ...values, limit);
      return rows.map(([id, ...row]) => readCall(appid, positionOf(id), row));
    },
    listCallsAfter: async (appid, nth, limit) =>
      selectAfter.all(idAt(appid, nth), end(appid), limit).map(([id, ...row]) => readCall(appid, positionOf(id), row)),
  };
}
