import type { Translation } from '../catalogue.ts';
import { account } from './id/account.ts';
import { alerts } from './id/alerts.ts';
import { answer } from './id/answer.ts';
import { board } from './id/board.ts';
import { circles } from './id/circles.ts';
import { common } from './id/common.ts';
import { errors } from './id/errors.ts';
import { help } from './id/help.ts';
import { home } from './id/home.ts';
import { install } from './id/install.ts';
import { invite } from './id/invite.ts';
import { live } from './id/live.ts';
import { move } from './id/move.ts';
import { offline } from './id/offline.ts';
import { outside } from './id/outside.ts';
import { removed } from './id/removed.ts';
import { seen } from './id/seen.ts';
import { unsent } from './id/unsent.ts';

export const id: Translation = {
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
