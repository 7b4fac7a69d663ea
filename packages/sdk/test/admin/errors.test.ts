import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { AdminClient, AdminError } from "../../src/admin/index.ts";
import { inPieces, json, refused, scripted, TOKEN } from "./host.ts";

const errorOf = (made: Promise<unknown>): Promise<AdminError> =>
  made.then(
    () => expect.unreachable(),
    (error) => error,
  );
const list = (client: AdminClient) => errorOf(client.listCoupons({ appid: "wx1" }));

describe("a call that was not done", () => {
  it("tells everything of the problem", async () => {
    const errors = [{ field: "limit", detail: "must be a whole number from 1 to 500" }];
    const { client } = scripted([refused(429, "invalid_field", { errors }, { "retry-after": "7" })]);
    const error = await list(client);
    expect(error).toMatchObject({
      name: "AdminError",
      message: "listCoupons: invalid_field: not so rid: r-1",
      call: "listCoupons",
      status: 429,
      code: "invalid_field",
      title: "No",
      detail: "not so",
      errors,
      retryAfter: 7,
      rid: "r-1",
    });
  });

  it.each([
    [
      "a proxy's page",
      new Response("<h1>no</h1>", { status: 502, headers: { "content-type": "text/html" } }),
      502,
      "with text/html",
    ],
    ["a proxy's JSON", json({ error: "no" }, 503), 503, "with application/json"],
    ["success that is no JSON", inPieces("text/html", "<h1>hi</h1>"), 200, "with text/html"],
    ["success without anything", new Response(null, { status: 204 }), 204, "no content-type"],
    [
      "a redirect",
      new Response(null, { status: 302, headers: { location: "https://elsewhere.test" } }),
      302,
      "redirects are not followed",
    ],
  ])("tells of %s that it is no reply of these calls", async (_, response, status, words) => {
    const error = await list(scripted([response]).client);
    expect(error).toMatchObject({ name: "AdminError", code: "unreadable", status });
    expect(error.detail).toContain(words);
    expect(error.detail).toContain("check baseUrl");
  });

  it("tells of a file's place that another stands there", async () => {
    const { client } = scripted([() => json({})]);
    expect(await errorOf(client.exportApp({ appid: "wx1" }))).toMatchObject({ code: "unreadable" });
  });

  it("tells what cut the connection, with its cause, and who ended it", async () => {
    const failed = scripted([new TypeError("fetch failed", { cause: new Error("ECONNREFUSED") })]);
    const cut = await list(failed.client);
    expect(cut).toMatchObject({ code: "network", status: undefined, detail: "fetch failed: ECONNREFUSED" });
    const ended = scripted([new DOMException("This operation was aborted", "AbortError")]);
    const made = ended.client.listApps(undefined, { signal: AbortSignal.abort() });
    expect(await errorOf(made)).toMatchObject({ code: "aborted" });
  });
});

it("a sign-in link leads elsewhere, and that is its success", async () => {
  const { client } = scripted([new Response(null, { status: 303, headers: { location: "/console" } })]);
  expect(await client.signInByLink({ code: "c" })).toBeUndefined();
});

describe("no error tells", () => {
  const secret = "canary secret+/=&%<é>";
  const saying = (url: string) => `${url} ${TOKEN} ${secret} ${encodeURIComponent(secret)}`;
  it.each<[string, (client: AdminClient) => Promise<unknown>]>([
    ["the token, nor a password", (client) => client.signIn({ name: "li", password: secret })],
    ["a link's code", (client) => client.signInByLink({ code: secret })],
    ["a new password", (client) => client.changePassword({ password: secret, new_password: secret })],
    ["a secret", (client) => client.createApp({ appid: "wx1", secret })],
    [
      "a callback's token and key",
      (client) => client.setApp({ appid: "wx1", callback_token: secret, callback_aes_key: secret }),
    ],
  ])("%s", async (_, call) => {
    const hosts = [
      scripted([({ url }) => new TypeError(saying(url.href))]),
      scripted([
        ({ url }) =>
          refused(400, "no", {
            detail: saying(url.href),
            title: saying(""),
            errors: [{ field: "f", detail: saying("") }],
          }),
      ]),
    ];
    for (const { client } of hosts) {
      const text = inspect(await errorOf(call(client)), { depth: 9 });
      expect(text).toContain("***");
      for (const canary of [TOKEN, secret, encodeURIComponent(secret), "canary"]) expect(text).not.toContain(canary);
    }
  });
});
