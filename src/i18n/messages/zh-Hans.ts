import type { Translation } from '../catalogue.ts';
import { account } from './zh-Hans/account.ts';
import { alerts } from './zh-Hans/alerts.ts';
import { answer } from './zh-Hans/answer.ts';
import { circles } from './zh-Hans/circles.ts';
import { common } from './zh-Hans/common.ts';
import { errors } from './zh-Hans/errors.ts';
import { help } from './zh-Hans/help.ts';
import { home } from './zh-Hans/home.ts';
import { install } from './zh-Hans/install.ts';
import { inviting } from './zh-Hans/inviting.ts';
import { moving } from './zh-Hans/moving.ts';
import { offline } from './zh-Hans/offline.ts';
import { seen } from './zh-Hans/seen.ts';

export const zhHans: Translation = {
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
