import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** A TLS server's certificate and key, in PEM. */
export type Certified = { cert: string; key: string };

/** DER: a tag, the content's length, the content. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const time = (date: Date) => der(0x18, Buffer.from(`${date.toISOString().replaceAll(/[-:T]|\..*/g, "")}Z`));
const named = (name: string) => sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from(name)))));
const ECDSA_SHA256 = sequence(oid("2a8648ce3d040302"));

/** An authority of the moment, and certificates of it for a host name. */
export function createAuthority(name: string) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const isAuthority = sequence(oid("551d13"), der(0x04, sequence(der(0x01, Buffer.from([0xff])))));

  const certify = (subject: string, key: KeyObject, extension: Buffer, [from, to]: [Date, Date]): string => {
    const serial = der(0x02, Buffer.from([1 + Math.floor(Math.random() * 120)]));
    const content = sequence(
      der(0xa0, der(0x02, Buffer.from([2]))),
      serial,
      ECDSA_SHA256,
      named(name),
      sequence(time(from), time(to)),
      named(subject),
      key.export({ type: "spki", format: "der" }),
      der(0xa3, sequence(extension)),
    );
    const signature = der(0x03, Buffer.from([0]), sign("sha256", content, privateKey));
    const text = sequence(content, ECDSA_SHA256, signature).toString("base64");
    return `-----BEGIN CERTIFICATE-----\n${text.replaceAll(/.{1,64}/g, "$&\n")}-----END CERTIFICATE-----\n`;
  };

  const day = 86_400_000;
  const around = [new Date(Date.now() - day), new Date(Date.now() + day)] satisfies [Date, Date];
  return {
    cert: certify(name, publicKey, isAuthority, around),
    /** A certificate for a host name, good for a day from now on or until yesterday. */
    issue(host: string, isExpired = false): Certified {
      const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const forHost = sequence(oid("551d11"), der(0x04, sequence(der(0x82, Buffer.from(host)))));
      const past = [new Date(Date.now() - 2 * day), new Date(Date.now() - day)] satisfies [Date, Date];
      return {
        cert: certify(host, pair.publicKey, forHost, isExpired ? past : around),
        key: pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      };
    },
  };
}
