import { expect, it, onTestFinished } from "vitest";
import { Verifications } from "../../src/service/verifications.ts";
import { openMemoryStore } from "../../src/store/memory/open.ts";
import { operate, operated } from "../../testing/admin.ts";
import { startTestServer } from "../../testing/server.ts";
import { tampered } from "../../testing/tampering.ts";

const given = { appid: "wx_a" };

async function aShop() {
  const server = await startTestServer();
  onTestFinished(() => server.close());
  await server.createApp("wx_a");
  await server.createApp("wx_b");
  return server;
}

it("operators begin a verification, see how far it is, and what it came to", async () => {
  const server = await aShop();
  const { verifications } = server.admin;
  const never = { state: "never", entries: 0, of: 0, records: 0, faults: [], head: null };
  expect(await operated(server, "showVerify", given)).toEqual({
    verification: { ...never, start_time: null, end_time: null },
  });
  const running = { verification: { ...never, state: "running", start_time: server.clock.now, end_time: null } };
  expect(await operated(server, "startVerify", given)).toEqual(running);
  server.clock.now += 5;
  expect(await operated(server, "startVerify", given), "the one that runs").toEqual(running);
  await verifications.settled();
  const { digest: head } = await server.store.journalEnd("wx_a");
  const right = { state: "right", entries: 2, of: 2, records: 1, faults: [], head };
  expect(await operated(server, "showVerify", given)).toEqual({
    verification: { ...right, start_time: server.clock.now - 5, end_time: server.clock.now },
  });
  expect(await operated(server, "showVerify", { appid: "wx_b" })).toMatchObject({ verification: { state: "never" } });
  expect(await operate(server, "startVerify", { appid: "nobody" })).toMatchObject({ status: 404 });
});

it("what is wrong is told with the entry that says otherwise", async () => {
  const server = await aShop();
  await tampered(server, "app", "UPDATE app SET token_quota = 7", async () => {
    await operated(server, "startVerify", given);
    await server.admin.verifications.settled();
  });
  const { verification } = await operated(server, "showVerify", given);
  const [{ seq } = { seq: 0 }] = await server.store.listJournal("wx_a", null, 1);
  expect(verification).toMatchObject({ state: "wrong", entries: 2, records: 1 });
  expect(verification.faults).toEqual([
    { entry: seq, what: `the app: tokenQuota is 7 in the database, entry ${seq} left it 2000` },
  ]);
});

it("one that the store fails is told, and so is one that the end of the server cut off", async () => {
  const errors: unknown[] = [];
  const store = { ...openMemoryStore(), snapshot: () => Promise.reject(new Error("on purpose")) };
  const failing = new Verifications({ store, clock: () => 7, onError: (error) => errors.push(error) });
  failing.start("a");
  await failing.settled();
  expect(failing.show("a")).toMatchObject({ state: "failed", startedAt: 7, endedAt: 7 });
  expect(errors).toEqual([new Error("on purpose")]);

  const server = await aShop();
  server.admin.verifications.start("wx_a");
  server.admin.verifications.start("wx_b");
  await server.admin.verifications.stop();
  for (const appid of ["wx_a", "wx_b"]) expect(server.admin.verifications.show(appid).state, appid).toBe("failed");
});
