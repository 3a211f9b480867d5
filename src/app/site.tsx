import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { AppError, type RefusalDetail } from '../contract/app-error.ts';
import { ERRORS, type ErrorCode } from '../contract/errors.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { asLocale, languageOf, pickLocale } from '../i18n/locales.ts';
import { findMessage } from '../i18n/translate.ts';
import type { Assets } from './assets.ts';
import type { BrowserData } from './browser-data.ts';
import { BROWSER_MESSAGES, type PageKind } from './browser-messages.ts';
import { isOfAnother } from './form.ts';
import type { PageBackend, Viewer } from './page-backend.ts';
import { Layout } from './parts/layout.tsx';
import { COUNTRY_COOKIE, chooseCountry, PROFILE_COUNTRY_COOKIE, recallCountry } from './reader-country.ts';
import { asTextSize, TEXT_SIZE_COOKIE, type TextSize } from './text-size.ts';
import { chooseTimeZone } from './time-zone.ts';
import type { Words } from './words.tsx';

export interface PagesOptions {
  backend: PageBackend;
  /** Origin that phones use; null where each request's own host is it. */
  publicOrigin: string | null;
  assets: Assets;
  /** Any error in the contract's words, as the API explains it too: a refusal, Redis being away, or a bug. */
  explain: (error: unknown) => Explanation;
}

export interface Explanation {
  code: ErrorCode;
  refusal: RefusalDetail;
  isBug: boolean;
}

/** One look at a page: by whom, in which words. */
export interface Visit {
  request: FastifyRequest;
  /** Null for nobody; undefined where it cannot be told: the store is away, or the page is kept for whoever has the phone. */
  viewer: Viewer | null | undefined;
  words: Words;
  textSize: TextSize;
  /** Whose emergency numbers to show (ISO 3166-1): the person's own, else the browser's; undefined where nobody can tell. */
  country: string | undefined;
}

export interface Page {
  title: string;
  body: ComponentChildren;
  /** HTTP status; 200 where left out. */
  status?: number;
  kind?: Exclude<PageKind, 'nobody'>;
  /** Address to come back to after changing the language; null for the answer to a post that cannot be asked for again. */
  path?: string | null;
  data?: Pick<BrowserData, 'board' | 'last' | 'call' | 'footprints'>;
  /** A page with a secret on it is not compressed (BREACH: its length would tell about the secret). */
  hasSecret?: boolean;
}

export type Site = ReturnType<typeof createSite>;

const compress = promisify(gzip);

/** Cookie that keeps the language of this browser. */
export const LANGUAGE_COOKIE = 'lang';

/** As long as a browser keeps a cookie at most (RFC 6265bis, section 5.5). */
const WISH_SECONDS = 400 * 86_400;

