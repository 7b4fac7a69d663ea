import type { CallbackAttempt } from "@quanku/sdk/admin";
import { testClaim } from "./compare.ts";

/** An answer that would be taken, in the format of the question; undefined where a URL was checked. */
export function rightAnswer({
  purpose,
  message,
  request_id,
  out_coupon_id,
}: Pick<CallbackAttempt, "purpose" | "message" | "request_id" | "out_coupon_id">): string | undefined {
  if (purpose === "verify") return undefined;
  const isTest = request_id === testClaim.request_id;
  const fields = {
    out_user_coupon_id: isTest ? testClaim.out_user_coupon_id : `merchant-${request_id}`,
    request_id,
    ret_code: 0,
    ret_msg: "success",
    out_coupon_id,
  };
  if (!message.startsWith("<")) return JSON.stringify(fields, null, 2);
  const elements = Object.entries(fields).map(([name, value]) =>
    typeof value === "number"
      ? `<${name}>${value}</${name}>`
      : `<${name}><![CDATA[${value.replaceAll("]]>", "]]]]><![CDATA[>")}]]></${name}>`,
  );
  return `<xml>\n${elements.join("\n")}\n</xml>`;
}
