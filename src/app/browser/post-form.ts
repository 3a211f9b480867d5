import type { Condition } from '../../contract/statuses.ts';
import { inTime } from '../phone/in-time.ts';
import { OPEN_MS } from '../phone/phone-store.ts';
import { Outbox } from './outbox.ts';
import { holdFocus, type Page } from './page.ts';
import { showUnsent } from './show-unsent.tsx';

/** What the form says, once a button of it was pressed; null where no circle is ticked: the server says that in words. */
function readPost(form: HTMLFormElement, condition: string) {
  const data = new FormData(form);
  const circles = data.getAll('circles').map(String);
  if (circles.length === 0) return null;
  const note = String(data.get('note') ?? '').trim();
  const place = String(data.get('place') ?? '').trim();
  return {
    condition: condition as Condition,
    ...(note && { note }),
    ...(place && { place, placeCircles: data.getAll('placeCircles').map(String) }),
    circles,
  };
}

/**
 * Lets the four buttons save to the phone first. Where that fails the form is posted as if there were no script; but without a
 * network that would end in a page of the browser's, and take the buttons away: then the page says that it was not sent.
 */
export function enhancePostForm(form: HTMLFormElement, page: Page, outbox: Promise<Outbox>): void {
  let box = outbox;
  let isPlain = false;
  let pressed: HTMLButtonElement;
  form.addEventListener('submit', (event) => {
    const button = event.submitter;
    if (isPlain || !(button instanceof HTMLButtonElement)) return;
    const status = readPost(form, button.value);
    if (!status) return;
    event.preventDefault();
    pressed = button;
    const at = Date.now();
    inTime(OPEN_MS, box)
      .then((open) => open.save(status, at))
      .then(() => {
        for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('[name=note], [name=place]'))
          field.value = '';
        // Not a pixel further than it takes to see it: a second tap of a shaking hand must find the same button.
        document.getElementById('outbox')?.scrollIntoView({ block: 'nearest' });
      })
      .catch(() => {
        if (isPlain) return;
        if (!navigator.onLine) {
          // By the next tap the store may open after all.
          box = box.catch(() => Outbox.start(page));
          box.catch(() => undefined);
          showUnsent(page, status);
          return;
        }
        isPlain = true;
        // The last word counts: the page may be gone before that of another button could follow.
        pressed.click();
      });
  });
}

/**
 * Cuts what is longer than its limit as it is written: limits count code points, `maxlength` counts UTF-16, where an emoji is two.
 * Not while a word is being composed (IME), which would lose it.
 */
export function limitLetters(doc: Document): void {
  for (const type of ['input', 'compositionend']) {
    doc.addEventListener(type, (event) => {
      const field = event.target as HTMLInputElement;
      const most = Number(field.dataset['most'] ?? 0);
      const letters = most > 0 ? [...field.value] : [];
      if (letters.length <= most || (event as InputEvent).isComposing) return;
      field.value = letters.slice(0, most).join('');
    });
  }
}

const RETRACT = /^\/statuses\/([0-9a-f-]{36})\/retract$/;

/** Lets a status be taken back by way of the outbox, which says how far that has come, so that it also works without a connection. */
export function enhanceRetract(doc: Document, outbox: Promise<Outbox>): void {
  doc.addEventListener('submit', (event) => {
    const form = event.target;
    const id = form instanceof HTMLFormElement && RETRACT.exec(new URL(form.action).pathname)?.[1];
    if (!id) return;
    event.preventDefault();
    inTime(OPEN_MS, outbox)
      .then((box) => box.takeBack(id))
      .then(() => holdFocus(document.getElementById('outbox')))
      .catch(() => form.submit());
  });
}

/** A second press of a slow form's button would make a second person or circle: it is let go until the answer is due. */
const ANSWER_DUE_MS = 10_000;

/**
 * Lets each form be sent once at a time; but not the four buttons, where help after another word must not wait. Each has an id of
 * its own, with which a second press does nothing.
 */
export function guardForms(doc: Document): void {
  doc.addEventListener('submit', (event) => {
    const form = event.target;
    // Not `form.id`: that is its field of this name.
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented || form.matches('#post-status')) return;
    if (form.dataset['sent']) {
      event.preventDefault();
      return;
    }
    form.dataset['sent'] = '1';
    setTimeout(() => delete form.dataset['sent'], ANSWER_DUE_MS);
  });
}
