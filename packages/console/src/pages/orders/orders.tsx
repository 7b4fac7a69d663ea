import { AdminError } from "@quanku/sdk/admin";
import { useMutation } from "@tanstack/react-query";
import { Alert } from "antd";
import { make } from "../../data/calls.ts";
import { useAppid } from "../../data/session.ts";
import { Fault } from "../../ui/fault.tsx";
import { Finder } from "../../ui/finder.tsx";
import { useAddresses, useGo } from "../../ui/link.tsx";
import { Page } from "../../ui/page.tsx";
import { useWords } from "../../words/table.ts";
import { OrderList } from "./order-list.tsx";
import { words } from "./words.ts";
import "./orders.css";

/** Finds an order by its id, and lists those recorded last. */
export function Orders() {
  const say = useWords(words);
  return (
    <Page title={say("title")} about={say("about")}>
      <FindOrder />
      <OrderList />
    </Page>
  );
}

function FindOrder() {
  const say = useWords(words);
  const appid = useAppid();
  const to = useAddresses();
  const go = useGo();
  const find = useMutation({
    mutationFn: (id: string) => make("showOrder", { appid, out_order_id: id }),
    onSuccess: (_, id) => go(to.order(id)),
  });
  const isUnknown = find.error instanceof AdminError && find.error.code === "unknown_order";
  return (
    <Finder label={say("search")} find={find.mutate} isRunning={find.isPending} notAnId={say("notAnId")}>
      {isUnknown ? (
        <Alert
          type="warning"
          role="alert"
          title={say("unknown", { id: find.variables ?? "" })}
          description={say("unknownHow")}
        />
      ) : (
        <Fault error={find.error} />
      )}
    </Finder>
  );
}
