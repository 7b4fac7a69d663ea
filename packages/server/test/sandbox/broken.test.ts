import { createServer, get } from "node:https";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { answerSocket } from "../../src/http/edge/over-socket.ts";
import type { Answer, Break } from "../../src/http/edge/wire-call.ts";
import { createAuthority } from "../../testing/certificate.ts";

const breaks: Readonly<Record<string, Break | undefined>> = { "/reset": "reset", "/half": "half", "/whole": undefined };
const answer: Answer = async ({ path }) => {
  if (path === "/thrown") throw new Error("nobody expects this");
  return { status: 200, headers: {}, body: "0123456789", breaks: breaks[path] };
};

it("over TLS connections break too, and where answering fails, that connection alone", async () => {
  const authority = createAuthority("Authority");
  const server = createServer(
    authority.issue("localhost"),
    (incoming, outgoing) => void answerSocket(answer, incoming.url ?? "", incoming, outgoing),
  );
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
  expect(await ask("/thrown")).toBe(" ECONNRESET");
  expect(await ask("/whole")).toBe("0123456789");
});
