import { buji } from './buji.ts';
import type { Contender } from './contender.ts';
import { floor } from './floor.ts';
import { nchan } from './nchan.ts';
import { naive, socketio } from './straightforward.ts';

export const CONTENDERS: readonly Contender[] = [floor, naive, socketio, nchan, buji];
