import { useAppid } from "../data/session.ts";
import { addressesOf } from "../ui/addresses.ts";
import { PageLink } from "../ui/link.tsx";
import { useWords } from "../words/table.ts";
import { actorWords, whoOf } from "./actors.ts";

/** Who did something, as the journal writes it down; of a logged call a link to it. */
export function Who({ by }: { by: string | null }) {
  const say = useWords(actorWords);
  const appid = useAppid();
  const who = whoOf(by, say);
  const rid = by?.startsWith("call ") ? by.slice("call ".length) : undefined;
  if (rid === undefined || appid === "") return <span title={by ?? undefined}>{who}</span>;
  return <PageLink to={addressesOf(appid).call(rid)}>{who}</PageLink>;
}
