import { uuidv7 } from 'uuidv7';
import { AppError } from '../contract/app-error.ts';
import type { Circle } from '../contract/circles.ts';
import { SESSIONS_PER_PERSON_MAX } from '../contract/limits.ts';
import type { ChangePerson, CreateSession, Device, Person } from '../contract/people.ts';
import type { QueueSet } from '../platform/queues.ts';
import { createRecoveryCode } from '../store/people.ts';
import type { Session } from '../store/sessions.ts';
import { addEraseJob } from './erase-job.ts';
import { createRegister, type RegisterOptions } from './register.ts';
import type { TransferCodes } from './transfer-codes.ts';

export interface AccountsOptions extends RegisterOptions {
  transferCodes: TransferCodes;
  queues: QueueSet;
  /** Ids of the sessions of a person that have alerts turned on. */
  devicesWithAlerts: (person: string) => Promise<Set<string>>;
  /** Tells the other devices of a new one. */
  announceDevice: (person: string, session: string) => Promise<void>;
}

export interface SignInAnswer {
  person: Person;
  token: string;
  /** The code to keep from now on; null where the one that the person has still holds. */
  recoveryCode: string | null;
  circles: Circle[];
}
export type Accounts = ReturnType<typeof createAccounts>;

/** What a person does with their own account. */
export function createAccounts(options: AccountsOptions) {
  const { people, sessions, circles, transferCodes, queues, now } = options;

  async function listCircles(person: string): Promise<Circle[]> {
    return (await circles.listOf(person)).map(({ circle }) => circle);
  }

  /** All that can fail comes before a code is used up: it may be the only way back that this person has. */
  async function prepareSignIn(person: Person): Promise<Circle[]> {
    if ((await sessions.list(person.id)).length >= SESSIONS_PER_PERSON_MAX) throw new AppError('too-many-sessions');
    return listCircles(person.id);
  }

  /** To every other device: a word that its pages show, and an alert where it has them. */
  async function announce(session: Session): Promise<void> {
    const { id, person } = session;
    const told = [sessions.leaveWord(session), options.announceDevice(person, id)];
    for (const { reason } of (await Promise.allSettled(told)).filter((one) => one.status === 'rejected'))
      options.log.warn({ err: reason, person }, 'device not announced');
  }

  /** By recovery code, which is used up and replaced. */
  async function recover(code: string, deviceName: string): Promise<SignInAnswer> {
    const owner = await people.findByCode(code, now());
    const person = owner ? await people.read(owner) : null;
    if (!person) throw new AppError('code-not-valid');
    const joined = await prepareSignIn(person);
    const recoveryCode = createRecoveryCode();
    if (!(await people.claimCode(code, uuidv7(), now()))) throw new AppError('code-not-valid');
    await sessions.endAttempts(person.id);
    const { token, session } = await sessions.create(person.id, deviceName, now());
    await people.replaceCode(person.id, recoveryCode, code);
    await announce(session);
    return { person, token, recoveryCode, circles: joined };
  }

  /** By transfer code, which is used up. The recovery code stays as it is: it was not used. */
  async function receive(code: string, deviceName: string): Promise<SignInAnswer> {
    const person = await transferCodes.read(code);
    const joined = await prepareSignIn(person);
    await transferCodes.use(code);
    const { token, session } = await sessions.create(person.id, deviceName, now());
    await announce(session);
    return { person, token, recoveryCode: null, circles: joined };
  }

  return {
    listCircles,

    register: createRegister(options),
    hasJoined: options.attempts.hasJoined,

    /** Signs a device in by a code. @throws AppError `code-not-valid`, `too-many-sessions` */
    signIn({ recoveryCode, transferCode = '' }: CreateSession, deviceName: string): Promise<SignInAnswer> {
      return recoveryCode === undefined ? receive(transferCode, deviceName) : recover(recoveryCode, deviceName);
    },

    /** The person; null for nobody, or somebody erased. */
    find: people.read,

    /** The person. @throws AppError `not-signed-in` when they were erased in between */
    async read(id: string): Promise<Person> {
      const person = await people.read(id);
      if (!person) throw new AppError('not-signed-in');
      return person;
    },

    /** The person as changed. @throws AppError `not-signed-in` when they were erased in between */
    async change(id: string, change: ChangePerson): Promise<Person> {
      await people.change(id, change);
      return this.read(id);
    },

    /** Another recovery code, for whoever has lost theirs and is still signed in; the one before ends once this one is kept. */
    async renewRecoveryCode(person: string): Promise<string> {
      const recoveryCode = createRecoveryCode();
      await people.renewCode(person, recoveryCode);
      return recoveryCode;
    },
    keepRecoveryCode: people.keepCode,

    async listDevices(person: string, currentSession: string): Promise<Device[]> {
      const [list, withAlerts] = await Promise.all([sessions.list(person), options.devicesWithAlerts(person)]);
      return list.map(({ id, name, createdAt, lastUsedAt }) => ({
        id,
        name,
        createdAt,
        lastUsedAt,
        current: id === currentSession,
        alerts: withAlerts.has(id),
      }));
    },

    /** Devices that signed in after this one and that its owner has not seen here yet. */
    listNewDevices: sessions.listNewDevices,
    noteNewDevicesSeen: sessions.noteSeen,

    /** Signs a device of this person out. @throws AppError `not-found` */
    async signOut(person: string, session: string): Promise<void> {
      if (!(await sessions.end(person, session))) throw new AppError('not-found');
    },

    /**
     * Erases a person: noted, marked and signed out now; boards, feeds and histories follow as a chore. The note brings a chore
     * back that got lost.
     */
    async erase(person: string): Promise<void> {
      await people.noteErasing(person, now());
      await people.markErased(person, now());
      await sessions.endAll(person);
      await addEraseJob(queues, person).catch((err) => options.log.warn({ err, person }, 'job not added; the sweeper will'));
    },
  };
}
