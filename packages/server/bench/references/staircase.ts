/**
 * What a claim over HTTP must cost, a step at a time, and no more: `node:http`, that from step to step does one thing more of
 * what a server does that keeps its word. `memory` decides as the rules ask (stock, limit, repeat); `file` answers when the
 * claims of all who wait are in a file by one fdatasync; `journal` when they are one compact row of SQLite by one commit.
 */
import { hash, randomUUID } from "node:crypto";
import { open } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type CallRequest, calls, parseText } from "@quanku/protocol/calls";
import { type Step, steps } from "./steps.ts";

type Claim = CallRequest<"claim">;
type Waiting = { entry: string; answer: () => void };

const [step, directory, token] = process.argv.slice(2) as [Step, string, string];
const does = (one: Step) => steps.indexOf(step) >= steps.indexOf(one);
const [asksToken, checks, decides] = [does("token"), does("checks"), does("memory")];
const LIMIT = 5;
const VALID_SECONDS = 30 * 86_400;

const digestOf = (text: string) => hash("sha256", text, "base64url");
const known = new Set([digestOf(token)]);
const stock = new Map<string, number>();
const given = new Map<string, number>();
const granted = new Map<string, string>();

const refusal = (errcode: number) => `{"errcode":${errcode}}`;

/** A reply, and the entry that must be saved before it is sent. */
type Answer = { reply: string; entry?: string };

function answer(url: string, text: string): Answer {
  if (asksToken && !known.has(digestOf(url.slice(url.indexOf("=") + 1)))) return { reply: refusal(40001) };
  const parsed = checks
    ? parseText(calls.claim.request, text)
    : { ok: true as const, value: JSON.parse(text) as Claim };
  if (!parsed.ok) return { reply: refusal(parsed.error.errcode) };
  const claim = parsed.value;
  const id = randomUUID();
  const reply = decides ? decide(claim, id) : grant(claim, id);
  if (granted.get(claim.request_id) !== reply) return { reply };
  return { reply, entry: `${claim.request_id} ${claim.out_coupon_id} ${claim.openid} ${id}\n` };
}

function serve(url: string, body: Buffer, response: ServerResponse): void {
  const { reply, entry } = answer(url, body.toString());
  if (!save || entry === undefined) {
    send(response, reply);
    return;
  }
  waiting.push({ entry, answer: () => send(response, reply) });
  if (waiting.length === 1 && !saving) setImmediate(saveAll, save);
}

function decide(claim: Claim, id: string): string {
  const { openid, out_coupon_id: coupon, request_id } = claim;
  const before = granted.get(request_id);
  if (before !== undefined) return before.includes(openid) && before.includes(coupon) ? before : refusal(1090033);
  const remaining = stock.get(coupon) ?? 2_000_000_000;
  if (remaining === 0) return refusal(1090029);
  const wallet = `${coupon} ${openid}`;
  const had = given.get(wallet) ?? 0;
  if (had === LIMIT) return refusal(1090030);
  stock.set(coupon, remaining - 1);
  given.set(wallet, had + 1);
  const reply = grant(claim, id);
  granted.set(request_id, reply);
  return reply;
}

function grant({ openid, out_coupon_id }: Claim, id: string): string {
  const now = Math.floor(Date.now() / 1000);
  return `{"errcode":0,"user_coupon":{"out_user_coupon_id":"${id}","openid":"${openid}","out_coupon_id":"${out_coupon_id}","status":100,"create_time":${now},"update_time":${now},"end_time":${now + VALID_SECONDS},"ext_info":{},"start_time":${now}}}`;
}

const save = step === "file" ? await intoFile() : step === "journal" ? intoJournal() : undefined;
let waiting: Waiting[] = [];
let saving = false;

/** Saves all that waits, and then what came meanwhile. */
async function saveAll(save: (entries: string) => Promise<void>): Promise<void> {
  saving = true;
  while (waiting.length > 0) {
    const batch = waiting;
    waiting = [];
    await save(batch.map(({ entry }) => entry).join(""));
    for (const { answer } of batch) answer();
  }
  saving = false;
}

async function intoFile(): Promise<(entries: string) => Promise<void>> {
  const file = await open(join(directory, "claims.log"), "a");
  return async (entries) => {
    await file.write(entries);
    await file.datasync();
  };
}

/** On a thread of its own, as whoever wants to decide meanwhile does it. */
function intoJournal(): (entries: string) => Promise<void> {
  const writer = new Worker(new URL("journal-writer.ts", import.meta.url), { workerData: directory });
  let committed = () => {};
  writer.on("message", () => committed());
  return (entries) =>
    new Promise((resolve) => {
      committed = resolve;
      writer.postMessage(entries);
    });
}

function send(response: ServerResponse, reply: string): void {
  response.writeHead(200, { "content-type": "application/json; charset=utf-8", "content-length": reply.length });
  response.end(reply);
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => serve(request.url ?? "", Buffer.concat(chunks), response));
});
server.listen(0, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
