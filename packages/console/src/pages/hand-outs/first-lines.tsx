import type { HandOut } from "@quanku/sdk/admin";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useAppid } from "../../data/session.ts";
import { PersonLink, UserCouponLink, useCouponWords } from "../../parts/links.tsx";
import { reasons, reasonText } from "../../parts/reasons.ts";
import { count } from "../../ui/amounts.ts";
import { Loaded, Section } from "../../ui/page.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import type { LineResult } from "./result-lines.ts";
import { firstResults } from "./results.ts";
import { words } from "./words.ts";

/** How many lines are read back. */
const SHOWN = 20;

/** The first lines with what became of them, or of those that came to nothing for the reason that the address names. */
export function FirstLines({ handOut }: { handOut: HandOut }) {
  const say = useWords(words);
  const sayReason = useWords(reasons);
  const appid = useAppid();
  const [{ why }, setUrl] = useUrlState<"why">();
  const { hand_out, dry_run, next } = handOut;
  const decided = Math.min(why === undefined ? next : (handOut.refused[why] ?? 0), SHOWN);
  // What is decided stays as it is: it is read again only as more of it is shown, since it may stand at the end of a long file.
  const lines = useQuery({
    queryKey: ["listHandOutResults", { of: appid, hand_out, why, dry_run, decided }],
    queryFn: ({ signal }) => firstResults({ appid, hand_out, why, most: SHOWN, signal }),
    enabled: next > 0,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  if (next === 0) return null;
  const title = why === undefined ? say("first") : say("firstOf", { why: reasonText(sayReason, why) });
  return (
    <Section
      title={title}
      aside={why !== undefined && <Button onClick={() => setUrl({ why: undefined })}>{say("allLines")}</Button>}
    >
      <Loaded of={lines}>{(read) => <Lines lines={read} handOut={handOut} />}</Loaded>
    </Section>
  );
}

function Lines({ lines, handOut }: { lines: readonly LineResult[]; handOut: HandOut }) {
  const say = useWords(words);
  const { name } = useCouponWords(handOut.out_coupon_id);
  if (lines.length === 0) return <p className="aside">{say("noRows")}</p>;
  return (
    <table className="lines">
      <thead>
        <tr>
          <th scope="col" className="end">
            {say("line")}
          </th>
          <th scope="col">{say("openid")}</th>
          <th scope="col">{say("gets")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((one) => (
          <tr key={one.line}>
            <td className="end">{count(one.line)}</td>
            <td>
              <PersonLink openid={one.openid} />
            </td>
            <td>
              <Became of={one} coupon={name} couponId={handOut.out_coupon_id} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Became({ of: { why, userCouponId }, coupon, couponId }: { of: LineResult; coupon: string; couponId: string }) {
  const sayReason = useWords(reasons);
  if (why !== undefined) return <span className="refused">{reasonText(sayReason, why)}</span>;
  return (
    <>
      {coupon} {userCouponId !== "" && <UserCouponLink couponId={couponId} id={userCouponId} />}
    </>
  );
}
