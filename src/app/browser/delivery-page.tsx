import { render } from 'preact';
import type { Delivery, OwnStatus } from '../../contract/statuses.ts';
import { isUnconfirmed, LastStatus } from '../parts/last-status.tsx';
import { LiveConnection } from './live-connection.ts';
import type { Outbox } from './outbox.tsx';
import type { Page } from './page.ts';

/** How often it is looked whether a call for help has been without an answer for too long. */
const TURN_MS = 5_000;

/** Keeps the words about the last status true while somebody looks: how many phones it has reached, who has seen it. */
export function followDelivery(page: Page, place: HTMLElement, outbox: Promise<Outbox>): void {
  let wasUnconfirmed = false;

  const show = () => {
    const { last, call } = page.data;
    const row = last && place.querySelector(`[data-status="${last.id}"]`);
    if (!row) return;
    const fresh = document.createElement('div');
    render(<LastStatus words={page.words()} last={last} call={call} />, fresh);
    // What says the same stays, and with it the focus of who is about to press its button.
    if (row.textContent === fresh.textContent) return;
    const hadFocus = row.contains(document.activeElement);
    row.replaceWith(...fresh.childNodes);
    if (hadFocus) place.querySelector<HTMLElement>(`[data-status="${last.id}"] button`)?.focus();
  };
  const learn = (id: string, delivery: Delivery) => {
    const { last } = page.data;
    if (last?.id === id) {
      page.data.last = { ...last, delivery };
      show();
    }
    outbox.then((box) => box.learn(id, delivery)).catch(() => undefined);
  };
  /** What was said while nobody listened. */
  const ask = async () => {
    const id = page.data.last?.id;
    const response = id ? await fetch(`/v1/statuses/${id}`).catch(() => null) : null;
    const { delivery } = response?.ok ? ((await response.json()) as OwnStatus) : {};
    if (id && delivery) learn(id, delivery);
  };

  const live = new LiveConnection({
    url: `${location.protocol.replace('http', 'ws')}//${location.host}/v1/live`,
    positions: null,
    onState: (state) => state === 'live' && void ask(),
    onFrame: (frame) => frame.t === 'footprint' && learn(frame.status, frame.delivery),
  });
  const follow = () => (document.visibilityState === 'visible' ? live.open() : live.close());
  document.addEventListener('visibilitychange', follow);
  addEventListener('online', () => live.hurry());
  follow();

  setInterval(() => {
    if (document.visibilityState !== 'visible') return;
    const isNow = Boolean(page.data.last && isUnconfirmed(page.data.last, page.now()));
    if (isNow !== wasUnconfirmed) show();
    wasUnconfirmed = isNow;
    outbox.then((box) => box.renew()).catch(() => undefined);
  }, TURN_MS);
}
