import type { Translation } from '../catalogue.ts';
import { account } from './es/account.ts';
import { alerts } from './es/alerts.ts';
import { answer } from './es/answer.ts';
import { board } from './es/board.ts';
import { circles } from './es/circles.ts';
import { common } from './es/common.ts';
import { errors } from './es/errors.ts';
import { help } from './es/help.ts';
import { home } from './es/home.ts';
import { install } from './es/install.ts';
import { invite } from './es/invite.ts';
import { live } from './es/live.ts';
import { move } from './es/move.ts';
import { offline } from './es/offline.ts';
import { outside } from './es/outside.ts';
import { removed } from './es/removed.ts';
import { seen } from './es/seen.ts';
import { unsent } from './es/unsent.ts';

export const es: Translation = {
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
