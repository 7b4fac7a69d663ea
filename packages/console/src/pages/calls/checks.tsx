import { CheckOutlined, CloseOutlined, MinusOutlined } from "@ant-design/icons";
import type { LoggedCall } from "@quanku/sdk/admin";
import { useLanguage } from "../../words/language.ts";
import { hasWord, useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** What is checked of each call, in order, as far as it comes. */
const order: Readonly<Record<string, readonly string[]>> = {
  token: ["route", "method", "appid", "grant", "secret", "rules"],
  stable_token: ["route", "method", "body", "json", "fields", "appid", "grant", "secret", "rules"],
};
const ofCoupons = ["route", "method", "token", "callback", "room", "body", "json", "fields", "rules"];

const icons = { passed: CheckOutlined, failed: CloseOutlined, skipped: MinusOutlined };

/** The checks of a call in their order: those it passed, the one where it ended, and those it never came to. */
export function Checks({ call }: { call: LoggedCall }) {
  const say = useWords(words);
  const [language] = useLanguage();
  const reached = new Set(call.checks.map(({ check }) => check));
  const left = (order[call.call] ?? ofCoupons).filter((check) => !reached.has(check));
  const nameOf = (check: string) => {
    const name = `check_${check}`;
    return hasWord(words, name) ? say(name) : check;
  };
  return (
    <section aria-label={say("checks")}>
      <h3>{say("checks")}</h3>
      <ol className="checks">
        {call.checks.map(({ check, result, code, [language]: told }) => {
          const Icon = icons[result];
          return (
            <li key={check} className={result}>
              <Icon aria-label={say(result)} />
              <strong>{nameOf(check)}</strong>
              <span>
                {result === "failed" && isPlayed(call) ? call.errmsg : told} {code !== null && <code>{code}</code>}
                {result === "failed" && call.fault !== null && (
                  <span className="fault-mark"> {say("byFault", { fault: call.fault })}</span>
                )}
              </span>
            </li>
          );
        })}
        {left.map((check) => (
          <li key={check} className="unreached">
            <MinusOutlined aria-hidden />
            <strong>{nameOf(check)}</strong>
            <span>{say("unreached")}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Whether a call was answered with the code that a fault ordered: the check where it stood did not fail then. */
const isPlayed = ({ fault, errcode }: LoggedCall) => fault?.split(/[,;] /).includes(`errcode=${errcode}`) === true;
