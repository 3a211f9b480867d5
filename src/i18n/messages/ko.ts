import type { Translation } from '../catalogue.ts';
import { account } from './ko/account.ts';
import { alerts } from './ko/alerts.ts';
import { answer } from './ko/answer.ts';
import { board } from './ko/board.ts';
import { circles } from './ko/circles.ts';
import { common } from './ko/common.ts';
import { errors } from './ko/errors.ts';
import { help } from './ko/help.ts';
import { home } from './ko/home.ts';
import { install } from './ko/install.ts';
import { invite } from './ko/invite.ts';
import { live } from './ko/live.ts';
import { move } from './ko/move.ts';
import { offline } from './ko/offline.ts';
import { outside } from './ko/outside.ts';
import { removed } from './ko/removed.ts';
import { seen } from './ko/seen.ts';
import { unsent } from './ko/unsent.ts';

export const ko: Translation = {
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
