import { INSTALL_STEPS, PLATFORMS, type Platform } from '../install-steps.ts';
import { Text, type Words } from '../words.tsx';

export interface AlertsProps {
  words: Words;
  /** What the reader's browser is, as far as it says. */
  platforms: readonly Platform[];
}

/** Turning on alerts: first the reason, then a tap, only then the browser's question; with a test that shows it works. */
export function AlertsScreen({ words, platforms }: AlertsProps) {
  return (
    <>
      <h1>
        <Text words={words} k="alerts.title" />
      </h1>
      <p>
        <Text words={words} k="alerts.explain" />
      </p>
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

/** The way onto the home screen: for this browser first and open, for all others below it, and all of it without script. */
function Install({ words, platforms }: AlertsProps) {
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
