import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { type Server, startProgram } from "./processes.ts";
import type { Side } from "./rounds.ts";
import { HOT_COUPON } from "./shop.ts";

const PROGRAM = "redis-server";
const LIMIT = 5;

/** Grants a claim as the rules ask: a repeat has its answer, then the stock and how many the person has decide. */
const script = `
local before = redis.call('HGET', KEYS[1], ARGV[1])
if before then return before end
if tonumber(redis.call('GET', KEYS[2]) or '0') < 1 then return '{"errcode":1090029}' end
if tonumber(redis.call('HGET', KEYS[3], ARGV[2]) or '0') >= ${LIMIT} then return '{"errcode":1090030}' end
redis.call('DECR', KEYS[2])
redis.call('HINCRBY', KEYS[3], ARGV[2], 1)
local answer = '{"errcode":0,"out_user_coupon_id":"' .. ARGV[3] .. '"}'
redis.call('HSET', KEYS[1], ARGV[1], answer)
return answer`;
const keys = ["requests", `stock:${HOT_COUPON}`, `given:${HOT_COUPON}`] as const;

/** Never rewritten, so that no rewrite falls into one round and not another. */
const settings = Object.entries({
  bind: "127.0.0.1",
  appendonly: "yes",
  appendfsync: "always",
  "auto-aof-rewrite-percentage": "0",
  save: "",
}).flatMap(([name, value]) => [`--${name}`, value]);

/** The Redis that is installed, with its data in a directory, always synced, and stock of one coupon; undefined where none is. */
export async function startRedis(directory: string): Promise<Server | undefined> {
  if (spawnSync(PROGRAM, ["--version"]).status !== 0) return;
  const port = await freePort();
  const args = ["--port", `${port}`, "--dir", directory, ...settings];
  const { told: _, ...redis } = await startProgram(PROGRAM, args, /Ready to accept connections/);
  await say(port, ["SCRIPT", "LOAD", script]);
  await say(port, ["SET", keys[1], "2000000000"]);
  return { ...redis, port };
}

/** Claims of the hot coupon by that script: each a command of Redis' own protocol, with no HTTP and nobody between. */
export const redisClaims = (redis: Server, openid: string, requestId: string): Omit<Side, "connections"> => ({
  name: "Redis, a script, always synced",
  servers: [redis],
  wire: "redis",
  path: "",
  bodies: {
    kind: "random",
    template: encode(["EVALSHA", sha1(script), `${keys.length}`, ...keys, requestId, openid, requestId]),
  },
});

const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");

const encode = (words: readonly string[]) =>
  `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`;

/** Says one command, on a connection of its own. Throws on an error. */
async function say(port: number, words: readonly string[]): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.write(encode(words));
  const [answer] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  if (answer.toString().startsWith("-")) throw new Error(`Redis refused ${words[0]}: ${answer}`);
}

/** Redis chooses no port itself. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, "close");
  return port;
}
