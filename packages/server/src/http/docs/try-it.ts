import { type CallName, callPath } from "@quanku/protocol/calls";
import { demoShop, type Language, readyBodies } from "@quanku/protocol/explain";
import { escapeHtml } from "./markdown.ts";
import { words } from "./words.ts";

/** The form that makes a call of this server. What it sends is the script's: without one it does nothing. */
export function tryIt(call: CallName, language: Language): string {
  const say = (word: keyof typeof words) => escapeHtml(words[word][language]);
  const { body, after = [] } = readyBodies[call];
  const links = after.map((name) => `<a href="/docs/${language}/calls/${name}#try-it"><code>${name}</code></a>`);
  const first = links.length > 0 ? `<p>${say("firstDo")}${links.join(" ")}</p>` : "";
  const data = { path: callPath(call), codes: `/docs/${language}/codes/` };
  const told = ["sending", "explained", "unreached"] as const;
  const attributes = [
    ...Object.entries(data).map(([name, value]) => `data-${name}="${escapeHtml(value)}"`),
    ...told.map((word) => `data-${word}="${say(word)}"`),
  ];
  return `<section class="try-it"><h2 id="try-it">${say("tryIt")}</h2>
<p>${say("tryItAbout")}</p>${first}
<form ${attributes.join(" ")} autocomplete="off">
<div class="fields"><label>appid <input name="appid" value="${demoShop.appid}" spellcheck="false"></label>
<label>secret <input name="secret" type="password" value="${demoShop.secret}" autocomplete="off"></label></div>
<label>${say("byToken")} <input name="token" type="password" autocomplete="off"></label>
<label>${say("body")} <textarea name="body" rows="${Math.min(18, JSON.stringify(body, null, 2).split("\n").length)}" spellcheck="false">${escapeHtml(JSON.stringify(body, null, 2))}</textarea></label>
<button type="submit">${say("send")}</button>
</form>
<div class="sent" hidden><h3>${say("asCurl")}</h3><pre tabindex="0"><code class="curl"></code></pre>
<h3>${say("reply")}</h3><div aria-live="polite"><p class="code"></p><pre tabindex="0"><code class="reply"></code></pre></div></div>
</section>\n`;
}
