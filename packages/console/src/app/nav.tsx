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
import type { ComponentType } from "react";
import { useIsSandbox } from "../data/session.ts";
import { addressesOf, houseAddresses, type PageName } from "../ui/addresses.ts";
import { PageLink } from "../ui/link.tsx";
import { useWords } from "../words/table.ts";
import { words } from "./words.ts";

type Word = keyof (typeof words)["words"];
const house = { access: houseAddresses.access, health: houseAddresses.health };
type Page = Word & (PageName | keyof typeof house);
type Entry = {
  word: Page;
  icon: ComponentType<{ "aria-hidden"?: boolean }>;
  letter?: string;
  onlySandbox?: true;
};

/** What stands in the side bar: groups of pages of the app, the last group with those of the house. `letter` follows G. */
export const groups: readonly { title?: Word; entries: readonly Entry[] }[] = [
  {
    entries: [
      { word: "overview", icon: HomeOutlined, letter: "h" },
      { word: "coupons", icon: TagOutlined, letter: "c" },
      { word: "handOuts", icon: SendOutlined, letter: "d" },
      { word: "people", icon: UserOutlined, letter: "p" },
      { word: "orders", icon: ShoppingOutlined, letter: "o" },
      { word: "reports", icon: BarChartOutlined, letter: "r" },
    ],
  },
  {
    title: "develop",
    entries: [
      { word: "callbacks", icon: ApiOutlined, letter: "b" },
      { word: "calls", icon: UnorderedListOutlined, letter: "l", onlySandbox: true },
      { word: "try", icon: PlayCircleOutlined, letter: "t" },
      { word: "sandbox", icon: ExperimentOutlined, letter: "s", onlySandbox: true },
    ],
  },
  {
    title: "operate",
    entries: [
      { word: "settings", icon: SettingOutlined, letter: "e" },
      { word: "access", icon: TeamOutlined, letter: "a" },
      { word: "ledger", icon: BookOutlined, letter: "j" },
      { word: "health", icon: HeartOutlined, letter: "i" },
    ],
  },
];

/** The address of an entry for an app. */
export const addressOf = (word: Page, appid: string): string => ({ ...addressesOf(appid), ...house })[word];

/** Whether an entry has a place in the side bar of an app. */
export const isShown = ({ word, onlySandbox }: Entry, appid: string, isSandbox: boolean) =>
  (appid !== "" || word in house) && (!onlySandbox || isSandbox);

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

function Entry({ word, icon: Icon, appid, onGo }: Entry & { appid: string; onGo: (() => void) | undefined }) {
  const say = useWords(words);
  return (
    <PageLink
      to={addressOf(word, appid)}
      activeOptions={{ exact: word === "overview", includeSearch: false }}
      {...(onGo && { onClick: onGo })}
    >
      <Icon aria-hidden />
      {say(word)}
    </PageLink>
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
