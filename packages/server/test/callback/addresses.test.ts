import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPublic, publicLookup } from "../../src/outbound/addresses.ts";
import { merchantsApp, startAsking } from "./asking.ts";

/** Resolves every name to these addresses, one list after another; the last list is given again. */
function resolvingTo(...lists: string[][]) {
  const asked: string[] = [];
  const lookup: LookupFunction = (hostname, options, callback) => {
    const list = lists[Math.min(asked.length, lists.length - 1)] ?? [];
    asked.push(hostname);
    const found = list.map((address): LookupAddress => ({ address, family: address.includes(":") ? 6 : 4 }));
    if (options.all) callback(null, found);
    else callback(null, found[0]?.address ?? "", found[0]?.family);
  };
  return { asked, lookup };
}

describe("an address", () => {
  it.each([
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::808:808",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:0:10.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::10.0.0.1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "4000::1",
  ])("%s is not public", (address) => expect(isPublic(address)).toBe(false));

  it.each([
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.1",
    "172.32.0.1",
    "192.167.0.1",
    "223.255.255.255",
    "2400:3200::1",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
  ])("%s is public", (address) => expect(isPublic(address)).toBe(true));
});

describe("a callback at an address that is not public", () => {
  let asking: Awaited<ReturnType<typeof startAsking>>;
  beforeAll(async () => {
    asking = await startAsking({ allowPrivate: false });
  });
  afterAll(() => asking.close());

  it.each([
    "127.0.0.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.1",
    "0",
    "localhost",
    "LOCALHOST",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[::127.0.0.1]",
    "10.0.0.1",
    "169.254.169.254",
    "192.168.0.1",
    "[fe80::1]",
    "[fc00::1]",
  ])("is refused before it is connected to: %s", async (host) => {
    const { answer, attempt } = await asking.ask("request-1", {}, `http://${host}:${asking.merchant.port}/callback`);
    expect(answer).toEqual({ answer: "unreachable", problem: expect.stringContaining("is not a public address (") });
    expect(attempt).toMatchObject({ status: null, verdict: "unreachable" });
    expect(asking.merchant.connections).toBe(0);
  });

  it("is refused for the URL check and for https alike", async () => {
    const url = asking.merchant.url;
    const verified = await asking.callbacks.verifyUrl(merchantsApp(), url);
    expect(verified.reason).toContain("127.0.0.1 is not a public address (loopback)");
    expect((await asking.ask("request-1", {}, url.replace("http:", "https:"))).answer).toMatchObject({
      problem: expect.stringContaining("127.0.0.1 is not a public address (loopback)"),
    });
    expect(asking.merchant.connections).toBe(0);
  });
});

describe("a callback at a name", () => {
  it("is refused where every address of the name is private", async () => {
    const { asked, lookup } = resolvingTo(["10.0.0.1", "::1", "127.0.0.1"]);
    const asking = await startAsking({ allowPrivate: false, lookup });
    const { answer } = await asking.ask("request-1", {}, asking.merchant.urlAt("merchant.test"));
    expect(answer).toMatchObject({ problem: expect.stringContaining("10.0.0.1 is not a public address (private)") });
    expect(asked).toEqual(["merchant.test"]);
    expect(asking.merchant.connections).toBe(0);
    await asking.close();
  });

  it("is resolved anew for each connection, once, and refused as soon as it is private", async () => {
    const { asked, lookup } = resolvingTo(["127.0.0.1"]);
    const asking = await startAsking({ allowPrivate: false, lookup });
    for (let nth = 1; nth <= 3; nth++) {
      const { answer } = await asking.ask(`request-${nth}`, {}, asking.merchant.urlAt("merchant.test"));
      expect(answer).toMatchObject({ answer: "unreachable", problem: expect.stringContaining("127.0.0.1 is not") });
      expect(asked).toHaveLength(nth);
    }
    expect(asking.merchant.connections).toBe(0);
    await asking.close();
  });

  it("is connected to at its public addresses alone", async () => {
    const { lookup } = resolvingTo(["10.0.0.1", "8.8.8.8", "::1", "2606:4700::1111"], ["127.0.0.1"]);
    const find = (options: object) =>
      new Promise((resolve) =>
        publicLookup(lookup)("merchant.test", options, (error, ...found) => resolve(error ?? found)),
      );
    const addresses = [
      { address: "8.8.8.8", family: 4 },
      { address: "2606:4700::1111", family: 6 },
    ];
    expect(await find({ all: true })).toEqual([addresses]);
    expect(await find({ all: true })).toMatchObject({ name: "AddressRefusedError" });
    const { lookup: again } = resolvingTo(["10.0.0.1", "8.8.8.8"]);
    await new Promise<void>((resolve) =>
      publicLookup(again)("merchant.test", {}, (...found) => {
        expect(found).toEqual([null, "8.8.8.8", 4]);
        resolve();
      }),
    );
  });
});
