import { expect, it } from "vitest";
import { Admission, type Place } from "../../src/http/admission.ts";

/** Lets calls of an app in until one is turned away; answers how many there were. */
function crowd(admission: Admission, appid: string, places: Place[]): number {
  for (let count = 0; ; count++) {
    const place = admission.enter();
    if (!place) return count;
    if (!admission.admits(place, appid, false)) {
      admission.leave(place);
      return count;
    }
    places.push(place);
  }
}

it("an app has as many calls under way as there are places left, so that others find room", () => {
  const admission = new Admission({ limit: 60 });
  const places: Place[] = [];
  const counts = [];
  for (const appid of ["first", "second", "third"]) counts.push(crowd(admission, appid, places));
  expect(counts[0]).toBe(30);
  for (const count of counts) expect(count).toBeGreaterThan(5);
  for (const place of places) admission.leave(place);
  expect(crowd(admission, "fourth", places)).toBe(30);
});

it("calls that wait for merchants take no place", () => {
  let waiting = 0;
  const admission = new Admission({ limit: 10, waitingElsewhere: () => waiting });
  const places: Place[] = [];
  expect(crowd(admission, "slow", places)).toBe(5);
  waiting = 5;
  expect(crowd(admission, "other", places)).toBe(5);
});

it("an app whose calls take long has no more than a few under way; those that ask merchants may", () => {
  const admission = new Admission({ patience: 0 });
  const places: Place[] = [];
  for (let n = 0; n < 300; n++) expect(admission.admits(admission.enter() as Place, "asking", true)).toBe(true);
  expect(crowd(admission, "asking", places)).toBe(1);
  expect(crowd(admission, "slow", places)).toBe(256);
  expect(crowd(admission, "other", places)).toBe(256);
});
