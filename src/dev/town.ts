import type { CircleKind } from '../contract/circles.ts';
import type { CreatePerson } from '../contract/people.ts';
import type { Condition } from '../contract/statuses.ts';

/** A status to post. `hoursAgo` above 24 makes it an old one, which boards show grey. */
export interface TownStatus {
  condition: Condition;
  note?: string;
  place?: string;
  hoursAgo: number;
}

export interface TownPerson extends CreatePerson {
  /** Keys of circles; the first person of a circle is its keeper. */
  circles: string[];
  /** Oldest first; none: a silent member. */
  statuses: TownStatus[];
  /** Whose sign-in is printed, and why one would look through their eyes. */
  tryAs?: string;
}

export const CIRCLES: Record<string, { name: string; kind: CircleKind }> = {
  family: { name: '山田家', kind: 'family' },
  class: { name: '3年2組', kind: 'friends' },
  office: { name: 'Umiyama Trading 東京', kind: 'work' },
};

/** A small town after a quake: somebody is fine, somebody fled, somebody is hurt, somebody needs help, some are silent. */
export const PEOPLE: TownPerson[] = [
  {
    nickname: 'さくら',
    locale: 'ja',
    country: 'JP',
    avatar: { emoji: '🌸', colour: 'pink' },
    circles: ['family', 'class'],
    statuses: [
      { condition: 'ok', note: '起きたら揺れてた。無事です', hoursAgo: 5 },
      { condition: 'evacuated', note: '学校の体育館にいます。友だちも一緒', place: '青葉中学校 体育館', hoursAgo: 0.4 },
    ],
    tryAs: 'keeper of the family, in Japanese',
  },
  {
    nickname: '健太（父）',
    locale: 'ja',
    country: 'JP',
    avatar: { emoji: '🐻', colour: 'brown' },
    circles: ['office', 'family'],
    statuses: [{ condition: 'ok', note: '会社です。電車が止まったので歩いて帰ります', hoursAgo: 0.8 }],
    tryAs: 'keeper of the office, also in the family',
  },
  {
    nickname: 'Minh',
    locale: 'en',
    country: 'VN',
    avatar: { emoji: '🐳', colour: 'blue' },
    circles: ['family', 'class'],
    statuses: [{ condition: 'ok', note: 'At the convenience store. No power here.', hoursAgo: 1.5 }],
    tryAs: 'exchange student, in English',
  },
  {
    nickname: 'おばあちゃん',
    locale: 'ja-easy',
    country: 'JP',
    avatar: { emoji: '🌻', colour: 'yellow' },
    circles: ['family'],
    statuses: [{ condition: 'help', note: 'たんすが倒れて、外に出られません', place: '自宅 2階', hoursAgo: 0.2 }],
  },
  {
    nickname: '美咲（母）',
    locale: 'ja',
    country: 'JP',
    avatar: { emoji: '🐰', colour: 'red' },
    circles: ['family'],
    statuses: [],
  },
  {
    nickname: '田中先生',
    locale: 'ja',
    country: 'JP',
    avatar: { emoji: '🦉', colour: 'green' },
    circles: ['class'],
    statuses: [{ condition: 'evacuated', note: '体育館にいます。名簿で確認中', place: '青葉中学校', hoursAgo: 1 }],
  },
  {
    nickname: 'ゆうと',
    locale: 'ja',
    country: 'JP',
    avatar: { emoji: '🐸', colour: 'teal' },
    circles: ['class'],
    statuses: [{ condition: 'hurt', note: '足をくじいた。歩けるけど痛い', hoursAgo: 0.6 }],
  },
  {
    nickname: 'Ana',
    locale: 'en',
    country: 'BR',
    avatar: { emoji: '🍀', colour: 'orange' },
    circles: ['class'],
    statuses: [{ condition: 'ok', note: 'Training yesterday, all fine', hoursAgo: 30 }],
  },
  {
    nickname: 'Rajesh',
    locale: 'en',
    country: 'IN',
    avatar: { emoji: '🦊', colour: 'purple' },
    circles: ['office'],
    statuses: [{ condition: 'ok', note: 'Under the desk, now outside. All of 7F is out.', hoursAgo: 1.2 }],
  },
  {
    nickname: '佐藤',
    locale: 'ja',
    country: 'JP',
    avatar: { emoji: '🐧', colour: 'grey' },
    circles: ['office'],
    statuses: [],
  },
];
