import type { Translation } from '../catalogue.ts';
import { account } from './pt-BR/account.ts';
import { alerts } from './pt-BR/alerts.ts';
import { answer } from './pt-BR/answer.ts';
import { board } from './pt-BR/board.ts';
import { circles } from './pt-BR/circles.ts';
import { common } from './pt-BR/common.ts';
import { errors } from './pt-BR/errors.ts';
import { help } from './pt-BR/help.ts';
import { home } from './pt-BR/home.ts';
import { install } from './pt-BR/install.ts';
import { invite } from './pt-BR/invite.ts';
import { live } from './pt-BR/live.ts';
import { move } from './pt-BR/move.ts';
import { offline } from './pt-BR/offline.ts';
import { outside } from './pt-BR/outside.ts';
import { removed } from './pt-BR/removed.ts';
import { seen } from './pt-BR/seen.ts';
import { unsent } from './pt-BR/unsent.ts';

export const ptBR: Translation = {
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
