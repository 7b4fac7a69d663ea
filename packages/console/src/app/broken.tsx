import { Link } from "@tanstack/react-router";
import { Button, Result } from "antd";
import { Fault } from "../ui/fault.tsx";
import { useTitle } from "../ui/page.tsx";
import { common } from "../ui/words.ts";
import { useWords } from "../words/table.ts";
import { words } from "./words.ts";

/** What stands where a page failed to be drawn, or where its file is gone because a newer version of the console was put in place. */
export function Broken({ error, reset }: { error: unknown; reset?: () => void }) {
  const say = useWords(words);
  const sayCommon = useWords(common);
  const isOld = isFileGone(error);
  useTitle(say(isOld ? "newVersion" : "broken"));
  if (isOld)
    return (
      <Result
        status="info"
        title={<h1>{say("newVersion")}</h1>}
        subTitle={say("newVersionHow")}
        extra={
          <Button type="primary" onClick={() => location.reload()}>
            {say("loadAnew")}
          </Button>
        }
      />
    );
  return (
    <Result
      status="error"
      title={<h1>{say("broken")}</h1>}
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

/** Whether a part of the console could not be fetched, in the words of Chrome, Firefox, Safari, and of Vite for styles. */
const isFileGone = (error: unknown): boolean =>
  error instanceof Error &&
  /dynamically imported module|Importing a module script failed|Unable to preload CSS/i.test(error.message);

/** What stands where an address leads nowhere. */
export function NotFound() {
  const say = useWords(words);
  useTitle(say("notFound"));
  return (
    <Result
      status="404"
      title={<h1>{say("notFound")}</h1>}
      subTitle={say("notFoundHow")}
      extra={<Link to="/">{say("toHome")}</Link>}
    />
  );
}

/** What stands in the place of every page of an app that is not there, or not for whoever is signed in. */
export function NoSuchApp({ appid }: { appid: string }) {
  const say = useWords(words);
  useTitle(say("noSuchApp", { appid }));
  return (
    <Result
      status="404"
      title={<h1>{say("noSuchApp", { appid })}</h1>}
      subTitle={say("noSuchAppHow")}
      extra={<Link to="/">{say("toHome")}</Link>}
    />
  );
}
