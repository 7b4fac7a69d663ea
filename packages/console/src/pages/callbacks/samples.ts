import go from "../../../../../examples/go/merchant.go?raw";
import java from "../../../../../examples/java/Merchant.java?raw";
import typescript from "../../../../../examples/merchant.ts?raw";
import php from "../../../../../examples/php/merchant.php?raw";
import python from "../../../../../examples/python/merchant.py?raw";

/** What a sample is to know of an app. */
export type Keys = { appid: string; token: string; encodingAesKey: string | null };

/** How a program names what stands in it until its environment says otherwise: what is there, and what is put there. */
type Places = { appid: Place; token: Place; key: Place };
type Place = { before: string; after: (value: string) => string };

const APPID = '"wx9e20708660a0991b"';
const TOKEN = '"AAAAA"';
const quoted = (before: string): Place => ({ before, after: (value) => JSON.stringify(value) });
const usual = { appid: quoted(APPID), token: quoted(TOKEN) };

/** A merchant of the repository's `examples`, as it stands there. */
export type Sample = {
  language: string;
  file: string;
  start: string;
  /** In which form it reads pushes. */
  reads: "json" | "xml";
  text: string;
  places: Places;
};

export const samples: readonly Sample[] = [
  {
    language: "TypeScript",
    file: "merchant.ts",
    start: "node merchant.ts",
    reads: "json",
    text: typescript,
    places: {
      ...usual,
      key: {
        before: "ENCODING_AES_KEY: encodingAesKey }",
        after: (key) => `ENCODING_AES_KEY: encodingAesKey = ${JSON.stringify(key)} }`,
      },
    },
  },
  {
    language: "Python",
    file: "merchant.py",
    start: "python3 merchant.py",
    reads: "json",
    text: python,
    places: {
      ...usual,
      key: {
        before: 'os.environ.get("ENCODING_AES_KEY")',
        after: (key) => `os.environ.get("ENCODING_AES_KEY", ${JSON.stringify(key)})`,
      },
    },
  },
  {
    language: "Go",
    file: "merchant.go",
    start: "go run merchant.go",
    reads: "json",
    text: go,
    places: {
      ...usual,
      key: {
        before: 'env("ENCODING_AES_KEY", "")',
        after: (key) => `env("ENCODING_AES_KEY", ${JSON.stringify(key)})`,
      },
    },
  },
  {
    language: "Java",
    file: "Merchant.java",
    start: "java Merchant.java",
    reads: "xml",
    text: java,
    places: {
      ...usual,
      key: {
        before: 'env("ENCODING_AES_KEY", "")',
        after: (key) => `env("ENCODING_AES_KEY", ${JSON.stringify(key)})`,
      },
    },
  },
  {
    language: "PHP",
    file: "merchant.php",
    start: "php -S 127.0.0.1:9000 merchant.php",
    reads: "json",
    text: php,
    places: {
      appid: { before: "'wx9e20708660a0991b'", after: (appid) => `'${appid}'` },
      token: { before: "'AAAAA'", after: (token) => `'${token}'` },
      key: { before: "getenv('ENCODING_AES_KEY') ?: null", after: (key) => `getenv('ENCODING_AES_KEY') ?: '${key}'` },
    },
  },
];

/** A sample with an app's keys in the place of the demo's. Without an EncodingAESKey it speaks the plain mode, as it stands. */
export function filledIn({ text, places }: Sample, { appid, token, encodingAesKey }: Keys): string {
  const put = (into: string, { before, after }: Place, value: string) => into.replace(before, () => after(value));
  const named = put(put(text, places.appid, appid), places.token, token);
  return encodingAesKey === null ? named : put(named, places.key, encodingAesKey);
}
