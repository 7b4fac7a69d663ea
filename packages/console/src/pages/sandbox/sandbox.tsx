import { Page } from "../../ui/page.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

export function Sandbox() {
  const say = useWords(words);
  return <Page title={say("title")}>{null}</Page>;
}
