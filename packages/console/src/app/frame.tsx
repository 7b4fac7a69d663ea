import { GlobalOutlined, MoonOutlined, SearchOutlined, SunOutlined, UserOutlined } from "@ant-design/icons";
import { Outlet } from "@tanstack/react-router";
import { Button, Dropdown } from "antd";
import { useEffect, useState } from "react";
import { make, useCall } from "../data/calls.ts";
import { LiveProvider } from "../data/live.tsx";
import { useIsReachable } from "../data/reachable.ts";
import { useAppid } from "../data/session.ts";
import { houseAddresses } from "../ui/addresses.ts";
import { Dialog } from "../ui/dialog.tsx";
import { PageLink, useGo } from "../ui/link.tsx";
import { useLanguage } from "../words/language.ts";
import { useWords } from "../words/table.ts";
import { AppChoice } from "./app-choice.tsx";
import { NoSuchApp } from "./broken.tsx";
import { Keys } from "./keys.tsx";
import { lastApp } from "./last-app.ts";
import { BottomBar, Nav } from "./nav.tsx";
import { SandboxBar } from "./sandbox-bar.tsx";
import { Search } from "./search.tsx";
import { useLightness } from "./theme.ts";
import { words } from "./words.ts";

/** What stands around every page: the head, the side bar, and of a sandbox app its clock and faults. */
export function Frame() {
  const say = useWords(words);
  const named = useAppid();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isSearching, setSearching] = useState(false);
  const { error } = useCall("showApp", { appid: named }, { enabled: named !== "" });
  const isThere = error?.code !== "unknown_app";
  const appid = useShownApp(named, isThere);
  return (
    <LiveProvider appid={isThere ? named : ""}>
      <a className="skip" href="#page">
        {say("skip")}
      </a>
      <header className="head">
        <PageLink to={houseAddresses.home} className="brand">
          Quanku <span lang="zh-CN">券库</span>
        </PageLink>
        <AppChoice appid={appid} />
        <Button className="search-button" icon={<SearchOutlined />} onClick={() => setSearching(true)}>
          <span className="wide">
            {say("search")} <kbd>Ctrl K</kbd>
          </span>
        </Button>
        <Looks />
        <Account />
      </header>
      <div className="columns">
        <div className="side">
          <Nav appid={appid} />
        </div>
        <main id="page" tabIndex={-1}>
          <Lost />
          {isThere && <SandboxBar />}
          {isThere ? <Outlet /> : <NoSuchApp appid={named} />}
        </main>
      </div>
      <BottomBar appid={appid} menu={() => setMenuOpen(true)} />
      {isMenuOpen && (
        <Dialog side title={say("menu")} close={() => setMenuOpen(false)}>
          <Nav appid={appid} onGo={() => setMenuOpen(false)} />
        </Dialog>
      )}
      {isSearching && <Search appid={appid} close={() => setSearching(false)} />}
      <Keys appid={appid} search={() => setSearching(true)} />
    </LiveProvider>
  );
}

/** The app whose pages the side bar leads to: the one that is shown, else the last one, or the first. */
function useShownApp(named: string, isThere: boolean): string {
  const { data } = useCall("listApps", {});
  useEffect(() => {
    if (named !== "" && isThere) lastApp.write(named);
  }, [named, isThere]);
  if (named !== "" && isThere) return named;
  const appids = data?.entries.map(({ appid }) => appid) ?? [];
  const last = lastApp.read();
  return last !== undefined && appids.includes(last) ? last : (appids[0] ?? "");
}

/** Says that what is shown may be old, as long as the server does not answer. */
function Lost() {
  const say = useWords(words);
  const isReachable = useIsReachable();
  return (
    <div role="status" className={isReachable ? "" : "lost"}>
      {!isReachable && say("lost")}
    </div>
  );
}

function Looks() {
  const say = useWords(words);
  const [language, setLanguage] = useLanguage();
  const [lightness, setLightness] = useLightness();
  const other = lightness === "dark" ? "light" : "dark";
  return (
    <>
      <Button type="text" icon={<GlobalOutlined />} onClick={() => setLanguage(language === "zh" ? "en" : "zh")}>
        <span className="wide" lang={language === "zh" ? "en" : "zh-CN"}>
          {say("otherLanguage")}
        </span>
      </Button>
      <Button
        type="text"
        aria-label={say(other)}
        icon={other === "light" ? <SunOutlined /> : <MoonOutlined />}
        onClick={() => setLightness(other)}
      />
    </>
  );
}

function Account() {
  const say = useWords(words);
  const go = useGo();
  const { data } = useCall("showSession", {});
  const name = data?.session.name ?? "";
  const leave = async () => {
    await make("signOut", {});
    location.assign("/console/");
  };
  const items = [
    { key: "account", label: say("account"), onClick: () => go(houseAddresses.account) },
    { key: "out", label: say("signOut"), onClick: () => void leave() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]}>
      <Button type="text" icon={<UserOutlined />} aria-label={`${say("account")} ${name}`}>
        <span className="wide">{name}</span>
      </Button>
    </Dropdown>
  );
}
