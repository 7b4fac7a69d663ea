import type { App } from "@quanku/sdk/admin";
import { useState } from "react";
import { make } from "../../data/calls.ts";
import { queries } from "../../data/queries.ts";
import { houseAddresses } from "../../ui/addresses.ts";
import { Act } from "../../ui/allowed.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { useGo } from "../../ui/link.tsx";
import { Section } from "../../ui/page.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** The end of an app: it is typed once more, and refused unless it was exported since its last change. */
export function Removal({ app: { appid, sandbox } }: { app: App }) {
  const say = useWords(words);
  const go = useGo();
  const [isAsking, setAsking] = useState(false);
  const about = say(sandbox ? "removeAboutSandbox" : "removeAbout");
  const remove = async () => {
    await make("deleteApp", { appid, confirm: appid });
    await queries.refetchQueries({ queryKey: ["listApps"] });
    await go(houseAddresses.home);
  };
  return (
    <Section title={say("remove")}>
      <p className="aside">{about}</p>
      <div>
        <Act needs="owner" danger onClick={() => setAsking(true)}>
          {say("remove")}
        </Act>
      </div>
      {isAsking && (
        <Confirm
          title={say("removeTitle", { appid })}
          does={say("removeDoes")}
          typed={appid}
          run={remove}
          close={() => setAsking(false)}
        >
          <p>{about}</p>
        </Confirm>
      )}
    </Section>
  );
}
