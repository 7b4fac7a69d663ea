import type { PushAgreement } from "./agreement.ts";
import { PushError, seal, signPush } from "./push.ts";
import { writeXml } from "./xml.ts";

/** Asks the merchant to decide a claim (protocol.md section 6), its fields in the platform's order. */
export type ReceiveCouponEvent = {
  /** The app's original id. */
  ToUserName: string;
  /** The person's openid. */
  FromUserName: string;
  /** Unix seconds. */
  CreateTime: number;
  MsgType: "event";
  Event: "open_product_receive_coupon";
  out_coupon_id: string;
  /** The same when a claim is asked again. */
  request_id: string;
};

/** What `confirm` asks with, and the user coupon that answers it (protocol.md section 6). */
export const testClaim = {
  out_coupon_id: "test_coupon",
  request_id: "test_coupon_request_id",
  out_user_coupon_id: "test_coupon_user_coupon_id",
} as const;

/** A push as it goes out: POSTed to the merchant's URL with `query` added ({@link pushUrl}). */
export type Push = {
  query: Record<string, string>;
  contentType: string;
  body: string;
  /** The message in the body, before it was encrypted. */
  message: string;
};

const formats = {
  json: { write: (fields: object) => JSON.stringify(fields), contentType: "application/json; charset=utf-8" },
  xml: { write: writeXml, contentType: "text/xml; charset=utf-8" },
};

/**
 * Writes an event down as agreed, signed and, but for the plain mode, encrypted. `signedAt`: the second that the signature
 * is made for; the event's own unless given. Throws {@link PushError}.
 */
export function writePush(
  event: ReceiveCouponEvent,
  agreement: PushAgreement,
  nonce: string,
  signedAt: number = event.CreateTime,
): Push {
  const { appid, token, encodingAesKey, format, mode } = agreement;
  const { write, contentType } = formats[format];
  const timestamp = String(signedAt);
  const message = write(event);
  const signed = { signature: signPush(token, timestamp, nonce), timestamp, nonce };
  if (mode === "plain") return { query: signed, contentType, body: message, message };
  if (encodingAesKey === null) throw new PushError(`the ${mode} mode needs an EncodingAESKey: set one for this app`);
  const Encrypt = seal(message, appid, encodingAesKey);
  const query = {
    ...signed,
    openid: event.FromUserName,
    encrypt_type: "aes",
    msg_signature: signPush(token, timestamp, nonce, Encrypt),
  };
  const body = write(mode === "secure" ? { ToUserName: event.ToUserName, Encrypt } : { ...event, Encrypt });
  return { query, contentType, body, message };
}

/** The query of a URL check: a merchant proves to know the token by answering `echostr` and nothing else. */
export const urlCheck = (token: string, timestamp: string, nonce: string, echostr: string): Record<string, string> => ({
  signature: signPush(token, timestamp, nonce),
  timestamp,
  nonce,
  echostr,
});

/** A merchant's URL with the push's query added; what its own query has stays as it is. */
export function pushUrl(url: URL, query: Record<string, string>): URL {
  const target = new URL(url);
  const own = target.search.slice(1);
  target.search = `${own === "" ? "" : `${own}&`}${new URLSearchParams(query)}`;
  return target;
}
