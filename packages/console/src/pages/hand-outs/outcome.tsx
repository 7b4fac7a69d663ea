import type { HandOut } from "@quanku/sdk/admin";
import { Button } from "antd";
import { reasons, reasonText } from "../../parts/reasons.ts";
import { count } from "../../ui/amounts.ts";
import { Figures } from "../../ui/facts.tsx";
import { Section } from "../../ui/page.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import { refusedIn } from "./states.tsx";
import { words } from "./words.ts";

/** How many are given one, or would be, and how many are not, by why. */
export function Outcome({ handOut }: { handOut: HandOut }) {
  const say = useWords(words);
  const { dry_run, given, total, next, state } = handOut;
  const refused = refusedIn(handOut);
  const figure = (name: string, amount: number) => ({
    name,
    value: say("people", { count: amount, amount: count(amount) }),
  });
  const figures = [
    figure(say(dry_run ? "wouldGet" : "got"), given),
    figure(say(dry_run ? "wouldNot" : "gotNot"), refused),
    ...(next < total ? [figure(say("undecided"), total - next)] : []),
  ];
  return (
    <Section title={say(dry_run ? "checkResult" : "result")}>
      {state === "checked" && <p className="aside">{say("nothingYet")}</p>}
      <Figures figures={figures} />
      {refused > 0 && <Reasons handOut={handOut} />}
    </Section>
  );
}

function Reasons({ handOut }: { handOut: HandOut }) {
  const say = useWords(words);
  const sayReason = useWords(reasons);
  const [{ why }, setUrl] = useUrlState<"why">();
  const rows = Object.entries(handOut.refused).toSorted(([, a], [, b]) => b - a);
  const most = Math.max(...rows.map(([, amount]) => amount));
  return (
    <table className="reasons">
      <thead>
        <tr>
          <th scope="col">{say("why")}</th>
          <th scope="col" className="end">
            {say("how")}
          </th>
          <th scope="col">
            <span className="unseen">{say("show")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([code, amount]) => (
          <tr key={code}>
            <th scope="row">
              {reasonText(sayReason, code)}
              <meter min={0} max={most} value={amount} aria-hidden="true" />
            </th>
            <td className="end">{count(amount)}</td>
            <td className="end">
              <Button
                size="small"
                aria-pressed={why === code}
                aria-label={`${say("show")} · ${reasonText(sayReason, code)}`}
                onClick={() => setUrl({ why: why === code ? undefined : code })}
              >
                {say("show")}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
