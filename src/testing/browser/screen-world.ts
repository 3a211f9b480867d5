import { uuidv7 } from 'uuidv7';
import type { Circle, NewInvite } from '../../contract/circles.ts';
import type { Locale, NewTransferCode } from '../../contract/people.ts';
import type { PostStatus } from '../../contract/statuses.ts';
import { type Client, createCircle, createClient, must, post, waitForBoard } from '../client.ts';
import { type PrivateRedis, startPrivateRedis } from '../private-redis.ts';
import { type FakePushService, startFakePushService } from '../push-service.ts';
import { type Service, startService } from '../service.ts';

/** Whose eyes a screen is looked at with. */
export type Who = 'keeper' | 'member' | 'helped' | 'alone' | 'newcomer' | 'moved';

/** A family after a quake, with everything on its board that a board can show, and people for whom it is otherwise. */
export interface ScreenWorld {
  service: Service;
  redis: PrivateRedis;
  pushService: FakePushService;
  people: Record<Who, Client>;
  /** Of the keeper, with all conditions; and of somebody who is alone in it. */
  family: Circle;
  empty: Circle;
  /** Who has a history to be looked at. */
  ken: Client;
  /** Tokens of links. */
  invites: { open: string; ended: string };
  /** Lets everybody read in that language from now on. */
  speak(locale: Locale): Promise<void>;
  /** Lets who is trapped call for help anew: what nobody has seen yet, however long a board of it was open. */
  callAgain(): Promise<void>;
  stop(): Promise<void>;
}

const HOUR_MS = 3_600_000;

interface Relative {
  nickname: string;
  emoji: string;
  colour: 'blue' | 'orange' | 'yellow' | 'teal' | 'purple' | 'grey' | 'red';
  status?: Omit<PostStatus, 'id'> & { hoursAgo?: number };
}

const NAMES = {
  en: {
    keeper: 'Mum',
    helped: 'Yuki',
    member: 'Grandma',
    alone: 'A nickname of 30 letters, long',
    newcomer: 'Taro',
    moved: 'Haru',
    family: 'Yamada family',
  },
  ja: {
    keeper: '美咲（母）',
    helped: 'ゆき',
    member: 'おばあちゃん',
    alone: 'とてもながいニックネームをもつひとです',
    newcomer: '太郎',
    moved: 'はる',
    family: '山田家',
  },
};

const KEN: Relative = { nickname: 'Ken', emoji: '🐸', colour: 'teal' };
const OTHERS: Relative[] = [
  { nickname: 'Dad', emoji: '🐻', colour: 'orange', status: { condition: 'evacuated', place: 'Aoba school, gym' } },
  { nickname: 'Maria', emoji: '🌻', colour: 'yellow', status: { condition: 'hurt', note: 'Only my hand.' } },
  // Long ago: no answer to this quake.
  { nickname: 'Uncle Sho', emoji: '🐧', colour: 'grey', status: { condition: 'ok', hoursAgo: 30 } },
];

