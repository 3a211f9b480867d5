import type { Translation } from '../catalogue.ts';
import { account } from './ja/account.ts';
import { alerts } from './ja/alerts.ts';
import { answer } from './ja/answer.ts';
import { circles } from './ja/circles.ts';
import { common } from './ja/common.ts';
import { errors } from './ja/errors.ts';
import { help } from './ja/help.ts';
import { home } from './ja/home.ts';
import { install } from './ja/install.ts';
import { inviting } from './ja/inviting.ts';
import { moving } from './ja/moving.ts';
import { offline } from './ja/offline.ts';
import { seen } from './ja/seen.ts';

export const ja: Translation = {
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
