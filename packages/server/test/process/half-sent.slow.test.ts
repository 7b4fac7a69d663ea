import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { connect as connectClient } from "../../testing/client.ts";
import { createApp, directory, startServer } from "./server-process.ts";

/** Connections that each send nearly all of a large body and stand still. Turned up by `npm run soak`. */
const CONNECTIONS = Number(process.env.QUANKU_HALF_SENT ?? 150);
const LENGTH = 2 ** 20;
/** What a process may take while they stand still: what it takes idle, its budget of 64 MiB twice over, and room for garbage. */
const MEMORY = 512 * 2 ** 20;

it(`${CONNECTIONS} bodies of which all but a few bytes are sent take bounded memory, and others are served meanwhile`, async () => {
  const place = directory();
  const app = await createApp(place, "half-sent");
  const server = await startServer(place);
  const client = connectClient(server.url, app, 1);
  const port = Number(new URL(server.url).port);
  let closed = 0;
  const sockets = Array.from({ length: CONNECTIONS }, (): Socket => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {}).on("close", () => closed++);
    socket
      .resume()
      .write(`POST /cgi-bin/stable_token HTTP/1.1\r\nHost: quanku.test\r\nContent-Length: ${LENGTH}\r\n\r\n`);
    socket.write(Buffer.alloc(LENGTH - 500, " "));
    return socket;
  });
  let most = 0;
  while (closed < CONNECTIONS) {
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    most = Math.max(most, Number(/^process_resident_memory_bytes (\d+)$/m.exec(metrics)?.[1] ?? 0));
    expect((await client.call("get_list", { page_size: 1 })).errcode).toBe(0);
    await sleep(100);
  }
  expect(most).toBeLessThan(MEMORY);
  for (const socket of sockets) socket.destroy();
  client.close();
  expect(await server.stop()).toMatchObject({ code: 0 });
});
