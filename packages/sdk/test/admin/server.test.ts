import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeOperator, password } from "../../../server/testing/operators.ts";
import { startTestServer, type TestServer } from "../../../server/testing/server.ts";
import { type AdminClient, createAdminClient } from "../../src/admin/index.ts";
import type { AdminFetch } from "../../src/admin/request.ts";
import { shopCoupon } from "../support/shop.ts";

const baseUrl = "http://quanku.test";
let server: TestServer;
let owner: AdminClient;
let viewer: AdminClient;

const toServer: AdminFetch = (url, init) => server.fetch(url.replace(baseUrl, ""), init as RequestInit);

/** What a browser adds on a page of the server: its origin, and the cookie it was given. */
function inBrowser(): AdminFetch {
  let cookie = "";
  return async (url, init) => {
    const response = (await toServer(url, {
      ...init,
      headers: { ...init.headers, origin: baseUrl, cookie },
    })) as Response;
    cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    return response;
  };
}

const withToken = (token: string) => createAdminClient({ baseUrl, token, fetch: toServer });

beforeAll(async () => {
  server = await startTestServer();
  await makeOperator(server, "li");
  const page = createAdminClient({ baseUrl, fetch: inBrowser() });
  await page.signIn({ name: "li", password });
  owner = withToken((await page.createToken({ name: "tests", days: 1 })).token);
  await owner.createApp({ appid: "wx1" });
  viewer = withToken((await page.createToken({ name: "reads", days: 1, role: "viewer", apps: ["wx1"] })).token);
});
afterAll(() => server.close());

const add = (id: string) => owner.addCoupon({ appid: "wx1", coupon: shopCoupon(id) });

describe("against our own server", () => {
  it("a browser's session is enough, and over when it is signed out", async () => {
    const page = createAdminClient({ baseUrl, fetch: inBrowser() });
    expect((await page.signIn({ name: "li", password })).session).toMatchObject({
      name: "li",
      role: "owner",
      token: null,
    });
    expect((await page.showSession()).session.name).toBe("li");
    expect(await page.signOut()).toBeUndefined();
    await expect(page.showSession()).rejects.toMatchObject({ name: "AdminError", status: 401, code: "sign_in" });
  });

  it("a problem is told in the language that was asked for", async () => {
    const told = async (language: "zh" | "en" | undefined) => {
      const page = createAdminClient({ baseUrl, fetch: toServer, language });
      return page.showSession().then(String, ({ title, code }) => `${code}: ${title}`);
    };
    expect(await told("zh")).toBe("sign_in: 请先登录");
    for (const language of ["en", undefined] as const) expect(await told(language)).toBe("sign_in: Sign in first");
  });

  it("a coupon is added, steered and found, whatever its id", async () => {
    const id = "a/b ?c#d%2F券";
    const { coupon } = await add(id);
    expect(coupon).toMatchObject({ status: "draft", coupon: { out_coupon_id: id } });
    await owner.activateCoupon({ appid: "wx1", out_coupon_id: id });
    expect((await owner.pauseCoupon({ appid: "wx1", out_coupon_id: id })).coupon.paused).toBe(true);
    const restocked = await owner.restockCoupon({ appid: "wx1", out_coupon_id: id, remaining: 7 });
    expect(restocked.coupon.stock).toEqual({ remaining: 7, claimed: 0, promised: 0 });
    expect((await owner.showCoupon({ appid: "wx1", out_coupon_id: id })).coupon).toEqual(restocked.coupon);
    const history: string[] = [];
    for await (const { command } of owner.all.listCouponHistory({ appid: "wx1", out_coupon_id: id, limit: 1 }))
      history.push(command);
    expect(history).toHaveLength(4);
  });

  it("a list is walked to its end, however short its pages are", async () => {
    const ids = ["l1", "l2", "l3", "l4", "l5"];
    for (const id of ids) await add(id);
    const seen: string[] = [];
    for await (const { coupon } of owner.all.listCoupons({ appid: "wx1", status: "draft", limit: 2 }))
      seen.push(coupon.out_coupon_id);
    expect(seen).toEqual(ids.toReversed());
  });

  it("a report is told as entries, and as a file", async () => {
    const november = { appid: "wx1", from: "2023-11-01", to: "2023-11-30" };
    expect((await owner.listReports(november)).entries).toEqual([]);
    expect(await (await owner.listReports({ ...november, csv: true })).text()).toMatch(/^day,out_coupon_id,/);
  });

  it("problems come as they are told, with every field at fault", async () => {
    const asked = owner.listCoupons({ appid: "wx1", limit: 0, name: "" });
    await expect(asked).rejects.toMatchObject({
      status: 400,
      code: "invalid_field",
      errors: [{ field: "name" }, { field: "limit" }],
      rid: expect.any(String),
    });
    await expect(owner.showCoupon({ appid: "wx1", out_coupon_id: "no" })).rejects.toMatchObject({
      status: 404,
      code: "unknown_coupon",
    });
    await expect(owner.showApp({ appid: "wx2" })).rejects.toMatchObject({ status: 404, code: "unknown_app" });
    await expect(viewer.createApp({ appid: "wx3" })).rejects.toMatchObject({
      status: 403,
      code: "not_allowed",
    });
    await expect(withToken("none").listApps()).rejects.toMatchObject({ status: 401 });
  });
});
