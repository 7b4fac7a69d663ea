import type { HandOut } from "@quanku/sdk/admin";
import { usePages } from "../../data/calls.ts";
import { useAppid } from "../../data/session.ts";
import { CouponLink } from "../../parts/links.tsx";
import { Who } from "../../parts/who.tsx";
import { Act } from "../../ui/allowed.tsx";
import { count } from "../../ui/amounts.ts";
import { PageLink, useAddresses, useGo } from "../../ui/link.tsx";
import { Page } from "../../ui/page.tsx";
import { type Column, Rows } from "../../ui/rows.tsx";
import { Time } from "../../ui/time.tsx";
import { useWords } from "../../words/table.ts";
import { HandOutState } from "./states.tsx";
import { words } from "./words.ts";
import "./hand-outs.css";

/** The app's hand-outs, newest first. */
export function HandOuts() {
  const say = useWords(words);
  const appid = useAppid();
  const to = useAddresses();
  const go = useGo();
  const pages = usePages("listHandOuts", { appid });
  const make = (
    <Act type="primary" onClick={() => go(to.newHandOut)}>
      {say("make")}
    </Act>
  );
  const open = ({ hand_out }: HandOut) => go(to.handOut(hand_out));
  return (
    <Page title={say("title")} about={say("about")} actions={make}>
      <Rows
        label={say("title")}
        pages={pages}
        columns={useColumns()}
        rowKey={({ hand_out }) => hand_out}
        onOpen={open}
        empty={<p>{say("none")}</p>}
      />
    </Page>
  );
}

function useColumns(): Column<HandOut>[] {
  const to = useAddresses();
  const say = useWords(words);
  return [
    {
      key: "id",
      title: say("id"),
      width: "minmax(180px, 2fr)",
      cell: ({ hand_out }) => (
        <PageLink to={to.handOut(hand_out)}>
          <code>{hand_out}</code>
        </PageLink>
      ),
    },
    { key: "state", title: say("state"), width: "170px", cell: ({ state }) => <HandOutState state={state} /> },
    {
      key: "coupon",
      title: say("coupon"),
      width: "2fr",
      cell: ({ out_coupon_id }) => <CouponLink id={out_coupon_id} />,
    },
    {
      key: "given",
      title: say("given"),
      width: "150px",
      align: "end",
      cell: ({ given, total, dry_run }) => `${count(dry_run ? 0 : given)} / ${count(total)}`,
    },
    { key: "by", title: say("by"), width: "1fr", cell: ({ by }) => <Who by={by} /> },
    { key: "time", title: say("time"), width: "150px", cell: ({ create_time }) => <Time seconds={create_time} /> },
  ];
}
