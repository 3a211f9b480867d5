import type { Translation } from '../catalogue.ts';
import { account } from './tl/account.ts';
import { alerts } from './tl/alerts.ts';
import { answer } from './tl/answer.ts';
import { board } from './tl/board.ts';
import { circles } from './tl/circles.ts';
import { common } from './tl/common.ts';
import { errors } from './tl/errors.ts';
import { help } from './tl/help.ts';
import { home } from './tl/home.ts';
import { install } from './tl/install.ts';
import { invite } from './tl/invite.ts';
import { live } from './tl/live.ts';
import { move } from './tl/move.ts';
import { offline } from './tl/offline.ts';
import { outside } from './tl/outside.ts';
import { removed } from './tl/removed.ts';
import { seen } from './tl/seen.ts';
import { unsent } from './tl/unsent.ts';

export const tl: Translation = {
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
