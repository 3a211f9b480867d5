import type { Translation } from '../catalogue.ts';
import { account } from './ko/account.ts';
import { alerts } from './ko/alerts.ts';
import { answer } from './ko/answer.ts';
import { circles } from './ko/circles.ts';
import { common } from './ko/common.ts';
import { errors } from './ko/errors.ts';
import { help } from './ko/help.ts';
import { home } from './ko/home.ts';
import { install } from './ko/install.ts';
import { inviting } from './ko/inviting.ts';
import { moving } from './ko/moving.ts';
import { offline } from './ko/offline.ts';
import { seen } from './ko/seen.ts';

export const ko: Translation = {
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
