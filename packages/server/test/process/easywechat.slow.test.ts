import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type CallName, callPath } from "@quanku/protocol/calls";
// Its index cannot be loaded beside node-socialite 1.5, which its range admits and no mini program needs.
import MiniApp from "node-easywechat/dist/MiniApp/Application.js";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Credentials } from "../../testing/client.ts";
import { coupon, userCoupon } from "../../testing/coupons.ts";
import { createApp, directory, quanku, type ServerProcess, startServer } from "./server-process.ts";

/**
 * A merchant's program on node-easywechat, as it is written for the platform: only the host differs. Its file cache
 * would go to the working directory.
 */
function merchant(options: { stable?: boolean } & Partial<Credentials> = {}) {
  const cache = join(directory(), "cache");
  mkdirSync(cache);
  const application = new MiniApp({
    app_id: options.appid ?? app.appid,
    secret: options.secret ?? app.secret,
    use_stable_access_token: options.stable ?? false,
    http: { baseURL: server.url },
    file_cache: { path: cache, dirMode: 0o700, fileMode: 0o600, ext: ".cache" },
  });
  const call = (name: CallName, body: object) => application.getClient().postJson(callPath(name), body);
  return { application, call, cached: () => readdirSync(cache) };
}

const cachesHere = () => readdirSync(".").filter((name) => name.endsWith(".cache"));

let dataDir: string;
let app: Credentials;
let server: ServerProcess;

beforeAll(async () => {
  // axios heeds the proxy settings of whoever runs the tests.
  vi.stubEnv("NO_PROXY", "127.0.0.1");
  vi.stubEnv("no_proxy", "127.0.0.1");
  dataDir = directory();
  app = await createApp(dataDir, "wx-easywechat");
  server = await startServer(dataDir);
});

describe("node-easywechat with another base URL", () => {
  it("lists, adds, activates and gives coupons", async () => {
    const besides = cachesHere();
    const { call, cached } = merchant();
    expect((await call("get_list", { page_size: 10 })).toObject()).toEqual({
      errcode: 0,
      total_num: 0,
      result_list: [],
    });

    const sent = coupon("spring", { total_num: 100, limit_num_one_person: 1 });
    expect((await call("add", { coupon: sent })).toObject()).toEqual({ errcode: 0 });
    expect((await call("update_status", { out_coupon_id: "spring", status: 2 })).toObject()).toEqual({ errcode: 0 });
    const given = userCoupon("oIJ9d5Ad4JMhbybqJ3_J73LkR_Io", "spring", "spring-1");
    expect((await call("add_user_coupon", given)).toObject()).toEqual({ errcode: 0 });

    const response = await call("get_list", { page_size: 10 });
    expect(response.isSuccessful()).toBe(true);
    const { total_num, result_list } = response.toObject();
    expect(total_num).toBe(1);
    expect(result_list[0].coupon).toMatchObject({ ...sent, status: 2, appid: app.appid });
    expect(result_list[0].coupon_stock.stock_info).toEqual({ issued_num: 99, receive_num: 1 });
    const wallet = await call("get_usercoupon_list", { openid: given.openid, page_size: 10 });
    expect(wallet.toObject().result_list[0]).toMatchObject({ ...given.user_coupon, openid: given.openid });

    expect(cached(), "one token served all calls").toHaveLength(1);
    expect(cachesHere(), "nothing written beside it").toEqual(besides);
  });

  it("uses the stable token where it is told to", async () => {
    const [one, other] = [merchant({ stable: true }), merchant({ stable: true })];
    expect((await one.call("get_list", { page_size: 1 })).toObject().errcode).toBe(0);
    expect(await other.application.getAccessToken().getToken()).toBe(await one.application.getAccessToken().getToken());
  });

  it("hands a refusal to its caller as errcode and errmsg, and goes on", async () => {
    const { call } = merchant();
    const refused = await call("get_list", { page_size: 201 });
    expect(refused.toObject()).toEqual({
      errcode: 990005,
      errmsg: expect.stringMatching(/^page_size above 200.* rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/),
    });
    // It looks at the HTTP status only, so a refusal must arrive with 200 and be told by errcode.
    expect(refused.getStatusCode()).toBe(200);
    expect(refused.isFailed()).toBe(false);
    expect((await call("get", { out_coupon_id: "nowhere" })).toObject().errcode).toBe(1090057);
    expect((await call("get_list", { page_size: 1 })).toObject().errcode).toBe(0);
  });

  it("throws the server's words where no token is to be had", async () => {
    const { call, cached } = merchant({ secret: "not-the-secret-of-this-app" });
    await expect(call("get_list", { page_size: 1 })).rejects.toThrow(
      /Failed to get access_token: .*"errcode":40125.*invalid appsecret rid: /,
    );
    expect(cached()).toEqual([]);
    await expect(merchant({ appid: "wx-nobody" }).call("get_list", { page_size: 1 })).rejects.toThrow(
      /"errcode":40013/,
    );
  });

  it("is told 40001 when its cached token died, and works again with the new secret", async () => {
    const { secret } = await createApp(dataDir, "wx-rotated");
    const { call } = merchant({ appid: "wx-rotated", secret });
    expect((await call("get_list", { page_size: 1 })).toObject().errcode).toBe(0);
    await quanku("app", "rotate-secret", "wx-rotated", "--secret", "another-secret-for-it", "--data-dir", dataDir);

    const isRefused = async () => (await call("get_list", { page_size: 1 })).toObject().errcode;
    await expect.poll(isRefused).toBe(40001);
    const renewed = merchant({ appid: "wx-rotated", secret: "another-secret-for-it" });
    expect((await renewed.call("get_list", { page_size: 1 })).toObject().errcode).toBe(0);
  });
});
