import { type ThemeConfig, theme } from "antd";
import { useSyncExternalStore } from "react";
import { remembered } from "../remembered.ts";

/** Light or dark, as chosen here or as the system has it. */
export type Lightness = "light" | "dark";

const kept = remembered<Lightness>("lightness", (text) => (text === "light" || text === "dark" ? text : undefined));
const system = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();
let chosen = kept.read();

const current = (): Lightness => chosen ?? (system.matches ? "dark" : "light");

function show(): void {
  document.documentElement.dataset.lightness = current();
  for (const listener of listeners) listener();
}
system.addEventListener("change", show);
show();

/** Whether the console is light or dark, and how to choose. */
export function useLightness(): [Lightness, (lightness: Lightness) => void] {
  const lightness = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, current);
  return [
    lightness,
    (next) => {
      chosen = next;
      kept.write(next);
      show();
    },
  ];
}

const shared: ThemeConfig["token"] = {
  colorPrimary: "#0f766e",
  colorLink: "#0f766e",
  borderRadius: 8,
  fontFamily: "var(--font)",
};

/** The looks of Ant Design's parts. Colours are dark enough on light, and light enough on dark, to be read (WCAG AA). */
export function themeOf(lightness: Lightness): ThemeConfig {
  const isDark = lightness === "dark";
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...shared,
      ...(isDark && { colorPrimary: "#2dd4bf", colorLink: "#5eead4", colorTextLightSolid: "#042f2e" }),
      colorError: isDark ? "#f87171" : "#b91c1c",
      colorSuccess: isDark ? "#4ade80" : "#15803d",
      colorTextDescription: isDark ? "#a3a3a3" : "#595959",
      colorTextPlaceholder: isDark ? "#8c8c8c" : "#737373",
    },
  };
}
