import type { CallbackAttempt } from "@quanku/sdk/admin";
import type { mendWords } from "./mend-words.ts";

/** How to mend something, or what to know of it: a word of {@link mendWords}, and what is filled in. */
export type Mend = {
  word: keyof (typeof mendWords)["words"];
  given: Readonly<Record<string, string | number>>;
};

type Told = Pick<CallbackAttempt, "reason" | "status" | "milliseconds" | "url" | "reply">;

/** What the server says of a reply that is none, or cannot be read, and the word that tells how to mend it. */
const words: readonly (readonly [RegExp, Mend["word"]])[] = [
  [/reply was thrown away/, "lost"],
  [/only a part of the reply within/, "halfLate"],
  [/no reply within/, "late"],
  [/is not a public address/, "notPublic"],
  [/connection refused/, "refused"],
  [/closed the connection/, "broken"],
  [/host name .* (does not exist|cannot be resolved)/, "noHost"],
  [/cannot be trusted|in TLS as it should/, "tls"],
  [/does not answer in HTTP/, "noHttp"],
  [/redirects are not followed/, "redirect"],
  [/has no callback token/, "noToken"],
  [/mode needs an EncodingAESKey/, "noKey"],
  [/the reply is encrypted, and this app has no EncodingAESKey/, "sealedNoKey"],
  [/the reply is not encrypted/, "notSealed"],
  [/was replayed/, "replayed"],
  [/which acknowledges but decides nothing/, "acknowledged"],
  [/is empty, which decides nothing/, "empty"],
  [/neither JSON nor XML/, "neither"],
  [/its JSON is no object/, "noObject"],
  [/XML/, "badXml"],
  [/no text in UTF-8/, "notUtf8"],
  [/too large|too many pieces/, "tooLarge"],
];

/** How to mend what came to nothing as a whole; undefined where it is a decision, of whose fields something is wrong. */
export function mendOfWhole({ reason, status, milliseconds, url, reply }: Told): Mend | undefined {
  const given = { reason, milliseconds, url, status: status ?? 0 };
  const isHttpError = /HTTP \d+ where 200 was expected/.test(reason);
  if (isHttpError) return { word: httpWord(status ?? 0), given };
  const [, word] = words.find(([says]) => says.test(reason)) ?? [];
  if (word) return { word, given };
  return status === null || reply === null ? { word: "unreachable", given } : undefined;
}

function httpWord(status: number): Mend["word"] {
  if (status === 401 || status === 403) return "httpRefused";
  if (status === 404 || status === 405) return "httpNotThere";
  return status >= 500 ? "httpFailed" : "httpOther";
}
