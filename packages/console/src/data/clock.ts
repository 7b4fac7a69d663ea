import { useEffect, useState } from "react";
import { useCall } from "./calls.ts";
import { useApp } from "./session.ts";

/** How often a shown time goes on, in milliseconds. */
const STEP = 1000;

/** Real time in Unix seconds, told anew each second. */
export function useRealNow(): number {
  const [now, setNow] = useState(() => Math.floor(Date.now() / 1000));
  useEffect(() => {
    const timer = setInterval(() => setNow(Math.floor(Date.now() / 1000)), STEP);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The clock of the app that is shown, if it is a sandbox. */
export function useAppClock() {
  const app = useApp();
  const { data } = useCall("showClock", { appid: app?.appid ?? "" }, { enabled: app?.sandbox === true, every: 15_000 });
  return app?.sandbox ? data?.clock : undefined;
}

/** The time of the app that is shown, Unix seconds: its own where it is a sandbox, real time otherwise. */
export function useNow(): number {
  const real = useRealNow();
  const clock = useAppClock();
  if (!clock) return real;
  return clock.frozen ? clock.now : real + clock.ahead;
}
