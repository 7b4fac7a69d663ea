import { parametersOf, type RouteName, routeNames, routeOf } from "@quanku/protocol/admin";
import { describe, expect, it } from "vitest";
import { type AdminClient, type AdminClientOptions, createAdminClient, type Language } from "../../src/admin/index.ts";
import { inPieces, json, scripted, TOKEN } from "./host.ts";

async function gathered<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

type AnyMethod = (input: object) => Promise<unknown>;

/** A value that a call is given for a member that a test does not care about. */
const someOf = (member: string) => `${member} of/é`;

describe("every call of the table", () => {
  it.each(routeNames)("%s is sent to its place, with everything that it names in its own", async (name: RouteName) => {
    const { method, path, query, body, download, upload, reply } = routeOf(name);
    const members = {
      path: parametersOf(name),
      query: Object.keys(query?.shape ?? {}),
      body: Object.keys(body?.shape ?? {}),
    };
    const ids = Object.values(members).flat();
    const given = Object.fromEntries(ids.map((id) => [id, someOf(id)]));
    const answer = () =>
      download ? inPieces(download, "event: journal\ndata: {}\n\n") : json({ entries: [], next: null });
    const { client, sent } = scripted([answer]);
    const made = (client[name as keyof AdminClient] as unknown as AnyMethod)({
      ...given,
      ...(upload && { file: "a\nb\n" }),
    });
    if (name === "stream") await (made as unknown as AsyncGenerator).next();
    else expect(await made).toEqual(download || Object.keys(reply?.shape ?? {}).length ? expect.anything() : undefined);

    const [request] = sent;
    const expected = path.replaceAll(/\{(\w+)\}/g, (_, id) => encodeURIComponent(someOf(id)));
    expect(request?.method).toBe(method);
    expect(request?.url.pathname).toBe(`/x/quanku/admin/v1${expected}`);
    expect(Object.fromEntries(request?.url.searchParams ?? [])).toEqual(
      Object.fromEntries(members.query.map((id) => [id, someOf(id)])),
    );
    const inBody = Object.fromEntries(members.body.map((id) => [id, someOf(id)]));
    expect(request?.body).toBe(upload ? "a\nb\n" : body ? JSON.stringify(inBody) : undefined);
    expect(request?.headers["content-type"]).toBe(upload ?? (body && "application/json"));
    expect(request?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(request).toMatchObject({ redirect: "manual", credentials: "same-origin" });
  });
});

it("without a token sends none, for a browser's session", async () => {
  const { client, sent } = scripted([json({ entries: [] })], { token: undefined });
  await client.listApps();
  expect(sent[0]?.headers).not.toHaveProperty("authorization");
});

it("asks for problems in the language that it is told, which a function may change from call to call", async () => {
  const languages = async (options: Partial<AdminClientOptions>, calls = 1) => {
    const { client, sent } = scripted([() => json({ entries: [] })], options);
    for (let i = 0; i < calls; i++) await client.listApps();
    return sent.map(({ headers }) => headers["accept-language"]);
  };
  expect(await languages({})).toEqual([undefined]);
  expect(await languages({ language: "zh" })).toEqual(["zh"]);
  const chosen: Language[] = ["en", "zh"];
  expect(await languages({ language: () => chosen.shift() as Language }, 2)).toEqual(["en", "zh"]);
});

it("sends what the table does not know where the host tells that it is unknown", async () => {
  const { client, sent } = scripted([() => json({ entries: [], next: null })]);
  await client.listCoupons({ appid: "wx1", colour: "red" } as never);
  await client.setApp({ appid: "wx1", claim_mode: "callback", limit: 5 });
  expect(sent[0]?.url.search).toBe("?colour=red");
  expect(JSON.parse(sent[1]?.body ?? "")).toEqual({ claim_mode: "callback", limit: 5 });
});

it("refuses what cannot stand in a path, a file that is none, and options that are none, before anything is sent", async () => {
  const { client, sent } = scripted([json({})]);
  for (const openid of ["", ".", "..", undefined as never])
    await expect(client.listWallet({ appid: "wx1", openid })).rejects.toThrow(/^listWallet: openid must be a text/);
  const handOut = { appid: "wx1", out_coupon_id: "c", request_id: "r" };
  await expect(client.createHandOut({ ...handOut, file: 7 as never })).rejects.toThrow(/^createHandOut: file must be/);
  expect(sent).toEqual([]);
  expect(() => createAdminClient({ baseUrl: "ftp://host" })).toThrow("createAdminClient: baseUrl must be");
  expect(() => createAdminClient({ baseUrl: "http://host", token: "two words" })).toThrow("createAdminClient: token");
});

describe("a list", () => {
  const pages = [
    json({ entries: [1, 2], next: "c1" }),
    json({ entries: [], next: "c2" }),
    json({ entries: [3], next: null }),
  ];

  it("is walked by its cursors, also over a page that is empty, and no further than it is used", async () => {
    const { client, sent } = scripted(pages.map((page) => page.clone()));
    const seen: unknown[] = [];
    for await (const entry of client.all.listCoupons({ appid: "wx1", status: "active", limit: 2 })) {
      seen.push(entry);
      expect(sent).toHaveLength(seen.length < 3 ? 1 : 3);
    }
    expect(seen).toEqual([1, 2, 3]);
    const asked = sent.map(({ url }) => Object.fromEntries(url.searchParams));
    const filters = { status: "active", limit: "2" };
    expect(asked).toEqual([filters, { ...filters, cursor: "c1" }, { ...filters, cursor: "c2" }]);
  });

  it("fetches no page that nobody asks for", async () => {
    const { client, sent } = scripted(pages.map((page) => page.clone()));
    for await (const _ of client.all.listHouseJournal()) break;
    expect(sent).toHaveLength(1);
  });

  it("has a method of every list that has pages, and of no other", () => {
    const paged = routeNames.filter((name) => routeOf(name).reply?.shape.next);
    expect(Object.keys(scripted([json({})]).client.all)).toEqual(paged);
    expect(paged.length).toBeGreaterThan(8);
  });
});

describe("a file", () => {
  const handOut = { appid: "wx1", out_coupon_id: "c", request_id: "r" };
  const bytes = new TextEncoder().encode("o1\n券\n");
  async function* pieces() {
    yield bytes.subarray(0, 4);
    yield bytes.subarray(4);
    yield "o3\n";
  }

  it.each([
    ["a text", () => "o1\n券\no3\n"],
    ["a Blob", () => new Blob([bytes, "o3\n"], { type: "text/plain" })],
    ["a stream", () => new Blob([bytes, "o3\n"]).stream() as ReadableStream<Uint8Array<ArrayBuffer>>],
    ["bytes and texts in pieces", pieces],
  ])("is sent as %s", async (_, file) => {
    const { client, sent } = scripted([json({ hand_out: {} })]);
    await client.createHandOut({ ...handOut, dry_run: true, file: file() });
    expect(sent[0]?.body).toBe("o1\n券\no3\n");
    expect(sent[0]?.headers["content-type"]).toBe("text/csv");
    expect(sent[0]?.url.search).toBe("?out_coupon_id=c&request_id=r&dry_run=true");
  });

  it("is answered as text in pieces, whole, or as the runtime's stream", async () => {
    const answer = () => inPieces("text/csv; charset=utf-8", "line,openid\n", "0,o1\n");
    const { client } = scripted([answer]);
    const results = () => client.listHandOutResults({ appid: "wx1", hand_out: "h" });
    expect(await gathered(await results())).toEqual(["line,openid\n", "0,o1\n"]);
    expect(await (await results()).text()).toBe("line,openid\n0,o1\n");
    const { stream, type } = await results();
    expect([type, await new Response(stream).text()]).toEqual(["text/csv; charset=utf-8", "line,openid\n0,o1\n"]);
  });

  it("is a report too where CSV is asked for", async () => {
    const { client } = scripted([inPieces("text/csv", "day\n"), json({ entries: [] })]);
    const asked = { appid: "wx1", from: "2026-11-01", to: "2026-11-02" };
    expect(await (await client.listReports({ ...asked, csv: true })).text()).toBe("day\n");
    expect(await client.listReports(asked)).toEqual({ entries: [] });
  });

  it("that breaks off is told as such", async () => {
    const { client } = scripted([inPieces("text/csv", "day\n", new Error(`reset by ${TOKEN}`))]);
    const file = await client.listHandOutResults({ appid: "wx1", hand_out: "h" });
    await expect(file.text()).rejects.toMatchObject({ name: "AdminError", code: "network", detail: "reset by ***" });
  });
});
