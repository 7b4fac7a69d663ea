import { Button, Input } from "antd";
import { type ReactNode, useId, useState } from "react";
import { useWords } from "../words/table.ts";
import { Dialog } from "./dialog.tsx";
import { Fault } from "./fault.tsx";
import { common } from "./words.ts";

/**
 * Asks before something is done that cannot be taken back. The button says what will be true afterwards, in red unless it is
 * `calm`; where `typed` is given, that text must be typed first. Stays open with the failure where it fails.
 */
export function Confirm({
  title,
  does,
  typed,
  calm = false,
  children,
  run,
  close,
}: {
  title: string;
  /** What the button says: what is true afterwards. */
  does: string;
  typed?: string | undefined;
  calm?: boolean;
  children: ReactNode;
  run: () => Promise<unknown>;
  close: () => void;
}) {
  const say = useWords(common);
  const field = useId();
  const [text, setText] = useState("");
  const [error, setError] = useState<unknown>();
  const [isRunning, setRunning] = useState(false);
  const go = async () => {
    setRunning(true);
    setError(undefined);
    try {
      await run();
      close();
    } catch (failure) {
      setError(failure);
    }
    setRunning(false);
  };
  return (
    <Dialog
      title={title}
      close={close}
      footer={
        <>
          <Button onClick={close}>{say("cancel")}</Button>
          <Button
            type="primary"
            danger={!calm}
            disabled={typed !== undefined && text.trim() !== typed}
            loading={isRunning}
            onClick={() => void go()}
          >
            {does}
          </Button>
        </>
      }
    >
      {children}
      {typed !== undefined && (
        <label className="stacked" htmlFor={field}>
          {say("typeToConfirm", { text: typed })}
          <Input id={field} value={text} onChange={(event) => setText(event.target.value)} autoComplete="off" />
        </label>
      )}
      <Fault error={error} />
    </Dialog>
  );
}
