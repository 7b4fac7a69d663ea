import { createServer } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Answer, decision, write } from "../../testing/fake-merchant.ts";
import { startAsking } from "./asking.ts";

let asking: Awaited<ReturnType<typeof startAsking>>;
let requests = 0;
let requestId = "";
beforeAll(async () => {
  asking = await startAsking();
});
afterAll(() => asking.close());
beforeEach(() => {
  requestId = `request-${++requests}`;
});

/** A decision made so long by white space. */
const sized = (asked: Parameters<Answer>[0], bytes: number) => write(decision(asked), "json").padEnd(bytes);

const cases: { merchant: string; answer: Answer; told: object; attempt?: object }[] = [
  {
    merchant: "resets the connection",
    answer: (_, response) => void response.socket?.resetAndDestroy(),
    told: { answer: "unreachable", problem: expect.stringContaining("closed the connection before its reply") },
    attempt: { status: null, reply: null },
  },
  {
    merchant: "closes the connection without a word",
    answer: (_, response) => void response.socket?.end(),
    told: { answer: "unreachable", problem: expect.stringContaining("closed the connection before its reply") },
  },
  {
    merchant: "closes it in the middle of the reply",
    answer(_, response) {
      response.writeHead(200, { "content-length": "100" }).write("{");
      response.socket?.end();
      return undefined;
    },
    told: { answer: "unreachable", problem: expect.stringContaining("closed the connection before its reply") },
    attempt: { status: 200, reply: "{" },
  },
  {
    merchant: "fails",
    answer: (asked) => ({ status: 500, body: write(decision(asked), "json") }),
    told: { answer: "unreachable", problem: "HTTP 500 where 200 was expected" },
    attempt: { status: 500, reply: expect.stringContaining("out_user_coupon_id") },
  },
  {
    merchant: "does not know the path",
    answer: () => ({ status: 404 }),
    told: { answer: "unreachable", problem: "HTTP 404 where 200 was expected" },
  },
  {
    merchant: "answers without a body",
    answer: () => ({ status: 204 }),
    told: { answer: "mismatched", problem: expect.stringContaining("empty") },
  },
  {
    merchant: "answers too much at once",
    answer: (asked) => sized(asked, 65_537),
    told: { answer: "mismatched", problem: "the reply is too large: at most 65536 bytes are read" },
    attempt: { status: 200, reply: expect.stringMatching(/^.{4096}…$/) },
  },
  {
    merchant: "compresses the reply",
    answer: () => ({ headers: { "content-encoding": "gzip" }, body: Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]) }),
    told: { answer: "mismatched", problem: "the reply is no text in UTF-8" },
  },
];

