import type { Page } from 'playwright-core';
import {
  allowAlerts,
  callAgain,
  chooseNobody,
  closeSockets,
  denyAlerts,
  eraseAnew,
  failPosts,
  lackAlerts,
  leaveAsLast,
  leaveWaiting,
  loseScript,
  loseService,
  openAgainOffline,
  openDetails,
  openTransfer,
  postInVain,
  postOffline,
  readOnWhileNews,
  startAnew,
  submitBlank,
  takeBackSignedOut,
  tapAndSee,
  tapForStrangers,
  tapSeveral,
  tapSignedOut,
  tellLag,
  testAlerts,
  turnOnAlerts,
  waitInVain,
} from './screen-actions.ts';
import type { ScreenWorld, Who } from './screen-world.ts';

/** One thing that a person can have before their eyes. */
export interface Screen {
  name: string;
  /** The pattern of its route. A page's route that stands here nowhere fails the structure test. */
  route: string;
  who: Who | 'nobody';
  /** Its address; the route where left out. */
  path?: string | ((world: ScreenWorld) => string);
  /** What befalls the page before it is opened. */
  before?: (page: Page, world: ScreenWorld) => Promise<unknown>;
  /** What the person does there until this is what they see. */
  act?: (page: Page, world: ScreenWorld) => Promise<unknown>;
  /** The browser keeps a service worker. */
  hasWorker?: true;
  /** What the browser says of itself; Chromium's own where left out. */
  userAgent?: string;
}

/** An iPhone's, inside of LINE, and Instagram's on Android. */
export const IN_LINE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/15.12.1';
export const IN_INSTAGRAM =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 Instagram 350.0.0.20.90 Android';

const family = ({ family }: ScreenWorld) => `/circles/${family.id}`;
const invite = (world: ScreenWorld) => `${family(world)}/invite`;
const settings = (world: ScreenWorld) => `${family(world)}/settings`;
const see = (selector: string) => (page: Page) => page.locator(selector).waitFor();
const press = (selector: string) => (page: Page) => page.click(selector);

