import { render } from 'preact';
import { PERSON_HEADER } from '../../contract/people.ts';
import type { OwnStatus } from '../../contract/statuses.ts';
import { isComing, LastStatus } from '../parts/last-status.tsx';
import { fetchInTime, readProblem, readRetryAfter } from '../phone/in-time.ts';
import { renewLast } from './fresh-page.ts';
import { LiveConnection } from './live-connection.ts';
import type { Outbox } from './outbox.ts';
import type { Page } from './page.ts';
import { isLastUnheard, showCall } from './show-call.tsx';

/** How often it is looked how far the last status has come, and whether a call for help has been without an answer for too long. */
const TURN_MS = 5_000;

/** Keeps the words about the last status true while somebody looks: how many phones it has reached, who has seen it. */
export function followDelivery(page: Page, place: HTMLElement, outbox: Promise<Outbox>): void {
  let isAsking = false;
  let notBefore = 0;
  /** The service had none of these when it was asked. */
  const missed = new Set<string>();

  const show = () => {
    const { last, person } = page.data;
    const row = last && person && place.querySelector(`[data-status="${last.id}"]`);
    if (!row) return;
    const fresh = document.createElement('div');
    render(<LastStatus words={page.words()} person={person} last={last} />, fresh);
    // What says the same stays, and with it the focus of who is about to press its button.
    if (row.textContent === fresh.textContent) return;
    const hadFocus = row.contains(document.activeElement);
    row.replaceWith(...fresh.childNodes);
    if (hadFocus) place.querySelector<HTMLElement>(`[data-status="${last.id}"] button`)?.focus();
  };
  const learn = (id: string, news: Partial<OwnStatus>) => {
    const { last } = page.data;
    if (last?.id === id) {
      page.data.last = { ...last, ...news };
      show();
    }
    outbox.then((box) => box.onPage.learn(id, news)).catch(() => undefined);
  };
  const letGo = (id: string, tell: (box: Outbox) => Promise<void>) => {
    // Where this phone can keep nothing, the page alone tells of it.
    outbox.then(tell).catch(() => page.data.last?.id === id && renewLast(page).catch(() => undefined));
  };
  const findShown = async () => (await outbox.catch(() => null))?.onPage.newest() ?? page.data.last;
  /** What was said while nobody listened. */
  const ask = async () => {
    const shown = isAsking || Date.now() < notBefore ? null : await findShown();
    if (!shown || isAsking) return;
    isAsking = true;
    try {
      const headers = { [PERSON_HEADER]: page.data.person ?? '' };
      const response = await fetchInTime(`/v1/statuses/${shown.id}`, { headers });
      if (response?.ok) learn(shown.id, (await response.json()) as OwnStatus);
      else if (response?.status === 404 && (await readProblem(response)) === 'not-found') {
        // Once: whatever came of that is told by what follows.
        if (!missed.has(shown.id)) letGo(shown.id, (box) => box.findOut(shown.id));
        missed.add(shown.id);
      } else if (response) notBefore = Date.now() + (readRetryAfter(response) ?? 0) * 1_000;
    } finally {
      isAsking = false;
    }
  };
  const askSoon = () => void ask().catch(() => undefined);

  const live = new LiveConnection({
    url: `${location.protocol.replace('http', 'ws')}//${location.host}/v1/live`,
    person: page.data.person ?? '',
    positions: null,
    onState: (state) => {
      if (state !== 'live') return;
      askSoon();
      // The service was heard: what waits may go through, too.
      outbox.then((box) => box.flush(true)).catch(() => undefined);
    },
    onFrame: (frame) => {
      if (frame.t === 'footprint') learn(frame.status, { delivery: frame.delivery });
      if (frame.t === 'withdrawn') letGo(frame.status, (box) => box.letGo(frame.status));
    },
  });
  const follow = () => (document.visibilityState === 'visible' ? live.open() : live.close());
  document.addEventListener('visibilitychange', follow);
  addEventListener('online', () => live.hurry());
  follow();

  setInterval(() => {
    if (document.visibilityState !== 'visible') return;
    // Where this phone can keep nothing, the page alone still knows.
    outbox.then((box) => box.onPage.redraw()).catch(() => showCall(page, isLastUnheard(page)));
    void findShown().then((shown) => shown && isComing(shown, page.now()) && askSoon());
  }, TURN_MS);
}
