import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { uuidv7 } from 'uuidv7';
import { AppError } from '../contract/app-error.ts';
import type { Circle } from '../contract/circles.ts';
import { AVATAR_COLOURS, AVATAR_EMOJI, type Avatar, type CreatePerson, type Person } from '../contract/people.ts';
import { type AttemptStore, hashAttempt, type NoTurn } from '../store/attempts.ts';
import type { CircleStore } from '../store/circles.ts';
import { createRecoveryCode, type PeopleStore } from '../store/people.ts';
import type { SessionStore } from '../store/sessions.ts';

export interface RegisterOptions {
  attempts: AttemptStore;
  people: PeopleStore;
  sessions: SessionStore;
  circles: CircleStore;
  /** Joins by an invite token, as the circles capability does. @throws AppError */
  joinByInvite: (person: Person, token: string) => Promise<Circle>;
  /** Throws unless the invite would let somebody in now. */
  checkInvite: (token: string) => Promise<void>;
  registration: 'open' | 'invite';
  /** Takes everything of a person away, as the chore does. */
  erasePerson: (person: string) => Promise<void>;
  log: Logger;
  now: () => Date;
}

export interface RegisterAnswer {
  person: Person;
  token: string;
  recoveryCode: string;
  circles: Circle[];
}

/** One request's turn in an attempt. */
interface Turn {
  hash: string;
  nonce: string;
}

/** A new person that is not whole by then never will be: the request that made them has ended long before. */
const UNFINISHED_MS = 60_000;
/** How often, and after how long each time, a request looks whether the one before it in the same attempt is done. */
const TURN_TRIES = 30;
const TURN_RETRY_MS = 50;

const REFUSALS = { used: 'id-taken', older: 'unavailable', busy: 'unavailable' } as const satisfies Record<NoTurn, string>;

/** Making a person, once for each attempt. */
export function createRegister(options: RegisterOptions) {
  const { attempts, people, sessions, circles, log, now } = options;

  /** Makes a person, and joins by an invite; nobody is made when that fails. `turn` is null where the client sent no key. */
  async function make(id: string, input: CreatePerson, deviceName: string, turn: Turn | null): Promise<RegisterAnswer> {
    const { nickname, locale = 'ja', avatar = chooseAvatar(id), country = 'JP' } = input;
    const person: Person = { id, nickname, avatar, locale, country, footprints: true };
    const recoveryCode = createRecoveryCode();
    let isBegun = false;
    let mayBeWhole = false;
    try {
      if (input.invite) await options.checkInvite(input.invite);
      isBegun = true;
      // Until they are whole, they are on the list of those to erase: a failure must not leave a member whom nobody is.
      await people.noteErasing(id, new Date(now().getTime() + UNFINISHED_MS));
      await people.create(person, recoveryCode, now());
      const { token } = await sessions.create(id, deviceName, now(), turn?.hash);
      const joined = input.invite ? [await options.joinByInvite(person, input.invite)] : [];
      if (input.attempt !== undefined && input.invite) await attempts.noteJoining(input.attempt, input.invite);
      if (turn && !(await attempts.hold(turn.hash, turn.nonce, now()))) throw new AppError('unavailable');
      mayBeWhole = true;
      await people.forgetErasing(id);
      return { person, token, recoveryCode, circles: joined };
    } catch (error) {
      const isForgotten = turn ? await attempts.forget(turn.hash, turn.nonce).catch(() => false) : true;
      // Somebody who may be whole may be a repeat's by now, unless nothing leads to them any more.
      if (isBegun && (isForgotten || !mayBeWhole))
        await options.erasePerson(id).catch((err) => log.warn({ err, person: id }, 'half-made person left to the sweeper'));
      throw error;
    }
  }

  /**
   * Answers a repeat: the same person, with a session and a recovery code in place of those that nobody saw. Until the turn is
   * held, the former ones stay as they are: their answer may be arriving just now.
   */
  async function answerAgain(person: Person, deviceName: string, { hash, nonce }: Turn): Promise<RegisterAnswer> {
    try {
      const unseen = await sessions.list(person.id);
      const { token, session } = await sessions.create(person.id, deviceName, now(), hash);
      if (!(await attempts.hold(hash, nonce, now()))) {
        await sessions.end(person.id, session.id);
        throw new AppError('unavailable');
      }
      await Promise.all(unseen.map(({ id }) => sessions.end(person.id, id)));
      const recoveryCode = createRecoveryCode();
      await people.resetCode(person.id, recoveryCode);
      return { person, token, recoveryCode, circles: (await circles.listOf(person.id)).map(({ circle }) => circle) };
    } finally {
      await giveBack({ hash, nonce });
    }
  }

  /** Where that fails the turn lapses by itself. */
  async function giveBack({ hash, nonce }: Turn): Promise<void> {
    await attempts.leave(hash, nonce).catch((err) => log.warn({ err }, 'turn of an attempt not given back'));
  }

  /** @throws AppError `id-taken` once an answer was used, `unavailable` while another request is at work, or a newer one waits */
  async function registerOnce(hash: string, input: CreatePerson, deviceName: string): Promise<RegisterAnswer> {
    const turn: Turn = { hash, nonce: uuidv7() };
    const proposed = uuidv7();
    let reason: NoTurn = 'busy';
    for (let tries = 0; tries < TURN_TRIES; tries++) {
      const id = await attempts.take(hash, { nonce: turn.nonce, proposed, isFirst: tries === 0, now: now() });
      if (id === proposed) {
        const answer = await make(id, input, deviceName, turn);
        await giveBack(turn);
        return answer;
      }
      if (typeof id === 'string') {
        // In this order: they are on the list of those to erase before they can be read, and until they are whole.
        const person = await people.read(id);
        if (person && !(await people.isErasing(id))) return answerAgain(person, deviceName, turn);
        // The request that began them did not come to its end.
        await options.erasePerson(id);
        await attempts.forget(hash, turn.nonce);
        continue;
      }
      reason = id.none;
      if (reason !== 'busy') break;
      await delay(TURN_RETRY_MS);
    }
    throw new AppError(REFUSALS[reason]);
  }

  /**
   * Makes a person and signs the asking device in. With an invite they join in the same step, and nobody is made when that
   * fails. With the key of an attempt that was answered before, the same person is answered again.
   * @throws AppError `registration-by-invite`, what joining refuses, and what a repeat is refused
   */
  return async function register(input: CreatePerson, deviceName: string): Promise<RegisterAnswer> {
    if (options.registration === 'invite' && !input.invite) throw new AppError('registration-by-invite');
    const hash = hashAttempt(input);
    return hash === null ? make(uuidv7(), input, deviceName, null) : registerOnce(hash, input, deviceName);
  };
}

/** A face for whoever has not drawn one: by the id's last characters, which are random. */
function chooseAvatar(id: string): Avatar {
  const random = Number.parseInt(id.slice(-8), 16);
  return {
    emoji: AVATAR_EMOJI[random % AVATAR_EMOJI.length] ?? '⭐',
    colour: AVATAR_COLOURS[Math.floor(random / 64) % AVATAR_COLOURS.length] ?? 'blue',
  };
}
