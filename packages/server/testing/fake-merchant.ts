import { hash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import wecom from "@wecom/crypto";
import type { Certified } from "./certificate.ts";

/** What a merchant and the platform share. */
export type Shared = { appid: string; token: string; encodingAesKey: string };

export const shared: Shared = {
  appid: "wx_merchant",
  token: "MerchantToken42",
  encodingAesKey: "Qk9vR3Zs+WJ0/DFmbjVoYzdwMmEvbGQ4bTNzNnUwaT0",
};

/** A push or a URL check as it came, the message in it read with code that is not Quanku's. */
export type Asked = {
  method: string;
  url: URL;
  headers: IncomingMessage["headers"];
  body: string;
  format: "json" | "xml";
  sealed: boolean;
  /** The message, decrypted where it was encrypted; every value as a text. Empty in a URL check. */
  event: Record<string, string>;
};

/** A reply's body, or a whole reply. An answer that writes its response itself returns nothing. */
export type Reply = string | Buffer | { status?: number; headers?: Record<string, string>; body?: string | Buffer };
export type Answer = (asked: Asked, response: ServerResponse) => Reply | undefined | Promise<Reply | undefined>;

/**
 * A merchant's server on a loopback port of its own: real HTTP, and cipher, signatures and XML of somebody else's or
 * its own. It answers 403 to what is not signed or encrypted as agreed, and notes why. Unless told otherwise it gives
 * every claim a coupon, in the format and with the encryption it was asked with, and echoes URL checks.
 */
export class FakeMerchant {
  /** Everything that was asked, in order. */
  readonly asked: Asked[] = [];
  /** What was wrong with what was asked. */
  readonly faults: string[] = [];
  /** How many connections were made. */
  connections = 0;
  /** Answers what no script answers. */
  answer: Answer = (asked) =>
    asked.method === "GET" ? (asked.url.searchParams.get("echostr") ?? "") : this.reply(asked, decision(asked));
  readonly #scripts = new Map<string, Answer[]>();
  readonly #server: Server;

  readonly shared: Shared;

  readonly #scheme: "http" | "https";

  private constructor(agreed: Shared, tls: Certified | undefined) {
    this.shared = agreed;
    this.#scheme = tls ? "https" : "http";
    const serve = (request: IncomingMessage, response: ServerResponse) => void this.#serve(request, response);
    this.#server = tls ? createTlsServer(tls, serve) : createServer(serve);
    this.#server.on("connection", () => {
      this.connections++;
    });
  }

  /** What time the merchant thinks it is, Unix seconds. */
  clock: () => number = () => Math.floor(Date.now() / 1000);

  /** Starts one, behind TLS where a certificate is given. */
  static async start(agreed: Shared = shared, tls?: Certified): Promise<FakeMerchant> {
    const merchant = new FakeMerchant(agreed, tls);
    await new Promise<void>((resolve) => merchant.#server.listen(0, "127.0.0.1", resolve));
    return merchant;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }
  /** Where the merchant is asked; another host name may be put in its place. */
  urlAt(host: string): string {
    return `${this.#scheme}://${host}:${this.port}/callback`;
  }
  get url(): string {
    return this.urlAt("127.0.0.1");
  }

  /** Answers the asks of one request, one after another; the last answer is given again. */
  script(requestId: string, ...answers: Answer[]): void {
    this.#scripts.set(requestId, answers);
  }

  /** How often one request was asked. */
  timesAsked(requestId: string): number {
    return this.asked.filter(({ event }) => event.request_id === requestId).length;
  }

  /** A reply with these fields, in the format and with the encryption and time of what was asked. */
  reply({ format, sealed, url }: Asked, fields: object): string {
    const message = write(fields, format);
    return sealed ? this.seal(message, { format, TimeStamp: url.searchParams.get("timestamp") ?? "" }) : message;
  }

  /** A message encrypted and signed as an envelope; what is given goes wrong on purpose, `names` respells the names. */
  seal(
    message: string,
    {
      format = "json",
      names = (name: string) => name,
      ...wrong
    }: Partial<Shared> & Partial<Sealed> & { format?: Asked["format"]; names?: (name: string) => string } = {},
  ): string {
    const { appid, token, encodingAesKey } = { ...this.shared, ...wrong };
    const Encrypt = wrong.Encrypt ?? wecom.encrypt(encodingAesKey, message, appid);
    const TimeStamp = wrong.TimeStamp ?? this.clock();
    const Nonce = wrong.Nonce ?? String(Math.random()).slice(2, 12);
    const MsgSignature = wrong.MsgSignature ?? sha1(token, String(TimeStamp), Nonce, Encrypt);
    const envelope = Object.entries({ Encrypt, MsgSignature, TimeStamp, Nonce });
    return write(Object.fromEntries(envelope.map(([name, value]) => [names(name), value])), format);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const url = new URL(request.url as string, this.url);
    let asked: Asked;
    try {
      asked = { method: request.method as string, url, headers: request.headers, body, ...this.#open(url, body) };
    } catch (fault) {
      this.faults.push((fault as Error).message);
      response.writeHead(403).end((fault as Error).message);
      return;
    }
    this.asked.push(asked);
    const script = this.#scripts.get(asked.event.request_id ?? "");
    const answer = (script && script.length > 1 ? script.shift() : script?.[0]) ?? this.answer;
    const reply = await answer(asked, response);
    if (reply === undefined) return;
    const {
      status = 200,
      headers = {},
      body: sent = "",
    } = typeof reply === "string" || Buffer.isBuffer(reply) ? { body: reply } : reply;
    response.writeHead(status, headers).end(sent);
  }

  #open({ searchParams: query }: URL, body: string): Pick<Asked, "format" | "sealed" | "event"> {
    const { appid, token, encodingAesKey } = this.shared;
    const [timestamp = "", nonce = ""] = [query.get("timestamp") ?? "", query.get("nonce") ?? ""];
    expectEqual("signature", query.get("signature"), sha1(token, timestamp, nonce));
    const format = body.startsWith("<") ? "xml" : "json";
    const fields = body === "" ? {} : read(body, format);
    if (fields.Encrypt === undefined) return { format, sealed: false, event: fields };
    expectEqual("encrypt_type", query.get("encrypt_type"), "aes");
    expectEqual("msg_signature", query.get("msg_signature"), sha1(token, timestamp, nonce, fields.Encrypt));
    const { message, id } = wecom.decrypt(encodingAesKey, fields.Encrypt);
    expectEqual("appid", id, appid);
    const event = read(message, format);
    expectEqual("openid", query.get("openid"), event.FromUserName);
    const { Encrypt: _, ...beside } = fields;
    for (const [name, value] of Object.entries(beside)) expectEqual(`${name} beside Encrypt`, value, event[name]);
    return { format, sealed: true, event };
  }
}

