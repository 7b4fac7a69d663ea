import { expect, it } from "vitest";
import type { App } from "../../src/domain/records.ts";
import { ClaimLimits } from "../../src/service/claim-limits.ts";
import { settingsOfNewApp } from "../../src/service/settings.ts";

const appOf = (appid: string) =>
  ({ appid, settings: { ...settingsOfNewApp(appid), claimsPerMinute: null, claimsPerMinuteOfPerson: 1 } }) as App;

it("one app's people, however many, are not remembered at the cost of another's", () => {
  const clock = { now: 1_700_000_000 };
  const limits = new ClaimLimits(() => clock.now, 1000);
  const [quiet, loud] = [appOf("quiet"), appOf("loud")];
  expect(limits.take(quiet, "somebody")).toBeUndefined();
  for (let i = 0; i < 5000; i++) expect(limits.take(loud, `person-${i}`)).toBeUndefined();
  expect(limits.take(quiet, "somebody")).toMatchObject({ refused: "person_claims_exceeded" });
  expect(limits.take(loud, "person-4999")).toMatchObject({ refused: "person_claims_exceeded" });
  expect(limits.take(loud, "person-0")).toBeUndefined();
  clock.now += 60;
  expect(limits.take(quiet, "somebody")).toBeUndefined();
});
