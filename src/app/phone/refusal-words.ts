import type { MessageKey } from '../../i18n/catalogue.ts';
import type { Words } from '../say.ts';

/**
 * Which text says why a status was refused. `not-found` has words of its own: of its circles none is there any more that its
 * author may write to. A page carries the texts of the refusals that a status can meet; a newer code is said in general words.
 * @param code of `contract/errors.ts`
 */
export function reasonOf(words: Words, code = '') {
  const key = (code === 'not-found' ? 'unsent.circle' : `error.${code}`) as MessageKey;
  return words.find(key) === key ? 'error.invalid-request' : (key as 'unsent.circle' | 'error.no-circle');
}
