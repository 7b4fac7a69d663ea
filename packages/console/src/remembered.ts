/**
 * A text that this browser keeps for the console. Where it keeps none, as with storage switched off, everything works and
 * nothing is remembered.
 */
export function remembered<Value extends string>(name: string, read: (text: string) => Value | undefined) {
  const key = `quanku.${name}`;
  return {
    read(): Value | undefined {
      try {
        const text = localStorage.getItem(key);
        return text === null ? undefined : read(text);
      } catch {
        return undefined;
      }
    },
    write(value: Value | undefined): void {
      try {
        if (value === undefined) localStorage.removeItem(key);
        else localStorage.setItem(key, value);
      } catch {}
    },
  };
}
