import type { CallbackAttempt } from "@quanku/sdk/admin";
import { Code } from "../../ui/copy.tsx";
import { useWords } from "../../words/table.ts";
import { fieldsIn } from "./reply-fields.ts";
import { sizesOf } from "./sealing.ts";
import { SignatureCheck } from "./signature-check.tsx";
import { words } from "./words.ts";

/** A message as it is easily read: JSON over several lines, XML as it is. */
export function spacious(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text.replaceAll("><", ">\n<");
  }
}

/** What was sent: the plain message; folded, the body as it went out and how it was signed and encrypted. */
export function Sent({ attempt, appid }: { attempt: CallbackAttempt; appid: string }) {
  const say = useWords(words);
  const { purpose, url, message, request } = attempt;
  const isCheck = purpose === "verify";
  return (
    <div className="lab-column">
      <h3>{say("sent")}</h3>
      <p className="lab-line">
        <code>
          {isCheck ? "GET" : "POST"} {url}
        </code>
      </p>
      {isCheck && <p>{say("echoQuestion")}</p>}
      {!isCheck && message === "" && <p>{say("nothingSent")}</p>}
      {message !== "" && <Code text={spacious(message)} label={say("message")} />}
      {request !== message && (
        <details>
          <summary>{say("body")}</summary>
          <Code text={spacious(request)} label={say("body")} />
        </details>
      )}
      <details>
        <summary>{say("howMade")}</summary>
        <HowMade attempt={attempt} appid={appid} />
      </details>
      <details>
        <summary>{say("checkSignature")}</summary>
        <SignatureCheck appid={appid} encrypt={encryptIn(request)} />
      </details>
    </div>
  );
}

/** What was encrypted of a body; undefined where nothing was. */
function encryptIn(request: string): string | undefined {
  const encrypt = fieldsIn(request)?.Encrypt;
  return typeof encrypt === "string" ? encrypt : undefined;
}

function HowMade({ attempt: { purpose, message, request }, appid }: { attempt: CallbackAttempt; appid: string }) {
  const say = useWords(words);
  const encrypt = encryptIn(request);
  const sizes = sizesOf(message, appid);
  return (
    <ol className="lab-made">
      <li>{say("madeQuery")}</li>
      <li>{say("madeSignature")}</li>
      {encrypt === undefined ? (
        purpose !== "verify" && <li>{say("plainMode")}</li>
      ) : (
        <>
          <li>{say("madeMsgSignature", { text: encrypt.length, begin: `${encrypt.slice(0, 12)}…` })}</li>
          <li>{say("madeKey")}</li>
          <li>{say("madePlain", sizes)}</li>
          <li>{say("madePadding", sizes)}</li>
        </>
      )}
    </ol>
  );
}
