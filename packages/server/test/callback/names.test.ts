import { createSocket, type Socket } from "node:dgram";
import { writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Names } from "../../src/http/callback/names.ts";
import { temporaryDirectory } from "../harness.ts";
import { startAsking } from "./asking.ts";

/** A name server on loopback: it knows `good.test` (127.0.0.1), says of `none.test` that there is none, and is silent else. */
async function startNameServer(): Promise<{ socket: Socket; asked: string[]; address: string }> {
  const socket = createSocket("udp4");
  const asked: string[] = [];
  socket.on("message", (query, from) => {
    const labels: string[] = [];
    let at = 12;
    for (let length = query[at] as number; length > 0; length = query[at] as number) {
      labels.push(query.subarray(at + 1, at + 1 + length).toString());
      at += 1 + length;
    }
    const type = query.readUInt16BE(at + 1);
    const name = labels.join(".").toLowerCase();
    asked.push(name);
    const question = query.subarray(12, at + 5);
    const isAddress = name === "good.test" && type === 1;
    if (name !== "good.test" && name !== "none.test") return;
    const header = Buffer.from([
      0,
      0,
      0x81,
      name === "none.test" ? 0x83 : 0x80,
      0,
      1,
      0,
      isAddress ? 1 : 0,
      0,
      0,
      0,
      0,
    ]);
    query.copy(header, 0, 0, 2);
    const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]);
    socket.send(Buffer.concat([header, question, ...(isAddress ? [record] : [])]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return { socket, asked, address: `127.0.0.1:${socket.address().port}` };
}

let server: Awaited<ReturnType<typeof startNameServer>>;
let directory: ReturnType<typeof temporaryDirectory>;
let names: Names;
beforeAll(async () => {
  server = await startNameServer();
  directory = temporaryDirectory();
  const hosts = `${directory.path}/hosts`;
  writeFileSync(hosts, "# dead.test\n127.0.0.1 localhost\n");
  names = new Names({ servers: [server.address], hosts });
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
  await expect(all("dead.test")).rejects.toMatchObject({ code: "EAI_AGAIN" });
});

it("a name server that never answers holds up nobody else's claims", async () => {
  const asking = await startAsking({ lookup: names.lookup, timeLimit: 60_000 });
  let isOver = false;
  const dead = Array.from({ length: 40 }, (_, nth) =>
    asking.ask(`dead-${nth}`, {}, `http://dead-${nth}.test/`).then(({ answer }) => {
      isOver = true;
      return answer.answer;
    }),
  );
  const good = await asking.ask("good", {}, asking.merchant.urlAt("good.test"));
  expect(good.answer.answer).toBe("granted");
  expect((await asking.ask("local", {}, asking.merchant.urlAt("localhost"))).answer.answer).toBe("granted");
  expect(isOver).toBe(false);
  expect(new Set(await Promise.all(dead))).toEqual(new Set(["unreachable"]));
  await asking.close();
});
