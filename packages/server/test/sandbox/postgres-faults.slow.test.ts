import { expect, it } from "vitest";
import { connect, inParallel } from "../../testing/client.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { auditDatabase } from "../process/audit.ts";
import { database, patiently, quanku, startServer } from "../process/server-process.ts";

/** How long a fault that was ordered elsewhere may go unmet, in milliseconds. */
const SECOND = 1000;
const [HITS, CLAIMS] = [10, 200];

it("a fault that is ordered through one process is met in both, and hits as often as was said in both together", async () => {
  const place = await database();
  const at = ["--database-url", place];
  const made = await quanku("app", "create", "--appid", "wx_both", "--sandbox", ...at);
  const app = JSON.parse(made.stdout) as { appid: string; secret: string };
  const servers = await Promise.all([startServer(place, ...patiently), startServer(place, ...patiently)]);
  const token = {};
  const [one, other] = servers.map(({ url }) => connect(url, app, 16, token));
  if (!one || !other) throw new Error("there are two");
  await addActive(one, coupon("c", { total_num: 1000 }));
  const page = { page_size: 1 };
  for (const client of [one, other]) expect(await client.call("get_list", page)).toMatchObject({ errcode: 0 });

  const order = async (...more: string[]) => {
    const { code, stdout, stderr } = await quanku("fault", "order", app.appid, ...more, "--json", ...at);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return JSON.parse(stdout) as { fault: { fault: string } };
  };
  const { fault } = await order("--what", "errcode=45011", "--calls", "get_list");
  await new Promise((resolve) => setTimeout(resolve, SECOND));
  for (const client of [one, other]) expect(await client.call("get_list", page)).toMatchObject({ errcode: 45011 });
  const listed = await quanku("fault", "list", app.appid, "--json", ...at);
  expect(JSON.parse(listed.stdout)).toMatchObject({ fault: fault.fault, seen: 2, hit: 2 });
  expect((await quanku("fault", "end", app.appid, fault.fault, ...at)).code).toBe(0);
  await new Promise((resolve) => setTimeout(resolve, SECOND));
  for (const client of [one, other]) expect(await client.call("get_list", page)).toMatchObject({ errcode: 0 });

  await order("--what", "errcode=45011", "--calls", "claim", "--share", "5000", "--count", String(HITS));
  await new Promise((resolve) => setTimeout(resolve, SECOND));
  const codes: unknown[] = [];
  await inParallel(CLAIMS, 32, async (n) => {
    const client = n % 2 === 0 ? one : other;
    const { errcode } = await client.call("claim", { openid: `p${n}`, out_coupon_id: "c", request_id: `r${n}` });
    codes.push(errcode);
  });
  expect(codes.filter((code) => code === 45011)).toHaveLength(HITS);
  expect(codes.filter((code) => code === 0)).toHaveLength(CLAIMS - HITS);
  expect((await quanku("fault", "list", app.appid, ...at)).stdout).toBe("there are none\n");
  for (const client of [one, other]) client.close();
  for (const server of servers) expect(await server.stop()).toMatchObject({ code: 0, stderr: "" });
  expect((await auditDatabase(place)).faults).toEqual([]);
});
