import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Certified, createAuthority } from "../../testing/certificate.ts";
import { startAsking } from "./asking.ts";

const HOST = "merchant.test";
const authority = createAuthority("Authority");
const known = getCACertificates("default");

const resolvesHere = (
  _: string,
  __: object,
  callback: (...found: [null, { address: string; family: number }[]]) => void,
) => callback(null, [{ address: "127.0.0.1", family: 4 }]);

/** Asks a merchant at a host name whose server shows this certificate. */
async function askAt(tls: Certified | undefined, scheme = "https") {
  const asking = await startAsking({ lookup: resolvesHere as never }, tls);
  const { answer, attempt } = await asking.ask("request-1", {}, `${scheme}://${HOST}:${asking.merchant.port}/callback`);
  await asking.close();
  expect(attempt.verdict).toBe(answer.answer);
  return answer;
}

describe("a merchant behind TLS", () => {
  beforeAll(() => setDefaultCACertificates([...known, authority.cert]));
  afterAll(() => setDefaultCACertificates(known));

  it("is asked where the certificate is good", async () => {
    expect(await askAt(authority.issue(HOST))).toEqual({ answer: "granted", outUserCouponId: "uc-request-1" });
  });

  it.each([
    ["has expired", () => authority.issue(HOST, true), "its certificate has expired (CERT_HAS_EXPIRED)"],
    ["is another host's", () => authority.issue("another.test"), "its certificate is for another host name"],
    ["comes from nobody known", () => createAuthority("Nobody").issue(HOST), "(UNABLE_TO_VERIFY_LEAF_SIGNATURE)"],
  ])("is unreachable where the certificate %s", async (_, issue, words) => {
    expect(await askAt(issue())).toEqual({
      answer: "unreachable",
      problem: expect.stringMatching(new RegExp(`^${HOST}:\\d+ cannot be trusted: `)),
    });
    expect(await askAt(issue())).toMatchObject({ problem: expect.stringContaining(words) });
  });

  it("is unreachable where one side speaks TLS and the other does not", async () => {
    expect(await askAt(undefined, "https")).toMatchObject({
      answer: "unreachable",
      problem: expect.stringContaining("does not answer in TLS"),
    });
    expect(await askAt(authority.issue(HOST), "http")).toMatchObject({ answer: "unreachable" });
  });
});
