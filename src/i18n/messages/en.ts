import { account } from './en/account.ts';
import { alerts } from './en/alerts.ts';
import { answer } from './en/answer.ts';
import { board } from './en/board.ts';
import { circles } from './en/circles.ts';
import { common } from './en/common.ts';
import { errors } from './en/errors.ts';
import { help } from './en/help.ts';
import { home } from './en/home.ts';
import { install } from './en/install.ts';
import { invite } from './en/invite.ts';
import { live } from './en/live.ts';
import { move } from './en/move.ts';
import { offline } from './en/offline.ts';
import { outside } from './en/outside.ts';
import { removed } from './en/removed.ts';
import { seen } from './en/seen.ts';
import { unsent } from './en/unsent.ts';

export const en = {
  ...account,
  ...alerts,
  ...answer,
  ...board,
  ...circles,
  ...common,
  ...errors,
  ...help,
  ...home,
  ...install,
  ...invite,
  ...live,
  ...move,
  ...offline,
  ...removed,
  ...outside,
  ...seen,
  ...unsent,
};
