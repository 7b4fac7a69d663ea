/** What pages do beyond being read: code is copied, and calls are tried. Everything that comes is shown as text. */

const { copy, copied } = document.documentElement.dataset;

/** The list of pages is folded where there is no room beside the text; without this script it stays open. */
const wide = matchMedia("(min-width: 60rem)");
const list = document.querySelector("nav.pages details");
const unfold = () => {
  if (list) list.open = wide.matches;
};
wide.addEventListener("change", unfold);
unfold();

for (const block of document.querySelectorAll("main pre")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.querySelector("code").textContent);
    button.textContent = copied;
    setTimeout(() => {
      button.textContent = copy;
    }, 2000);
  });
  const frame = document.createElement("div");
  frame.className = "code-block";
  block.replaceWith(frame);
  frame.append(block, button);
}

/** A text as one word of a shell. */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

const pretty = (text) => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

/** Sends to this server alone, without cookies, and follows no redirect. */
async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    body,
    headers: { "content-type": "application/json" },
    credentials: "omit",
    cache: "no-store",
    redirect: "error",
    referrerPolicy: "no-referrer",
  });
  return response.text();
}

/** The last token that was fetched, and for whom; in memory alone. */
let kept = { for: "", token: "" };

/** An access token for what the form holds, or the reply that says why there is none. */
async function tokenFor({ appid, secret, token }) {
  if (token.value.trim()) return { token: token.value.trim() };
  const asked = JSON.stringify({ grant_type: "client_credential", appid: appid.value, secret: secret.value });
  if (kept.for === asked) return { token: kept.token };
  const reply = await post("/cgi-bin/stable_token", asked);
  const { access_token: fetched } = JSON.parse(reply);
  if (!fetched) return { reply };
  kept = { for: asked, token: fetched };
  return { token: fetched };
}

async function call(form) {
  const { token, reply } = await tokenFor(form.elements);
  if (reply !== undefined) return reply;
  const answer = await post(`${form.dataset.path}?access_token=${encodeURIComponent(token)}`, form.elements.body.value);
  if (/"errcode":(40001|42001)\b/.test(answer)) kept = { for: "", token: "" };
  return answer;
}

/** Says which code came, with the way to its page. */
function tell(place, reply, { codes, explained }) {
  place.replaceChildren();
  const [, code] = /"errcode":\s*(-?\d+)/.exec(reply) ?? [];
  if (code === undefined || code === "0") return;
  const link = document.createElement("a");
  link.href = codes + code;
  link.textContent = code;
  place.append(explained, link);
}

for (const form of document.querySelectorAll(".try-it form")) {
  const sent = form.parentElement.querySelector(".sent");
  const [curl, reply, code] = [".curl", ".reply", ".code"].map((name) => sent.querySelector(name));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    sent.hidden = false;
    code.replaceChildren();
    reply.textContent = form.dataset.sending;
    curl.textContent = `curl -s "${location.origin}${form.dataset.path}?access_token=$TOKEN" -d ${quoted(form.elements.body.value)}`;
    try {
      const text = await call(form);
      reply.textContent = pretty(text);
      tell(code, text, form.dataset);
    } catch (error) {
      reply.textContent = `${form.dataset.unreached}: ${error.message}`;
    } finally {
      button.disabled = false;
    }
  });
}
