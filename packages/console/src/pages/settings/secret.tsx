import type { App } from "@quanku/sdk/admin";
import { Button } from "antd";
import { useState } from "react";
import { make } from "../../data/calls.ts";
import { Act } from "../../ui/allowed.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Code, Copy } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Section } from "../../ui/page.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** The app's secret, which nobody can read: it is changed, and the new one told once. */
export function Secret({ app: { appid } }: { app: App }) {
  const say = useWords(words);
  const [isAsking, setAsking] = useState(false);
  const [secret, setSecret] = useState<string>();
  const rotate = async () => setSecret((await make("rotateSecret", { appid })).secret);
  return (
    <Section title={say("secret")}>
      <p className="aside">{say("secretAbout")}</p>
      <div>
        <Act needs="owner" danger onClick={() => setAsking(true)}>
          {say("rotate")}
        </Act>
      </div>
      {isAsking && (
        <Confirm title={say("rotateTitle")} does={say("rotateDoes")} run={rotate} close={() => setAsking(false)}>
          <p>{say("rotateAbout")}</p>
        </Confirm>
      )}
      {secret !== undefined && !isAsking && (
        <Dialog
          title={say("newSecret")}
          footer={
            <>
              <Copy text={secret}>{say("copySecret")}</Copy>
              <Button type="primary" onClick={() => setSecret(undefined)}>
                {say("copied")}
              </Button>
            </>
          }
        >
          <p>{say("newSecretAbout")}</p>
          <Code text={secret} label={say("newSecret")} />
        </Dialog>
      )}
    </Section>
  );
}
