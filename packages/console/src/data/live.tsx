import type { AdminEvent } from "@quanku/sdk/admin";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { readAgain } from "./calls.ts";
import { client } from "./client.ts";
import { useIsReachable } from "./reachable.ts";

type Listener = (event: AdminEvent) => void;
type Live = { listen(listener: Listener): () => void; isOpen: boolean };

const LiveContext = createContext<Live>({ listen: () => () => {}, isOpen: false });

/** How long what is shown may be older than the journal, in milliseconds. */
const LAG = 1500;

/** Follows the app's events while its pages are shown, and has them read again as something changes. */
export function LiveProvider({ appid, children }: { appid: string; children: ReactNode }) {
  const listeners = useRef(new Set<Listener>());
  const [isOpen, setOpen] = useState(false);
  const isReachable = useIsReachable();
  useEffect(() => {
    if (appid === "" || !isReachable) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void readAgain(appid);
      }, LAG);
    };
    void (async () => {
      try {
        setOpen(true);
        for await (const event of client.stream({ appid }, { signal: stop.signal })) {
          for (const listener of listeners.current) listener(event);
          if (event.event === "journal" || event.event === "behind") soon();
        }
      } catch {
        // The pages stay as they are and are read again as they grow old.
      }
      if (!stop.signal.aborted) setOpen(false);
    })();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [appid, isReachable]);
  const [listen] = useState(() => (listener: Listener) => {
    listeners.current.add(listener);
    return () => void listeners.current.delete(listener);
  });
  return <LiveContext value={{ listen, isOpen }}>{children}</LiveContext>;
}

/** Is told each event of the app as it happens; answers whether events are followed. */
export function useLive(listener: Listener): boolean {
  const { listen, isOpen } = useContext(LiveContext);
  const current = useRef(listener);
  useEffect(() => {
    current.current = listener;
  });
  useEffect(() => listen((event) => current.current(event)), [listen]);
  return isOpen;
}
