import { useEffect, useEffectEvent } from "react";

/** Hears every key that is pressed while the component is shown. */
export function useKeys(press: (event: KeyboardEvent) => void): void {
  const heard = useEffectEvent(press);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => heard(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
