import type { Translation } from '../catalogue.ts';
import { account } from './vi/account.ts';
import { alerts } from './vi/alerts.ts';
import { answer } from './vi/answer.ts';
import { circles } from './vi/circles.ts';
import { common } from './vi/common.ts';
import { errors } from './vi/errors.ts';
import { help } from './vi/help.ts';
import { home } from './vi/home.ts';
import { install } from './vi/install.ts';
import { inviting } from './vi/inviting.ts';
import { moving } from './vi/moving.ts';
import { offline } from './vi/offline.ts';
import { seen } from './vi/seen.ts';

export const vi: Translation = {
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
