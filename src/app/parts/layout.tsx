import type { ComponentChildren } from 'preact';
import { LOCALES } from '../../contract/people.ts';
import { dayAndTime } from '../../i18n/clock.ts';
import { LOCALE_NAMES, languageOf } from '../../i18n/locales.ts';
import { type BrowserData, COPY_ELEMENT, DATA_ELEMENT } from '../browser-data.ts';
import type { TextSize } from '../text-size.ts';
import { sayAloud, Text, type Words } from '../words.tsx';
import { Form } from './form.tsx';
import { Icon, IconShapes } from './icon.tsx';

export interface LayoutProps {
  words: Words;
  title: string;
  /** Address of this page, for the language switch to come back to; null where it cannot be asked for again. */
  path: string | null;
  textSize: TextSize;
  isSignedIn: boolean;
  script: string;
  /** The text of the style sheet. */
  style: string;
  data: BrowserData;
  /** Says nothing that could be old: a copy of it is as good as the page. */
  isTimeless: boolean;
  children: ComponentChildren;
}

/**
 * The frame of every page. The style sheet stands in it: fetched, it would cost one more turn before the first paint, which is
 * two fifths of a slow phone's. The CSP allows that one by its hash, and no other; no script is inline.
 */
export function Layout({ words, title, path, textSize, isSignedIn, script, style, data, isTimeless, children }: LayoutProps) {
  return (
    <html lang={languageOf(words.locale)} class={textSize === 'normal' ? words.locale : `${words.locale} size-${textSize}`}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        {/* Under the header's no-referrer a form's post says `Origin: null` (Fetch, 3.2), which no origin check can tell from a stranger's. */}
        <meta name="referrer" content="same-origin" />
        <title>{`${title} – Buji`}</title>
        {/* Ours, from the build. */}
        <style dangerouslySetInnerHTML={{ __html: style }} />
        <script type="module" src={script} />
        {/* With the cookie: it is written in the reader's language. */}
        <link rel="manifest" href="/manifest.webmanifest" crossOrigin="use-credentials" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/icon-180.png" />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#101418" />
      </head>
      <body>
        <a class="skip" href="#main">
          <Text words={words} k="nav.skip" />
        </a>
        <IconShapes />
        <Header words={words} isSignedIn={isSignedIn} path={path} />
        <main id="main" tabIndex={-1}>
          {/* Shown by the service worker on a copy, whose reader must learn of it also where the script is missing. */}
          {!isTimeless && (
            <p id={COPY_ELEMENT} class="banner" hidden={true}>
              <Text words={words} k="board.as-of" time={dayAndTime(words.locale, words.now, words.timeZone)} />
            </p>
          )}
          {children}
        </main>
        <p id="announce" class="visually-hidden" role="status" aria-live="polite" />
        <LanguageSwitch words={words} person={data.person} path={path} />
        {/* A data block: with every "<" escaped, nothing in it can end it or run. */}
        <script
          type="application/json"
          id={DATA_ELEMENT}
          dangerouslySetInnerHTML={{ __html: JSON.stringify(data).replaceAll('<', '\\u003c') }}
        />
      </body>
    </html>
  );
}

function Header({ words, isSignedIn, path }: { words: Words; isSignedIn: boolean; path: string | null }) {
  return (
    <header class="top">
      <a class="brand" href="/" aria-current={path === '/' ? 'page' : undefined}>
        <Icon name="mark" />
        Buji
      </a>
      {!isSignedIn && (
        <a href="#languages">
          <Icon name="globe" />
          <Text words={words} k="language.label" />
        </a>
      )}
      {isSignedIn && (
        <nav aria-label={sayAloud(words, 'nav.main')}>
          <a href="/alerts" aria-current={path === '/alerts' ? 'page' : undefined}>
            <Icon name="bell" />
            <span>
              <Text words={words} k="nav.alerts" />
            </span>
          </a>
          <a href="/settings" aria-current={path === '/settings' ? 'page' : undefined}>
            <Icon name="gear" />
            <span>
              <Text words={words} k="nav.settings" />
            </span>
          </a>
        </nav>
      )}
    </header>
  );
}

/** Plain buttons, each in its own language: who cannot read this page must still find the way out of it. */
function LanguageSwitch({ words, person, path }: Pick<LayoutProps, 'words' | 'path'> & Pick<BrowserData, 'person'>) {
  return (
    <footer>
      <a class="help-link" href="/help" aria-current={path === '/help' ? 'page' : undefined}>
        <span>
          <Text words={words} k="help.link" />
        </span>
      </a>
      <Form person={person} action="/language" class="languages" id="languages">
        <span class="visually-hidden">
          <Text words={words} k="language.label" />
        </span>
        <input type="hidden" name="back" value={path ?? '/'} />
        {LOCALES.map((locale) => (
          <button
            type="submit"
            name="locale"
            value={locale}
            lang={languageOf(locale)}
            aria-current={locale === words.locale ? 'true' : undefined}
            class="quiet"
          >
            {LOCALE_NAMES[locale]}
          </button>
        ))}
      </Form>
    </footer>
  );
}
