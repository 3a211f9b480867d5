import type { Translation } from '../catalogue.ts';
import { account } from './id/account.ts';
import { alerts } from './id/alerts.ts';
import { answer } from './id/answer.ts';
import { circles } from './id/circles.ts';
import { common } from './id/common.ts';
import { errors } from './id/errors.ts';
import { help } from './id/help.ts';
import { home } from './id/home.ts';
import { install } from './id/install.ts';
import { inviting } from './id/inviting.ts';
import { moving } from './id/moving.ts';
import { offline } from './id/offline.ts';
import { seen } from './id/seen.ts';

export const id: Translation = {
  isReviewed: false,
  messages: {
    ...common,
    ...home,
    ...offline,
    ...seen,
    ...inviting,
    ...circles,
    ...account,
    ...alerts,
    ...errors,
    ...moving,
    ...help,
    ...answer,
    ...install,
  },
};
