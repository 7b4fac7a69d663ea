import { Agent, request } from "node:http";
import { type CallName, callPath } from "@quanku/protocol/calls";
import type { Reply } from "../../testing/replies.ts";

export type Credentials = { appid: string; secret: string };

/** A merchant's program: a token, and calls over so many keep-alive connections at most. */
export class ShopClient {
  readonly url: string;
  readonly #agent: Agent;
  token = "";

  constructor(url: string, { connections = 8, token = "" }: { connections?: number; token?: string } = {}) {
    this.url = url;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
    this.token = token;
  }

  /** Sends a request; rejects where no whole reply came back. */
  send(path: string, body?: string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const options =
        body === undefined ? {} : { method: "POST", headers: { "content-length": Buffer.byteLength(body) } };
      const sent = request(`${this.url}${path}`, { ...options, agent: this.#agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on("error", reject);
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          if (response.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`HTTP ${response.statusCode}: ${text}`));
        });
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }

  call(call: CallName, body: object): Promise<Reply> {
    return this.send(`${callPath(call)}?access_token=${this.token}`, JSON.stringify(body));
  }

  /** Calls and throws where the answer is not errcode 0. */
  async mustCall(call: CallName, body: object): Promise<Reply> {
    const reply = await this.call(call, body);
    if (reply.errcode !== 0) throw new Error(`${call} answered ${JSON.stringify(reply)}`);
    return reply;
  }

  fetchToken(
    { appid, secret }: Credentials,
    kind: "regular" | "stable" = "regular",
  ): Promise<Reply & { access_token?: string }> {
    const asked = { grant_type: "client_credential", appid, secret };
    return (
      kind === "stable"
        ? this.send("/cgi-bin/stable_token", JSON.stringify(asked))
        : this.send(`/cgi-bin/token?${new URLSearchParams(asked)}`)
    ) as Promise<Reply & { access_token?: string }>;
  }

  /** Adds a coupon and activates it. */
  async addActive(id: string, receive: object): Promise<void> {
    await this.mustCall("add", { coupon: coupon(id, receive) });
    await this.mustCall("update_status", { out_coupon_id: id, status: 2 });
  }

  /** A whole list of whatever length, page after page. */
  async all(call: "get_list" | "get_usercoupon_list", body: object = {}): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (;;) {
      const page = await this.mustCall(call, { ...body, page_size: 200, offset: entries.length });
      entries.push(...(page.result_list as Entry[]));
      if (entries.length >= (page.total_num as number)) return entries;
    }
  }

  close(): void {
    this.#agent.destroy();
  }
}

// biome-ignore lint/suspicious/noExplicitAny: entries of replies, whose shape is what the tests are about
export type Entry = any;

/** Connects as an app, with a token of its own. */
export async function connect(url: string, app: Credentials, connections = 8): Promise<ShopClient> {
  const client = new ShopClient(url, { connections });
  const reply = await client.fetchToken(app);
  if (!reply.access_token) throw new Error(`no token: ${JSON.stringify(reply)}`);
  client.token = reply.access_token;
  return client;
}

/** Runs `send` for 0, 1, … `count - 1` with at most `width` under way. */
export async function inParallel(count: number, width: number, send: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await send(next++);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

/** A coupon that takes 5 yuan off, as `add` wants it. */
export const coupon = (out_coupon_id: string, receive_info: object) => ({
  out_coupon_id,
  type: 104,
  promote_type: 4,
  coupon_info: {
    name: "立减5元",
    promote_info: { promote_type: 4, finder: {} },
    discount_info: { discount_fee: 500 },
    receive_info,
    valid_info: { valid_type: 2, valid_day_num: 30 },
  },
});

/** What add_user_coupon is asked. */
export const claim = (openid: string, out_coupon_id: string, out_user_coupon_id: string) => ({
  openid,
  user_coupon: { out_user_coupon_id, out_coupon_id, status: 100 },
});
