import { Page } from "../../ui/page.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

export function NewCoupon() {
  const say = useWords(words);
  return <Page title={say("title")}>{null}</Page>;
}

export function EditCoupon() {
  const say = useWords(words);
  return <Page title={say("title")}>{null}</Page>;
}
