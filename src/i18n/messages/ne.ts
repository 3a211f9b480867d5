import type { Translation } from '../catalogue.ts';
import { account } from './ne/account.ts';
import { alerts } from './ne/alerts.ts';
import { circles } from './ne/circles.ts';
import { common } from './ne/common.ts';
import { errors } from './ne/errors.ts';
import { home } from './ne/home.ts';

export const ne: Translation = {
  isReviewed: false,
  messages: { ...common, ...home, ...circles, ...account, ...alerts, ...errors },
};
