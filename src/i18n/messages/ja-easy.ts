import type { Translation } from '../catalogue.ts';
import { account } from './ja-easy/account.ts';
import { alerts } from './ja-easy/alerts.ts';
import { answer } from './ja-easy/answer.ts';
import { board } from './ja-easy/board.ts';
import { circles } from './ja-easy/circles.ts';
import { common } from './ja-easy/common.ts';
import { errors } from './ja-easy/errors.ts';
import { help } from './ja-easy/help.ts';
import { home } from './ja-easy/home.ts';
import { install } from './ja-easy/install.ts';
import { invite } from './ja-easy/invite.ts';
import { live } from './ja-easy/live.ts';
import { move } from './ja-easy/move.ts';
import { offline } from './ja-easy/offline.ts';
import { outside } from './ja-easy/outside.ts';
import { removed } from './ja-easy/removed.ts';
import { seen } from './ja-easy/seen.ts';
import { unsent } from './ja-easy/unsent.ts';

export const jaEasy: Translation = {
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
