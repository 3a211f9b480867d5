import type { Translation } from '../catalogue.ts';
import { account } from './zh-Hant/account.ts';
import { alerts } from './zh-Hant/alerts.ts';
import { answer } from './zh-Hant/answer.ts';
import { board } from './zh-Hant/board.ts';
import { circles } from './zh-Hant/circles.ts';
import { common } from './zh-Hant/common.ts';
import { errors } from './zh-Hant/errors.ts';
import { help } from './zh-Hant/help.ts';
import { home } from './zh-Hant/home.ts';
import { install } from './zh-Hant/install.ts';
import { invite } from './zh-Hant/invite.ts';
import { live } from './zh-Hant/live.ts';
import { move } from './zh-Hant/move.ts';
import { offline } from './zh-Hant/offline.ts';
import { outside } from './zh-Hant/outside.ts';
import { removed } from './zh-Hant/removed.ts';
import { seen } from './zh-Hant/seen.ts';
import { unsent } from './zh-Hant/unsent.ts';

export const zhHant: Translation = {
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