/** Every screen of the phone app. A new page, or a new state of one, is one more line. */
export const SCREENS: readonly Screen[] = [
  { name: 'landing', route: '/', who: 'nobody' },
  { name: 'landing-refused', route: '/', who: 'nobody', act: (page) => submitBlank(page, 'nickname', '/start') },
  { name: 'home-first', route: '/', who: 'member' },
  { name: 'home-sent', route: '/', who: 'keeper' },
  { name: 'home-helped', route: '/', who: 'helped' },
  {
    name: 'home-unconfirmed',
    route: '/',
    who: 'helped',
    before: callAgain,
    act: (page) => waitInVain(page),
  },
  { name: 'home-new-device', route: '/', who: 'moved' },
  { name: 'home-no-circle', route: '/', who: 'newcomer' },
  { name: 'home-details', route: '/', who: 'member', act: openDetails },
  { name: 'home-waiting', route: '/', who: 'member', before: failPosts, act: (page) => tapAndSee(page, 'waiting') },
  { name: 'home-just-sent', route: '/', who: 'alone', act: (page) => tapAndSee(page, 'sent') },
  { name: 'home-refused', route: '/', who: 'member', act: tapForStrangers },
  { name: 'home-nobody-chosen', route: '/', who: 'keeper', act: chooseNobody },
  { name: 'home-not-confirmed', route: '/', who: 'member', before: loseScript, act: postInVain },
  { name: 'home-sign-in', route: '/', who: 'member', act: tapSignedOut },
  { name: 'home-take-back-signed-out', route: '/', who: 'keeper', act: takeBackSignedOut },
  { name: 'home-several-waiting', route: '/', who: 'keeper', before: failPosts, act: tapSeveral },
  { name: 'home-copy', route: '/', who: 'keeper', hasWorker: true, act: openAgainOffline },
  { name: 'landing-waiting', route: '/', who: 'keeper', before: failPosts, act: leaveWaiting },
  { name: 'offline', route: '/offline', who: 'nobody' },
  { name: 'offline-form', route: '/offline', who: 'keeper', path: '/', hasWorker: true, act: postOffline },
  { name: 'welcome', route: '/welcome', who: 'nobody', path: '/', act: startAnew },
  { name: 'welcome-gone', route: '/welcome', who: 'member' },
  { name: 'recover', route: '/recover', who: 'nobody' },
  { name: 'recover-refused', route: '/recover', who: 'nobody', act: (page) => submitBlank(page, 'recoveryCode', '/recover') },
  { name: 'join', route: '/join/:token', who: 'nobody', path: ({ invites }) => `/join/${invites.open}` },
  {
    name: 'join-in-app',
    route: '/join/:token',
    who: 'nobody',
    path: ({ invites }) => `/join/${invites.open}`,
    userAgent: IN_LINE,
  },
  { name: 'join-known', route: '/join/:token', who: 'newcomer', path: ({ invites }) => `/join/${invites.open}` },
  { name: 'join-ended', route: '/join/:token', who: 'nobody', path: ({ invites }) => `/join/${invites.ended}` },
  { name: 'join-nothing', route: '/join/:token', who: 'nobody', path: '/join/nothing-behind-this-token' },
  { name: 'board', route: '/circles/:id', who: 'keeper', path: family, act: see('.live') },
  { name: 'board-member', route: '/circles/:id', who: 'member', path: family, act: see('.live') },
  {
    name: 'board-lost',
    route: '/circles/:id',
    who: 'keeper',
    path: family,
    before: loseService,
    act: see('[data-connection=lost]'),
  },
  {
    name: 'board-apart',
    route: '/circles/:id',
    who: 'keeper',
    path: family,
    before: closeSockets,
    act: see('[data-connection=apart]'),
  },
  {
    name: 'board-lag',
    route: '/circles/:id',
    who: 'keeper',
    path: family,
    before: (page) => tellLag(page),
    act: see('.board-state strong'),
  },
  { name: 'board-copy', route: '/circles/:id', who: 'keeper', path: family, hasWorker: true, act: openAgainOffline },
  { name: 'board-alone', route: '/circles/:id', who: 'alone', path: ({ empty }) => `/circles/${empty.id}`, act: see('.live') },
  { name: 'circle', route: '/circles/:id/settings', who: 'keeper', path: settings, act: openDetails },
  { name: 'circle-member', route: '/circles/:id/settings', who: 'member', path: settings, act: openDetails },
  {
    name: 'circle-removed',
    route: '/circles/:id/settings',
    who: 'keeper',
    path: (world) => `${settings(world)}?removed=1`,
    act: see('form[action$="/invites/revoke"]'),
  },
  { name: 'circle-refused', route: '/circles/:id/settings', who: 'keeper', path: settings, act: leaveAsLast },
  {
    name: 'person',
    route: '/circles/:id/members/:person',
    who: 'keeper',
    path: (world) => `${family(world)}/members/${world.ken.person.id}`,
    act: openDetails,
  },
  {
    name: 'person-silent',
    route: '/circles/:id/members/:person',
    who: 'keeper',
    path: (world) => `${family(world)}/members/${world.people.member.person.id}`,
  },
  { name: 'answer', route: '/answer/:id', who: 'member', path: ({ family }) => `/answer/${family.id}` },
  {
    name: 'answer-person',
    route: '/answer/:id/:person',
    who: 'member',
    path: ({ family, people }) => `/answer/${family.id}/${people.helped.person.id}`,
  },
  {
    name: 'answer-again',
    route: '/answer/:id/:person',
    who: 'keeper',
    path: ({ family, ken }) => `/answer/${family.id}/${ken.person.id}`,
  },
  { name: 'circle-new', route: '/circles/new', who: 'newcomer' },
  { name: 'invite', route: '/circles/:id/invite', who: 'keeper', path: invite },
  {
    name: 'invite-made',
    route: '/circles/:id/invite',
    who: 'keeper',
    path: invite,
    act: press('form[action$="/invites"] button'),
  },
  { name: 'alerts', route: '/alerts', who: 'keeper', hasWorker: true, before: allowAlerts, act: see('#alerts-enable') },
  { name: 'alerts-on', route: '/alerts', who: 'keeper', hasWorker: true, before: allowAlerts, act: turnOnAlerts },
  { name: 'alerts-tested', route: '/alerts', who: 'keeper', hasWorker: true, before: allowAlerts, act: testAlerts },
  { name: 'alerts-denied', route: '/alerts', who: 'keeper', hasWorker: true, before: denyAlerts, act: see('#alerts-state') },
  { name: 'alerts-unsupported', route: '/alerts', who: 'keeper', hasWorker: true, before: lackAlerts, act: see('#alerts-state') },
  { name: 'alerts-in-app', route: '/alerts', who: 'keeper', userAgent: IN_LINE },
  { name: 'settings', route: '/settings', who: 'keeper' },
  { name: 'settings-new-device', route: '/settings', who: 'moved' },
  { name: 'move', route: '/move', who: 'keeper' },
  { name: 'move-made', route: '/move', who: 'keeper', act: press('form[action="/move"] button') },
  { name: 'enter', route: '/move/:code', who: 'nobody', path: '/', act: openTransfer },
  { name: 'enter-other', route: '/move/:code', who: 'member', path: '/', act: openTransfer },
  { name: 'enter-same', route: '/move/:code', who: 'keeper', path: '/', act: openTransfer },
  { name: 'moved', route: '/moved', who: 'keeper' },
  { name: 'enter-gone', route: '/move/:code', who: 'nobody', path: '/move/0000-0000-0000-0000' },
  { name: 'help', route: '/help', who: 'keeper' },
  { name: 'help-stranger', route: '/help', who: 'nobody' },
  { name: 'erase', route: '/erase', who: 'keeper' },
  { name: 'erased', route: '/erased', who: 'nobody', path: '/', act: eraseAnew },
  { name: 'error-no-page', route: '/*', who: 'keeper', path: '/no/such/page' },
  { name: 'error-sign-in', route: '/settings', who: 'nobody' },
  // The last one: somebody has answered anew after it.
  { name: 'board-pill', route: '/circles/:id', who: 'keeper', path: family, act: readOnWhileNews },
];

/** @throws Error where the table has none of that name */
export function screenOf(name: string): Screen {
  const screen = SCREENS.find((candidate) => candidate.name === name);
  if (!screen) throw new Error(`no screen ${name}`);
  return screen;
}

/** Routes of pages that answer a look with the way to another one, or with a file. */
export const ONLY_LEAD_ON: readonly string[] = [
  '/circles',
  '/start',
  '/circles/:id/invites',
  '/welcome/buji-code.txt',
  '/manifest.webmanifest',
];
