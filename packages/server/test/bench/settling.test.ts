import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import type { Job } from "../../bench/load/job.ts";
import { watchSettling } from "../../bench/load/settling.ts";

const running: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of running.splice(0)) server.close();
});

/** A server that tells one of these texts after another, and then the last. */
async function telling(...texts: string[]): Promise<number> {
  const server = createServer((_, response) => response.end(texts.length > 1 ? texts.shift() : texts[0]));
  running.push(server.listen(0, "127.0.0.1"));
  await new Promise((resolve) => server.once("listening", resolve));
  return (server.address() as AddressInfo).port;
}

const told = (generations: number, owed: number) =>
  `# HELP\nquanku_settled_generations ${generations}\nquanku_owed_entries ${owed}\n`;
const load: Job = {
  ports: [],
  path: "/",
  bodies: { kind: "cycle", bodies: [""] },
  connections: 1,
  warmUpMs: 0,
  ms: 60_000,
  serverPids: [],
};

it("a load goes on until all its servers together settled as many generations as are asked for", async () => {
  const ports = [await telling(told(7, 900), told(7, 800), told(8, 700)), await telling(told(1, 50), told(2, 40))];
  const settled = await watchSettling({ ...load, ports, generations: 2 });
  expect(await settled(performance.now())).toEqual({ generations: 2, asked: 2, owed: 740 });
});

it("a load ends without them when it is ten times as long as it should be", async () => {
  const settled = await watchSettling({ ...load, ms: 0, ports: [await telling(told(7, 900))], generations: 2 });
  expect(await settled(performance.now() - 1)).toEqual({ generations: 0, asked: 2, owed: 900 });
});

it("of servers that tell nothing of it, nothing is waited for", async () => {
  const settled = await watchSettling({ ...load, ports: [await telling("process_cpu 1\n")], generations: 2 });
  expect(await settled(performance.now())).toBeUndefined();
});
