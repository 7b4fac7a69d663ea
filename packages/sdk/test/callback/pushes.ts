import { hash } from "node:crypto";
import wecom from "@wecom/crypto";
import { shared, write } from "../../../server/testing/fake-merchant.ts";

type Parts = {
  format: "json" | "xml";
  sealed: boolean;
  /** Fields of the event in place of, or beside, the usual ones. */
  event: Record<string, string | number>;
  token: string;
  encodingAesKey: string;
  appid: string;
  timestamp: number;
  nonce: string;
  /** Changes what goes out, after it was signed. */
  query: Record<string, string>;
  body: (body: string) => string;
};

let nonces = 0;
export const nowInSeconds = () => Math.floor(Date.now() / 1000);

/** A push as the platform sends it, made with code that is not the SDK's; what is given goes wrong on purpose. */
export function push(given: Partial<Parts> = {}): Request {
  const { format = "json", sealed = false, token, encodingAesKey, appid } = { ...shared, ...given };
  const { timestamp = nowInSeconds(), nonce = String(1e9 + nonces++), body: change = (body: string) => body } = given;
  const event = {
    ToUserName: "gh_1",
    FromUserName: "o-person_1",
    CreateTime: timestamp,
    MsgType: "event",
    Event: "open_product_receive_coupon",
    out_coupon_id: "coupon-1",
    request_id: `request-${nonce}`,
    ...given.event,
  };
  const signed = { signature: sha1(token, String(timestamp), nonce), timestamp: String(timestamp), nonce };
  const Encrypt = wecom.encrypt(encodingAesKey, write(event, format), appid);
  const aes = {
    openid: event.FromUserName,
    encrypt_type: "aes",
    msg_signature: sha1(token, String(timestamp), nonce, Encrypt),
  };
  const query = new URLSearchParams({ ...signed, ...(sealed && aes), ...given.query });
  const body = write(sealed ? { ToUserName: event.ToUserName, Encrypt } : event, format);
  return new Request(`https://merchant.test/callback?${query}`, { method: "POST", body: change(body) });
}

/** A URL check. */
export function urlCheck(echostr: string, given: { token?: string; timestamp?: number; nonce?: string } = {}): Request {
  const { token = shared.token, timestamp = nowInSeconds(), nonce = String(1e9 + nonces++) } = given;
  const signature = sha1(token, String(timestamp), nonce);
  const query = new URLSearchParams({ signature, timestamp: String(timestamp), nonce, echostr });
  return new Request(`https://merchant.test/callback?${query}`);
}

export const sha1 = (...parts: string[]) => hash("sha1", parts.toSorted().join(""));
