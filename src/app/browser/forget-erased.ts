import { openPhoneStore, type PhoneStore } from '../phone/phone-store.ts';

/**
 * On the page that says that somebody is erased: forgets what they left on this phone, sent or not, for nobody can sign in as
 * them any more. What others wait to send from here stays.
 */
export async function forgetErased(
  doc: Document,
  openStore: () => Promise<Pick<PhoneStore, 'list' | 'change'>> = openPhoneStore,
) {
  const person = doc.getElementById('erased')?.dataset['person'];
  if (!person) return;
  const store = await openStore();
  const left = (await store.list()).filter((entry) => entry.person === person);
  await Promise.all(left.map(({ id }) => store.change(id, () => null)));
}
