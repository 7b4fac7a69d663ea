import type { CallbackAttempt } from "@quanku/sdk/admin";
import { Code } from "../../ui/copy.tsx";
import { useWords } from "../../words/table.ts";
import { spacious } from "./sent.tsx";
import { words } from "./words.ts";

/** What the merchant answered: as it came, and where it was encrypted as it was read. */
export function Answered({ attempt: { status, reply, read, milliseconds } }: { attempt: CallbackAttempt }) {
  const say = useWords(words);
  const isSealed = read !== null && read !== reply;
  return (
    <div className="lab-column">
      <h3>{say("answered")}</h3>
      {status === null ? (
        <p>{say("noReply")}</p>
      ) : (
        <p className="lab-line numbers">
          {say("httpStatus", { status })} · {say("milliseconds", { milliseconds })}
        </p>
      )}
      {isSealed && (
        <>
          <p className="aside">{say("asItWasRead")}</p>
          <Code text={spacious(read)} label={say("asItWasRead")} />
        </>
      )}
      {reply !== null && (
        <>
          <p className="aside">{say("asItCame")}</p>
          {reply === "" ? <p>{say("emptyReply")}</p> : <Code text={reply} label={say("asItCame")} />}
        </>
      )}
    </div>
  );
}
