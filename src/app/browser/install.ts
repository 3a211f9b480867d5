import { say } from '../words.tsx';
import { announce, type Page } from './page.ts';

/** Chromium's, which no standard has: kept until the person asks for it. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

/** Brings the button to life where the browser lets a page ask (Chromium), and takes the steps away where all is done. */
export function offerInstall(page: Page, button: HTMLElement): void {
  const section = button.closest('section');
  const done = () => {
    const text = say(page.words(), 'install.installed');
    section?.replaceChildren(Object.assign(document.createElement('p'), { textContent: text }));
    announce(document, text);
  };
  if (matchMedia('(display-mode: standalone)').matches) section?.remove();
  addEventListener('appinstalled', done);
  addEventListener('beforeinstallprompt', (event) => {
    // The browser's own hint would stand over the buttons.
    event.preventDefault();
    button.hidden = false;
    button.onclick = () => {
      button.hidden = true;
      void (event as InstallOffer).prompt();
    };
  });
}
