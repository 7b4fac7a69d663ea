import { webcrypto, X509Certificate } from "node:crypto";
import { isIPv4, isIPv6 } from "node:net";
import { BitString, Integer, OctetString, Utf8String } from "asn1js";
import {
  AttributeTypeAndValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  ExtKeyUsage,
  GeneralName,
  GeneralNames,
  GeneralSubtree,
  NameConstraints,
  RelativeDistinguishedNames,
} from "pkijs";

/** A certificate, or a chain of them with the server's own first, and its private key, in PEM. */
export type Pair = { cert: string; key: string };

/** An authority: the certificate that clients trust, and what signs under it. */
export type Authority = { root: string; issuer: Pair };

/** What an authority is called where certificates are listed. */
export const AUTHORITY_NAME = "Quanku development authority";
const ISSUER_NAME = "Quanku development issuer";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
/** Object identifiers of extensions and of what they say (RFC 5280). */
const oid = {
  commonName: "2.5.4.3",
  subjectKeyId: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  nameConstraints: "2.5.29.30",
  authorityKeyId: "2.5.29.35",
  extKeyUsage: "2.5.29.37",
  serverAuth: "1.3.6.1.5.5.7.3.1",
};
/** Bits of the key usage, from the left: what signs certificates and lists of revoked ones, and what signs a handshake. */
const [SIGNS_CERTIFICATES, SIGNS_HANDSHAKES] = [0b0000_0110, 0b1000_0000];
/** Clocks differ: what is made now is good from this many milliseconds ago. */
const BEFORE_MS = 3_600_000;

/** From when to when something is good, in Unix milliseconds. */
type Span = { from: number; to: number };

/**
 * Makes an authority that can sign for these names and addresses and for nothing else (RFC 5280 section 4.2.1.10). What
 * clients trust signs one certificate, the issuer's, and its key is then gone: it cannot be exported and is kept nowhere.
 * So the names bind also clients that look at constraints of issuers alone, and nobody can ever sign for others.
 */
export async function makeAuthority(names: readonly string[], span: Span): Promise<Authority> {
  const rootKeys = await generateKeys(false);
  const issuerKeys = await generateKeys(true);
  const only = constraintsTo(names);
  const asAuthority = (pathLength?: number) => [
    extension(
      oid.basicConstraints,
      new BasicConstraints({ cA: true, ...(pathLength === 0 && { pathLenConstraint: 0 }) }),
    ),
    extension(oid.keyUsage, bits(SIGNS_CERTIFICATES, 1)),
    extension(oid.nameConstraints, only),
  ];
  const root = await certify({
    subject: AUTHORITY_NAME,
    issuer: AUTHORITY_NAME,
    keys: rootKeys,
    signedWith: rootKeys,
    span,
    extensions: asAuthority(),
  });
  const issuer = await certify({
    subject: ISSUER_NAME,
    issuer: AUTHORITY_NAME,
    keys: issuerKeys,
    signedWith: rootKeys,
    span,
    extensions: asAuthority(0),
  });
  return { root, issuer: { cert: issuer, key: await keyText(issuerKeys) } };
}

/** Makes a server's certificate for names and addresses: a chain of it and its issuer. It ends no later than its issuer does. */
export async function issue({ issuer }: Authority, names: readonly string[], { from, to }: Span): Promise<Pair> {
  const keys = await generateKeys(true);
  const certificate = new X509Certificate(issuer.cert);
  const privateKey = await importKey(issuer.key);
  const publicKey = await importPublicKey(certificate);
  const cert = await certify({
    subject: names[0] as string,
    issuer: ISSUER_NAME,
    keys,
    signedWith: { privateKey, publicKey },
    span: { from, to: Math.min(to, certificate.validToDate.getTime()) },
    extensions: [
      extension(oid.basicConstraints, new BasicConstraints({ cA: false })),
      extension(oid.keyUsage, bits(SIGNS_HANDSHAKES, 7)),
      extension(oid.extKeyUsage, new ExtKeyUsage({ keyPurposes: [oid.serverAuth] }), false),
      extension(oid.subjectAltName, new GeneralNames({ names: names.map((name) => nameOf(name)) }), false),
    ],
  });
  return { cert: cert + issuer.cert, key: await keyText(keys) };
}

type Keys = { privateKey: webcrypto.CryptoKey; publicKey: webcrypto.CryptoKey };

const { subtle } = webcrypto;

