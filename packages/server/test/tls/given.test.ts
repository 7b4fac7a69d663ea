import { generateKeyPairSync } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { givenTls } from "../../src/cli/tls/given.ts";
import { tlsOf } from "../../src/cli/tls/tls.ts";
import { createAuthority } from "../../testing/certificate.ts";
import { agree, look } from "../../testing/tls-client.ts";
import { directory, listen } from "./support.ts";

const HOST = "coupons.example.com";
const authority = createAuthority("Authority");
const good = authority.issue(HOST);
const other = authority.issue(HOST);
const encrypted = generateKeyPairSync("ec", {
  namedCurve: "P-256",
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "canary" },
}).privateKey;
const torn = `${good.key.slice(0, 60)}\n-----END PRIVATE KEY-----\n`;

/** Files of a certificate and a key, and how both are written anew. */
function filesOf(content: { cert?: string | undefined; key?: string | undefined }) {
  const folder = directory();
  const files = { cert: join(folder, "cert.pem"), key: join(folder, "key.pem") };
  const write = ({ cert, key }: typeof content) => {
    if (cert !== undefined) writeFileSync(files.cert, cert);
    if (key !== undefined) writeFileSync(files.key, key);
  };
  write(content);
  return { files, write, options: { host: "0.0.0.0", dataDir: folder, tlsDev: false } };
}

it.each([
  ["a certificate that is not there", { key: good.key }, "--tls-cert: no such file: "],
  ["a key that is not there", { cert: good.cert }, "--tls-key: no such file: "],
  ["a key of another certificate", { cert: good.cert, key: other.key }, "the key does not belong to the certificate"],
  ["its chain the wrong way round", { cert: authority.cert + good.cert, key: good.key }, "own certificate comes first"],
  ["the two exchanged", { cert: good.key, key: good.cert }, "the certificate's file holds none in PEM"],
  ["a certificate for a key", { cert: good.cert, key: good.cert }, "the key's file holds no private key in PEM"],
  [
    "a damaged certificate",
    { cert: good.cert.replace(/\n.{9}/, "\nAAAAAAAAA"), key: good.key },
    "certificate is damaged",
  ],
  ["a damaged key", { cert: good.cert, key: torn }, "the key is damaged"],
  ["a key with a passphrase", { cert: good.cert, key: encrypted }, "encrypted with a passphrase: give one without"],
])("refuses %s, and tells nothing of a key", async (_, content, words) => {
  const { files, options } = filesOf(content);
  const error: Error = await tlsOf({ ...options, tlsCert: files.cert, tlsKey: files.key }).then(
    () => expect.unreachable(),
    (error) => error,
  );
  expect(error.message).toContain(words);
  expect(error.message).toMatch(/--tls-(cert|key)/);
  const told = JSON.stringify([error.message, error.stack, error.cause]);
  for (const key of [good.key, other.key, torn, encrypted])
    for (const line of key.split("\n").filter((text) => text && !text.startsWith("-")))
      expect(told).not.toContain(line);
});

it("refuses one without the other", async () => {
  const { files, options } = filesOf(good);
  await expect(tlsOf({ ...options, tlsCert: files.cert })).rejects.toThrow("--tls-cert needs --tls-key beside it");
  await expect(tlsOf({ ...options, tlsKey: files.key })).rejects.toThrow("--tls-key needs --tls-cert beside it");
});

it("warns of a certificate that has ended, or has not begun", () => {
  const noteAt = (time: number, pair = good) => givenTls(filesOf(pair).files, () => time).notes("");
  expect(noteAt(Date.now())).toEqual([]);
  expect(noteAt(Date.now(), authority.issue(HOST, true))).toEqual([
    expect.stringMatching(/^the TLS certificate ended at 20\S+Z: clients refuse it until it is renewed$/),
  ]);
  expect(noteAt(0)).toEqual([expect.stringMatching(/good only from 20\S+Z on/)]);
});

it("serves new connections with what the files hold now, and goes on with the old where that is no good", async () => {
  const { files, write } = filesOf(good);
  const tls = givenTls(files, Date.now);
  const { port, renew } = await listen(tls);
  const asking = { host: HOST, ca: authority.cert };
  const isServed = async (pair: { cert: string }) =>
    (await look(port, asking)).raw.toString("base64") === pair.cert.replaceAll(/-----[^-]+-----|\n/g, "");
  expect([await renew(), await isServed(good)]).toEqual([false, true]);
  const { socket } = await agree(port, asking);

  write({ cert: other.cert });
  expect([await renew(), await isServed(good)], "only one of the two is written yet").toEqual([false, true]);
  write({ key: other.key });
  expect([await renew(), await isServed(other)]).toEqual([true, true]);
  expect(await renew()).toBe(false);

  write({ key: good.key });
  expect(await renew()).toBe(false);
  await expect(renew()).rejects.toThrow("does not belong to the certificate");
  expect([await renew(), await isServed(other)], "it is told once").toEqual([false, true]);
  rmSync(files.key);
  expect(await renew()).toBe(false);
  await expect(renew()).rejects.toThrow("--tls-key: no such file");
  write(good);
  expect([await renew(), await isServed(good)]).toEqual([true, true]);

  expect(socket.destroyed, "who was connected stays connected").toBe(false);
  socket.destroy();
});
