import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openReply, readDecision } from "@quanku/protocol/callback";
import { createCallbackHandler, type Decision } from "@quanku/sdk/callback";
import wecom from "@wecom/crypto";
import { describe, expect, it } from "vitest";
import { agreed, timestamp } from "../../../protocol/reference/callback/figures.ts";

const chapter = readFileSync(fileURLToPath(new URL("../../../../docs/callback.md", import.meta.url)), "utf8");
const blocks = [...chapter.matchAll(/^ *```\w+\n([\s\S]*?)^ *```$/gm)].map(([, text]) =>
  (text as string).replaceAll(/^ {3}/gm, "").trim(),
);
const urls = blocks.flatMap((text) => /^(?:GET|POST) (\S+)/.exec(text)?.[1] ?? []);
const [check, plainUrl, secureUrl] = urls as [string, string, string];

type Body = { text: string; fields: Record<string, string> };
const bodies = blocks.filter((text) => text.startsWith("{")).map((text) => ({ text, fields: JSON.parse(text) }));
/** The one body that has some members and lacks others. */
const bodyWith = (has: string[], lacks: string[] = []) =>
  bodies.find(({ fields }) => has.every((name) => name in fields) && !lacks.some((name) => name in fields)) as Body;

const message = bodyWith(["MsgType"], ["Encrypt"]);
const xml = blocks.find((text) => text.startsWith("<xml>")) as string;
const secure = bodyWith(["Encrypt"], ["MsgSignature", "MsgType"]);
const sealedReply = bodyWith(["MsgSignature"]);
const granted = bodyWith(["out_user_coupon_id"]);

const asked = {
  request_id: message.fields.request_id as string,
  out_coupon_id: message.fields.out_coupon_id as string,
};
const given = granted.fields.out_user_coupon_id as string;

/** Asks a merchant who never saw how the chapter is made. */
async function answer(url: string, body?: string, encodingAesKey?: string) {
  const claims: object[] = [];
  const problems: string[] = [];
  const handle = createCallbackHandler({
    ...agreed,
    encodingAesKey,
    clock: () => Number(timestamp),
    onProblem: ({ problem }) => void problems.push(problem),
    onClaim: (claim): Decision => {
      claims.push(claim);
      return { granted: given };
    },
  });
  const response = await handle(new Request(url, body === undefined ? {} : { method: "POST", body }));
  return { status: response.status, text: await response.text(), claims, problems };
}

describe("the chapter on the callback shows pushes and answers that hold", () => {
  const claim = { openid: message.fields.FromUserName, ...asked };

  it("the check of the URL is echoed by the SDK's handler, and none whose signature is another", async () => {
    expect(await answer(check)).toMatchObject({ status: 200, text: "4375120948345356249", problems: [] });
    expect((await answer(check.replace(/signature=./, "signature=z"))).status).not.toBe(200);
  });

  it("the plain push, in JSON and in XML, and the secure one are the same claim to it", async () => {
    for (const body of [message.text, xml])
      expect(await answer(plainUrl, body)).toMatchObject({ status: 200, claims: [claim], problems: [] });
    expect(await answer(secureUrl, secure.text, agreed.encodingAesKey)).toMatchObject({
      claims: [claim],
      problems: [],
    });
  });

  it("the ciphers open with a library of others, and the answers are grants to the server", () => {
    const { message: opened } = wecom.decrypt(agreed.encodingAesKey, secure.fields.Encrypt as string);
    expect(JSON.parse(opened)).toEqual(message.fields);
    const agreement = { ...agreed, format: "json", mode: "secure" } as const;
    const reply = openReply(sealedReply.text, agreement, Number(timestamp));
    for (const fields of [reply.fields, granted.fields])
      expect(readDecision({ ...reply, fields }, asked, [])).toEqual({
        given: true,
        out_user_coupon_id: given,
        impliedly: false,
      });
  });

  it("key, IV, lengths and padding are what the cipher comes to, by hand", () => {
    const key = Buffer.from(`${agreed.encodingAesKey}=`, "base64");
    expect(blocks).toContain(key.toString("hex"));
    expect(blocks).toContain(key.subarray(0, 16).toString("hex"));
    const bytes = Buffer.byteLength(JSON.stringify(message.fields));
    const whole = 16 + 4 + bytes + agreed.appid.length;
    const padding = 32 - (whole % 32);
    expect(padding, "the example has to tell blocks of 32 from blocks of 16").toBeGreaterThan(16);
    expect(chapter).toContain(`\`${bytes.toString(16).padStart(8, "0")}\`, that is ${bytes}`);
    expect(chapter).toContain(`| together | ${whole} | |`);
    expect(chapter).toContain(
      `${padding} bytes of the value ${padding} (\`${padding.toString(16).padStart(2, "0")}\`)`,
    );
  });
});
