import { blanker } from "@quanku/protocol/callback";
import { secretSettings } from "../domain/access/settings.ts";
import type { CallbackAttempt } from "../domain/claims/attempts.ts";
import type { App } from "../domain/records.ts";

/** How much of each text is kept, in characters. */
const KEPT = 4096;

/** Values of a merchant's own query that are blanked wherever they are repeated: those that do not occur by chance. */
const TELLTALE = /^[ -~]{8,}$/;

/** An attempt as it may be kept and shown: without secrets, in texts that every database keeps, none too long. */
export function tellable(attempt: CallbackAttempt, { settings }: App): CallbackAttempt {
  const { url, request, message, reply, read, reason } = attempt;
  const parameters = parametersOf(url);
  const hidden = parameters.filter(({ isSecret }) => isSecret).map(({ value }) => value);
  const agreed = secretSettings.map((name) => settings[name]).filter((value) => typeof value === "string");
  const blank = blanker([...agreed, ...hidden.filter((value) => TELLTALE.test(value))]);
  const told = (text: string) => cut(blank(text).toWellFormed().replaceAll("\0", "\uFFFD"));
  const query = parameters.map(({ name, isSecret, text }) => (isSecret ? `${name}=***` : text)).join("&");
  return {
    ...attempt,
    url: told(query === "" ? url : `${url.slice(0, url.indexOf("?"))}?${query}`),
    request: told(request),
    message: told(message),
    reply: reply === null ? null : told(reply),
    read: read === null ? null : told(read),
    reason: told(reason),
  };
}

/** The parameters of a URL's query: as each is written, and whether its name says that its value is secret. */
const parametersOf = (url: string) =>
  url
    .split("?")
    .slice(1)
    .join("?")
    .split("&")
    .map((text) => {
      const [[name, value] = ["", ""]] = new URLSearchParams(text);
      const isSecret = value !== "" && /token|key|secret|sign|pass/i.test(name);
      return { text, name: text.split("=", 1).join(""), value, isSecret };
    });

const cut = (text: string) => (text.length > KEPT ? `${text.slice(0, KEPT)}…`.toWellFormed() : text);
