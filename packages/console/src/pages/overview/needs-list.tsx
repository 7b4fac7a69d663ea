import { useCall } from "../../data/calls.ts";
import { useNow, useRealNow } from "../../data/clock.ts";
import { useApp, useAppid } from "../../data/session.ts";
import { count } from "../../ui/amounts.ts";
import { Fault } from "../../ui/fault.tsx";
import { PageLink, useAddresses } from "../../ui/link.tsx";
import { Section } from "../../ui/page.tsx";
import { minuteOf } from "../../ui/shop-time.ts";
import { Dot } from "../../ui/status.tsx";
import { useWords } from "../../words/table.ts";
import { type Need, needsOfCallback, needsOfHandOuts, needsOfVerify } from "./needs.ts";
import { words } from "./words.ts";

/** What somebody should look at: callbacks that fail, hand-outs that were refused in part, the ledger. Each leads to its page. */
export function Needs() {
  const say = useWords(words);
  const appid = useAppid();
  const app = useApp();
  const now = useNow();
  const real = useRealNow();
  const asksMerchant = app?.claim_mode === "callback";
  const attempts = useCall("listCallbacks", { appid, limit: 100 }, { enabled: asksMerchant });
  const handOuts = useCall("listHandOuts", { appid, limit: 20 });
  const verify = useCall("showVerify", { appid });
  const needs = [
    ...(app && attempts.data ? needsOfCallback(app, attempts.data.entries, real) : []),
    ...(handOuts.data ? needsOfHandOuts(handOuts.data.entries, now) : []),
    ...(verify.data ? needsOfVerify(verify.data.verification, real) : []),
  ];
  const error = attempts.error ?? handOuts.error ?? verify.error;
  const isRead = handOuts.data && verify.data && (attempts.data || !asksMerchant);
  return (
    <Section title={say("needs")}>
      <Fault error={error} />
      {isRead && needs.length === 0 && <p className="aside">{say("needsNone")}</p>}
      <ul className="short numbers">
        {needs.map((need) => (
          <li key={`${need.word} ${need.name ?? ""}`}>
            <Told need={need} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Told({ need: { word, tone, page, time, number, name = "" } }: { need: Need }) {
  const say = useWords(words);
  const to = useAddresses();
  const told = say(word, {
    ...(time !== undefined && { time: minuteOf(time) }),
    ...(number !== undefined && { number: count(number) }),
    name,
  });
  return (
    <PageLink to={page === "handOut" ? to.handOut(name) : to[page]} className="need">
      <Dot tone={tone}>{told}</Dot>
    </PageLink>
  );
}
