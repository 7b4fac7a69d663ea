import { adminRoot } from "@quanku/protocol/admin";
import { expect, it } from "vitest";
import { createApp, patiently, places, quanku, quankuIn, startServer } from "./server-process.ts";

it.each(Object.entries(places))(
  "a stream on %s tells what other processes do, an app is exported and deleted, and SIGTERM waits for no stream",
  async (name, newPlace) => {
    const place = await newPlace();
    const at = name === "postgres" ? ["--database-url", place] : ["--data-dir", place];
    await createApp(place, "wx_live");
    const created = await quankuIn({}, "operator", "create", "li", "--role", "owner", ...at);
    const { password } = JSON.parse(created.stdout);
    const servers = [await startServer(place, ...patiently), await startServer(place, ...patiently)];
    const [one, other] = servers as [(typeof servers)[0], (typeof servers)[0]];
    const headers = { "content-type": "application/json", origin: one.url };
    const signedIn = await one.fetch(`${adminRoot}/session`, {
      method: "POST",
      headers,
      body: JSON.stringify({ name: "li", password }),
    });
    const cookie = signedIn.headers.get("set-cookie")?.split(";", 1)[0] as string;
    const stream = await one.fetch(`${adminRoot}/apps/wx_live/stream`, { headers: { cookie } });
    expect(stream.status).toBe(200);
    let text = "";
    const read = (async () => {
      for await (const piece of stream.body as unknown as AsyncIterable<Uint8Array>) text += Buffer.from(piece);
    })();
    await expect.poll(() => text).toMatch(/^: /);
    expect((await quanku("app", "set", "wx_live", "--claims-per-minute", "77", ...at)).code).toBe(0);
    await expect.poll(() => text).toContain('"claimsPerMinute":77');

    const exported = await other.fetch(`${adminRoot}/apps/wx_live/export`, { headers: { cookie } });
    expect([exported.status, await exported.text()]).toEqual([200, ""]);
    await expect.poll(() => text).toContain("noteExport");
    const stopped = await startStream(other, cookie);
    const ended = await one.stop();
    expect(ended.code).toBe(0);
    await read;
    expect(text).toContain('event: end\ndata: {"code":"stopped"');

    const deleting = { method: "DELETE", headers: { cookie, origin: other.url } };
    const deleted = await other.fetch(`${adminRoot}/apps/wx_live?confirm=wx_live`, deleting);
    expect(deleted.status).toBe(200);
    await stopped.ended;
    expect(stopped.text()).toContain('"code":"gone"');
    expect((await quanku("app", "show", "wx_live", ...at)).code).toBe(1);
    await expect.poll(async () => (await quanku("app", "create", "--appid", "wx_live", ...at)).code).toBe(0);
    expect((await other.stop()).code).toBe(0);
  },
);

async function startStream(server: { fetch(path: string, init?: RequestInit): Promise<Response> }, cookie: string) {
  const stream = await server.fetch(`${adminRoot}/apps/wx_live/stream`, { headers: { cookie } });
  let text = "";
  const ended = (async () => {
    for await (const piece of stream.body as unknown as AsyncIterable<Uint8Array>) text += Buffer.from(piece);
  })();
  return { ended, text: () => text };
}
