import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import { remembered } from "../remembered.ts";

/** The console's languages. */
export const languages = ["zh", "en"] as const;
export type Language = (typeof languages)[number];

const kept = remembered<Language>("language", (text) => languages.find((one) => one === text));

/** The language that was chosen here last, else the browser's if we speak it, else Chinese. */
function firstLanguage(): Language {
  const wished = navigator.languages.map((tag) => languages.find((one) => tag.toLowerCase().startsWith(one)));
  return kept.read() ?? wished.find((one) => one !== undefined) ?? "zh";
}

/** What says the words of all tables; it speaks before any table is made. */
export const texts = i18next.createInstance();
void texts.use(initReactI18next).init({
  lng: firstLanguage(),
  fallbackLng: false,
  resources: {},
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
});

export const currentLanguage = (): Language => (texts.language === "en" ? "en" : "zh");

/** The language that is chosen, and how another is. */
export function useLanguage(): [Language, (language: Language) => void] {
  useTranslation();
  return [
    currentLanguage(),
    (language) => {
      kept.write(language);
      void texts.changeLanguage(language);
    },
  ];
}
