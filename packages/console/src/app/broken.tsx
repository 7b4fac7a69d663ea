import { Button } from "antd";
import { houseAddresses } from "../ui/addresses.ts";
import { Fault } from "../ui/fault.tsx";
import { PageLink } from "../ui/link.tsx";
import { Notice } from "../ui/notice.tsx";
import { common } from "../ui/words.ts";
import { useWords } from "../words/table.ts";
import { words } from "./words.ts";

/** What stands where a page failed to be drawn, or where its file is gone because a newer version of the console was put in place. */
export function Broken({ error, reset }: { error: unknown; reset?: () => void }) {
  const say = useWords(words);
  const sayCommon = useWords(common);
  if (isFileGone(error))
    return (
      <Notice title={say("newVersion")} about={say("newVersionHow")}>
        <Button type="primary" onClick={() => location.reload()}>
          {say("loadAnew")}
        </Button>
      </Notice>
    );
  return (
    <Notice title={say("broken")}>
      <Fault error={error} />
      <Button type="primary" onClick={reset ?? (() => location.reload())}>
        {sayCommon("retry")}
      </Button>
    </Notice>
  );
}

/** Whether a part of the console could not be fetched, in the words of Chrome, Firefox, Safari, and of Vite for styles. */
const isFileGone = (error: unknown): boolean =>
  error instanceof Error &&
  /dynamically imported module|Importing a module script failed|Unable to preload CSS/i.test(error.message);

/** What stands where an address leads nowhere. */
export function NotFound() {
  const say = useWords(words);
  return (
    <Notice title={say("notFound")} about={say("notFoundHow")}>
      <PageLink to={houseAddresses.home}>{say("toHome")}</PageLink>
    </Notice>
  );
}

/** What stands in the place of every page of an app that is not there, or not for whoever is signed in. */
export function NoSuchApp({ appid }: { appid: string }) {
  const say = useWords(words);
  return (
    <Notice title={say("noSuchApp", { appid })} about={say("noSuchAppHow")}>
      <PageLink to={houseAddresses.home}>{say("toHome")}</PageLink>
    </Notice>
  );
}