const generateKeys = (canBeKept: boolean): Promise<Keys> =>
  subtle.generateKey(CURVE, canBeKept, ["sign", "verify"]) as Promise<Keys>;

const importPublicKey = ({ publicKey }: X509Certificate) =>
  subtle.importKey("spki", publicKey.export({ type: "spki", format: "der" }), CURVE, true, ["verify"]);

const importKey = (text: string) =>
  subtle.importKey("pkcs8", Buffer.from(text.replaceAll(/-----[^-]+-----|\s/g, ""), "base64"), CURVE, false, ["sign"]);

const keyText = async ({ privateKey }: Keys) => pem("PRIVATE KEY", await subtle.exportKey("pkcs8", privateKey));

const pem = (kind: string, content: ArrayBuffer) =>
  `-----BEGIN ${kind}-----\n${Buffer.from(content)
    .toString("base64")
    .replaceAll(/.{1,64}/g, "$&\n")}-----END ${kind}-----\n`;

type Wanted = {
  subject: string;
  issuer: string;
  keys: Keys;
  signedWith: Keys;
  span: Span;
  extensions: Extension[];
};

/** A signed certificate in PEM. */
async function certify({ subject, issuer, keys, signedWith, span, extensions }: Wanted): Promise<string> {
  const certificate = new Certificate({
    version: 2,
    serialNumber: new Integer({ valueHex: serialNumber() }),
    issuer: distinguished(issuer),
    subject: distinguished(subject),
  });
  certificate.notBefore.value = new Date(span.from - BEFORE_MS);
  certificate.notAfter.value = new Date(span.to);
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  const issuerKeyId = new OctetString({ valueHex: await keyId(signedWith.publicKey) });
  certificate.extensions = [
    ...extensions,
    extension(oid.subjectKeyId, new OctetString({ valueHex: await keyId(keys.publicKey) }), false),
    extension(oid.authorityKeyId, new AuthorityKeyIdentifier({ keyIdentifier: issuerKeyId }), false),
  ];
  await certificate.sign(signedWith.privateKey, "SHA-256");
  return pem("CERTIFICATE", certificate.toSchema(true).toBER(false));
}

/** 16 random bytes that are a positive number of full length. */
function serialNumber(): ArrayBuffer {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] as number) & 0x3f) | 0x40;
  return bytes.buffer;
}

/** What tells keys apart (RFC 5280 section 4.2.1.2): of an uncompressed point, which a raw key is. */
const keyId = async (key: webcrypto.CryptoKey) => subtle.digest("SHA-1", await subtle.exportKey("raw", key));

const distinguished = (name: string) =>
  new RelativeDistinguishedNames({
    typesAndValues: [new AttributeTypeAndValue({ type: oid.commonName, value: new Utf8String({ value: name }) })],
  });

type Encodable = { toSchema(): { toBER(): ArrayBuffer } } | BitString | OctetString;

function extension(extnID: string, content: Encodable, critical = true): Extension {
  const encoded = "toSchema" in content ? content.toSchema().toBER() : content.toBER();
  return new Extension({ extnID, critical, extnValue: encoded });
}

const bits = (byte: number, unusedBits: number) => new BitString({ valueHex: Uint8Array.of(byte).buffer, unusedBits });

const DNS_NAME = 2;
const IP_ADDRESS = 7;

/** A name of a certificate: a host's, or an address. */
const nameOf = (name: string, mask?: number): GeneralName => {
  const address = addressBytes(name);
  if (!address) return new GeneralName({ type: DNS_NAME, value: name });
  const bytes = mask === undefined ? address : [...address, ...address.map(() => mask)];
  return new GeneralName({ type: IP_ADDRESS, value: new OctetString({ valueHex: Uint8Array.from(bytes).buffer }) });
};

/** These names and addresses alone. */
const constraintsTo = (names: readonly string[]): NameConstraints =>
  new NameConstraints({ permittedSubtrees: names.map((name) => new GeneralSubtree({ base: nameOf(name, 0xff) })) });

/** The bytes of an IP address; undefined of a host's name. */
function addressBytes(name: string): number[] | undefined {
  if (isIPv4(name)) return name.split(".").map(Number);
  if (!isIPv6(name)) return undefined;
  const [left = "", right = ""] = name.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16)));
  const [before, after] = [groups(left), groups(right)];
  const zeros = new Array(8 - before.length - after.length).fill(0);
  return [...before, ...zeros, ...after].flatMap((group) => [group >> 8, group & 0xff]);
}
