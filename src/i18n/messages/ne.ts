import type { Translation } from '../catalogue.ts';
import { account } from './ne/account.ts';
import { alerts } from './ne/alerts.ts';
import { answer } from './ne/answer.ts';
import { board } from './ne/board.ts';
import { circles } from './ne/circles.ts';
import { common } from './ne/common.ts';
import { errors } from './ne/errors.ts';
import { help } from './ne/help.ts';
import { home } from './ne/home.ts';
import { install } from './ne/install.ts';
import { invite } from './ne/invite.ts';
import { live } from './ne/live.ts';
import { move } from './ne/move.ts';
import { offline } from './ne/offline.ts';
import { outside } from './ne/outside.ts';
import { removed } from './ne/removed.ts';
import { seen } from './ne/seen.ts';
import { unsent } from './ne/unsent.ts';

export const ne: Translation = {
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
