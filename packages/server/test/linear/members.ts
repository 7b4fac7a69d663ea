import { type ChildProcess, type ForkOptions, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type CallName, callPath } from "@quanku/protocol/calls";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { anApp, aPerson, put } from "../../testing/records.ts";
import { startTestServer } from "../../testing/server.ts";
import { looks, NOW } from "./shop.ts";

/** How a process commits: the journal first on the connection it has, or by its thread; or as it does without load. */
export type Way = { commits: "here" | "by thread" | "to all"; generation: number };

/** Of which shop something is asked, and what. */
export type Ask = { appid: string; token: string; call: string; body: string };

/** What whoever asks is told where a process ended before it answered. */
export class Killed extends Error {}

/** One of several servers on a file; `ask` rejects where it is killed before it answers. */
export type Member = { ask(ask: Ask): Promise<string>; kill(): Promise<void>; close(): Promise<void> };

/** After how many records the thread begins. */
const MANY = 1000;

/** A server on a file, in this process. */
export async function startMember(dataDir: string, name: string, { commits, generation }: Way) {
  const journalFirst = commits === "here" ? "always" : "under load";
  const store = openSqliteStore(dataDir, { generation, journalFirst, patience: 60_000 });
  if (commits === "by thread") {
    const load = Array.from({ length: MANY }, (_, n) => aPerson(name, `${n}`));
    await put(store, { record: "app", value: anApp(name) });
    await put(store, ...load.map((value) => ({ record: "person", value }) as const));
  }
  const server = await startTestServer({ store, now: NOW });
  async function ask({ appid, token, call, body }: Ask): Promise<string> {
    const look = looks[call];
    if (look) return JSON.stringify(await look(store, appid, body));
    const url = `${callPath(call as CallName)}?access_token=${token}`;
    return (await server.fetch(url, { method: "POST", body })).text();
  }
  async function close(): Promise<void> {
    await server.close();
    await store.close();
  }
  return { server, store, ask, close };
}

const program = fileURLToPath(new URL("member-process.ts", import.meta.url));

/** A server on a file, in a process of its own. Rejects where it is killed before it is ready. */
export async function forkMember(dataDir: string, name: string, way: Way, more: ForkOptions = {}): Promise<Member> {
  const child = fork(program, [dataDir, name, JSON.stringify(way)], more);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const waiting = new Map<number, PromiseWithResolvers<string>>();
  let asked = 0;
  child.on("message", ({ id, reply }: { id: number; reply: string }) => {
    waiting.get(id)?.resolve(reply);
    waiting.delete(id);
  });
  void exited.then(() => {
    for (const { reject } of waiting.values()) reject(new Killed());
  });
  function send(ask: Ask | null): Promise<string> {
    const id = asked++;
    const answer = Promise.withResolvers<string>();
    waiting.set(id, answer);
    child.send({ id, ask }, (error) => error && answer.reject(new Killed()));
    return answer.promise;
  }
  await send(null);
  return { ask: send, kill: () => end(child, exited, "SIGKILL"), close: () => end(child, exited, "SIGTERM") };
}

async function end(child: ChildProcess, exited: Promise<void>, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  child.kill(signal);
  await exited;
}
