import { Navigate } from "@tanstack/react-router";
import { Button, Skeleton } from "antd";
import { useCall } from "../data/calls.ts";
import { useMay } from "../data/session.ts";
import { addressesOf, houseAddresses } from "../ui/addresses.ts";
import { Fault } from "../ui/fault.tsx";
import { Notice } from "../ui/notice.tsx";
import { useWords } from "../words/table.ts";
import { lastApp } from "./last-app.ts";
import { words } from "./words.ts";

/** Leads to the app that was looked at last, or to the first there is. */
export function Home() {
  const say = useWords(words);
  const isOwner = useMay("owner");
  const { data, error, refetch } = useCall("listApps", {});
  if (error) return <Fault error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  const appids = data.entries.map(({ appid }) => appid);
  const last = lastApp.read();
  const appid = last !== undefined && appids.includes(last) ? last : appids[0];
  if (appid !== undefined) return <Navigate to={addressesOf(appid).overview} replace />;
  return (
    <Notice title={say("noApps")} about={isOwner ? undefined : say("noAppsHow")}>
      {isOwner && (
        <Button type="primary" href={`/console${houseAddresses.access}`}>
          {say("makeApp")}
        </Button>
      )}
    </Notice>
  );
}
