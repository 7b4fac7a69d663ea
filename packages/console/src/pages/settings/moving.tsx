import type { App, ImportAppReply } from "@quanku/sdk/admin";
import { Button, App as Messages, Upload } from "antd";
import { useState } from "react";
import { readAgain } from "../../data/calls.ts";
import { client } from "../../data/client.ts";
import { useMay } from "../../data/session.ts";
import { Act } from "../../ui/allowed.tsx";
import { Fault } from "../../ui/fault.tsx";
import { Section } from "../../ui/page.tsx";
import { common } from "../../ui/words.ts";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/table.ts";
import { Difference } from "./difference.tsx";
import { words } from "./words.ts";

/** The app's snapshot: taken out, and brought in once it was told what that changes. */
export function Moving({ app }: { app: App }) {
  const say = useWords(words);
  return (
    <Section title={say("moving")}>
      <p className="aside">{say("exportAbout")}</p>
      <div>
        <Export app={app} />
      </div>
      <p className="aside">{say("importAbout")}</p>
      <Import app={app} />
    </Section>
  );
}

/** A link, so that the browser writes a snapshot of any size to disk as it comes. */
function Export({ app: { appid } }: { app: App }) {
  const say = useWords(words);
  if (!useMay("manager")) return <Act>{say("export")}</Act>;
  return (
    <Button href={`/quanku/admin/v1/apps/${encodeURIComponent(appid)}/export`} download={`${appid}.jsonl`}>
      {say("export")}
    </Button>
  );
}

type Compared = { file: File; found: ImportAppReply["import"] };

function Import({ app: { appid } }: { app: App }) {
  const say = useWords(words);
  const sayCommon = useWords(common);
  const may = useMay("manager");
  const { message } = Messages.useApp();
  const [language] = useLanguage();
  const [compared, setCompared] = useState<Compared>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const during = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    await work().catch(setError);
    setBusy(false);
  };
  const look = (file: File) =>
    during(async () => {
      setCompared({ file, found: (await client.importApp({ appid, dry_run: true, file })).import });
    });
  const go = (file: File) =>
    during(async () => {
      const { coupons, user_coupons, stopped_at, faults } = (await client.importApp({ appid, file })).import;
      setCompared(undefined);
      await readAgain(appid);
      if (stopped_at !== null) {
        const why = faults[0]?.[language === "zh" ? "detail_zh" : "detail"] ?? "";
        throw new Error(say("stopped", { line: stopped_at, why }));
      }
      const sums = { fresh: coupons.new + user_coupons.new, changed: coupons.changed + user_coupons.changed };
      void message.success(say("imported", sums), 6);
    });
  return (
    <>
      {compared ? (
        <>
          <Difference name={compared.file.name} found={compared.found} />
          <Go {...compared} isBusy={isBusy} go={() => void go(compared.file)} again={() => setCompared(undefined)} />
        </>
      ) : !may ? (
        <p className="aside">{sayCommon("notAllowed")}</p>
      ) : (
        <Upload.Dragger
          accept=".jsonl,.json,.txt"
          maxCount={1}
          showUploadList={false}
          disabled={isBusy}
          beforeUpload={(file) => {
            void look(file);
            return false;
          }}
        >
          <p>{say(isBusy ? "comparing" : "drop")}</p>
        </Upload.Dragger>
      )}
      <Fault error={error} />
    </>
  );
}

function Go({ found, isBusy, go, again }: Compared & { isBusy: boolean; go: () => void; again: () => void }) {
  const say = useWords(words);
  const { coupons, user_coupons, unreadable } = found;
  const sums = { fresh: coupons.new + user_coupons.new, changed: coupons.changed + user_coupons.changed };
  const isFaulty = unreadable + coupons.refused + user_coupons.refused > 0;
  const why = isFaulty ? say("faultsFirst") : sums.fresh + sums.changed === 0 ? say("nothingNew") : undefined;
  return (
    <div className="page-actions">
      <Button onClick={again} disabled={isBusy}>
        {say("another")}
      </Button>
      <Act type="primary" why={why} loading={isBusy} onClick={go}>
        {say("importDoes", sums)}
      </Act>
    </div>
  );
}
