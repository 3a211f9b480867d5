import { LOCALES, type Locale } from '../contract/people.ts';

/** Each language under its own name, because who needs it may read no other. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { ja: '日本語', 'ja-easy': 'やさしい日本語', en: 'English' };

/** Where nothing else is known: the service was made for Japan, and visitors there are sooner helped by English. */
const FALLBACK: Locale = 'en';

/** The BCP 47 tag that `lang` attributes and `Intl` understand. */
export function languageOf(locale: Locale): string {
  return locale === 'ja-easy' ? 'ja' : locale;
}

/** `text` where it names a locale of ours, else null. */
export function asLocale(text: string | undefined): Locale | null {
  return LOCALES.find((locale) => locale === text) ?? null;
}

/**
 * Picks by `Accept-Language` (RFC 9110, section 12.5.4): highest weight first, a region falls back to its language.
 * Never throws; a header that cannot be read counts as none.
 */
export function pickLocale(acceptLanguage: string | undefined): Locale {
  const wishes = (acceptLanguage ?? '')
    .split(',', 20)
    .map((item) => {
      const [tag = '', ...options] = item
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const weight = options.find((option) => option.startsWith('q='))?.slice(2);
      return { tag, weight: Number(weight ?? 1) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wishes) {
    const locale = asLocale(tag) ?? asLocale(tag.split('-')[0]);
    if (locale) return locale;
  }
  return FALLBACK;
}
