import { createServer, get } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { expect, it, onTestFinished } from "vitest";
import { half, reset } from "../../src/http/faults/broken.ts";
import { createAuthority } from "../../testing/certificate.ts";

const app = new Hono()
  .get("/reset", (c) => reset(c))
  .get("/half", (c) => half(c, new Response("0123456789")))
  .get("/whole", (c) => c.text("0123456789"));

it("over TLS connections break too", async () => {
  const authority = createAuthority("Authority");
  const server = createServer(authority.issue("localhost"), getRequestListener(app.fetch));
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  /** What came of a reply, or how it broke. */
  const ask = (path: string) =>
    new Promise<string>((resolve) => {
      let came = "";
      const broke = ({ code }: NodeJS.ErrnoException) => resolve(`${came} ${code}`);
      get({ port, path, host: "127.0.0.1", servername: "localhost", ca: authority.cert, agent: false }, (response) =>
        response
          .setEncoding("utf8")
          .on("data", (text) => {
            came += text;
          })
          .on("end", () => resolve(came))
          .on("error", broke),
      ).on("error", broke);
    });
  expect(await ask("/whole")).toBe("0123456789");
  expect(await ask("/half")).toBe("01234 ECONNRESET");
  expect(await ask("/reset")).toBe(" ECONNRESET");
});
