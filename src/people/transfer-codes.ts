import { AppError } from '../contract/app-error.ts';
import { TRANSFER_CODE_MINUTES } from '../contract/limits.ts';
import type { NewTransferCode, Person } from '../contract/people.ts';
import type { PeopleStore } from '../store/people.ts';
import type { SessionStore } from '../store/sessions.ts';
import { createTransferCode, type Transfer, type TransferStore } from '../store/transfers.ts';

export interface TransferCodesOptions {
  transfers: TransferStore;
  people: PeopleStore;
  sessions: SessionStore;
  now: () => Date;
}
export type TransferCodes = ReturnType<typeof createTransferCodes>;

/** Codes by which a person takes their sign-in to another phone. */
export function createTransferCodes({ transfers, people, sessions, now }: TransferCodesOptions) {
  return {
    /** Makes a code. @param origin of the pages, for the link that stands in the QR code */
    async make(maker: Transfer, origin: string): Promise<NewTransferCode> {
      const code = createTransferCode();
      const expiresAt = new Date(now().getTime() + TRANSFER_CODE_MINUTES * 60_000).toISOString();
      await transfers.create(code, maker);
      return { code, url: `${origin}/move/${code}`, expiresAt };
    },

    /**
     * Who would be signed in by a code; uses nothing up.
     * @throws AppError `code-not-valid`, whatever the reason: unknown, used, over, its person erased, or the device that made it
     * signed out since (a thief's code must not outlive the thief's session)
     */
    async read(code: string): Promise<Person> {
      const maker = await transfers.find(code);
      const isValid = maker && (await sessions.stillValid([maker])).has(maker.session);
      const person = isValid ? await people.read(maker.person) : null;
      if (!person) throw new AppError('code-not-valid');
      return person;
    },

    /** Uses a code up. @throws AppError `code-not-valid` for all but one of those who use it at once */
    async use(code: string): Promise<void> {
      if (!(await transfers.take(code))) throw new AppError('code-not-valid');
    },
  };
}
