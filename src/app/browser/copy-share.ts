import { announce } from './page.ts';

/** Shows and serves the buttons that copy, share and print; without script they stay hidden. */
export function enhanceButtons(doc: Document, copied: string): void {
  for (const button of doc.querySelectorAll<HTMLButtonElement>('[data-copies]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const field = doc.getElementById(button.dataset['copies'] ?? '');
      if (!field) return;
      void copy(doc, field).then((isCopied) => {
        if (!isCopied) return;
        button.textContent = copied;
        announce(doc, copied);
      });
    });
  }
  for (const button of doc.querySelectorAll<HTMLButtonElement>('[data-share]')) {
    if (!('share' in navigator)) continue;
    button.hidden = false;
    button.addEventListener('click', () => {
      const field = doc.getElementById(button.dataset['share'] ?? '');
      // Closing the sheet without sharing is no error.
      if (field instanceof HTMLInputElement) navigator.share({ url: field.value }).catch(() => undefined);
    });
  }
  for (const button of doc.querySelectorAll<HTMLButtonElement>('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => print());
  }
}

/** On plain http there is no clipboard to write to: the old command then does it. */
async function copy(doc: Document, field: HTMLElement): Promise<boolean> {
  const isInput = field instanceof HTMLInputElement;
  if (isInput) field.select();
  else doc.getSelection()?.selectAllChildren(field);
  if (!navigator.clipboard) return doc.execCommand('copy');
  return navigator.clipboard.writeText(isInput ? field.value : (field.textContent ?? '')).then(
    () => true,
    () => doc.execCommand('copy'),
  );
}
