import { createCallbackHandler } from "@quanku/sdk/callback";

const given = new Map<string, string>();

const callback = createCallbackHandler({
  appid: "wx9e20708660a0991b",
  token: "AAAAA",
  onClaim({ openid, out_coupon_id, request_id }) {
    const holder = `${openid} ${out_coupon_id}`;
    if (given.has(holder)) return { declined: "person_limit", message: "每人限领一张" };
    given.set(holder, request_id);
    return { granted: `uc-${request_id}` };
  },
  onProblem: ({ problem }) => console.log(problem),
});

const answer = await callback(new Request("https://shop.example/callback?nonce=1", { method: "POST", body: "{}" }));
console.log(answer.status);
