import type { Translation } from '../catalogue.ts';
import { account } from './ja/account.ts';
import { alerts } from './ja/alerts.ts';
import { answer } from './ja/answer.ts';
import { board } from './ja/board.ts';
import { circles } from './ja/circles.ts';
import { common } from './ja/common.ts';
import { errors } from './ja/errors.ts';
import { help } from './ja/help.ts';
import { home } from './ja/home.ts';
import { install } from './ja/install.ts';
import { invite } from './ja/invite.ts';
import { live } from './ja/live.ts';
import { move } from './ja/move.ts';
import { offline } from './ja/offline.ts';
import { outside } from './ja/outside.ts';
import { removed } from './ja/removed.ts';
import { seen } from './ja/seen.ts';
import { unsent } from './ja/unsent.ts';

export const ja: Translation = {
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
