/** On this phone: the browser was asked once without anybody's doing. */
const ASKED = 'asked-to-keep';

/**
 * Asks the browser to keep what is on this phone also when space runs short. Only of those who chose to keep Buji there
 * (alerts, home screen), and where it does not already: some browsers ask the person. Resolves also where it has no such thing.
 */
export async function keepForGood(storage: StorageManager | undefined = navigator.storage): Promise<void> {
  const isKept = await storage?.persisted?.().catch(() => false);
  if (!isKept) await storage?.persist?.().catch(() => false);
}

/**
 * The same where nobody has just asked for anything: once for each installation, because who was asked and said no would be
 * asked at every page, and nobody may stand between a hand and the four buttons.
 * @throws where the browser keeps no notes: then it is not asked at all
 */
export async function keepForGoodOnce(storage?: StorageManager, notes: Storage = localStorage): Promise<void> {
  if (notes.getItem(ASKED)) return;
  notes.setItem(ASKED, 'yes');
  await keepForGood(storage);
}
