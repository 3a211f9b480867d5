import type { Translation } from '../catalogue.ts';
import { account } from './tl/account.ts';
import { alerts } from './tl/alerts.ts';
import { answer } from './tl/answer.ts';
import { circles } from './tl/circles.ts';
import { common } from './tl/common.ts';
import { errors } from './tl/errors.ts';
import { home } from './tl/home.ts';
import { install } from './tl/install.ts';

export const tl: Translation = {
  isReviewed: false,
  messages: { ...common, ...home, ...circles, ...account, ...alerts, ...errors, ...answer, ...install },
};
