import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from './en.json'
import { pseudo } from './pseudo.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words'
    resources: { words: typeof en }
  }
}

/** What the console speaks. The last two are made from English to show untranslated words, long words and right-to-left. */
export const languages = ['en', 'en-XA', 'ar-XB'] as const
export type Language = (typeof languages)[number]

const remembered = 'sinew.language'

/** The language asked for in the address, else the one chosen before, else English. */
export function chosenLanguage(search = location.search): Language {
  const asked = new URLSearchParams(search).get('lang') ?? localStorage.getItem(remembered)
  return languages.find((it) => it === asked) ?? 'en'
}

export function rememberLanguage(language: Language) {
  localStorage.setItem(remembered, language)
}

export const directionOf = (language: string): 'ltr' | 'rtl' => (language.startsWith('ar') ? 'rtl' : 'ltr')

/** Dates and numbers follow the reader's own English where we speak English. */
export function localeOf(language: string): string {
  if (language === 'ar-XB') return 'ar-u-nu-latn'
  return navigator.languages.find((it) => it.startsWith('en') && isTag(it)) ?? 'en'
}

// Some systems hand on their own notation, such as en-US@posix, which no formatter takes.
function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

export async function speak(language: Language) {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    ns: ['words'],
    defaultNS: 'words',
    resources: {
      en: { words: en },
      ...(language === 'en' ? {} : { [language]: { words: pseudo(en, directionOf(language)) } }),
    },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
}
