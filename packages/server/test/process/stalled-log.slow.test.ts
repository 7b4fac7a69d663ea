import { closeSync, openSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { directory, launchServer, launchServerLoggingTo, listening } from "./server-process.ts";

/** How many failure lines are written: more than a pipe and the bound on what waits hold together. */
const FAILURES = Number(process.env.QUANKU_FAILURES ?? 12_000);

/** Calls that are refused, each with a line in the log; answers how many were answered. */
async function failOften(url: string, count: number): Promise<number> {
  let answered = 0;
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (answered < count) {
        const reply = await fetch(`${url}/shop/coupon/get_list`, { method: "POST", body: "{}" });
        expect(await reply.json()).toMatchObject({ errcode: 41001 });
        answered++;
      }
    }),
  );
  return answered;
}

describe("a log that cannot be written stops neither serving nor the end:", () => {
  it("a full device", async () => {
    const full = openSync("/dev/full", "w");
    const server = launchServerLoggingTo(full, directory(), "--log-level", "info");
    closeSync(full);
    const url = await listening(server);
    expect(await failOften(url, 200)).toBeGreaterThanOrEqual(200);
    expect(await server.stop()).toMatchObject({ code: 0, signal: null });
  });

  it("a reader that stands still; it is told what was dropped when it goes on", async () => {
    const server = launchServer(directory(), "--log-level", "info");
    server.child.stderr?.pause();
    const url = await listening(server);
    expect(await failOften(url, FAILURES)).toBeGreaterThanOrEqual(FAILURES);
    server.child.stderr?.resume();
    while (!server.written.stderr.includes('"dropped":')) await failOften(url, 16);
    expect(await server.stop()).toMatchObject({ code: 0, signal: null });
  });

  it("a reader that stands still to the end", async () => {
    const server = launchServer(directory(), "--log-level", "info");
    server.child.stderr?.pause();
    const url = await listening(server);
    await failOften(url, FAILURES);
    const ended = new Promise((resolve) => server.child.once("exit", (code, signal) => resolve({ code, signal })));
    server.signal("SIGTERM");
    // The pipe stays full until the process has ended: `exited` would wait for its end of it.
    expect(await ended).toEqual({ code: 0, signal: null });
    server.child.stderr?.resume();
  });

  it("a reader that is gone", async () => {
    const server = launchServer(directory(), "--log-level", "info");
    const url = await listening(server);
    server.child.stderr?.destroy();
    expect(await failOften(url, 200)).toBeGreaterThanOrEqual(200);
    expect(await server.stop()).toMatchObject({ code: 0, signal: null });
  });
});
