import { CheckOutlined, CloseOutlined, MinusOutlined } from "@ant-design/icons";
import type { CallbackAttempt } from "@quanku/sdk/admin";
import { Code } from "../../ui/copy.tsx";
import { useWords } from "../../words/table.ts";
import { compare, type Row } from "./compare.ts";
import { mendWords } from "./mend-words.ts";
import { fieldsIn } from "./reply-fields.ts";
import { rightAnswer } from "./right-answer.ts";
import { words } from "./words.ts";

/** What should have been answered: what is wrong with the whole or with each field, and a sentence on how to mend it. */
export function Expected({ attempt }: { attempt: CallbackAttempt }) {
  const say = useWords(words);
  const mend = useWords(mendWords);
  const { whole, rows } = compare(attempt);
  const answer = rightAnswer(attempt);
  const isSealed = fieldsIn(attempt.request)?.Encrypt !== undefined;
  return (
    <div className="lab-column">
      <h3>{say("expected")}</h3>
      {whole && (
        <p className="lab-mend" role="note">
          {mend(whole.word, whole.given)}
        </p>
      )}
      {rows.length > 0 && (
        <ul className="lab-fields">
          {rows.map((row) => (
            <Field key={row.name} row={row} />
          ))}
        </ul>
      )}
      {!whole && rows.length > 0 && rows.every(({ state }) => state === "right") && <p>{say("allRight")}</p>}
      {attempt.reason !== "" && (
        <details>
          <summary>{say("serverSays")}</summary>
          <p className="lab-line">{attempt.reason}</p>
        </details>
      )}
      {answer !== undefined && (
        <details>
          <summary>
            {say("rightAnswer")}
            {isSealed && ` (${say("rightAnswerSealed")})`}
          </summary>
          <Code text={answer} label={say("rightAnswer")} />
        </details>
      )}
    </div>
  );
}

const marks = { right: CheckOutlined, assumed: CheckOutlined, wrong: CloseOutlined, unread: MinusOutlined };

function Field({ row: { name, came, expected, state, mend } }: { row: Row }) {
  const say = useWords(words);
  const sayMend = useWords(mendWords);
  const Mark = marks[state];
  return (
    <li className={`lab-field ${state}`}>
      <p>
        <Mark aria-label={say(`state_${state}`)} /> <code>{name}</code>
      </p>
      {state === "wrong" && (
        <p>
          {say("came")} {came === undefined ? <em>{say("missing")}</em> : <code className="lab-value">{came}</code>}
        </p>
      )}
      {state !== "right" && (
        <p>
          {say("shouldBe")}{" "}
          {"exactly" in expected ? <code className="lab-value">{expected.exactly}</code> : say(`kind_${expected.kind}`)}
        </p>
      )}
      {state === "right" && came !== undefined && (
        <p>
          <code className="lab-value">{came}</code>
        </p>
      )}
      {mend && <p className="lab-mend-field">{sayMend(mend.word, mend.given)}</p>}
    </li>
  );
}
