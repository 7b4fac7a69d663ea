import { once } from "node:events";
import { Agent, type ClientRequest, request } from "node:http";
import { connect as connectSocket } from "node:net";
import { callPath } from "@quanku/protocol/calls";
import { describe, expect, it } from "vitest";
import { type Client, connect } from "../../testing/client.ts";
import { addActive, coupon, userCoupon } from "../../testing/coupons.ts";
import type { Reply } from "../../testing/replies.ts";
import { audit, pairOf } from "./audit.ts";
import { createApp, directory, refusesConnections, type ServerProcess, startServer } from "./server-process.ts";

/** A running server with a shop, whose coupon `hot` everybody can claim. */
async function openShop() {
  const dataDir = directory();
  const app = await createApp(dataDir, "stopped-shop");
  const server = await startServer(dataDir);
  const client = connect(server.url, app, 48);
  await addActive(client, coupon("hot", { total_num: 1_000_000 }));
  return { dataDir, app, server, client };
}

/** Stops a server, expecting that it ends well. */
async function stopWell(server: ServerProcess, signal: "SIGTERM" | "SIGINT"): Promise<void> {
  expect(await server.stop(signal)).toMatchObject({ code: 0, signal: null, stderr: "" });
}

/** A call of which the server has the headers once it is `begun`, and half of the body. */
function halfSent(url: string, client: Client, body: string, agent: Agent) {
  const bytes = Buffer.from(body);
  const sent: ClientRequest = request(`${url}${callPath("add_user_coupon")}?access_token=${client.token.kept?.token}`, {
    method: "POST",
    agent,
    headers: { "content-length": bytes.byteLength, expect: "100-continue" },
  });
  const begun = once(sent, "continue");
  const reply = new Promise<Reply>((resolve, reject) => {
    sent.once("error", reject).once("response", async (response) => {
      const chunks = await response.toArray().catch(reject);
      if (chunks) resolve(JSON.parse(Buffer.concat(chunks).toString()));
    });
  });
  sent.write(bytes.subarray(0, bytes.byteLength / 2));
  return { reply, begun, finish: () => void sent.end(bytes.subarray(bytes.byteLength / 2)) };
}

describe.each(["SIGTERM", "SIGINT"] as const)("%s", (signal) => {
  it("answers the requests that were under way on keep-alive connections", async () => {
    const { dataDir, server, client } = await openShop();
    const agent = new Agent({ keepAlive: true });
    const ids = Array.from({ length: 32 }, (_, i) => `under-way-${i}`);
    const calls = ids.map((id) =>
      halfSent(server.url, client, JSON.stringify(userCoupon("somebody", "hot", id)), agent),
    );
    const replies = Promise.allSettled(calls.map(({ reply }) => reply));
    await Promise.all(calls.map(({ begun }) => begun));

    server.signal(signal);
    await refusesConnections(server.url);
    for (const { finish } of calls) finish();
    expect(await replies).toEqual(calls.map(() => ({ status: "fulfilled", value: { errcode: 0 } })));
    expect(await server.exited).toMatchObject({ code: 0, signal: null, stderr: "" });

    const { faults, holdings } = audit(dataDir);
    expect(faults).toEqual([]);
    for (const id of ids) expect(holdings.userCoupons.get(pairOf("hot", id))).toBe("somebody effective");
  });

  it("leaves no request of a busy server half-done: what is recorded was answered", async () => {
    const { dataDir, app, server, client } = await openShop();
    const answered = new Set<string>();
    let isOver = false;
    const writers = Array.from({ length: 48 }, async (_, writer) => {
      for (let i = 0; !isOver; i++) {
        const id = `${writer}-${i}`;
        const reply = await client
          .call("add_user_coupon", userCoupon(`person-${writer}`, "hot", id))
          .catch(() => undefined);
        // Without a reply the server did not take the request; that it did not is proved below.
        if (reply === undefined) return;
        expect(reply).toEqual({ errcode: 0 });
        answered.add(id);
      }
    });
    await expect.poll(() => answered.size).toBeGreaterThan(100);
    await stopWell(server, signal);
    isOver = true;
    await Promise.all(writers);

    const { faults, holdings } = audit(dataDir);
    expect(faults).toEqual([]);
    const recorded = [...holdings.userCoupons.keys()].map((pair) => pair.split(" ")[1]);
    expect(recorded.toSorted()).toEqual([...answered].toSorted());

    const again = await startServer(dataDir);
    const reader = connect(again.url, app);
    expect(await reader.stock()).toMatchObject({ receive_num: answered.size });
    reader.close();
    await again.kill();
  });

  it("ends although clients keep idle connections open", async () => {
    const { server, client } = await openShop();
    await Promise.all(Array.from({ length: 20 }, () => client.must("get_list", { page_size: 1 })));
    await stopWell(server, signal);
    client.close();
  });
});

it("sends a long reply to its end although its client reads slowly", async () => {
  const { server, client } = await openShop();
  // 30 MB: more than the system's buffers between server and client hold.
  const terms = "长".repeat(50_000);
  for (let i = 0; i < 199; i++) {
    const long = coupon(`long-${i}`, { total_num: 1 });
    await client.must("add", { coupon: { ...long, coupon_info: { ...long.coupon_info, terms } } });
  }
  const socket = connectSocket(Number(new URL(server.url).port), "127.0.0.1");
  const body = JSON.stringify({ page_size: 200 });
  socket.write(
    `POST ${callPath("get_list")}?access_token=${client.token.kept?.token} HTTP/1.1\r\nhost: quanku.test\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await once(socket, "readable");
  server.signal("SIGTERM");
  await refusesConnections(server.url);
  const reply = Buffer.concat(await socket.toArray());
  const head = reply.indexOf("\r\n\r\n");
  const length = Number(/content-length: (\d+)/i.exec(reply.subarray(0, head).toString())?.[1]);
  expect(length).toBeGreaterThan(29_000_000);
  expect(reply.byteLength - head - 4).toBe(length);
  expect(await server.exited).toMatchObject({ code: 0, stderr: "" });
});
