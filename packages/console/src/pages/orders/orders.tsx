import { AdminError } from "@quanku/sdk/admin";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Input } from "antd";
import { type FormEvent, useId, useState } from "react";
import { make } from "../../data/calls.ts";
import { useAppid } from "../../data/session.ts";
import { Fault } from "../../ui/fault.tsx";
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
      <Finder />
      <OrderList />
    </Page>
  );
}

function Finder() {
  const say = useWords(words);
  const appid = useAppid();
  const to = useAddresses();
  const go = useGo();
  const field = useId();
  const [typed, setTyped] = useState("");
  const [isWrong, setWrong] = useState(false);
  const find = useMutation({
    mutationFn: (id: string) => make("showOrder", { appid, out_order_id: id }),
    onSuccess: (_, id) => go(to.order(id)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const id = typed.trim();
    const isSane = id !== "" && id.length <= 128;
    setWrong(!isSane);
    if (isSane) find.mutate(id);
  };
  const isUnknown = find.error instanceof AdminError && find.error.code === "unknown_order";
  return (
    <form className="order-finder" onSubmit={submit}>
      <label htmlFor={field}>{say("search")}</label>
      <div className="filters">
        <Input id={field} value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
        <Button type="primary" htmlType="submit" loading={find.isPending}>
          {say("find")}
        </Button>
      </div>
      {isWrong && <Alert type="warning" title={say("notAnId")} />}
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
    </form>
  );
}
