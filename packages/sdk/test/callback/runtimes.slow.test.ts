import { fileURLToPath } from "node:url";
import { openReply, readDecision } from "@quanku/protocol/callback";
import { beforeAll, describe, expect, it } from "vitest";
import { directory, type ServerProcess, startServer } from "../../../server/test/process/server-process.ts";
import { shared } from "../../../server/testing/fake-merchant.ts";
import type { journey, Sent } from "../runtimes/callback.ts";
import { bundle } from "../support/bundle.ts";
import { runtimes } from "../support/runtimes.ts";
import { nowInSeconds, push, urlCheck } from "./pushes.ts";

let server: ServerProcess;
let code: string;
beforeAll(async () => {
  server = await startServer(directory(), "--demo");
  ({ code } = await bundle(fileURLToPath(new URL("../runtimes/callback.ts", import.meta.url))));
});

const asData = async (request: Request): Promise<Sent> => ({
  url: request.url,
  method: request.method,
  body: request.method === "POST" ? await request.text() : null,
});

describe("a URL check, claims in JSON and XML, one that is forged and one that is replayed", () => {
  it.each(Object.entries(runtimes).map(([name, run]) => ({ name, run })))("in $name", async ({ run }) => {
    const event = { request_id: "r" };
    const claims = await Promise.all(
      (["json", "xml"] as const).map((format) => asData(push({ format, sealed: true, event }))),
    );
    const forged = await asData(push({ sealed: true, appid: "wx_another" }));
    const sent = [await asData(urlCheck("42")), ...claims, forged, claims[0] as Sent];
    // The runtimes hand on whatever is plain JSON, and a page needs an address to be at.
    const given = { baseUrl: server.url, name: "", secret: "", ...shared, sent };
    const { answers, problems } = (await run(given, code, directory())) as unknown as Awaited<
      ReturnType<typeof journey>
    >;
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 403, 403]);
    expect([answers[0]?.text, answers[3]?.text, answers[4]?.text]).toEqual(["42", "", ""]);
    const agreement = { ...shared, originalId: "gh_1", format: "json", mode: "secure" } as const;
    for (const { text } of answers.slice(1, 3)) {
      const opened = openReply(text, agreement, nowInSeconds());
      const decision = readDecision(opened, { request_id: "r", out_coupon_id: "coupon-1" }, []);
      expect(decision).toEqual({ given: true, out_user_coupon_id: "uc-r", impliedly: false });
    }
    expect(problems).toEqual([expect.stringContaining("another appid"), expect.stringContaining("replayed")]);
  });
});
