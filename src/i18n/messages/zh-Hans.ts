import type { Translation } from '../catalogue.ts';
import { account } from './zh-Hans/account.ts';
import { alerts } from './zh-Hans/alerts.ts';
import { answer } from './zh-Hans/answer.ts';
import { board } from './zh-Hans/board.ts';
import { circles } from './zh-Hans/circles.ts';
import { common } from './zh-Hans/common.ts';
import { errors } from './zh-Hans/errors.ts';
import { help } from './zh-Hans/help.ts';
import { home } from './zh-Hans/home.ts';
import { install } from './zh-Hans/install.ts';
import { invite } from './zh-Hans/invite.ts';
import { live } from './zh-Hans/live.ts';
import { move } from './zh-Hans/move.ts';
import { offline } from './zh-Hans/offline.ts';
import { outside } from './zh-Hans/outside.ts';
import { removed } from './zh-Hans/removed.ts';
import { seen } from './zh-Hans/seen.ts';
import { unsent } from './zh-Hans/unsent.ts';

export const zhHans: Translation = {
  isReviewed: false,
  messages: {
    ...account,
    ...alerts,
    ...answer,
    ...board,
    ...circles,
    ...common,
    ...errors,
    ...help,
    ...home,
    ...install,
    ...invite,
    ...live,
    ...move,
    ...offline,
    ...removed,
    ...outside,
    ...seen,
    ...unsent,
  },
};
