import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { connect } from "../../testing/client.ts";

it("the tests' client sends each call once, tells refusals, rejects what was cut, and fetches one token", async () => {
  const asked: string[] = [];
  const json = (body: object) => (response: ServerResponse) => response.end(JSON.stringify(body));
  const answers = [
    json({ access_token: "the one token", expires_in: 7200 }),
    json({ errcode: 0, total_num: 0, result_list: [] }),
    json({ errcode: 990010, errmsg: "busy" }),
    (response: ServerResponse) => response.destroy(),
    (response: ServerResponse) => response.writeHead(502).end(),
    json({ errcode: 40001, errmsg: "dead" }),
  ];
  const server = createServer((request, response) => {
    asked.push((request.url as string).replace(/\?.*/, ""));
    answers.shift()?.(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const app = { appid: "wx", secret: "the secret" };
  const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, app, 1);
  const call = () => client.call("get_list", { page_size: 1 });
  expect(await call()).toEqual({ errcode: 0, total_num: 0, result_list: [] });
  expect(await call()).toEqual({ errcode: 990010, errmsg: "busy" });
  await expect(call()).rejects.toThrow("network");
  await expect(call()).rejects.toThrow("HTTP 502");
  expect((await call()).errcode).toBe(40001);
  expect((await call()).errcode).toBe(40001);
  expect(asked).toEqual(["/cgi-bin/stable_token", ...Array(5).fill("/shop/coupon/get_list")]);
  client.close();
  server.close();
});
