import type { InAppBrowser } from '../in-app-browser.ts';
import { INSTALL_STEPS, PLATFORMS, type Platform } from '../install-steps.ts';
import { OpenOutside } from '../parts/open-outside.tsx';
import { Text, type Words } from '../words.tsx';

export interface AlertsProps {
  words: Words;
  /** What the reader's browser is, as far as it says. */
  platforms: readonly Platform[];
  /** The app in whose own browser this page is, where it is in one. */
  inApp: InAppBrowser | null;
}

/** Turning on alerts: first the reason, then a tap, only then the browser's question; with a test that shows it works. */
export function AlertsScreen({ words, platforms, inApp }: AlertsProps) {
  return (
    <>
      <h1>
        <Text words={words} k="alerts.title" />
      </h1>
      <p>
        <Text words={words} k="alerts.explain" />
      </p>
      {inApp && <Leave words={words} inApp={inApp} />}
      <p id="alerts-state" class="notice" hidden />
      <noscript>
        <p class="notice">
          <Text words={words} k="alerts.noscript" />
        </p>
      </noscript>
      <button type="button" class="button" id="alerts-enable" hidden>
        <Text words={words} k="alerts.enable" />
      </button>
      <button type="button" class="button secondary" id="alerts-test" hidden>
        <Text words={words} k="alerts.test" />
      </button>
      <p id="alerts-reached" class="faint" hidden />
      <Install words={words} platforms={platforms} />
    </>
  );
}

/** Out of an app's own browser: first a code, for the phone's own may not know its reader; then there. */
function Leave({ words, inApp }: { words: Words; inApp: InAppBrowser }) {
  const { app, browser } = inApp;
  return (
    <section class="notice" id="outside">
      <p>
        <b>
          <Text words={words} k="outside.alerts" app={app} browser={browser} />
        </b>
      </p>
      <p>
        <Text words={words} k="outside.code" browser={browser} />
      </p>
      <a class="button secondary" href="/move">
        <Text words={words} k="move.create" />
      </a>
      <OpenOutside words={words} inApp={inApp} path="/alerts" />
    </section>
  );
}

/** The way onto the home screen: for this browser first and open, for all others below it, and all of it without script. */
function Install({ words, platforms }: Omit<AlertsProps, 'inApp'>) {
  const ordered = [...platforms, ...PLATFORMS.filter((platform) => !platforms.includes(platform))];
  return (
    <section class="card" id="install-section">
      <h2>
        <Text words={words} k="install.title" />
      </h2>
      <p>
        <Text words={words} k="install.why" />
      </p>
      <button type="button" class="button secondary" id="install" hidden>
        <Text words={words} k="install.button" />
      </button>
      {ordered.map((platform) => (
        <Steps words={words} platform={platform} isHere={platforms.includes(platform)} />
      ))}
    </section>
  );
}

function Steps({ words, platform, isHere }: { words: Words; platform: Platform; isHere: boolean }) {
  const { name, menu, steps, isApart } = INSTALL_STEPS[platform];
  return (
    <details open={isHere}>
      <summary>
        {name}
        {isHere && (
          <>
            {' '}
            <span class="tag">
              <Text words={words} k="install.here" />
            </span>
          </>
        )}
      </summary>
      <ol>
        {menu && (
          <li>
            <Text words={words} k="install.menu" sign={menu} />
          </li>
        )}
        {steps.map((step) => (
          <li>
            <Text words={words} k={step} />
          </li>
        ))}
      </ol>
      {isApart && (
        <>
          <p>
            <Text words={words} k="install.apart" />
          </p>
          <a class="button secondary" href="/move">
            <Text words={words} k="move.create" />
          </a>
        </>
      )}
    </details>
  );
}
