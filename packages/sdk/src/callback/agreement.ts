import { createPushCipher, type PushCipher } from "./cipher.ts";
import { contentTypeOf, type Fields, type Format, readMessage, writeMessage } from "./message.ts";
import { Refusal } from "./refusal.ts";
import { isSignedPush, signPush } from "./signature.ts";

/** How far a request's timestamp may be from our time, in seconds (our decision). */
const WINDOW = 300;

/** The longest query value that is looked at. */
const LONGEST = 256;

/** A message as it came. */
export type Opened = { fields: Fields; format: Format; envelope: Format | null };

/** A signature of the platform's that holds, and for how many seconds more it is in its window. */
export type Signed = { signature: string; timestamp: string; nonce: string; seconds: number };

/** What the platform and the merchant agreed on: checks and opens what comes, and seals what goes. */
export class Agreement {
  readonly #token: string;
  readonly #cipher: PushCipher | null;
  readonly #clock: () => number;

  /** `clock` in Unix seconds. Throws where token or key cannot be one. */
  constructor(
    { token, encodingAesKey, appid }: { token: string; encodingAesKey?: string | undefined; appid: string },
    clock: () => number,
  ) {
    if (!token) throw new TypeError("token must be the callback token that was set for the app");
    if (!appid) throw new TypeError("appid must be the app's");
    this.#token = token;
    this.#cipher = encodingAesKey === undefined ? null : createPushCipher(encodingAesKey, appid);
    this.#clock = clock;
  }

  /** Checks `signature` and `timestamp` of a query. Throws {@link Refusal}. */
  async checkSignature(query: URLSearchParams): Promise<Signed> {
    const [signature, timestamp, nonce] = [part(query, "signature"), part(query, "timestamp"), part(query, "nonce")];
    if (!(await isSignedPush(signature, this.#token, timestamp, nonce)))
      throw new Refusal("signature is not that of token, timestamp and nonce: is the token the same on both sides?");
    const age = this.#clock() - Number(timestamp);
    if (!/^\d{1,10}$/.test(timestamp) || Math.abs(age) > WINDOW)
      throw new Refusal(`timestamp is not within ${WINDOW} seconds of this machine's time`);
    return { signature, timestamp, nonce, seconds: WINDOW - age + 1 };
  }

  /**
   * Opens a body. With a key only what is encrypted is read, whatever plain fields stand beside it: a plain body is
   * covered by no signature. Throws {@link Refusal}.
   */
  async open(body: string, query: URLSearchParams, { timestamp, nonce }: Signed): Promise<Opened> {
    const outer = readMessage(body);
    const { Encrypt } = outer.fields;
    if (this.#cipher === null) {
      if (Encrypt !== undefined && outer.fields.MsgType === undefined)
        throw new Refusal("the message is encrypted, and no encodingAesKey is given");
      return { ...outer, envelope: null };
    }
    if (typeof Encrypt !== "string")
      throw new Refusal("the message is not encrypted, and an encodingAesKey is given: leave it out in plain mode");
    if (!(await isSignedPush(part(query, "msg_signature"), this.#token, timestamp, nonce, Encrypt)))
      throw new Refusal("msg_signature is not that of token, timestamp, nonce and Encrypt");
    return { ...readMessage(await this.#cipher.unseal(Encrypt)), envelope: outer.format };
  }

  /** An answer in the format and with the encryption of what it answers. Throws where XML cannot carry a text. */
  async reply(fields: Record<string, string | number>, { format, envelope }: Opened): Promise<Response> {
    const message = writeMessage(fields, format);
    if (this.#cipher === null || envelope === null) return respond(message, format);
    const [timestamp, nonce, Encrypt] = [this.#clock(), digits(10), await this.#cipher.seal(message)];
    const MsgSignature = await signPush(this.#token, String(timestamp), nonce, Encrypt);
    return respond(writeMessage({ Encrypt, MsgSignature, TimeStamp: timestamp, Nonce: nonce }, envelope), envelope);
  }
}

function part(query: URLSearchParams, name: string): string {
  const [value, another] = query.getAll(name);
  if (!value || value.length > LONGEST) throw new Refusal(`the query has no ${name}`);
  if (another !== undefined) throw new Refusal(`the query has ${name} twice`);
  return value;
}

const respond = (body: string, format: Format) =>
  new Response(body, { headers: { "content-type": contentTypeOf(format) } });

const digits = (count: number): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(count)), (number) => number % 10).join("");
