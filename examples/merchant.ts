/**
 * A merchant who gives each person one of a coupon: `npm run example:merchant`. The README says how to let it decide the
 * demo shop's claims; another app is named by APPID. Where ENCODING_AES_KEY is set it speaks the secure mode.
 */
import { createServer } from "node:http";
import { createCallbackHandler } from "@quanku/sdk/callback";
import { toNodeListener } from "@quanku/sdk/node";

const { PORT = "9000", APPID: appid = "wx9e20708660a0991b" } = process.env;
const { CALLBACK_TOKEN: token = "AAAAA", ENCODING_AES_KEY: encodingAesKey } = process.env;

/** Who was given what, by which request. A shop keeps this in its database. */
const given = new Map<string, string>();

const callback = createCallbackHandler({
  appid,
  token,
  encodingAesKey,
  onVerify: (check) => console.log(`the ${check} check was answered`),
  onClaim({ openid, out_coupon_id, request_id }) {
    const person = `${openid} ${out_coupon_id}`;
    const before = given.get(person);
    if (before !== undefined && before !== request_id) {
      console.log(`${openid} has ${out_coupon_id} already`);
      return { declined: "person_limit", message: "每人限领一张" };
    }
    given.set(person, request_id);
    console.log(`${openid} is given ${out_coupon_id}`);
    return { granted: `merchant-${request_id}` };
  },
});

const server = createServer(toNodeListener(callback)).listen(Number(PORT), "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : address;
  console.log(`a merchant listens at http://127.0.0.1:${port}/callback`);
});
