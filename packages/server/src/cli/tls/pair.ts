import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import type { Pair } from "./certificates.ts";

const FIRST_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/;

/** The server's own certificate, the first of a chain; undefined where there is none that can be read. */
export function certificateOf(cert: string): X509Certificate | undefined {
  try {
    return new X509Certificate(FIRST_CERTIFICATE.exec(cert)?.[0] ?? "");
  } catch {
    return undefined;
  }
}

/** Why a certificate and a key do not go together, if so. Tells nothing of the key. */
export function faultOf({ cert, key }: Pair): string | undefined {
  const certificate = certificateOf(cert);
  if (!certificate)
    return FIRST_CERTIFICATE.test(cert)
      ? "the certificate is damaged: fetch it again from whoever issued it"
      : "the certificate's file holds none in PEM (-----BEGIN CERTIFICATE-----)";
  const privateKey = privateKeyOf(key);
  if (typeof privateKey === "string") return privateKey;
  if (!certificate.checkPrivateKey(privateKey))
    return "the key does not belong to the certificate: the server's own certificate comes first in its file, before those that issued it";
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    return `TLS takes neither: ${(error as Error).message}`;
  }
  return undefined;
}

/** A private key, or why there is none. */
function privateKeyOf(key: string): KeyObject | string {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(key))
    return "the key is encrypted with a passphrase: give one without, as openssl pkey -in key.pem -out plain.pem makes it";
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(key))
    return "the key's file holds no private key in PEM (-----BEGIN PRIVATE KEY-----)";
  try {
    return createPrivateKey(key);
  } catch {
    return "the key is damaged: make or fetch it again";
  }
}

/** What is to be known of when a certificate is good, if anything; `now` in Unix milliseconds. */
export function warningOf(cert: string, now: number): string | undefined {
  const certificate = certificateOf(cert);
  if (!certificate) return undefined;
  const { validFromDate, validToDate } = certificate;
  if (validToDate.getTime() <= now)
    return `the TLS certificate ended at ${validToDate.toISOString()}: clients refuse it until it is renewed`;
  if (validFromDate.getTime() > now)
    return `the TLS certificate is good only from ${validFromDate.toISOString()} on: clients refuse it until then`;
  return undefined;
}