type Sealed = { Encrypt: string; TimeStamp: number | string; Nonce: string; MsgSignature: string };

/** The fields of a merchant's decision on what was asked: a coupon is given unless `changed`. */
export const decision = ({ event }: Asked, changed: Record<string, unknown> = {}) => ({
  out_user_coupon_id:
    event.request_id === "test_coupon_request_id" ? "test_coupon_user_coupon_id" : `uc-${event.request_id}`,
  request_id: event.request_id,
  ret_code: 0,
  ret_msg: "ok",
  out_coupon_id: event.out_coupon_id,
  ...changed,
});

const sha1 = (...parts: string[]) => hash("sha1", [...parts].sort().join(""));

function expectEqual(what: string, came: unknown, expected: unknown): void {
  if (came !== expected) throw new Error(`${what} is ${came}, expected ${expected}`);
}

/** Fields as a JSON object or, texts in CDATA, as the children of `<xml>`. */
export function write(fields: object, format: Asked["format"]): string {
  if (format === "json") return JSON.stringify(fields);
  const elements = Object.entries(fields).map(([name, value]) =>
    typeof value === "number"
      ? `<${name}>${value}</${name}>`
      : `<${name}><![CDATA[${String(value).replaceAll("]]>", "]]]]><![CDATA[>")}]]></${name}>`,
  );
  return `<xml>${elements.join("\n")}</xml>`;
}

function read(text: string, format: Asked["format"]): Record<string, string> {
  const entries =
    format === "json"
      ? Object.entries(JSON.parse(text) as object).map(([name, value]) => [name, String(value)])
      : [...text.matchAll(/<(\w+)>(\d+|(?:<!\[CDATA\[.*?\]\]>)+)<\/\1>/gs)].map(([, name, value = ""]) => [
          name,
          value.replaceAll(/<!\[CDATA\[(.*?)\]\]>/gs, "$1"),
        ]);
  return Object.fromEntries(entries);
}
