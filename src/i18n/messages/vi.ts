import type { Translation } from '../catalogue.ts';
import { account } from './vi/account.ts';
import { alerts } from './vi/alerts.ts';
import { answer } from './vi/answer.ts';
import { board } from './vi/board.ts';
import { circles } from './vi/circles.ts';
import { common } from './vi/common.ts';
import { errors } from './vi/errors.ts';
import { help } from './vi/help.ts';
import { home } from './vi/home.ts';
import { install } from './vi/install.ts';
import { invite } from './vi/invite.ts';
import { live } from './vi/live.ts';
import { move } from './vi/move.ts';
import { offline } from './vi/offline.ts';
import { outside } from './vi/outside.ts';
import { removed } from './vi/removed.ts';
import { seen } from './vi/seen.ts';
import { unsent } from './vi/unsent.ts';

export const vi: Translation = {
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
