import {
  ApartmentOutlined,
  ApiOutlined,
  BarChartOutlined,
  BookOutlined,
  ExperimentOutlined,
  HeartOutlined,
  HomeOutlined,
  PlayCircleOutlined,
  SendOutlined,
  SettingOutlined,
  ShoppingOutlined,
  TagOutlined,
  TeamOutlined,
  UnorderedListOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { useIsSandbox } from "../data/session.ts";
import { useWords } from "../words/table.ts";
import { words } from "./words.ts";

type Word = keyof (typeof words)["words"];
type Entry = {
  word: Word;
  path: string;
  icon: ComponentType<{ "aria-hidden"?: boolean }>;
  letter?: string;
  onlySandbox?: true;
};

/** What stands in the side bar: groups of pages of the app, the last group with those of the house. `letter` follows G. */
export const groups: readonly { title?: Word; entries: readonly Entry[] }[] = [
  {
    entries: [
      { word: "overview", path: "/", icon: HomeOutlined, letter: "h" },
      { word: "coupons", path: "/coupons", icon: TagOutlined, letter: "c" },
      { word: "handOuts", path: "/hand-outs", icon: SendOutlined, letter: "d" },
      { word: "people", path: "/people", icon: UserOutlined, letter: "p" },
      { word: "orders", path: "/orders", icon: ShoppingOutlined, letter: "o" },
      { word: "reports", path: "/reports", icon: BarChartOutlined, letter: "r" },
    ],
  },
  {
    title: "develop",
    entries: [
      { word: "callbacks", path: "/callbacks", icon: ApiOutlined, letter: "b" },
      { word: "calls", path: "/calls", icon: UnorderedListOutlined, letter: "l", onlySandbox: true },
      { word: "try", path: "/try", icon: PlayCircleOutlined, letter: "t" },
      { word: "sandbox", path: "/sandbox", icon: ExperimentOutlined, letter: "s", onlySandbox: true },
    ],
  },
  {
    title: "operate",
    entries: [
      { word: "settings", path: "/settings", icon: SettingOutlined, letter: "e" },
      { word: "access", path: "~/access", icon: TeamOutlined, letter: "a" },
      { word: "ledger", path: "/ledger", icon: BookOutlined, letter: "j" },
      { word: "health", path: "~/health", icon: HeartOutlined, letter: "i" },
    ],
  },
];

/** The address of an entry for an app. */
export const addressOf = (path: string, appid: string) => (path.startsWith("~") ? `/${path}` : `/${appid}${path}`);

/** Whether an entry has a place in the side bar of an app. */
export const isShown = ({ path, onlySandbox }: Entry, appid: string, isSandbox: boolean) =>
  (appid !== "" || path.startsWith("~")) && (!onlySandbox || isSandbox);

/** The side bar, or on a phone what its menu opens. */
export function Nav({ appid, onGo }: { appid: string; onGo?: () => void }) {
  const say = useWords(words);
  const isSandbox = useIsSandbox(appid);
  return (
    <nav className="nav" aria-label={say("pages")}>
      {groups.map(({ title, entries }) => (
        <div key={title ?? "first"}>
          {title && <p>{say(title)}</p>}
          <ul>
            {entries
              .filter((entry) => isShown(entry, appid, isSandbox))
              .map((entry) => (
                <li key={entry.word}>
                  <Entry {...entry} appid={appid} onGo={onGo} />
                </li>
              ))}
          </ul>
        </div>
      ))}
      <ul>
        <li>
          <a href="/docs" target="_blank" rel="noreferrer">
            <ApartmentOutlined aria-hidden />
            {say("docs")}
          </a>
        </li>
      </ul>
    </nav>
  );
}

function Entry({ word, path, icon: Icon, appid, onGo }: Entry & { appid: string; onGo: (() => void) | undefined }) {
  const say = useWords(words);
  const to = addressOf(path, appid);
  return (
    <Link
      to={to as never}
      activeOptions={{ exact: path === "/", includeSearch: false }}
      {...(onGo && { onClick: onGo })}
    >
      <Icon aria-hidden />
      {say(word)}
    </Link>
  );
}

/** The bar at the bottom of a phone: the four pages that are looked at most, and the menu. */
export function BottomBar({ appid, menu }: { appid: string; menu: () => void }) {
  const say = useWords(words);
  const [shop] = groups;
  const four = (shop?.entries ?? []).filter(({ word }) => word !== "orders" && word !== "reports");
  return (
    <nav className="bottom-bar" aria-label={say("menu")}>
      {four.map((entry) => (
        <Entry key={entry.word} {...entry} appid={appid} onGo={undefined} />
      ))}
      <button type="button" onClick={menu}>
        <UnorderedListOutlined aria-hidden />
        {say("menu")}
      </button>
    </nav>
  );
}
