import { type CallName, callNames, callPath } from "@quanku/protocol/calls";
import { languages, readyBodies } from "@quanku/protocol/explain";
import { describe, expect, it } from "vitest";
import { demoApp, ensureDemoShop } from "../../src/cli/demo.ts";
import { startTestServer, type TestServer } from "../../testing/server.ts";
import { askAs } from "../../testing/tokens.ts";

const plain = (html: string) =>
  html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

/** What a page's form sends as it stands: where to, with which body, as whom. */
async function formOf(server: TestServer, call: CallName, language: string) {
  const html = await (await server.fetch(`/docs/${language}/calls/${call}`)).text();
  const value = (name: string) => plain(new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1] ?? "");
  return {
    path: /data-path="([^"]*)"/.exec(html)?.[1],
    body: plain(/<textarea[^>]*>([^<]*)<\/textarea>/.exec(html)?.[1] ?? ""),
    appid: value("appid"),
    secret: value("secret"),
    codes: /data-codes="([^"]*)"/.exec(html)?.[1],
  };
}

describe("the form of a call", () => {
  it.each(callNames)("%s works on a demo shop as it stands, after those that its page names", async (call) => {
    const server = await startTestServer({ adapter: "memory", now: 1_795_374_300 });
    await ensureDemoShop(server);
    const { access_token: token } = await askAs(server, demoApp);
    const order: CallName[] = [];
    const take = (name: CallName): void => {
      for (const first of readyBodies[name].after ?? []) take(first);
      order.push(name);
    };
    take(call);
    for (const name of order) {
      const { path, body, ...as } = await formOf(server, name, "en");
      expect({ path, ...as }).toEqual({ path: callPath(name), ...demoApp, codes: "/docs/en/codes/" });
      const reply = await server.json(await server.fetch(`${path}?access_token=${token}`, { method: "POST", body }));
      expect(reply, name).toMatchObject({ errcode: name === "confirm" ? 1090056 : 0 });
    }
    await server.close();
  });

  it("is the same in every language", async () => {
    const server = await startTestServer({ adapter: "memory" });
    for (const call of callNames) {
      const forms = await Promise.all(languages.map((language) => formOf(server, call, language)));
      expect(new Set(forms.map(({ codes: _, ...form }) => JSON.stringify(form))).size, call).toBe(1);
    }
    await server.close();
  });

  it("keeps what it is given out of storage, cookies and the address, and shows what comes as text", async () => {
    const server = await startTestServer({ adapter: "memory" });
    const page = await (await server.fetch("/docs/en/calls/get")).text();
    const path = /src="([^"]*\.js)"/.exec(page)?.[1] as string;
    const script = await (await server.fetch(path)).text();
    expect(script).not.toMatch(/localStorage|sessionStorage|indexedDB|\.cookie|history\.|location\.(?!origin)/);
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\(/);
    expect(script).toContain('credentials: "omit"');
    expect(script).toContain('redirect: "error"');
    await server.close();
  });
});