/** What all routes of the pages share: finding out who looks, and sending a page. */
export function createSite({ backend, publicOrigin, assets, explain }: PagesOptions) {
  /**
   * Who looks, in which language: the person's own, else the cookie's, else the browser's. The profile is the truth: the cookies
   * of this browser follow it at every look, wherever it was changed. So what is written while nobody can be recognised (the
   * store is away, a file of the app is asked for) is in that person's language too, and with their country's numbers. The
   * language stays for whoever comes next: a wrong one is seen at once, and changed on every page. A number that does not answer
   * is found out by dialling: the country goes with the person, however that came about.
   */
  async function recognise(request: FastifyRequest, reply: FastifyReply): Promise<Visit> {
    const viewer = await backend.viewer(request, reply);
    if (viewer) {
      const { locale, country } = viewer.person;
      if (request.cookies[LANGUAGE_COOKIE] !== locale) keepWish(reply, LANGUAGE_COOKIE, locale);
      if (request.cookies[PROFILE_COUNTRY_COOKIE] !== country) keepWish(reply, PROFILE_COUNTRY_COOKIE, country);
    }
    // What was chosen before signing in, or by who was signed in, is not the choice of whoever comes next.
    const former = viewer ? COUNTRY_COOKIE : PROFILE_COUNTRY_COOKIE;
    if (request.cookies[former] !== undefined) dropWish(reply, former);
    return meet(request, viewer);
  }

  /**
   * As `recognise`, for all that a page or its forms ask for.
   * @throws OtherPersonError for a form from the page of somebody else than who is signed in by now
   */
  async function visit(request: FastifyRequest, reply: FastifyReply): Promise<Visit> {
    const look = await recognise(request, reply);
    if (look.viewer && isOfAnother(request.body, look.viewer.person.id)) throw new OtherPersonError('not-signed-in');
    return look;
  }

  function meet(request: FastifyRequest, viewer?: Viewer | null): Visit {
    const { [LANGUAGE_COOKIE]: lang, tz } = request.cookies;
    const locale = viewer?.person.locale ?? asLocale(lang) ?? pickLocale(request.headers['accept-language']);
    const own = viewer === undefined ? recallCountry(request.cookies) : viewer?.person.country;
    const country = own ?? chooseCountry(request.cookies) ?? (languageOf(locale) === 'ja' ? 'JP' : undefined);
    const words: Words = {
      locale,
      timeZone: chooseTimeZone(tz, country),
      now: Date.now(),
      find: (key: MessageKey) => findMessage(locale, key),
    };
    return { request, viewer, words, textSize: asTextSize(request.cookies[TEXT_SIZE_COOKIE]), country };
  }

  /** Renders and sends. Pages are private and change by the minute: no cache on the way keeps them (our service worker does). */
  async function show(
    reply: FastifyReply,
    { request, viewer, words, textSize, country }: Visit,
    page: Page,
  ): Promise<FastifyReply> {
    const kind = viewer ? (page.kind ?? 'plain') : viewer === null ? 'nobody' : 'offline';
    const keys: readonly MessageKey[] = BROWSER_MESSAGES[kind];
    const data: BrowserData = {
      locale: words.locale,
      timeZone: words.timeZone,
      now: words.now,
      person: viewer === undefined ? undefined : (viewer?.person.id ?? null),
      country,
      messages: Object.fromEntries(keys.map((key) => [key, words.find(key)])),
      ...page.data,
    };
    const html = `<!doctype html>${renderToString(
      <Layout
        words={words}
        title={page.title}
        path={page.path === undefined ? request.url : page.path}
        textSize={textSize}
        isSignedIn={Boolean(viewer)}
        script={assets.script}
        style={assets.style.text}
        data={data}
        isTimeless={page.kind === 'offline'}
      >
        {page.body}
      </Layout>,
    )}`;
    reply
      .code(page.status ?? 200)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('vary', 'Cookie, Accept-Language, Accept-Encoding')
      .header('content-language', languageOf(words.locale))
      .header(
        'content-security-policy',
        `${reply.getHeader('content-security-policy') ?? ''};style-src 'self' ${assets.style.source}`,
      );
    if (page.hasSecret || !/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return reply.send(html);
    return reply.header('content-encoding', 'gzip').send(await compress(html));
  }

  /**
   * The refusal to show in the form that was posted.
   * @throws the error itself where trying again may help or nobody foresaw it: that has a page of its own
   */
  function refusalOf(error: unknown): ErrorCode {
    const { code } = explain(error);
    if (ERRORS[code].retry) throw error;
    return code;
  }

  /** Cookies go over https only, where that is what phones use. */
  const isSecure = publicOrigin?.startsWith('https:') ?? false;
  const wish = { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure } as const;

  /** Keeps a wish of this browser, for the pages that it sees before somebody signs in. */
  function keepWish(reply: FastifyReply, name: string, value: string): void {
    void reply.setCookie(name, value, { ...wish, maxAge: WISH_SECONDS });
  }

  function dropWish(reply: FastifyReply, name: string): void {
    void reply.clearCookie(name, wish);
  }

  /** Where phones find these pages: what to type into an address bar. */
  const originOf = (request: FastifyRequest) => publicOrigin ?? `${request.protocol}://${request.host}`;

  return { backend, recognise, visit, meet, show, explain, refusalOf, isSecure, keepWish, originOf };
}

/**
 * The one who is signed in.
 * @throws AppError `not-signed-in`
 */
export function requireViewer({ viewer }: Visit): Viewer {
  if (!viewer) throw new AppError('not-signed-in');
  return viewer;
}

/** A form stood on the page of somebody else than who is signed in by now: refused as the API refuses a foreign `x-person`. */
export class OtherPersonError extends AppError {}
