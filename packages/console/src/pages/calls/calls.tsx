import { PauseOutlined, PlayCircleOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useApp, useAppid } from "../../data/session.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { useKeys } from "../../ui/keys.ts";
import { PageLink, useAddresses, useGo } from "../../ui/link.tsx";
import { Page } from "../../ui/page.tsx";
import { Rows } from "../../ui/rows.tsx";
import { Dot } from "../../ui/status.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import "./calls.css";
import { CallView } from "./call-view.tsx";
import { useColumns } from "./columns.tsx";
import { Filters, useFilter } from "./filters.tsx";
import { useFollowed } from "./following.ts";
import { OnlySandbox } from "./only-sandbox.tsx";
import { words } from "./words.ts";

/** The log of an app's calls, as they come. */
export function Calls() {
  const appid = useAppid();
  const app = useApp();
  if (app && !app.sandbox) return <OnlySandbox />;
  return <Log key={appid} appid={appid} />;
}

function Log({ appid }: { appid: string }) {
  const say = useWords(words);
  const to = useAddresses();
  const [{ open }, setUrl] = useUrlState<"open">();
  const go = useGo();
  const filter = useFilter();
  const { pages, isLive, isPaused, meanwhile, toggle } = useFollowed(appid, filter);
  const columns = useColumns();
  const isFiltered = Object.keys(filter).length > 0;
  useSpace(toggle);
  return (
    <Page
      title={say("title")}
      about={say("about")}
      actions={
        <>
          <span className="live-state numbers" role="status">
            <Dot tone={isPaused ? "soon" : isLive ? "good" : "plain"}>
              {isPaused ? say("paused") : say(isLive ? "live" : "notLive")}
            </Dot>
            {isPaused && ` · ${say("meanwhile", { count: meanwhile })}`}
          </span>
          <Button icon={isPaused ? <PlayCircleOutlined /> : <PauseOutlined />} title={say("pauseHow")} onClick={toggle}>
            {say(isPaused ? "goOn" : "pause")}
          </Button>
        </>
      }
    >
      <Filters />
      <Rows
        label={say("title")}
        pages={pages}
        columns={columns}
        rowKey={({ rid }) => rid}
        onOpen={({ rid }) => setUrl({ open: rid })}
        onEnter={({ rid }) => go(to.call(rid))}
        mark={({ errcode }) => (errcode === 0 ? undefined : "failed")}
        empty={isFiltered ? say("noneSuch") : <PageLink to={to.try}>{say("none")}</PageLink>}
      />
      {open !== undefined && (
        <Dialog
          side
          title={<PageLink to={to.call(open)}>{say("page")}</PageLink>}
          close={() => setUrl({ open: undefined })}
        >
          <CallView appid={appid} rid={open} />
        </Dialog>
      )}
    </Page>
  );
}

/** Has the space bar do something wherever it has nothing of its own to do. */
function useSpace(act: () => void): void {
  useKeys((event) => {
    const isTaken =
      event.target instanceof Element && event.target.closest("input, textarea, button, a, dialog, [role=combobox]");
    if (event.key !== " " || isTaken) return;
    event.preventDefault();
    act();
  });
}
