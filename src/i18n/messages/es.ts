import type { Translation } from '../catalogue.ts';
import { account } from './es/account.ts';
import { alerts } from './es/alerts.ts';
import { answer } from './es/answer.ts';
import { circles } from './es/circles.ts';
import { common } from './es/common.ts';
import { errors } from './es/errors.ts';
import { help } from './es/help.ts';
import { home } from './es/home.ts';
import { install } from './es/install.ts';
import { inviting } from './es/inviting.ts';
import { moving } from './es/moving.ts';
import { offline } from './es/offline.ts';
import { seen } from './es/seen.ts';

export const es: Translation = {
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
