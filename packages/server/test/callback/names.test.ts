import { writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Names } from "../../src/outbound/names.ts";
import { startNameServer } from "../../testing/name-server.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";

let server: Awaited<ReturnType<typeof startNameServer>>;
let directory: ReturnType<typeof temporaryDirectory>;
let names: Names;
beforeAll(async () => {
  server = await startNameServer();
  directory = temporaryDirectory();
  const hosts = `${directory.path}/hosts`;
  writeFileSync(hosts, "# dead.test\n127.0.0.1 localhost\n");
  names = new Names({ servers: [server.address], hosts, timeout: 500 });
});
afterAll(() => {
  server.socket.close();
  directory.remove();
});

const all = (name: string) => promisify(names.lookup)(name, { all: true } as never);

it("a name is resolved by the name server, once for all who ask at the same time", async () => {
  const before = server.asked.length;
  const found = await Promise.all(Array.from({ length: 20 }, () => all("good.test")));
  for (const addresses of found) expect(addresses).toEqual([{ address: "127.0.0.1", family: 4 }]);
  expect(server.asked.slice(before)).toEqual(["good.test", "good.test"]);
});

it("localhost, and addresses, are resolved without a name server", async () => {
  const before = server.asked.length;
  expect(await all("localhost")).toContainEqual({ address: "127.0.0.1", family: 4 });
  expect(await all("127.0.0.1")).toEqual([{ address: "127.0.0.1", family: 4 }]);
  expect(server.asked.length).toBe(before);
});

it("names that nobody knows, and those whose server is silent, are told apart", async () => {
  await expect(all("none.test")).rejects.toMatchObject({ code: "ENOTFOUND" });
  const impatient = new Names({ servers: [server.address], timeout: 20 });
  const dead = promisify(impatient.lookup)("dead.test", { all: true } as never);
  await expect(dead).rejects.toMatchObject({ code: "EAI_AGAIN" });
});