describe("a merchant who", () => {
  it.each(cases)("$merchant: $told.answer", async ({ answer, told, attempt = {} }) => {
    asking.merchant.script(requestId, answer);
    const came = await asking.ask(requestId);
    expect(came.answer).toEqual(told);
    const { problem } = came.answer as { problem: string };
    expect(came.attempt).toMatchObject({ verdict: came.answer.answer, reason: problem, ...attempt });
    expect(asking.merchant.timesAsked(requestId)).toBe(1);
  });

  it("answers as much as may be is read", async () => {
    asking.merchant.script(requestId, (asked) => sized(asked, 65_536));
    expect((await asking.ask(requestId)).answer.answer).toBe("granted");
  });

  it("answers 64 KB a byte at a time is read", async () => {
    asking.merchant.script(requestId, (asked, response) => {
      for (const byte of sized(asked, 65_536)) response.write(byte);
      response.end();
      return undefined;
    });
    expect((await asking.ask(requestId)).answer.answer).toBe("granted");
  });

  it("never ends is cut off", async () => {
    let sent = 0;
    const closed = new Promise((resolve) => {
      asking.merchant.script(requestId, (_, response) => {
        const pour = () => {
          while (!response.destroyed && response.write(" ".repeat(16_384))) sent += 16_384;
        };
        response.on("drain", pour).on("close", resolve);
        pour();
        return undefined;
      });
    });
    expect((await asking.ask(requestId)).answer).toMatchObject({
      answer: "mismatched",
      problem: expect.stringContaining("the reply is too large"),
    });
    await closed;
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });

  it("is silent has the time that is set, and its words name it", async () => {
    const hasty = await startAsking({ timeLimit: 120 });
    hasty.merchant.answer = () => undefined;
    expect((await hasty.ask(requestId)).answer).toEqual({ answer: "timed_out", problem: "no reply within 120 ms" });
    await hasty.close();
  });

  it.each([301, 302, 303, 307, 308])("redirects with %i is not followed", async (status) => {
    const headers = { location: `${asking.merchant.url}/elsewhere` };
    asking.merchant.script(
      requestId,
      () => ({ status, headers }),
      (asked) => write(decision(asked), "json"),
    );
    expect((await asking.ask(requestId)).answer).toEqual({
      answer: "unreachable",
      problem: `HTTP ${status}, and redirects are not followed: set the URL that it leads to`,
    });
    expect(asking.merchant.timesAsked(requestId)).toBe(1);
  });

  it("is not there", async () => {
    const gone = await startAsking();
    const { port } = gone.merchant;
    await gone.close();
    expect((await asking.ask(requestId, {}, `http://127.0.0.1:${port}/`)).answer).toEqual({
      answer: "unreachable",
      problem: `connection refused at 127.0.0.1:${port}`,
    });
  });

  it.each([
    ["speaks no HTTP", "SSH-2.0-OpenSSH_9.6\r\n", "does not answer in HTTP"],
    [
      "sends endless headers",
      `HTTP/1.1 200 OK\r\nx: ${"y".repeat(70_000)}\r\n\r\n`,
      "answers with headers that are too large",
    ],
  ])("%s", async (_, greeting, words) => {
    const server = createServer((socket) => socket.on("error", () => {}).end(greeting));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    expect((await asking.ask(requestId, {}, `http://127.0.0.1:${port}/`)).answer).toEqual({
      answer: "unreachable",
      problem: `127.0.0.1:${port} ${words}`,
    });
    server.close();
  });

  it.each([
    ["ENOTFOUND", "the host name merchant.test does not exist"],
    ["EAI_AGAIN", "the host name merchant.test cannot be resolved at the moment"],
    ["EHOSTUNREACH", "no connection to merchant.test can be made"],
    ["ETIMEDOUT", "no connection to merchant.test can be made"],
    ["ESERVFAIL", "merchant.test cannot be asked (ESERVFAIL)"],
  ])("has a name that gives %s", async (code, problem) => {
    const lost = await startAsking({
      lookup: (_, __, callback) => callback(Object.assign(new Error(`secret ${code}`), { code }), []),
    });
    expect((await lost.ask(requestId, {}, "http://merchant.test/")).answer).toEqual({ answer: "unreachable", problem });
    await lost.close();
  });

  it("lacks a token or a key is not asked", async () => {
    const without = [{ callbackToken: null }, { encodingAesKey: null, messageMode: "secure" }] as const;
    for (const settings of without)
      expect((await asking.ask(requestId, settings)).answer).toEqual({
        answer: "unreachable",
        problem: expect.stringMatching(/set one/),
      });
    expect(asking.merchant.timesAsked(requestId)).toBe(0);
  });
});

describe("connections", () => {
  it("are kept alive, bounded in number, and closed in the end", async () => {
    const own = await startAsking();
    for (let nth = 0; nth < 20; nth++) expect((await own.ask(`nth-${nth}`)).answer.answer).toBe("granted");
    expect(own.merchant.connections).toBeLessThan(4);

    const crowded = Promise.withResolvers<void>();
    own.merchant.answer = async (asked) => {
      if (own.merchant.connections > 128) crowded.resolve();
      await crowded.promise;
      return own.merchant.reply(asked, decision(asked));
    };
    const crowd = await Promise.all(Array.from({ length: 400 }, (_, nth) => own.ask(`crowd-${nth}`)));
    expect(new Set(crowd.map(({ answer }) => answer.answer))).toEqual(new Set(["granted"]));
    expect(own.merchant.connections).toBeLessThanOrEqual(256);
    expect(own.merchant.connections).toBeGreaterThan(128);

    const last = own.ask("last");
    await own.callbacks.close();
    expect((await last).answer.answer).toBe("granted");
    expect((await own.ask("late")).answer).toMatchObject({ answer: "unreachable" });
    await own.merchant.close();
  });

  it("go to the merchant, whatever proxy the environment names", async () => {
    const names = ["http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"];
    for (const name of names) vi.stubEnv(name, "http://127.0.0.1:9");
    vi.stubEnv("NODE_USE_ENV_PROXY", "1");
    const own = await startAsking();
    expect((await own.ask(requestId)).answer.answer).toBe("granted");
    await own.close();
    vi.unstubAllEnvs();
  });
});
