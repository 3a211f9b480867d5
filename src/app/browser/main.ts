import '../styles/main.css';
import { BOARD_ELEMENT } from '../browser-data.ts';
import { say } from '../words.tsx';
import { startAlerts } from './alerts-page.ts';
import { startBoard } from './board-page.tsx';
import { enhanceButtons } from './copy-share.ts';
import { followDelivery } from './delivery-page.tsx';
import { forgetErased } from './forget-erased.ts';
import { freshen } from './fresh-page.ts';
import { offerInstall } from './install.ts';
import { keepForGoodOnce } from './keep-for-good.ts';
import { Outbox } from './outbox.ts';
import { readPage, reportTimeZone } from './page.ts';
import { enhancePostForm, enhanceRetract, guardForms, limitLetters } from './post-form.ts';
import { forgetRenewal, renewSubscription } from './push.ts';
import { prefillCode } from './sign-in-link.ts';

// The one script of every page: it finds what the server wrote and makes it live. Each part works without the others.
const page = readPage(document);
reportTimeZone(document, page);
prefillCode(document);
// Where there is no store there is nothing left in it.
forgetErased(document).catch(() => undefined);

const outbox = Outbox.start(page);
const form = document.getElementById('post-status');
if (form instanceof HTMLFormElement && page.data.person) enhancePostForm(form, page, outbox);
// Without a store the forms work as without script: nothing to report.
outbox.catch(() => undefined);

if (page.data.person) enhanceRetract(document, outbox);

const boardPlace = document.getElementById(BOARD_ELEMENT);
if (boardPlace && page.data.board) startBoard(page, boardPlace, page.data.board, outbox);
else if (page.isCopy && page.data.person) freshen(page, () => outbox.then((box) => box.flush(true)).catch(() => undefined));

const last = document.getElementById('last');
if (last && page.data.person) followDelivery(page, last, outbox);

guardForms(document);
limitLetters(document);
enhanceButtons(document, say(page.words(), 'invite.copied'));

/** `ready` waits for ever when an installation fails. */
const WORKER_LIMIT_MS = 20_000;
const registered = registerWorker();
const { person } = page.data;
if (person === null) forgetRenewal();
// A page that came before there was a worker: from now on that one keeps what is asked for, and first the four buttons.
if (person && !navigator.serviceWorker?.controller)
  navigator.serviceWorker?.addEventListener('controllerchange', () => void fetch('/').catch(() => undefined), { once: true });
if (person)
  void registered.then((registration) => registration && renewSubscription(registration, person)).catch(() => undefined);

if (person && matchMedia('(display-mode: standalone)').matches) keepForGoodOnce().catch(() => undefined);

// Whoever opens the app sees what the number on its icon stood for.
const clearBadge = () => document.visibilityState === 'visible' && navigator.clearAppBadge?.().catch(() => undefined);
document.addEventListener('visibilitychange', clearBadge);
clearBadge();

// Each page that loads has the browser look for a newer service worker; an app that is only brought to the front loads none.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void registered.then((found) => found?.update()).catch(() => undefined);
});

const install = document.getElementById('install');
if (install) offerInstall(page, install);

const [enable, test] = ['alerts-enable', 'alerts-test'].map((id) => document.getElementById(id));
if (enable && test) void startAlerts(page, enable, test, registered);

/** Null where the browser has none, forbids it (plain http, some private windows), or cannot start it in time. */
async function registerWorker(): Promise<ServiceWorkerRegistration | null> {
  if (!('serviceWorker' in navigator)) return null;
  const limit = new Promise<null>((resolve) => setTimeout(() => resolve(null), WORKER_LIMIT_MS));
  return navigator.serviceWorker.register('/sw.js').then(
    () => Promise.race([navigator.serviceWorker.ready, limit]),
    () => null,
  );
}
