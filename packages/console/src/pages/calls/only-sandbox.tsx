import { Result } from "antd";
import { Page } from "../../ui/page.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** What a production app shows in the place of a log. */
export function OnlySandbox() {
  const say = useWords(words);
  return (
    <Page title={say("title")}>
      <Result status="info" title={say("onlySandbox")} subTitle={say("onlySandboxWhy")} />
    </Page>
  );
}
