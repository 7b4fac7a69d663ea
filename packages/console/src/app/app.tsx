import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { ConfigProvider, App as Messages } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useEffect } from "react";
import { queries } from "../data/queries.ts";
import { useLanguage } from "../words/language.ts";
import { router } from "./router.tsx";
import { themeOf, useLightness } from "./theme.ts";

/** What the server lets styles in by: see its Content-Security-Policy. */
const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";

/** The console: its language, its looks, what it read, and its pages. */
export function App() {
  const [language] = useLanguage();
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }, [language]);
  const [lightness] = useLightness();
  return (
    <ConfigProvider
      locale={language === "zh" ? zhCN : enUS}
      theme={themeOf(lightness)}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
    >
      <Messages>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Messages>
    </ConfigProvider>
  );
}
