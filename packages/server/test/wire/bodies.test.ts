import { connect, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import type { BodyLimits } from "../../src/http/bodies.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";
import { errcodesIn, exchange } from "./support/socket.ts";

let server: TestServer;
let app: TestApp;
let site: Awaited<ReturnType<TestServer["listen"]>>;
const sockets: Socket[] = [];
async function start(bodies: Partial<BodyLimits>): Promise<void> {
  server = await startTestServer({ adapter: "memory", limits: { bodies } });
  app = await server.createApp("wx_bodies");
  site = await server.listen();
}
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await site.close();
  await server.close();
});

const head = (length: number | undefined, path = `/shop/coupon/get_list?access_token=${app.accessToken}`) =>
  `POST ${path} HTTP/1.1\r\nHost: quanku.test\r\n${length === undefined ? "Transfer-Encoding: chunked" : `Content-Length: ${length}`}\r\n\r\n`;
const BODY = '{"page_size":1}';
/** A good body of so many bytes. */
const padded = (bytes: number) => BODY.padEnd(bytes);

/** Sends so much of a body and stands still; resolves with all that came back once the server closed the connection. */
function halfSent(length: number, sent: number, path?: string): { received: Promise<string>; socket: Socket } {
  const socket = connect(site.port, "127.0.0.1");
  sockets.push(socket);
  const received = new Promise<string>((resolve) => {
    let text = "";
    socket.on("data", (data) => {
      text += data;
    });
    socket.on("error", () => {}).on("close", () => resolve(text));
  });
  socket.write(head(length, path) + padded(sent));
  return { received, socket };
}

const call = async () => (await app.call("get_list", { page_size: 1 })).errcode;

it("half-sent bodies have a bound in all; beyond it they are turned away and closed, and small calls go on", async () => {
  await start({ inAll: 300_000, free: 4096 });
  const held = Array.from({ length: 40 }, () => halfSent(100_000, 90_000));
  const closed = held.map(({ received }) => received);
  // What does not fit is answered and closed soon: of 300 000 bytes two or three bodies of this size are held.
  let answered = 0;
  for (const received of closed) void received.then(() => answered++);
  while (answered < 37) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await exchangeGood(500)).toBe(0);
  expect(await call()).toBe(0);
  for (const { socket } of held) socket.end();
  const errcodes = (await Promise.all(closed)).flatMap(errcodesIn);
  expect(new Set(errcodes)).toEqual(new Set([990010]));
  expect(errcodes.length).toBeGreaterThanOrEqual(37);
  expect(await exchangeGood(200_000)).toBe(0);
});

const exchangeGood = async (bytes: number) =>
  errcodesIn(await exchange(site.port, head(bytes).replace("Host", "Connection: close\r\nHost"), padded(bytes)))[0];

it("a sender that stands still is told so and closed, also without a token", async () => {
  await start({ idle: 60 });
  const tokenless = halfSent(1000, 500, "/cgi-bin/stable_token");
  expect((await Promise.all([halfSent(1000, 500).received, tokenless.received])).flatMap(errcodesIn)).toEqual([
    990010, 990010,
  ]);
  expect(await exchangeGood(1000)).toBe(0);
});

it("a sender that never ends, a byte at a time, is told so and closed", async () => {
  await start({ whole: 100 });
  const { received, socket } = halfSent(100_000, 10);
  const dripping = setInterval(() => socket.write(" "), 5);
  expect(errcodesIn(await received)).toEqual([990010]);
  clearInterval(dripping);
});

it("a body in one-byte pieces is read, up to a bound on the pieces", async () => {
  await start({ pieces: 5000 });
  const pieces = (bytes: number) => [...padded(bytes)].map((byte) => `1\r\n${byte}\r\n`).join("");
  const sent = (bytes: number) =>
    exchange(site.port, head(undefined).replace("Host", "Connection: close\r\nHost"), `${pieces(bytes)}0\r\n\r\n`);
  expect(errcodesIn(await sent(4000))).toEqual([0]);
  expect(errcodesIn(await sent(6000))).toEqual([47001]);
});
