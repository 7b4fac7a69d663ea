import { Link } from "@tanstack/react-router";
import { useAppid } from "../data/session.ts";
import { useWords } from "../words/table.ts";
import { actorWords, whoOf } from "./actors.ts";

/** Who did something, as the journal writes it down; of a logged call a link to it. */
export function Who({ by }: { by: string | null }) {
  const say = useWords(actorWords);
  const appid = useAppid();
  const who = whoOf(by, say);
  const rid = by?.startsWith("call ") ? by.slice("call ".length) : undefined;
  if (rid === undefined || appid === "") return <span title={by ?? undefined}>{who}</span>;
  return (
    <Link to={"/$appid/calls/$rid" as never} params={{ appid, rid } as never}>
      {who}
    </Link>
  );
}
