import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { openStore } from "../../src/cli/data.ts";
import { operated, operatedFile } from "../../testing/admin.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { query } from "../../testing/postgres.ts";
import { startTestServer, type TestServer } from "../../testing/server.ts";
import { patient } from "../../testing/stores.ts";
import { audit, auditDatabase, pairOf } from "./audit.ts";
import { database, directory, patiently, type ServerProcess, startServer } from "./server-process.ts";

const LINES = Number(process.env.QUANKU_HAND_OUT_LINES ?? 1500);
const KILLS = Number(process.env.QUANKU_HAND_OUT_KILLS ?? 2);
/** How often it is looked how many were given, in milliseconds: counting them takes longer the more there are. */
const LOOK_MS = LINES / 1000;
const APP = "handed-out";
/** Every so many lines one repeats the line before. */
const REPEATS = 50;

const isRepeat = (i: number) => i % REPEATS === REPEATS - 1;
const openidOf = (i: number) => `person-${isRepeat(i) ? i - 1 : i}`;
const list = `openid,name\r\n${Array.from({ length: LINES }, (_, i) => `${openidOf(i)},"李, ${i}"\r\n`).join("")}`;

/** Where data is kept, how many servers share it, and how its numbers are asked for by SQL of the test's own. */
const places = {
  sqlite: async () => {
    const dataDir = directory();
    return {
      place: dataDir,
      servers: 1,
      options: [] as string[],
      open: { dataDir },
      audit: async () => audit(dataDir),
      async ask(sql: string) {
        const db = new DatabaseSync(join(dataDir, "quanku.db"), { readOnly: true, timeout: 10_000 });
        try {
          return Object.values(db.prepare(sql).get() as object)[0];
        } finally {
          db.close();
        }
      },
    };
  },
  postgres: async () => {
    const url = await database();
    return {
      place: url,
      servers: 2,
      options: patiently,
      open: { databaseUrl: url },
      audit: () => auditDatabase(url),
      ask: async (sql: string) => Object.values((await query(url, sql)).rows[0] as object)[0],
    };
  },
};
type Place = Awaited<ReturnType<(typeof places)["sqlite" | "postgres"]>>;

/** Does something with a server in this process on the same data. */
async function inHere<T>({ open }: Place, work: (server: TestServer) => Promise<T>): Promise<T> {
  const defaults = {
    dataDir: "",
    databaseConnections: patient.connections,
    statementTimeout: patient.statementTimeout,
  };
  const { store } = await openStore({ ...defaults, ...open }, { mayCreate: true });
  const server = await startTestServer({ store, now: Math.floor(Date.now() / 1000) });
  try {
    return await work(server);
  } finally {
    await server.close();
    await store.close();
  }
}

it.each(["sqlite", "postgres"] as const)(
  `hands out ${LINES} lines on %s, killed ${KILLS} times on its way: everyone has exactly one`,
  async (kind) => {
    const place = await places[kind]();
    await inHere(place, async (server) => {
      const shop = await server.createApp(APP);
      // No limit a person: nothing but the lines' request ids keeps anybody from a second one.
      await addActive(shop, coupon("c", { total_num: LINES }));
      const asked = { appid: APP, out_coupon_id: "c", request_id: "h" };
      const { hand_out } = await operated(server, "createHandOut", asked, { file: list });
      expect(hand_out).toMatchObject({ state: "running", total: LINES, next: 0 });
    });

    const start = () => startServer(place.place, ...place.options);
    const servers = await Promise.all(Array.from({ length: place.servers }, start));
    for (let kills = 0; kills < KILLS; kills++) {
      // Never at the end of a batch: what was given is not noted yet, or not all of it.
      const given = Math.round((LINES * (kills + 0.5)) / KILLS);
      while (Number(await place.ask("SELECT count(*) FROM user_coupon")) < given) await sleep(LOOK_MS);
      const which = kills % place.servers;
      const killed = servers[which] as ServerProcess;
      expect(await killed.kill()).toMatchObject({ signal: "SIGKILL", stderr: "" });
      if (place.servers === 1) expect((await place.audit()).faults.slice(0, 5), `after kill ${kills + 1}`).toEqual([]);
      servers[which] = await start();
    }
    while ((await place.ask("SELECT state FROM hand_out")) !== "done") await sleep(20);
    for (const server of servers) expect(await server.stop()).toMatchObject({ code: 0, stderr: "" });

    const { faults, holdings } = await place.audit();
    expect(faults.slice(0, 5)).toEqual([]);
    const repeats = Array.from({ length: LINES }, (_, i) => i).filter(isRepeat).length;
    expect(holdings.userCoupons.size).toBe(LINES - repeats);
    await inHere(place, async (server) => {
      const { hand_out } = await operated(server, "showHandOut", { appid: APP, hand_out: "h" });
      const refused = { repeated: repeats };
      expect(hand_out).toMatchObject({ state: "done", next: LINES, given: LINES - repeats, refused });
      const file = await operatedFile(server, "listHandOutResults", { appid: APP, hand_out: "h" });
      const told = file.trimEnd().split("\n").slice(1);
      expect(told).toHaveLength(LINES);
      for (const [i, line] of told.entries()) {
        const [number, openid, result, id] = line.split(",") as [string, string, string, string];
        expect([number, openid, result]).toEqual([String(i + 2), openidOf(i), isRepeat(i) ? "repeated" : "given"]);
        if (!isRepeat(i)) expect(holdings.userCoupons.get(pairOf("c", id))).toBe(`${openid} effective`);
      }
    });
  },
  // Beyond what any takes: the soak's lists take longer than tests may.
  600_000 + LINES * 30,
);