/** Starts a service with a Redis of its own, makes that world through its API, and waits until it is on the boards. */
export async function startScreenWorld(language: 'en' | 'ja' = 'en'): Promise<ScreenWorld> {
  const redis = await startPrivateRedis();
  const pushService = await startFakePushService();
  const service = await startService({
    topology: 'one',
    redisUrl: redis.url,
    // Each look at some screens makes one.
    env: { LIMITS_TRANSFER_CODE: '1000/600', LIMITS_TEST_ALERT: '1000/600', PUSH_ALLOWED_HOSTS: pushService.origin },
  });
  const names = NAMES[language];
  const make = (nickname: string, emoji: string, colour: Relative['colour']) =>
    createClient(service, { nickname, avatar: { emoji, colour }, locale: language, country: 'JP' });
  const keeper = await make(names.keeper, '🐰', 'red');
  const helped = await make(names.helped, '🐱', 'purple');
  const member = await make(names.member, '🌸', 'blue');
  const alone = await make(names.alone, '🌻', 'yellow');
  const newcomer = await make(names.newcomer, '🐶', 'orange');
  const moved = await make(names.moved, '🐧', 'teal');
  const ken = await make(KEN.nickname, KEN.emoji, KEN.colour);

  const family = await createCircle(keeper, { name: names.family, kind: 'family' });
  const class3b = await createCircle(keeper, { name: language === 'ja' ? '3年2組' : 'Class 3B parents', kind: 'friends' });
  const empty = await createCircle(alone, {
    name: language === 'ja' ? 'ごきんじょ' : 'Neighbours with a rather long name',
    kind: 'neighbours',
  });
  await createCircle(moved, { name: names.family, kind: 'family' });
  await signInElsewhere(moved);
  const open = await invite(keeper, family);
  const enter = (client: Client, { token }: NewInvite = open) => must(client, 200, 'POST', `/v1/invites/${token}/accept`, {});
  for (const client of [helped, member, ken]) await enter(client);
  await enter(helped, await invite(keeper, class3b));
  for (const { nickname, emoji, colour, status } of OTHERS) {
    const relative = await make(nickname, emoji, colour);
    await enter(relative);
    if (status) await tell(relative, status);
  }

  await tell(ken, { condition: 'ok', note: language === 'ja' ? '起きたら揺れてた' : 'It woke me up.', hoursAgo: 5 });
  // Written long before it arrived: the network was away.
  await tell(ken, { condition: 'ok', note: language === 'ja' ? '会社から歩いて帰る' : 'At work, walking home.', hoursAgo: 0.6 });
  const mine = await tell(keeper, { condition: 'ok' });
  const callForHelp = {
    condition: 'help' as const,
    note: language === 'ja' ? '階段がくずれた。三階にいる' : 'The stairs are gone. Third floor, with Taro.',
    circles: [family.id],
  };
  const theirs = await tell(helped, callForHelp);
  await waitForBoard(keeper, family, keeper.person.id, mine.id);
  await waitForBoard(keeper, family, helped.person.id, theirs.id);
  await must(member, 204, 'POST', `/v1/circles/${family.id}/footprints`, { statuses: [mine.id] });

  const ended = await invite(keeper, family);
  await must(keeper, 204, 'DELETE', `/v1/circles/${family.id}/invites/${ended.id}`);
  const people = { keeper, member, helped, alone, newcomer, moved };
  return {
    service,
    redis,
    pushService,
    people,
    family,
    empty,
    ken,
    invites: { open: open.token, ended: ended.token },
    async speak(locale) {
      await Promise.all(Object.values(people).map((client) => must(client, 200, 'PATCH', '/v1/me', { locale })));
    },
    async callAgain() {
      const again = await tell(helped, callForHelp);
      await waitForBoard(keeper, family, helped.person.id, again.id);
    },
    async stop() {
      await service.stop();
      await pushService.close();
      await redis.remove();
    },
  };
}

function invite(keeper: Client, circle: Circle): Promise<NewInvite> {
  return must(keeper, 201, 'POST', `/v1/circles/${circle.id}/invites`, { maxUses: 50, expiresInHours: 72 });
}

/** Somebody takes this sign-in to a phone that this one does not know. */
async function signInElsewhere(client: Client): Promise<void> {
  const { code } = await must<NewTransferCode>(client, 201, 'POST', '/v1/transfer-codes');
  const agent = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36';
  await client.call('POST', '/v1/sessions', { transferCode: code }, { 'user-agent': agent });
}

/** Posts what was written some hours ago and could be sent only now. */
function tell(client: Client, { hoursAgo = 0, ...status }: Omit<PostStatus, 'id'> & { hoursAgo?: number }): Promise<PostStatus> {
  const now = Date.now();
  const writtenAt = new Date(now - hoursAgo * HOUR_MS).toISOString();
  return post(client, status.condition, { ...status, id: uuidv7(), writtenAt, sentAt: new Date(now).toISOString() });
}
