import { Button, Result } from "antd";
import { Fault } from "../ui/fault.tsx";
import { common } from "../ui/words.ts";
import { useWords } from "../words/table.ts";
import { words } from "./words.ts";

/** What stands where a page failed to be drawn. */
export function Broken({ error, reset }: { error: unknown; reset?: () => void }) {
  const say = useWords(words);
  const sayCommon = useWords(common);
  return (
    <Result
      status="error"
      title={say("broken")}
      extra={
        <Button type="primary" onClick={reset ?? (() => location.reload())}>
          {sayCommon("retry")}
        </Button>
      }
    >
      <Fault error={error} />
    </Result>
  );
}

/** What stands where an address leads nowhere. */
export function NotFound() {
  const say = useWords(words);
  return <Result status="404" title={say("notFound")} subTitle={say("notFoundHow")} />;
}
