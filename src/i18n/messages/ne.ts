import type { Translation } from '../catalogue.ts';
import { account } from './ne/account.ts';
import { alerts } from './ne/alerts.ts';
import { answer } from './ne/answer.ts';
import { circles } from './ne/circles.ts';
import { common } from './ne/common.ts';
import { errors } from './ne/errors.ts';
import { help } from './ne/help.ts';
import { home } from './ne/home.ts';
import { install } from './ne/install.ts';
import { inviting } from './ne/inviting.ts';
import { moving } from './ne/moving.ts';
import { offline } from './ne/offline.ts';
import { seen } from './ne/seen.ts';

export const ne: Translation = {
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
