import { account } from './en/account.ts';
import { alerts } from './en/alerts.ts';
import { answer } from './en/answer.ts';
import { circles } from './en/circles.ts';
import { common } from './en/common.ts';
import { errors } from './en/errors.ts';
import { help } from './en/help.ts';
import { home } from './en/home.ts';
import { install } from './en/install.ts';
import { inviting } from './en/inviting.ts';
import { moving } from './en/moving.ts';
import { offline } from './en/offline.ts';
import { seen } from './en/seen.ts';

export const en = {
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
};
