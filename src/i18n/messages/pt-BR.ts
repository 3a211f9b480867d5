import type { Translation } from '../catalogue.ts';
import { account } from './pt-BR/account.ts';
import { alerts } from './pt-BR/alerts.ts';
import { circles } from './pt-BR/circles.ts';
import { common } from './pt-BR/common.ts';
import { errors } from './pt-BR/errors.ts';
import { home } from './pt-BR/home.ts';

export const ptBR: Translation = {
  isReviewed: false,
  messages: { ...common, ...home, ...circles, ...account, ...alerts, ...errors },
};
