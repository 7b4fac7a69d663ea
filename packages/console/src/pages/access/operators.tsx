import type { Operator } from "@quanku/sdk/admin";
import { Button } from "antd";
import { useState } from "react";
import { useCall, useChange } from "../../data/calls.ts";
import { queries } from "../../data/queries.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { Section } from "../../ui/page.tsx";
import { type Column, Rows } from "../../ui/rows.tsx";
import { Time } from "../../ui/time.tsx";
import { whole } from "../../ui/whole.ts";
import { useWords } from "../../words/table.ts";
import { Once } from "./once.tsx";
import { OperatorForm } from "./operator-form.tsx";
import { words } from "./words.ts";

type Doing = { what: "add" } | { what: "change" | "reset" | "remove"; operator: Operator };

/** Who may come in, and what they may do. */
export function Operators() {
  const say = useWords(words);
  const [doing, setDoing] = useState<Doing>();
  const [told, setTold] = useState<{ name: string; password: string }>();
  const operators = useCall("listOperators", {});
  const close = () => setDoing(undefined);
  const columns: Column<Operator>[] = [
    { key: "name", title: say("name"), width: "minmax(0, 1fr)", cell: ({ name }) => name },
    { key: "role", title: say("role"), width: "90px", cell: ({ role }) => role },
    {
      key: "apps",
      title: say("ofApps"),
      width: "minmax(0, 1fr)",
      cell: ({ role, apps }) => (role === "owner" ? say("allApps") : apps.join(", ") || say("noApp")),
    },
    {
      key: "password",
      title: say("password"),
      width: "110px",
      cell: ({ has_password }) => say(has_password ? "hasPassword" : "byLink"),
    },
    {
      key: "in",
      title: say("signedIn"),
      width: "150px",
      cell: ({ sign_in_time }) => (sign_in_time === null ? say("never") : <Time seconds={sign_in_time} />),
    },
    {
      key: "do",
      title: "",
      width: "290px",
      align: "end",
      cell: (operator) =>
        (["change", "reset", "remove"] as const).map((what) => (
          <Button
            key={what}
            size="small"
            type="link"
            danger={what === "remove"}
            onClick={() => setDoing({ what, operator })}
          >
            {say(what)}
          </Button>
        )),
    },
  ];
  return (
    <Section
      title={say("operators")}
      aside={
        <Button type="primary" onClick={() => setDoing({ what: "add" })}>
          {say("newOperator")}
        </Button>
      }
    >
      <Rows label={say("operators")} pages={whole(operators)} columns={columns} rowKey={({ name }) => name} />
      {doing?.what === "add" && <OperatorForm close={close} told={setTold} />}
      {doing?.what === "change" && <OperatorForm operator={doing.operator} close={close} told={setTold} />}
      {doing?.what === "reset" && <Reset name={doing.operator.name} close={close} told={setTold} />}
      {doing?.what === "remove" && <Remove name={doing.operator.name} close={close} />}
      {told && (
        <Once
          title={told.name}
          about={say("passwordOnce", { name: told.name })}
          secret={told.password}
          close={() => setTold(undefined)}
        />
      )}
    </Section>
  );
}

const again = () => queries.invalidateQueries({ queryKey: ["listOperators"] });

type Told = (told: { name: string; password: string }) => void;

function Reset({ name, close, told }: { name: string; close: () => void; told: Told }) {
  const say = useWords(words);
  const reset = useChange("resetOperator");
  const run = async () => {
    const { password } = await reset.mutateAsync({ operator: name });
    await again();
    told({ name, password });
  };
  return (
    <Confirm title={say("reset")} does={say("resetWill", { name })} run={run} close={close}>
      <p>{say("removeAbout")}</p>
    </Confirm>
  );
}

function Remove({ name, close }: { name: string; close: () => void }) {
  const say = useWords(words);
  const remove = useChange("removeOperator");
  const run = async () => {
    await remove.mutateAsync({ operator: name });
    await again();
  };
  return (
    <Confirm title={say("remove")} does={say("removeWill", { name })} typed={name} run={run} close={close}>
      <p>{say("removeAbout")}</p>
    </Confirm>
  );
}
