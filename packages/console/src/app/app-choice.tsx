import { useLocation } from "@tanstack/react-router";
import { Select } from "antd";
import { useCall } from "../data/calls.ts";
import { useGo } from "../ui/link.tsx";
import { useWords } from "../words/table.ts";
import { addressOf, groups, isShown } from "./nav.tsx";
import { words } from "./words.ts";

/** Chooses among the apps. The other app is shown at the same page: its coupons after the coupons of this one. */
export function AppChoice({ appid }: { appid: string }) {
  const say = useWords(words);
  const goTo = useGo();
  const { pathname } = useLocation();
  const { data } = useCall("listApps", {});
  const apps = data?.entries ?? [];
  const options = apps.map(({ appid: value, sandbox }) => ({
    value,
    label: sandbox ? `${value} · ${say("isSandbox")}` : value,
  }));
  const go = (next: string) => {
    const isSandbox = apps.some((app) => app.appid === next && app.sandbox);
    goTo(samePage(pathname, next, isSandbox));
  };
  return (
    <Select
      className="app-choice"
      aria-label={say("app")}
      value={appid || null}
      options={options}
      loading={!data}
      showSearch
      popupMatchSelectWidth={false}
      onChange={go}
    />
  );
}

/** The same page of the side bar for another app, if that has it too; what an id names is this app's alone. */
function samePage(pathname: string, appid: string, isSandbox: boolean): string {
  const [, , section = ""] = pathname.replace(/^\/console/, "").split("/");
  const page = `/${appid}/${section === "user-coupons" ? "people" : section}`;
  const entry = groups.flatMap(({ entries }) => entries).find(({ word }) => addressOf(word, appid) === page);
  return addressOf(entry && isShown(entry, appid, isSandbox) ? entry.word : "overview", appid);
}
