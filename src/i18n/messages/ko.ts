import type { Translation } from '../catalogue.ts';
import { account } from './ko/account.ts';
import { alerts } from './ko/alerts.ts';
import { circles } from './ko/circles.ts';
import { common } from './ko/common.ts';
import { errors } from './ko/errors.ts';
import { home } from './ko/home.ts';

export const ko: Translation = {
  isReviewed: false,
  messages: { ...common, ...home, ...circles, ...account, ...alerts, ...errors },
};
