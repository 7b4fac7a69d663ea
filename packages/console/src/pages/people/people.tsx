import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { make, useCall } from "../../data/calls.ts";
import { useApp, useAppid } from "../../data/session.ts";
import { HeldStatus } from "../../parts/held-status.tsx";
import { CouponLink, PersonLink, UserCouponLink } from "../../parts/links.tsx";
import { Fault } from "../../ui/fault.tsx";
import { Finder } from "../../ui/finder.tsx";
import { PageLink, useAddresses, useGo } from "../../ui/link.tsx";
import { Loaded, Page, Section } from "../../ui/page.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import { recentPeople } from "./recent.ts";
import { words } from "./words.ts";
import "./people.css";

const isOpenid = (text: string) => /^[\w-]{1,64}$/.test(text);

/** Finds people: by openid, or by a user coupon that is theirs. */
export function People() {
  const say = useWords(words);
  const appid = useAppid();
  const app = useApp();
  const to = useAddresses();
  const [{ q }] = useUrlState<"q">();
  const recent = recentPeople(appid);
  return (
    <Page title={say("title")} about={say("about")}>
      <FindPerson key={q} />
      {q !== undefined && isOpenid(q) && <Found text={q} />}
      {recent.length > 0 && (
        <Section title={say("recent")}>
          <List>{recent.map((openid) => [openid, <PersonLink key={openid} openid={openid} />])}</List>
        </Section>
      )}
      {app?.sandbox === true && (
        <p>
          <PageLink to={to.sandbox}>{say("named")}</PageLink>
        </p>
      )}
    </Page>
  );
}

/** Goes to the one that is meant where there is only one; else the address says what was looked for. */
function FindPerson() {
  const say = useWords(words);
  const appid = useAppid();
  const to = useAddresses();
  const go = useGo();
  const [{ q }, setUrl] = useUrlState<"q">();
  const find = useMutation({
    mutationFn: async (text: string) => {
      const [wallet, { entries }] = await Promise.all([
        isOpenid(text) ? make("listWallet", { appid, openid: text, limit: 1 }) : { entries: [] },
        make("findUserCoupons", { appid, out_user_coupon_id: text }),
      ]);
      const isPerson = wallet.entries.length > 0;
      if (isPerson && entries.length === 0) return to.person(text);
      if (!isPerson && entries.length === 1 && entries[0])
        return to.userCoupon(entries[0].out_coupon_id, entries[0].out_user_coupon_id);
      return undefined;
    },
    onSuccess: (found, text) => (found === undefined ? setUrl({ q: text }) : go(found)),
  });
  return (
    <Finder label={say("search")} begin={q} find={find.mutate} isRunning={find.isPending} notAnId={say("notAnId")}>
      <Fault error={find.error} />
    </Finder>
  );
}

/** What a text means where it is not one thing alone. Whoever has no coupon yet may still be given one. */
function Found({ text }: { text: string }) {
  const say = useWords(words);
  const appid = useAppid();
  const wallet = useCall("listWallet", { appid, openid: text, limit: 1 });
  const userCoupons = useCall("findUserCoupons", { appid, out_user_coupon_id: text });
  return (
    <Section title={say("found")}>
      <Loaded of={wallet}>
        {({ entries }) => (
          <List>
            {[
              [
                text,
                <span key="person">
                  {say("person")} <PersonLink openid={text} />{" "}
                  <span className="aside">{say(entries.length > 0 ? "hasCoupons" : "hasNone")}</span>
                </span>,
              ],
            ]}
          </List>
        )}
      </Loaded>
      <Loaded of={userCoupons}>
        {({ entries }) => (
          <List>
            {entries.map((one) => [
              one.out_coupon_id,
              <span key={one.out_coupon_id} className="person-told">
                {say("userCoupon")} <UserCouponLink couponId={one.out_coupon_id} id={one.out_user_coupon_id} />
                <CouponLink id={one.out_coupon_id} /> <PersonLink openid={one.openid} /> <HeldStatus of={one} />
              </span>,
            ])}
          </List>
        )}
      </Loaded>
    </Section>
  );
}

const List = ({ children }: { children: readonly (readonly [string, ReactNode])[] }) =>
  children.length === 0 ? null : (
    <ul className="plain-list">
      {children.map(([key, node]) => (
        <li key={key}>{node}</li>
      ))}
    </ul>
  );
