import { Text, type Words } from '../words.tsx';

/** Turning on alerts: first the reason, then a tap, only then the browser's question; with a test that shows it works. */
export function AlertsScreen({ words }: { words: Words }) {
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
      <section class="card">
        <h2>
          <Text words={words} k="alerts.ios.title" />
        </h2>
        <ol>
          <li>
            <Text words={words} k="alerts.ios.share" />
          </li>
          <li>
            <Text words={words} k="alerts.ios.add" />
          </li>
          <li>
            <Text words={words} k="alerts.ios.open" />
          </li>
        </ol>
      </section>
    </>
  );
}
