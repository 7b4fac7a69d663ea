import type { RouteName } from "@quanku/protocol/admin";
import { expect, it, onTestFinished } from "vitest";
import { operate, operated } from "../../testing/admin.ts";
import { startTestServer } from "../../testing/server.ts";
import { adapters } from "../../testing/stores.ts";

const NOW = 1_700_000_000;

it.each(adapters)("people are named, listed page by page, and removed, on %s", async (adapter) => {
  const server = await startTestServer({ adapter, now: NOW });
  onTestFinished(() => server.close());
  const { appid } = await server.createApp("wx_sandbox", undefined, { sandbox: true });
  const make = (person: string, more: object = {}) => operate(server, "makePerson", { appid, person, ...more });
  const names = async (page: object = {}) => {
    const { entries, next } = await operated(server, "listPersons", { appid, ...page });
    return { names: entries.map(({ name }) => name), next };
  };

  expect(await names()).toEqual({ names: [], next: null });
  expect(await make("小明", { openid: "o-ming", unionid: "u1" })).toEqual({
    person: { name: "小明", openid: "o-ming", unionid: "u1", create_time: NOW },
  });
  for (const person of ["b", "a"])
    expect(await make(person)).toMatchObject({
      person: { openid: expect.stringMatching(/^o[\w-]{27}$/), unionid: null },
    });
  expect(await make("c", { openid: "o-ming" })).toMatchObject({ status: 409, problem: "person_openid_taken" });
  server.clock.now += 5;
  expect(await make("小明", { openid: "o2" })).toEqual({
    person: { name: "小明", openid: "o2", unionid: null, create_time: NOW },
  });

  const first = await names({ limit: "2" });
  expect(first.names).toEqual(["a", "b"]);
  expect(await names({ limit: "2", cursor: first.next })).toEqual({ names: ["小明"], next: null });
  expect(await operate(server, "listPersons", { appid, cursor: "W10" })).toMatchObject({ status: 400 });

  await operated(server, "removePerson", { appid, person: "a" });
  expect(await operate(server, "removePerson", { appid, person: "a" })).toMatchObject({
    status: 404,
    problem: "unknown_person",
  });
  expect((await names()).names).toEqual(["b", "小明"]);
  const journal = await server.store.readJournal(appid, 0, 99);
  expect(journal.slice(2).map(({ command, by }) => `${by} ${command}`)).toEqual([
    ...Array(4).fill("command_line makePerson"),
    "command_line removePerson",
  ]);
  expect((await operated(server, "startVerify", { appid })).verification.state).toBe("running");
  await expect
    .poll(async () => (await operated(server, "showVerify", { appid })).verification)
    .toMatchObject({ state: "right", faults: [] });
});

it("a production app has nothing of this, and what is wrong is told by its field", async () => {
  const server = await startTestServer({ adapter: "memory" });
  onTestFinished(() => server.close());
  await server.createApp("wx_shop");
  await server.createApp("wx_sandbox", undefined, { sandbox: true });
  const calls: [RouteName, object][] = [
    ["listPersons", {}],
    ["makePerson", { person: "p" }],
    ["removePerson", { person: "p" }],
    ["triggerClaim", { openid: "o", out_coupon_id: "c" }],
  ];
  for (const [call, given] of calls)
    expect(await operate(server, call, { appid: "wx_shop", ...given }), call).toMatchObject({
      status: 409,
      problem: "not_sandbox",
    });
  expect((await server.store.readJournal("wx_shop", 0, 9)).map(({ command }) => command)).toEqual([
    "createApp",
    "issueToken",
  ]);

  const person = "p".repeat(129);
  const wrong = { appid: "wx_sandbox", person, openid: "?", unionid: "" };
  expect(await operate(server, "makePerson", wrong)).toMatchObject({
    errors: [{ field: "person" }, { field: "openid" }, { field: "unionid" }].map((one) => expect.objectContaining(one)),
  });
});
