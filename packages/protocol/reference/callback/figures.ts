import { createDecipheriv } from "node:crypto";
import {
  type PushAgreement,
  pushKey,
  pushUrl,
  type ReceiveCouponEvent,
  seal,
  signPush,
  testClaim,
  urlCheck,
  writePush,
} from "@quanku/protocol/callback";

/** What the chapter's example is made with; the key is one that `examples/` uses too. */
export const agreed = {
  appid: "wx9e20708660a0991b",
  originalId: "gh_86c0d55cb762",
  token: "AAAAA",
  encodingAesKey: "Qk9vR3Zs+WJ0/DFmbjVoYzdwMmEvbGQ4bTNzNnUwaT0",
} as const;
export const timestamp = "1795374270";
export const nonce = "1514711492";
const echostr = "4375120948345356249";
const random = "0123456789abcdef";
const url = new URL("http://127.0.0.1:9000/callback");

const event: ReceiveCouponEvent = {
  ToUserName: agreed.originalId,
  FromUserName: "o1",
  CreateTime: Number(timestamp),
  MsgType: "event",
  Event: "open_product_receive_coupon",
  out_coupon_id: "shop_direct_5",
  request_id: "my-claim-1",
};
const granted = {
  out_user_coupon_id: "merchant-my-claim-1",
  request_id: "my-claim-1",
  ret_code: 0,
  ret_msg: "success",
  out_coupon_id: "shop_direct_5",
};
const declined = {
  request_id: "my-claim-1",
  ret_code: 1090030,
  ret_msg: "每人限领一张",
  out_coupon_id: "shop_direct_5",
};

const hex = (bytes: Buffer) => bytes.toString("hex");
const sealed = (message: string) => seal(message, agreed.appid, agreed.encodingAesKey, Buffer.from(random));
const steps = (...parts: string[]) => ({
  sorted: parts.toSorted(),
  joined: parts.toSorted().join(""),
  digest: signPush(...parts),
});
const list = (parts: string[]) => parts.map((part) => (part.length > 48 ? `${part.slice(0, 24)}…` : part)).join("\n");
const cutJoined = (text: string) => (text.length > 110 ? `${text.slice(0, 54)}…${text.slice(-40)}` : text);
const bytesOf = (text: string) => Buffer.byteLength(text);

/** The message of an example in the plain mode. */
const plain = (format: PushAgreement["format"]) => writePush(event, { ...agreed, format, mode: "plain" }, nonce);

/** Every number, signature and body of the chapter on the callback, reckoned by the code that sends and reads them. */
export function callbackFigures(): Record<string, string> {
  const { body: message, query } = plain("json");
  const Encrypt = sealed(message);
  const key = pushKey(agreed.encodingAesKey);
  const decipher = createDecipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(Buffer.from(Encrypt, "base64")), decipher.final()]);
  const check = steps(agreed.token, timestamp, nonce);
  const pushed = steps(agreed.token, timestamp, nonce, Encrypt);
  const secureQuery = { ...query, openid: event.FromUserName, encrypt_type: "aes", msg_signature: pushed.digest };
  const sealedReply = sealed(JSON.stringify(granted));
  const replied = steps(agreed.token, timestamp, nonce, sealedReply);
  const padding = padded.at(-1) as number;
  return {
    ...agreed,
    timestamp,
    nonce,
    echostr,
    random,
    checkSorted: list(check.sorted),
    checkJoined: check.joined,
    signature: check.digest,
    checkUrl: pushUrl(url, urlCheck(agreed.token, timestamp, nonce, echostr)).href,
    plainUrl: pushUrl(url, query).href,
    messageJson: JSON.stringify(event, null, 2),
    messageOneLine: message,
    messageXml: plain("xml").body,
    key: hex(key),
    iv: hex(key.subarray(0, 16)),
    messageBytes: String(bytesOf(message)),
    lengthHex: hex(padded.subarray(16, 20)),
    appidBytes: String(bytesOf(agreed.appid)),
    unpaddedBytes: String(padded.length - padding),
    paddedBytes: String(padded.length),
    padding: String(padding),
    paddingHex: padding.toString(16).padStart(2, "0"),
    headHex: hex(padded.subarray(0, 32)),
    cipherBytes: String(Buffer.from(Encrypt, "base64").length),
    encrypt: Encrypt,
    msgSorted: list(pushed.sorted),
    msgJoined: cutJoined(pushed.joined),
    msgSignature: pushed.digest,
    secureUrl: pushUrl(url, secureQuery).href,
    secureBody: JSON.stringify({ ToUserName: event.ToUserName, Encrypt }, null, 2),
    compatibleBody: JSON.stringify({ ...event, Encrypt }, null, 2),
    grantedReply: JSON.stringify(granted, null, 2),
    declinedReply: JSON.stringify(declined, null, 2),
    testReply: JSON.stringify({ ...testClaim, ret_code: 0, ret_msg: "success" }, null, 2),
    replySignature: replied.digest,
    replyBody: JSON.stringify(
      { Encrypt: sealedReply, MsgSignature: replied.digest, TimeStamp: Number(timestamp), Nonce: nonce },
      null,
      2,
    ),
  };
}
