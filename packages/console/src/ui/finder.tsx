import { Alert, Button, Input } from "antd";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useWords } from "../words/table.ts";
import { common } from "./words.ts";

/** How many characters the longest id has. */
const LONGEST = 128;

/** Looks something up by an id that is typed, without what stands around it. What can be no id is not looked up, and `notAnId` says why. */
export function Finder({
  label,
  begin = "",
  find,
  isRunning,
  notAnId,
  children,
}: {
  label: string;
  /** What is typed at first. */
  begin?: string | undefined;
  find: (id: string) => void;
  isRunning: boolean;
  notAnId: string;
  /** What is said where nothing came of it. */
  children: ReactNode;
}) {
  const say = useWords(common);
  const field = useId();
  const [typed, setTyped] = useState(begin);
  const [isWrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const id = typed.trim();
    const isSane = id !== "" && id.length <= LONGEST;
    setWrong(!isSane);
    if (isSane) find(id);
  };
  return (
    <form className="finder" onSubmit={submit}>
      <label htmlFor={field}>{label}</label>
      <div className="filters">
        <Input id={field} value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
        <Button type="primary" htmlType="submit" loading={isRunning}>
          {say("find")}
        </Button>
      </div>
      {isWrong && <Alert type="warning" title={notAnId} />}
      {children}
    </form>
  );
}
