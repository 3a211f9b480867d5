import { announce } from './page.ts';

/** Shows and serves the buttons that copy, share, print and go back; without script they stay hidden. */
export function enhanceButtons(doc: Document, copied: string): void {
  const serve = (kind: 'copies' | 'share' | 'print' | 'back', act: (button: HTMLElement, field: HTMLElement | null) => void) => {
    for (const button of doc.querySelectorAll<HTMLElement>(`[data-${kind}]`)) {
      button.hidden = false;
      button.addEventListener('click', () => act(button, doc.getElementById(button.dataset[kind] ?? '')));
    }
  };
  serve('copies', (button, field) => {
    if (!field) return;
    void copy(doc, field).then((isCopied) => {
      if (!isCopied) return;
      button.textContent = copied;
      announce(doc, copied);
    });
  });
  if ('share' in navigator)
    serve('share', (_, field) => {
      // Closing the sheet without sharing is no error.
      if (field instanceof HTMLInputElement) navigator.share({ url: field.value }).catch(() => undefined);
    });
  serve('print', () => print());
  serve('back', () => history.back());
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
